import Foundation
import SocialChoice

/// Real elections that lie beside the repository, or where an environment variable says. Tests that need them are
/// skipped where they are not.
enum PabulibSamples {
    static let folder: URL = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let data =
            ProcessInfo.processInfo.environment["TRELLIS_REFERENCE_DATA"].map { URL(fileURLWithPath: $0) }
            ?? ["..", "shared", "data"].reduce(root) { $0.appendingPathComponent($1) }
        return data.appendingPathComponent("pabulib")
    }()

    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".pb") }.sorted()

    static var areHere: Bool { !names.isEmpty }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    static func reading(_ name: String) throws -> PabulibReading {
        try PabulibFile(parsing: try bytes(name)).reading()
    }

    /// What was recorded of each file: whether greedy by votes gives what was selected, and the counts of its META.
    struct Agreement {
        let kind: String
        let projects: Int
        let votes: Int
        let budget: Int
        let agrees: Bool
    }

    static func agreements() throws -> [String: Agreement] {
        let text = try String(contentsOf: folder.appendingPathComponent("greedy_agreement.csv"), encoding: .utf8)
        var found: [String: Agreement] = [:]
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            found[cells[0]] = Agreement(
                kind: cells[1], projects: Int(cells[2])!, votes: Int(cells[3])!, budget: Int(cells[4])!,
                agrees: cells[7] == "1")
        }
        return found
    }
}

extension BudgetElection {
    /// A small election by chance, with round costs, so that ties are common.
    static func random(
        projects: ClosedRange<Int> = 1...6, voters: ClosedRange<Int> = 1...10, costs: ClosedRange<Int> = 1...6,
        kind: BudgetBallot.Kind = .approval, using random: inout RankingSeed
    ) throws -> BudgetElection {
        let count = Int.random(in: projects, using: &random)
        let projects = (0..<count).map {
            BudgetProject(id: "p\($0)", cost: BudgetAmount(Int.random(in: costs, using: &random)))
        }
        let ballots = (0..<Int.random(in: voters, using: &random)).map { _ in
            let named = (0..<count).filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
            let points = named.map { _ in BudgetAmount(Int.random(in: 0...4, using: &random)) }
            return BudgetBallot(
                named, points: kind.hasPoints ? points : [], weight: Int.random(in: 1...3, using: &random))
        }
        return try BudgetElection(
            budget: BudgetAmount(Int.random(in: 0...(count * costs.upperBound * 2 / 3), using: &random)),
            projects: projects, kind: kind, ballots: ballots)
    }

    /// The same with all money multiplied.
    func scaled(by factor: BudgetAmount) throws -> BudgetElection {
        try BudgetElection(
            budget: budget * factor,
            projects: projects.map { BudgetProject(id: $0.id, name: $0.name, cost: $0.cost * factor) }, kind: kind,
            ballots: ballots)
    }
}
