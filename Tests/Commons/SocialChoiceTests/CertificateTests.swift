import Testing

@testable import SocialChoice

@Suite("Certificates of representation")
struct CertificateTests {
    /// What an axiom says, read off its definition over all groups of voters and all sets of candidates.
    static func bruteForce(_ axiom: RepresentationAxiom, _ profile: ApprovalProfile, _ committee: [Int], _ seats: Int)
        -> Bool
    {
        let ballots = RandomProfiles.ballots(of: profile).map(Set.init)
        let members = Set(committee)
        for mask in 1..<(1 << profile.voterCount) {
            let group = (0..<profile.voterCount).filter { mask >> $0 & 1 == 1 }
            let weight = group.reduce(0) { $0 + profile.weights[$1] }
            let common = group.map { ballots[$0] }.reduce(Set(0..<profile.candidateCount)) { $0.intersection($1) }
            let most = group.map { ballots[$0].intersection(members).count }.max() ?? 0
            let together = group.map { ballots[$0] }.reduce(Set()) { $0.union($1) }.intersection(members).count
            for claimed in 1...seats where weight * seats >= claimed * profile.totalWeight {
                switch axiom {
                case .justifiedRepresentation: if claimed == 1, !common.isEmpty, most == 0 { return false }
                case .proportionalJustifiedRepresentation:
                    if common.count >= claimed, together < claimed { return false }
                case .extendedJustifiedRepresentation: if common.count >= claimed, most < claimed { return false }
                case .extendedJustifiedRepresentationPlus:
                    if !common.subtracting(members).isEmpty, most < claimed { return false }
                case .coreStability:
                    var isBlocked = false
                    Array(0..<profile.candidateCount).forEachCombination(of: claimed) { wanted in
                        isBlocked = group.allSatisfy { voter in
                            wanted.filter(ballots[voter].contains).count > ballots[voter].intersection(members).count
                        }
                        return !isBlocked
                    }
                    if isBlocked { return false }
                }
            }
        }
        return true
    }

    @Test(
        "each agrees with brute force over all groups, and each witness is one", arguments: RepresentationAxiom.allCases
    )
    func agreesWithBruteForce(axiom: RepresentationAxiom) throws {
        var random = SplitMix(state: 21)
        var (held, failed) = (0, 0)
        for weighted in [false, true] {
            for (profile, seats) in try RandomProfiles.some(
                250, seed: 21, voters: 1...7, candidates: 2...6, weighted: weighted)
            {
                let size = Int.random(in: 0...seats, using: &random)
                let committee = Array((0..<profile.candidateCount).shuffled(using: &random).prefix(size))
                let expected = Self.bruteForce(axiom, profile, committee, seats)
                switch try axiom.certificate(for: committee, in: profile, seats: seats) {
                case .holds:
                    #expect(expected)
                    held += 1
                case .fails(let witness):
                    #expect(!expected)
                    failed += 1
                    check(witness, axiom, profile, committee, seats)
                case .undecided: Issue.record("undecided on a small profile")
                }
            }
        }
        // Both answers were put to the test.
        #expect(held > 50 && failed > 50)
    }

