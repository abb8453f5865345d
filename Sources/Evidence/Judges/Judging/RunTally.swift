import Flourishing
import Models

/// Counts what the runs of a judge say, good by good, and drops what doesn't hold.
struct RunTally {
    let rubric: Rubric
    let transcript: JudgedTranscript
    let runs: Int
    var cost = JudgeCost()
    var problems: [String] = []
    private var findings: [Finding] = []
    private var dropped: [DroppedFinding] = []
    private var ratings: [String: [(run: String, value: Double)]] = [:]

    /// A quote must have as many letters.
    static let fewestLetters = 8

    init(rubric: Rubric, transcript: JudgedTranscript, runs: Int) {
        self.rubric = rubric
        self.transcript = transcript
        self.runs = runs
    }

    /// Takes one answer about some of the goods.
    mutating func take(_ text: String, of part: Rubric, run: String) {
        guard let answer = JudgeAnswer(text, of: part) else {
            let isEmpty = !text.contains { !$0.isWhitespace }
            problems.append(
                isEmpty
                    ? "The judge gave no answer in \(run)."
                    : "The judge's answer in \(run) couldn't be read as JSON by the rubric.")
            return
        }
        for entry in part.entries {
            guard let said = answer.parts[entry.id] else {
                problems.append("The judge said nothing of \(entry.id) in \(run).")
                continue
            }
            let found = said.evidence.compactMap { checked($0, of: entry.id, run: run) }
            findings += found
            count(said.rating, of: entry.id, run: run, found: found)
        }
    }

    private mutating func checked(
        _ evidence: JudgeAnswer.Part.Evidence, of good: String, run: String
    ) -> Finding? {
        func drop(_ reason: DroppedFinding.Reason) {
            dropped.append(DroppedFinding(good: good, words: evidence.quote, reason: reason, by: run))
        }
        guard evidence.quote.count(where: { $0.isLetter }) >= Self.fewestLetters else {
            drop(.tooShort)
            return nil
        }
        switch transcript.place(of: evidence.quote) {
        case .nowhere: drop(.invented)
        case .person: drop(.othersWords)
        case .reply(let turn, let words):
            guard !SpeechToJudge.isIn(words) else {
                drop(.speaksToJudge)
                return nil
            }
            return Finding(
                good: good, turn: turn, quote: words, bearing: evidence.bearing,
                why: String(evidence.why.prefix(300)), by: run)
        }
        return nil
    }

    private mutating func count(_ rating: JudgeAnswer.Rating, of good: String, run: String, found: [Finding]) {
        switch rating {
        case .none: return
        case .unusable(let words):
            dropped.append(DroppedFinding(good: good, words: words, reason: .offScale, by: run))
        case .value(let value):
            let isBorneOut =
                value == 0
                || found.contains { $0.bearing == (value > 0 ? .helps : .harms) }
            guard isBorneOut else {
                dropped.append(DroppedFinding(good: good, words: "\(value)", reason: .unsupported, by: run))
                return
            }
            ratings[good, default: []].append((run, value / 2))
        }
    }

    /// What all runs say together.
    ///
    /// The value is the median of the runs. The interval spans all of them and half a step of the scale more (a whole
    /// step where only one run counts), or the allowance that was learned from people's ratings where that is known.
    func judgement(by identity: JudgeIdentity, allowance: Double?, at moment: Int64) -> Judgement {
        var problems = problems
        let speaking = transcript.turns.filter { SpeechToJudge.isIn($0.words) }
        for turn in speaking {
            problems.append(
                "\(turn.isAssistants ? "Reply" : "Message") \(turn.number) speaks to whoever judges the conversation.")
        }
        // Whoever writes replies for the judge's eyes can't be told from somebody who serves the good.
        let isAddressed = speaking.contains(where: \.isAssistants)
        var estimates: [String: Estimate] = [:]
        var disagreements: [Disagreement] = []
        for entry in rubric.entries {
            guard let said = ratings[entry.id] else { continue }
            let values = said.map(\.value).sorted()
            let middle =
                values.count % 2 == 1
                ? values[values.count / 2] : (values[values.count / 2 - 1] + values[values.count / 2]) / 2
            let around = allowance ?? (values.count == 1 ? 0.5 : 0.25)
            var lower = max(-1, values[0] - around)
            var coverage = transcript.shown * Double(values.count) / Double(max(1, runs))
            if isAddressed {
                lower = min(lower, middle > 0 ? 0 : lower)
                coverage /= 2
            }
            estimates[entry.id] = Estimate(
                value: middle, lower: lower, upper: min(1, values[values.count - 1] + around),
                coverage: min(1, coverage))
            if let first = values.first, let last = values.last, first < last {
                disagreements.append(
                    Disagreement(
                        good: entry.id, values: Dictionary(said.map { ($0.run, $0.value) }, uniquingKeysWith: { $1 })))
            }
        }
        return Judgement(
            appraisal: Appraisal(
                estimates: estimates, judge: identity.name, method: "\(identity.version), \(runs) runs", at: moment),
            findings: findings, dropped: dropped, disagreements: disagreements, judge: identity, cost: cost,
            problems: problems)
    }
}
