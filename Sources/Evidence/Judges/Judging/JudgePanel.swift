import Charters
import Flourishing
public import Models

/// Several judges at once: models of different makers, or voices from different lenses or traditions.
///
/// Where they differ, the interval spans what all of them say, and each one's value is kept, as is what the runs of each
/// said; nothing is averaged away.
public struct JudgePanel: Judge {
    private let members: [(name: String, judge: any Judge)]

    /// A panel.
    ///
    /// - Parameter members: The judges, each under a name of its own. A name that comes twice gets a number.
    public init(_ members: [(name: String, judge: any Judge)]) {
        var seen: [String: Int] = [:]
        self.members = members.map { member in
            let count = seen[member.name, default: 0] + 1
            seen[member.name] = count
            return (count == 1 ? member.name : "\(member.name) \(count)", member.judge)
        }
    }

    /// See ``Judge/identity``.
    public var identity: JudgeIdentity {
        JudgeIdentity(
            kind: .panel, name: members.map(\.name).joined(separator: ", "), version: "panel-1",
            prompt: sha256Hexadecimal(members.map(\.judge.identity.fingerprint).joined(separator: "\n").utf8),
            settings: Dictionary(
                members.map { ($0.name, $0.judge.identity.fingerprint) }, uniquingKeysWith: { first, _ in first }))
    }

    /// See ``Judge/judgement(of:by:at:)``. A member that can't be reached is left out and named, unless all are: then
    /// what the last of them threw is thrown.
    public func judgement(of conversation: [ChatTurn], by rubric: Rubric, at moment: Int64) async throws -> Judgement {
        let heard = await withTaskGroup(of: (Int, Result<Judgement, any Error>).self) { tasks in
            for (index, member) in members.enumerated() {
                tasks.addTask {
                    do {
                        return (
                            index, .success(try await member.judge.judgement(of: conversation, by: rubric, at: moment))
                        )
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var heard: [(Int, Result<Judgement, any Error>)] = []
            for await one in tasks { heard.append(one) }
            return heard.sorted { $0.0 < $1.0 }
        }
        try Task.checkCancellation()
        var judgements: [(name: String, judgement: Judgement)] = []
        var problems: [String] = []
        var failure: (any Error)?
        for (index, result) in heard {
            switch result {
            case .success(let judgement): judgements.append((members[index].name, judgement))
            case .failure(let error):
                failure = error
                problems.append("\(members[index].name) couldn't be asked.")
            }
        }
        if judgements.isEmpty, let failure { throw failure }
        return together(judgements, rubric, problems, moment)
    }

    private func together(
        _ heard: [(name: String, judgement: Judgement)], _ rubric: Rubric, _ problems: [String], _ moment: Int64
    ) -> Judgement {
        var estimates: [String: Estimate] = [:]
        var disagreements: [Disagreement] = []
        for entry in rubric.entries {
            let said = heard.compactMap { one in
                one.judgement.appraisal.estimates[entry.id].map { (name: one.name, estimate: $0) }
            }
            guard !said.isEmpty else { continue }
            let values = said.map(\.estimate.value).sorted()
            let middle =
                values.count % 2 == 1
                ? values[values.count / 2] : (values[values.count / 2 - 1] + values[values.count / 2]) / 2
            estimates[entry.id] = Estimate(
                value: middle, lower: said.map(\.estimate.lower).min() ?? -1,
                upper: said.map(\.estimate.upper).max() ?? 1,
                coverage: min(1, said.reduce(0) { $0 + $1.estimate.coverage } / Double(members.count)))
            if let first = values.first, let last = values.last, first < last {
                disagreements.append(
                    Disagreement(
                        good: entry.id,
                        values: Dictionary(
                            said.map { ($0.name, $0.estimate.value) }, uniquingKeysWith: { first, _ in first })))
            }
        }
        // What the runs of one member said is kept beside what members said.
        for one in heard {
            disagreements += one.judgement.disagreements.map { own in
                Disagreement(
                    good: own.good,
                    values: Dictionary(
                        own.values.map { ("\(one.name), \($0.key)", $0.value) }, uniquingKeysWith: { first, _ in first }
                    ))
            }
        }
        let identity = identity
        return Judgement(
            appraisal: Appraisal(
                estimates: estimates, judge: identity.name, method: "panel of \(members.count)", at: moment),
            findings: heard.flatMap { one in one.judgement.findings.map { $0.found(by: one.name) } },
            dropped: heard.flatMap { one in
                one.judgement.dropped.map {
                    DroppedFinding(good: $0.good, words: $0.words, reason: $0.reason, by: "\(one.name), \($0.by)")
                }
            },
            disagreements: disagreements, judge: identity,
            cost: heard.reduce(JudgeCost()) { $0 + $1.judgement.cost },
            problems: problems + heard.flatMap { one in one.judgement.problems.map { "\(one.name): \($0)" } })
    }
}

extension Finding {
    fileprivate func found(by member: String) -> Finding {
        Finding(good: good, turn: turn, quote: quote, bearing: bearing, why: why, by: "\(member), \(by)")
    }
}
