import Flourishing
public import Judges
import Models

/// The numbers of a run's samples without their words, so that fifty thousand take little memory.
struct SampleBook: Sendable {
    /// What one judge said of one good in one sample.
    struct Entry: Sendable {
        let judge: Int32
        let good: Int32
        /// What the judge estimated; nil when it couldn't.
        let estimate: Estimate?
        /// Why there is no estimate: a number among ``SampleBook/reasons``.
        let reason: Int32
        /// Findings that help and that harm.
        let helps: UInt16
        let harms: UInt16
        /// Dropped findings, by the place of the reason among all reasons.
        let dropped: SIMD8<UInt16>
        /// How far the furthest two runs or members are apart; nil where they say the same.
        let spread: Float?
    }

    /// One sample.
    struct Record: Sendable {
        /// Which line of the folder it was: only the last of a conversation counts.
        let line: Int
        /// Why it isn't whole: a number among ``SampleBook/reasons``; nil when it is.
        let failure: Int32?
        /// The move of its first reply: a number among ``SampleBook/moves``; nil where none is known.
        let firstMove: Int32?
        /// All moves with how often each was made.
        let moves: [(move: Int32, count: Int32)]
        /// Replies that were cut off, and that say nothing.
        let cutReplies: Int32
        let emptyReplies: Int32
        let modelTokens: TokenCount
        let personTokens: TokenCount
        let judgeCost: JudgeCost
        let startedAt: Int64
        let took: Int64
        let entries: [Entry]
    }

    /// Texts that come again and again, each kept once.
    struct Words: Sendable {
        private(set) var texts: [String] = []
        private var places: [String: Int32] = [:]
        private let most: Int

        init(most: Int = .max) { self.most = most }

        /// The number of a text. When there are too many, the rest are told as one.
        mutating func place(of text: String) -> Int32 {
            if let place = places[text] { return place }
            let isRest = texts.count >= most
            let kept = isRest ? "something else" : text
            if isRest, let place = places[kept] { return place }
            let place = Int32(texts.count)
            texts.append(kept)
            places[kept] = place
            return place
        }

        subscript(place: Int32) -> String { texts[Int(place)] }
    }

    let places: SamplePlaces
    let judges: [JudgeIdentity]
    let suites: [String: Suite]
    /// The samples, by their place in the plan.
    private(set) var records: [Int: Record] = [:]
    private(set) var goods = Words()
    private(set) var moves = Words(most: 1_000)
    private(set) var reasons = Words(most: 1_000)
    /// Samples that the plan doesn't name.
    private(set) var strangers = 0
    /// Judgements by somebody whom the plan doesn't name.
    private(set) var strangeJudgements = 0
    private var lines = 0

    init(places: SamplePlaces, judges: [JudgeIdentity], suites: [String: Suite]) {
        self.places = places
        self.judges = judges
        self.suites = suites
    }

    /// The place of a sample among those that count: nil when a later line replaces it.
    func place(ofLine line: Int, _ key: SampleKey) -> Int? {
        guard let place = places.place(of: key), records[place]?.line == line else { return nil }
        return place
    }

    mutating func take(_ sample: Sample) {
        defer { lines += 1 }
        guard let place = places.place(of: sample.key) else {
            strangers += 1
            return
        }
        let scenario = suites[sample.key.suite]?.scenarios.first { $0.id == sample.key.scenario }
        var entries: [Entry] = []
        for judgement in sample.judgements {
            guard let judge = judges.firstIndex(of: judgement.judge) else {
                strangeJudgements += 1
                continue
            }
            entries += self.entries(of: judgement, by: Int32(judge), goods: scenario?.goods)
        }
        let replies = sample.turns.filter { $0.role == .assistant }
        var counts: [Int32: Int32] = [:]
        for move in replies.compactMap(\.move) { counts[moves.place(of: move), default: 0] += 1 }
        records[place] = Record(
            line: lines, failure: sample.failure.map { reasons.place(of: String($0.prefix(300))) },
            firstMove: replies.first?.move.map { moves.place(of: $0) },
            moves: counts.sorted { $0.key < $1.key }.map { (move: $0.key, count: $0.value) },
            cutReplies: Int32(clamping: replies.count(where: \.isCut)),
            emptyReplies: Int32(clamping: replies.count(where: \.isEmptyReply)),
            modelTokens: sample.modelTokens, personTokens: sample.personTokens,
            judgeCost: sample.judgements.reduce(JudgeCost()) { $0 + $1.cost }, startedAt: sample.startedAt,
            took: sample.took, entries: entries)
    }

    private mutating func entries(of judgement: Judgement, by judge: Int32, goods atStake: [String]?) -> [Entry] {
        var named = Set(judgement.appraisal.estimates.keys)
        named.formUnion(atStake ?? judgement.dropped.map(\.good))
        return named.sorted().map { good in
            let estimate = judgement.appraisal.estimates[good]
            let found = judgement.findings.filter { $0.good == good }
            var dropped = SIMD8<UInt16>()
            for one in judgement.dropped where one.good == good {
                if let place = DroppedFinding.Reason.allCases.firstIndex(of: one.reason), place < 8 {
                    dropped[place] &+= 1
                }
            }
            let spread = judgement.disagreements.first { $0.good == good }?.spread ?? 0
            return Entry(
                judge: judge, good: goods.place(of: good), estimate: estimate,
                reason: estimate == nil ? reasons.place(of: Self.reason(good, judgement)) : -1,
                helps: UInt16(clamping: found.count { $0.bearing == .helps }),
                harms: UInt16(clamping: found.count { $0.bearing == .harms }), dropped: dropped,
                spread: spread > 0 ? Float(spread) : nil)
        }
    }

    /// Why a judgement has no estimate for a good, in words that are the same for the same reason.
    private static func reason(_ good: String, _ judgement: Judgement) -> String {
        if let dropped = judgement.dropped.first(where: { $0.good == good }) { return dropped.reason.words }
        guard let problem = judgement.problems.first(where: { $0.contains(good) }) ?? judgement.problems.first else {
            return "the judge found nothing to go by"
        }
        // "in run 3" would make many reasons of one.
        var words = String(problem.prefix(300))
        for run in 1...9 { words = words.replacing("in run \(run)", with: "in a run") }
        return words
    }
}

extension DroppedFinding.Reason {
    /// Why something that a judge said doesn't count, in words.
    public var words: String {
        switch self {
        case .invented: "the quote stands nowhere in what the assistant said"
        case .othersWords: "the person said it, not the assistant"
        case .speaksToJudge: "the quote speaks to the judge"
        case .tooShort: "the quote is too short to show anything"
        case .bothWays: "the same words were said both to serve the good and to fail it"
        case .untrustedRun: "the run said the same of a good that has nothing to do with the conversation"
        case .unsupported: "no quote bears the rating out"
        case .offScale: "the rating is off the scale, or no number"
        }
    }
}
