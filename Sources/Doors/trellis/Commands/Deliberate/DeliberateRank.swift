import ArgumentParser
import Deliberation
import Foundation
import SocialChoice

extension DeliberateCommand {
    /// `trellis deliberate rank`.
    struct Rank: AsyncParsableCommand {
        /// What to tell.
        enum Rule: String, ExpressibleByArgument, CaseIterable, Encodable {
            case all
            case condorcet
            case schulze
            case rankedPairs = "ranked-pairs"
            case instantRunoff = "instant-runoff"
            case borda
        }

        static let configuration = CommandConfiguration(
            abstract: "Say who wins by ranked ballots.",
            discussion: """
                A file of ballots is a table, its first row the names, each further row one ballot with a rank in each \
                cell (1 is best, equal numbers tie, empty isn't ranked); a column named ballots says how many cast it. \
                PrefLib's files (soc, soi, toc, toi) are read too. Ties are told; where one winner is needed, they go \
                to whoever is named first in the file.

                Examples:
                  trellis deliberate rank ballots.csv
                  trellis deliberate rank ballots.csv --rule schulze
                  trellis deliberate rank election.soi --json

                Exit code 1 when the file can't be read. More: docs/deliberation.md.
                """)

        @Argument(help: "A table of ballots, or a file in PrefLib's format.", completion: .file())
        var file: String

        @Option(
            name: .long, help: "What to tell: all, condorcet, schulze, ranked-pairs, instant-runoff or borda.")
        var rule = Rule.all

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let bytes = try PolisFolder.bytes(at: file)
            let report: RankingReport
            do {
                report = try RankingReport(
                    RankedBallotFile(bytes, name: (file as NSString).lastPathComponent), rule)
            } catch let problem as ImportProblem {
                throw CommandFailure(
                    .negative, WrappedText.plain("\((file as NSString).deletingLastPathComponent)/\(problem)"))
            }
            if json {
                Terminal.output.line(try Printed.json(report))
            } else {
                report.show()
            }
        }
    }
}

/// What `trellis deliberate rank` says, for JSON and for the page.
struct RankingReport: Encodable {
    struct Condorcet: Encodable {
        /// Who beats everybody else.
        let winner: String?
        let loser: String?
        /// Who loses to nobody.
        let unbeaten: [String]
        /// The smallest set whose members beat everybody outside it.
        let smith: [String]
    }

    struct Ranking: Encodable {
        /// Whoever can win; more than one is a tie.
        let winners: [String]
        /// Whether these are all that can win under some way to settle ties.
        let isComplete: Bool
        /// Tiers, best first.
        let ranking: [[String]]
        /// With Borda's count.
        var points: [String: Double]?
        /// With instant runoff.
        var rounds: [Round]?
    }

    struct Round: Encodable {
        let votes: [String: Int]
        let exhausted: Int
        let eliminated: String
        let tied: [String]
    }

    let candidates: [String]
    let ballots: Int
    private(set) var condorcet: Condorcet?
    private(set) var schulze: Ranking?
    private(set) var rankedPairs: Ranking?
    private(set) var instantRunoff: Ranking?
    private(set) var borda: Ranking?