    private func check(
        _ witness: RepresentationWitness, _ axiom: RepresentationAxiom, _ profile: ApprovalProfile, _ committee: [Int],
        _ seats: Int
    ) {
        let members = Set(committee)
        for group in [witness.group, witness.smallestGroup] {
            let weight = group.reduce(0) { $0 + profile.weights[$1] }
            #expect(weight * seats >= witness.deserved * profile.totalWeight)
            let ballots = group.map { Set(profile.ballot(of: $0)) }
            let most = ballots.map { $0.intersection(members).count }.max() ?? 0
            let together = ballots.reduce(Set()) { $0.union($1) }.intersection(members).count
            switch axiom {
            case .coreStability:
                #expect(
                    ballots.allSatisfy { $0.intersection(witness.candidates).count > $0.intersection(members).count })
                #expect(witness.candidates.count <= witness.deserved)
            case .extendedJustifiedRepresentationPlus:
                #expect(witness.candidates.count == 1 && !members.contains(witness.candidates[0]))
                #expect(ballots.allSatisfy { $0.isSuperset(of: witness.candidates) } && most < witness.deserved)
            case .proportionalJustifiedRepresentation:
                #expect(ballots.allSatisfy { $0.isSuperset(of: witness.candidates) } && together < witness.deserved)
                #expect(witness.candidates.count == witness.deserved)
            default:
                #expect(ballots.allSatisfy { $0.isSuperset(of: witness.candidates) } && most < witness.deserved)
                #expect(witness.candidates.count == witness.deserved)
            }
        }
        // Nobody can be left out of the smallest group.
        let least = witness.smallestGroup.map { profile.weights[$0] }.min() ?? 0
        let weight = witness.smallestGroup.reduce(0) { $0 + profile.weights[$1] }
        #expect((weight - least) * seats < witness.deserved * profile.totalWeight)
    }

    @Test("EJR+ brings EJR, EJR brings PJR, PJR brings JR, and the core brings EJR")
    func implications() throws {
        var random = SplitMix(state: 22)
        for (profile, seats) in try RandomProfiles.some(600, seed: 22, voters: 1...12, candidates: 2...7) {
            let committee = Array((0..<profile.candidateCount).shuffled(using: &random).prefix(seats))
            func holds(_ axiom: RepresentationAxiom) throws -> Bool {
                if case .holds = try axiom.certificate(for: committee, in: profile) { return true }
                return false
            }
            let found = try RepresentationAxiom.allCases.map { try holds($0) }
            let (justified, proportional, extended, plus, core) = (found[0], found[1], found[2], found[3], found[4])
            #expect(!plus || extended)
            #expect(!extended || proportional)
            #expect(!proportional || justified)
            #expect(!core || extended)
        }
    }

    @Test(
        "the rules keep what they promise",
        arguments: [
            (CommitteeRule.equalShares(.none), RepresentationAxiom.extendedJustifiedRepresentationPlus),
            (.equalShares(.phragmen), .extendedJustifiedRepresentationPlus),
            (.equalShares(.mostApproved), .extendedJustifiedRepresentationPlus),
            (.equalShares(.raisedBudget), .extendedJustifiedRepresentationPlus),
            (.thiele(.proportional), .extendedJustifiedRepresentationPlus),
            (.phragmen, .proportionalJustifiedRepresentation), (.leximaxPhragmen, .proportionalJustifiedRepresentation),
            (.maximinSupport, .proportionalJustifiedRepresentation),
            (.thiele(.chamberlinCourant), .justifiedRepresentation),
            (.sequentialThiele(.chamberlinCourant), .justifiedRepresentation),
            (.greedyMonroe, .justifiedRepresentation),
        ])
    func promises(rule: CommitteeRule, axiom: RepresentationAxiom) throws {
        for (profile, seats) in try RandomProfiles.some(250, seed: 23, voters: 1...14, candidates: 2...7) {
            let needsOrder = !AllRules.withoutOrder.contains(rule)
            for committee in try rule.outcome(of: profile, seats: seats, ties: needsOrder ? .byIndex : .all).committees
            {
                guard case .holds = try axiom.certificate(for: committee.members, in: profile, seats: seats) else {
                    Issue.record(
                        "\(rule.name) breaks \(axiom.name): \(committee) for \(RandomProfiles.ballots(of: profile))")
                    continue
                }
            }
        }
    }

    @Test("approval voting forgets a minority, and the certificate says whom in words")
    func words() throws {
        let ballots = Array(repeating: [0, 1, 2, 3, 4], count: 69) + Array(repeating: [5, 6], count: 31)
        let profile = try ApprovalProfile(candidateCount: 7, ballots: ballots)
        let committee = try CommitteeRule.approvalVoting.outcome(of: profile, seats: 5, ties: .byIndex).committees[0]
        let statements = (one: "statement", many: "statements")
        guard
            case .fails(let witness) = try RepresentationAxiom.justifiedRepresentation.certificate(
                for: committee.members, in: profile)
        else {
            Issue.record("a third of the voters were forgotten")
            return
        }
        #expect(witness.words(noun: statements) == "31% agree on this statement and got none of five seats.")
        #expect(witness.share == Rational(31, over: 100))
        #expect(witness.group == Array(69..<100))
        #expect(witness.smallestGroup.count == 20)
        let two = RepresentationWitness(
            axiom: .extendedJustifiedRepresentation, deserved: 2, candidates: [5, 6], group: [], smallestGroup: [],
            weight: 41, totalWeight: 100, got: 0, seats: 5)
        #expect(two.words(noun: statements) == "41% agree on these two statements and got none of five seats.")
        let named = RepresentationWitness(
            axiom: .extendedJustifiedRepresentation, deserved: 2, candidates: [5, 6], group: [], smallestGroup: [],
            weight: 41, totalWeight: 100, got: 1, seats: 5)
        #expect(
            named.words(noun: statements, names: ["", "", "", "", "", "Quiet", "Trees"])
                == "41% agree on these two statements (“Quiet”, “Trees”), are enough for two of five seats, and nobody among them got more than one."
        )
    }

    @Test("a search that runs out of work says so")
    func undecided() throws {
        // Three members whom nobody approves of satisfy nobody: too many sets to look through in three steps.
        let ballots = (0..<12).map { voter in (0..<12).filter { ($0 + voter) % 3 != 0 } }
        let profile = try ApprovalProfile(candidateCount: 16, ballots: ballots)
        let certificate = try RepresentationAxiom.coreStability.certificate(
            for: [12, 13, 14, 15], in: profile, limit: WorkLimit(nodes: 2))
        if case .holds = certificate { Issue.record("nothing was proven in two steps") }
        let good = try CommitteeRule.equalShares(.phragmen).outcome(of: profile, seats: 4, ties: .byIndex).committees[0]
        #expect(
            try RepresentationAxiom.coreStability.certificate(
                for: good.members, in: profile, limit: WorkLimit(nodes: 1))
                == .undecided(nodes: 2))
    }

    @Test(
        "no seats or no voters forget nobody, and what is no committee is refused",
        arguments: RepresentationAxiom.allCases)
    func edges(axiom: RepresentationAxiom) throws {
        let empty = try ApprovalProfile(candidateCount: 3, ballots: [])
        #expect(try axiom.certificate(for: [0, 1], in: empty) == .holds(RepresentationProof(shown: axiom, looked: 0)))
        let silent = try ApprovalProfile(candidateCount: 3, ballots: [[], [], []])
        guard case .holds = try axiom.certificate(for: [2], in: silent) else {
            Issue.record("nobody asked for anything")
            return
        }
        let some = try ApprovalProfile(candidateCount: 3, ballots: [[0], [1, 2]])
        #expect(try axiom.certificate(for: [], in: some) == .holds(RepresentationProof(shown: axiom, looked: 0)))
        guard case .fails = try axiom.certificate(for: [], in: some, seats: 1) else {
            // One seat, two voters who agree on nothing: only where all agree is anything owed.
            return
        }
        #expect(throws: ApprovalError.self) { try axiom.certificate(for: [0, 0], in: some) }
        #expect(throws: ApprovalError.self) { try axiom.certificate(for: [3], in: some) }
        #expect(throws: ApprovalError.self) { try axiom.certificate(for: [0, 1], in: some, seats: 1) }
    }
}
