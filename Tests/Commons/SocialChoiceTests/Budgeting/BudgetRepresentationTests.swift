import SocialChoice
import Testing

@Suite("Representation of groups over budgets")
struct BudgetRepresentationTests {
    /// The definition, over every set of voters and every set of projects.
    static func isRepresentative(
        _ election: BudgetElection, _ outcome: Set<Int>, _ satisfaction: BudgetSatisfaction, upToOne: Bool
    ) -> Bool {
        let voters = election.ballots.flatMap { ballot in (0..<ballot.weight).map { _ in Set(ballot.projects) } }
        func worth(_ projects: some Sequence<Int>) -> BudgetAmount {
            projects.reduce(.zero) { $0 + (satisfaction == .cost ? election.projects[$1].cost : 1) }
        }
        for set in 1..<(1 << election.projects.count) {
            let projects = election.projects.indices.filter { set >> $0 & 1 == 1 }
            let deserved = worth(projects)
            for group in 1..<(1 << voters.count) {
                let members = voters.indices.filter { group >> $0 & 1 == 1 }.map { voters[$0] }
                guard members.allSatisfy({ $0.isSuperset(of: projects) }) else { continue }
                let part = election.budget * BudgetAmount(members.count)
                guard part >= election.cost(of: projects) * BudgetAmount(voters.count) else { continue }
                let isContent = members.contains { member in
                    let got = worth(member.intersection(outcome))
                    if got >= deserved { return true }
                    return upToOne && member.subtracting(outcome).contains { got + worth([$0]) > deserved }
                }
                if !isContent { return false }
            }
        }
        return true
    }

    @Test("agrees with the definition, and its witness is one", arguments: UInt64(0)..<10)
    func definition(seed: UInt64) throws {
        var random = RankingSeed(seed)
        var failures = 0
        for _ in 0..<25 {
            let election = try BudgetElection.random(projects: 1...4, voters: 1...3, costs: 0...5, using: &random)
            let outcome = Set(election.projects.indices.filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
            for satisfaction in [BudgetSatisfaction.cardinality, .cost] {
                for upToOne in [true, false] {
                    let found = try election.representation(
                        of: Array(outcome), for: satisfaction, upToOne: upToOne)
                    let holds = Self.isRepresentative(election, outcome, satisfaction, upToOne: upToOne)
                    guard case .fails(let group) = found else {
                        #expect(found == .holds && holds)
                        continue
                    }
                    failures += 1
                    #expect(!holds)
                    let members = group.ballots.map { election.ballots[$0] }
                    #expect(members.allSatisfy { Set($0.projects).isSuperset(of: group.projects) })
                    #expect(members.reduce(0) { $0 + $1.weight } == group.weight)
                    let part = election.budget * BudgetAmount(group.weight)
                    #expect(part >= election.cost(of: group.projects) * BudgetAmount(election.voterWeight))
                    let limited = try election.representation(
                        of: Array(outcome), for: satisfaction, upToOne: upToOne, limit: 0)
                    #expect(limited == .undecided)
                }
            }
        }
        #expect(failures > 10)
    }

    @Test("Equal Shares always passes; by cardinality even without the one project", arguments: UInt64(0)..<20)
    func equalShares(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<30 {
            let election = try BudgetElection.random(projects: 1...8, voters: 1...12, using: &random)
            for outcome in try election.equalSharesOutcomes(for: .cardinality).outcomes {
                #expect(try election.representation(of: outcome, for: .cardinality, upToOne: false) == .holds)
            }
            for outcome in try election.equalSharesOutcomes(for: .cost).outcomes {
                #expect(try election.representation(of: outcome, for: .cost) == .holds)
            }
        }
    }

    @Test("isn't defined over points")
    func points() throws {
        var random = RankingSeed(1)
        let election = try BudgetElection.random(kind: .scoring, using: &random)
        #expect(throws: BudgetError.approvalsOnly) { try election.representation(of: [], for: .points) }
    }
}
