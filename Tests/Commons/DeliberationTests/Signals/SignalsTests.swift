import Deliberation
import SocialChoice
import Testing

@Suite("Signs of manipulation")
struct SignalsTests {
    /// Honest people, and accounts that are added to them, each with its votes in time.
    private struct Planted {
        var history: [TimedVote] = []
        var people: Int
        let statements: Int
        private var draws: Draws

        /// People of two opinions who come about every ten minutes and vote in an order of their own.
        init(people: Int = 120, statements: Int = 30, seen: Double = 0.7, seed: UInt64) throws {
            let made = try MadeUp(
                [people * 3 / 5, people * 2 / 5], statements: statements, apart: 0.5, seen: seen, seed: seed)
            self.people = people
            self.statements = statements
            draws = Draws(seed &+ 99)
            for person in 0..<people {
                let begin = Int(draws.share() * Double(people)) * 600_000 + person
                for (place, vote) in made.votes.votes(of: person).shuffled(using: &draws).enumerated() {
                    history.append(TimedVote(vote: vote, time: begin + place * 7_000))
                }
            }
        }

        /// One more account that votes so, beginning at a time; its row.
        @discardableResult
        mutating func add(_ votes: [(Int, Stance)], at time: Int? = nil) -> Int {
            let begin = time ?? Int(draws.share() * Double(people) * 600_000)
            for (place, vote) in votes.enumerated() {
                history.append(
                    TimedVote(
                        vote: CastVote(participant: people, statement: vote.0, stance: vote.1),
                        time: begin + place * 5_000))
            }
            people += 1
            return people - 1
        }

        mutating func shuffled(_ statements: [Int]) -> [Int] { statements.shuffled(using: &draws) }
        mutating func share() -> Double { draws.share() }

        /// - Parameter unit: what times are cut to, in milliseconds.
        func signals(times: Bool = true, unit: Int = 1) throws -> ConversationSignals {
            let inOrder = history.sorted { $0.time < $1.time }.map {
                TimedVote(vote: $0.vote, time: $0.time / unit * unit)
            }
            let votes = try VoteMatrix(inOrder.map(\.vote), participantCount: people, statementCount: statements)
            let landscape = OpinionLandscape(votes, settings: LandscapeSettings(starts: 4, stabilitySamples: 2))
            return ConversationSignals(
                votes, history: times ? inOrder : [], groups: landscape.assignment(),
                groupCount: landscape.groupCount)
        }
    }

    @Test("people of two opinions who vote for themselves set nothing off", arguments: [1, 2, 3, 4, 5, 6])
    func honest(seed: UInt64) throws {
        #expect(try Planted(seed: seed).signals().clusters.isEmpty)
    }