    init(_ file: RankedBallotFile, _ rule: DeliberateCommand.Rank.Rule) throws {
        candidates = file.candidates
        let profile = file.profile
        ballots = profile.totalWeight
        let wants = { (one: DeliberateCommand.Rank.Rule) in rule == .all || rule == one }
        let names = { (places: [Int]) in places.map { file.candidates[$0] } }
        let matrix = PairwiseMatrix(profile)
        let order = ChoiceOrder(listed: profile.candidateCount)
        if wants(.condorcet) {
            condorcet = Condorcet(
                winner: matrix.condorcetWinner.map { file.candidates[$0] },
                loser: matrix.condorcetLoser.map { file.candidates[$0] },
                unbeaten: names(matrix.weakCondorcetWinners), smith: names(matrix.smithSet))
        }
        if wants(.schulze) {
            let result = matrix.schulze()
            schulze = Ranking(winners: names(result.winners), isComplete: true, ranking: result.ranking.map(names))
        }
        if wants(.rankedPairs) {
            let tied = matrix.rankedPairsWinners()
            rankedPairs = Ranking(
                winners: names(tied.winners), isComplete: tied.isComplete,
                ranking: try matrix.rankedPairs(settlingTiesBy: order).ranking.map { names([$0]) })
        }
        if wants(.instantRunoff) {
            let tied = profile.instantRunoffWinners()
            let result = try profile.instantRunoff(settlingTiesBy: order)
            instantRunoff = Ranking(
                winners: names(tied.winners), isComplete: tied.isComplete,
                ranking: result.ranking.map { names([$0]) },
                rounds: result.rounds.map { round in
                    Round(
                        votes: Dictionary(
                            zip(names(round.remaining), round.votes), uniquingKeysWith: { first, _ in first }),
                        exhausted: round.exhausted, eliminated: file.candidates[round.eliminated],
                        tied: names(round.tied))
                })
        }
        if wants(.borda) {
            let result = profile.borda()
            borda = Ranking(
                winners: names(result.winners), isComplete: true, ranking: result.ranking.map(names),
                points: Dictionary(
                    zip(file.candidates, result.halfPoints.map { Double($0) / 2 }),
                    uniquingKeysWith: { first, _ in first }))
        }
    }

    /// The page.
    func show() {
        let page = DeliberatePage()
        page.paragraph(
            "\(page.count(ballots, "ballot", "ballots")), \(page.count(candidates.count, "candidate", "candidates")).")
        let list = { (names: [String]) in names.map(DeliberatePage.line).joined(separator: ", ") }
        if let condorcet {
            page.heading("One against one (Condorcet)")
            if let winner = condorcet.winner {
                page.paragraph("\(DeliberatePage.line(winner)) beats everybody else.", indent: 2)
            } else {
                page.paragraph("Nobody beats everybody else.", indent: 2)
                if !condorcet.unbeaten.isEmpty {
                    page.paragraph("Beaten by nobody: \(list(condorcet.unbeaten)).", indent: 2)
                }
                page.paragraph(
                    "The smallest set whose members each beat everybody outside it (Smith set): \(list(condorcet.smith)).",
                    indent: 2)
            }
            if let loser = condorcet.loser {
                page.paragraph("\(DeliberatePage.line(loser)) loses to everybody else.", indent: 2)
            }
        }
        show("Schulze", schulze)
        show("Ranked pairs (Tideman)", rankedPairs)
        show("Instant runoff", instantRunoff)
        show("Borda", borda)
    }

    private func show(_ heading: String, _ ranking: Ranking?) {
        guard let ranking else { return }
        let page = DeliberatePage()
        page.heading(heading)
        let names = ranking.winners.map(DeliberatePage.line).joined(separator: ", ")
        page.paragraph(
            ranking.winners.count == 1 && ranking.isComplete
                ? "Winner: \(names)."
                : "Tied for the win: \(names)\(ranking.isComplete ? "" : ", and maybe others (the search stopped)").",
            indent: 2)
        let row = ranking.ranking.map { tier in
            tier.map { name in
                let points = ranking.points?[name].map { " (\($0 == $0.rounded() ? "\(Int($0))" : "\($0)"))" } ?? ""
                return DeliberatePage.line(name) + points
            }.joined(separator: " = ")
        }.joined(separator: " > ")
        page.paragraph(row, indent: 2)
        for (number, round) in (ranking.rounds ?? []).enumerated() {
            let votes = round.votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\(DeliberatePage.line($0.key)) \($0.value)" }.joined(separator: ", ")
            let tied =
                round.tied.isEmpty
                ? "" : "; as few had \(round.tied.map(DeliberatePage.line).joined(separator: ", "))"
            page.detail("Round \(number + 1): \(votes). \(DeliberatePage.line(round.eliminated)) goes\(tied).")
        }
    }
}
