import Judges
import Models

extension Sample {
    /// The sample with every finding looked up once more: one whose words stand in no reply doesn't count, for a folder may
    /// have been changed since it was judged.
    var checked: Sample {
        let replies = turns.filter { $0.role == .assistant }.map(\.words)
        func stands(_ finding: Finding) -> Bool { replies.contains { $0.contains(finding.quote) } }
        guard judgements.contains(where: { !$0.findings.allSatisfy(stands) }) else { return self }
        return Sample(
            key: key, turns: turns, judgements: judgements.map { $0.keeping(stands) }, modelTokens: modelTokens,
            personTokens: personTokens, startedAt: startedAt, took: took, failure: failure)
    }
}

extension Judgement {
    /// The judgement with findings that don't stand among those that don't count.
    fileprivate func keeping(_ stands: (Finding) -> Bool) -> Judgement {
        let invented = findings.filter { !stands($0) }
        return Judgement(
            appraisal: appraisal, findings: findings.filter(stands),
            dropped: dropped
                + invented.map { DroppedFinding(good: $0.good, words: $0.quote, reason: .invented, by: $0.by) },
            disagreements: disagreements, judge: judge, cost: cost,
            problems: invented.isEmpty
                ? problems
                : problems + [
                    "\(invented.count) of the quotes kept here stand\(invented.count == 1 ? "s" : "") in no reply, so the folder was changed after it was judged. Have it judged anew: trellis evaluate judge."
                ])
    }
}