    @Test("accounts with nearly the same row are found, and nobody else with them but whose row it is")
    func alike() throws {
        var planted = try Planted(seed: 7)
        var rows: [Int] = []
        let row = (0..<30).map { ($0, planted.share() < 0.5 ? Stance.agree : .disagree) }
        for account in 0..<6 {
            // Each in an order of its own, and with one answer astray.
            let order = planted.shuffled(Array(0..<30))
            rows.append(
                planted.add(order.map { $0 == account ? ($0, .pass) : row[$0] }))
        }
        let found = try planted.signals().clusters
        #expect(found.map(\.kind) == [.alike])
        #expect(found.first?.people == rows)
        let words = try #require(found.first).words { "#\($0)" }
        #expect(
            words.hasPrefix("6 people vote nearly alike: two of them gave the same answer on 28 of the 30 statements"))
    }

    @Test("that everybody agrees with everything is no sign: nothing in it is surprising")
    func unanimous() throws {
        let votes = try VoteMatrix(
            (0..<60).flatMap { person in
                (0..<20).map { CastVote(participant: person, statement: $0, stance: .agree) }
            })
        #expect(ConversationSignals(votes).clusters.isEmpty)
    }

    @Test("people who cast one and the same vote and no other are found")
    func oneVote() throws {
        var planted = try Planted(seed: 11)
        let rows = (0..<12).map { _ in planted.add([(17, .disagree)]) }
        let found = try planted.signals(times: false).clusters
        #expect(found.map(\.kind) == [.oneVote])
        #expect(found.first?.people == rows)
        guard case .oneVote(17, .disagree, let expected) = found.first?.evidence else {
            Issue.record("the vote isn't named")
            return
        }
        #expect(expected < 2)
    }

    @Test("a burst of newcomers who take a side that few take is found; a burst of people like all others isn't")
    func burst() throws {
        var planted = try Planted(seed: 13)
        let tallies = try VoteMatrix(planted.history.map(\.vote)).tallies
        let target = try #require(
            tallies.indices.min { tallies[$0].disagreed * tallies[$1].seen < tallies[$1].disagreed * tallies[$0].seen })
        var plain = planted
        let rows = (0..<15).map {
            planted.add([(target, .disagree)] + [($0 % 30 == target ? 29 : $0, .agree)], at: 9_000_000_000 + $0 * 4_000)
        }
        let found = try planted.signals().clusters
        #expect(found.contains { $0.kind == .burst && $0.people == rows })
        for account in 0..<15 {
            let others = plain.history.filter { $0.vote.participant == account * 3 }
            plain.add(others.map { ($0.vote.statement, $0.vote.stance) }, at: 9_000_000_000 + account * 4_000)
        }
        #expect(try !plain.signals().clusters.contains { $0.kind == .burst })
    }

    @Test("accounts that vote in one order are found, unless everybody does, as where statements have a fixed order")
    func lockstep() throws {
        var planted = try Planted(seed: 17)
        let order = planted.shuffled(Array(0..<30)).prefix(12)
        var rows: [Int] = []
        for _ in 0..<5 {
            let votes = order.map { ($0, planted.share() < 0.5 ? Stance.agree : .disagree) }
            rows.append(planted.add(votes))
        }
        let found = try planted.signals().clusters
        #expect(found.filter { $0.kind == .lockstep }.map(\.people) == [rows])
        #expect(!(try planted.signals(times: false)).clusters.contains { $0.kind == .lockstep })

        let fixed = try Planted(seed: 18)
        let sorted = fixed.history.map { entry in
            TimedVote(
                vote: entry.vote,
                time: entry.vote.participant * 600_000 + entry.vote.statement * 1_000)
        }.sorted { $0.time < $1.time }
        let signals = ConversationSignals(try VoteMatrix(sorted.map(\.vote)), history: sorted)
        #expect(!signals.clusters.contains { $0.kind == .lockstep })
    }

    @Test("votes on rejected statements say nothing, and the same votes give the same signs")
    func rejected() throws {
        var planted = try Planted(seed: 19)
        for _ in 0..<12 { planted.add([(4, .disagree)]) }
        let votes = try VoteMatrix(planted.history.map(\.vote))
        #expect(
            ConversationSignals(votes, moderation: StatementModeration(rejected: [4])).clusters
                .allSatisfy { $0.kind != .oneVote })
        #expect(ConversationSignals(votes).clusters == ConversationSignals(votes).clusters)
    }

    @Test("many copies are found although they are a group of their own")
    func manyCopies() throws {
        var planted = try Planted(seed: 23)
        let row = (0..<30).map { ($0, planted.share() < 0.5 ? Stance.agree : .disagree) }
        let rows = (0..<60).map { _ in planted.add(planted.shuffled(Array(0..<30)).map { row[$0] }) }
        let found = try planted.signals().clusters.filter { $0.kind == .alike }
        #expect(found.map(\.people) == [rows])
    }

    @Test("the example in the room's guide holds")
    func example() throws {
        var draws = SplitMix(seed: 1)
        var cast: [CastVote] = []
        for person in 0..<68 {
            for statement in 0..<20 {
                let own = draws.next() % 2 == 0
                let agrees = person < 60 ? own : statement % 3 == 0
                cast.append(CastVote(participant: person, statement: statement, stance: agrees ? .agree : .disagree))
            }
        }
        let found = ConversationSignals(try VoteMatrix(cast)).clusters
        #expect(found.map(\.kind) == [.alike] && found.first?.people == Array(60..<68))
    }

    @Test("every sign says how often it was wrong, and how often right")
    func rates() {
        for kind in SuspiciousCluster.Kind.allCases {
            #expect(kind.errorRate.contains("of 4,759 people"))
            #expect(kind.errorRate.contains("accounts"))
        }
    }

    @Test("times that are cut to the hour are no times")
    func hours() throws {
        let planted = try Planted(people: 40, statements: 10, seed: 2)
        #expect(try planted.signals(unit: 1_000).hasTimes)
        #expect(try !planted.signals(unit: 3_600_000).hasTimes)
    }

    @Test("what would change without some people is told, and nothing is changed")
    func removal() throws {
        let made = try MadeUp([60, 40], statements: 12, apart: 0.9, seen: 0.9, seed: 3)
        let landscape = OpinionLandscape(made.votes)
        let outcome = ConversationOutcome(landscape, seats: 4)
        let none = RemovalEffect(removing: [0], from: made.votes, outcome: outcome, seats: 4)
        #expect(none.people == 1)
        #expect(none.groupCounts.before == 2)
        let many = RemovalEffect(removing: Array(60..<100), from: made.votes, outcome: outcome, seats: 4)
        #expect(many.groupCounts.after == 1)
        #expect(!many.isNone)
        #expect(many.words { "#\($0)" }.hasPrefix("Without them there would be no groups instead of 2 groups"))
        #expect(made.votes.participantCount == 100)
        let findings = SignalFindings(landscape)
        #expect(findings.signs.isEmpty && findings.together == nil && !findings.hasTimes)
    }
}
