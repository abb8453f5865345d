import Flourishing

extension PairedComparison {
    /// How the vectors stand, in a sentence or two: never by a total.
    public var words: String {
        guard !goods.isEmpty else {
            return "Nothing to compare: no scenario has an estimate on either side."
        }
        func named(_ standing: Standing) -> [String] {
            goods.filter { $0.standing == standing }.map(\.good)
        }
        let (better, worse, open) = (named(.better), named(.worse), named(.incomparable))
        switch standing {
        case .equal: return "Equal: in no scenario does any good differ." + unseenWords
        case .better:
            return "Better: \(Self.list(better)) gained, and no good is worse or left open." + unseenWords
        case .worse: return "Worse: \(Self.list(worse)) lost, and no good is better or left open." + unseenWords
        case .incomparable:
            var parts: [String] = []
            if !better.isEmpty { parts.append("better for \(Self.list(better))") }
            if !worse.isEmpty { parts.append("worse for \(Self.list(worse))") }
            // The table says which and why; a sentence holds a handful of names.
            if !open.isEmpty {
                parts.append(
                    "left open for \(open.count > 8 ? "\(open.count) of \(goods.count) goods" : Self.list(open))")
            }
            return "Can't be ranked: \(parts.joined(separator: "; "))." + unseenWords
        }
    }

    private var unseenWords: String {
        var names: [String] = []
        for one in unseen where !names.contains(one.good) { names.append(one.good) }
        return names.isEmpty ? "" : " Of \(Self.list(names)) this judge said nothing on either side."
    }

    /// What became of the conversations of both sides, in a sentence.
    public var conversationsWords: String {
        func words(_ side: Side, _ conversations: Conversations) -> String {
            let missing = conversations.planned - conversations.finished - conversations.failed
            return "\(side.name): \(conversations.finished) of \(conversations.planned) finished"
                + (conversations.failed > 0 ? ", \(conversations.failed) failed" : "")
                + (missing > 0 ? ", \(missing) not there" : "")
        }
        return "\(words(from, fromConversations)); \(words(to, toConversations)). "
            + "\(wholePairs) of \(fromConversations.planned) pairs are whole."
    }

    static func list(_ names: [String]) -> String {
        names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }

    /// A chance in words: three digits, and never 0.
    public static func words(chance: Double) -> String {
        guard chance >= 0.001 else { return "below 0.001" }
        let digits = String(Int((min(1, chance) * 1_000).rounded()) % 1_000)
        return chance >= 0.9995 ? "1.000" : "0." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension PairedComparison.GoodDifference {
    /// How the second side stands to the first in this good, in words.
    public var words: String {
        guard let difference else { return "open: no pair with an estimate on both sides" }
        if lacksPairs {
            let way =
                difference.value > 0 ? "higher" : difference.value < 0 ? "lower" : "the same"
            return "open: \(way) where both have an estimate, and too many pairs are missing"
        }
        switch standing {
        case .better: return "better"
        case .worse: return "worse"
        case .equal: return "equal in every scenario"
        case .incomparable:
            if difference.scenarios < ScenarioMean.fewest {
                return "open: fewer than \(ScenarioMean.fewest) scenarios"
            }
            let (lower, upper) = (difference.lower ?? difference.value, difference.upper ?? difference.value)
            guard lower > 0 || upper < 0 else { return "open: the interval holds 0" }
            if isTooFewAmongSoMany { return "open: too few scenarios to tell from luck" }
            return "open: \(lower > 0 ? "better" : "worse") taken alone, but may be luck among so many goods"
        }
    }

    /// The interval in words, or why there is none.
    public var intervalWords: String {
        guard let difference else { return "no pair" }
        if let lower = difference.lower, let upper = difference.upper {
            return "\(lower.hundredths) to \(upper.hundredths)"
        }
        return difference.isAlike ? "all alike" : "too few scenarios"
    }

    /// What could be seen, in words.
    public var detectableWords: String {
        if let detectable { return detectable.hundredths }
        return difference?.lower == nil || lacksPairs ? "not known" : "nothing with so few"
    }

    /// The difference in one sentence, and whether it lies beyond a margin.
    public func sentence(margin: Double) -> String {
        func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + value.hundredths }
        guard let difference else {
            return
                "\(good) (\(suite)): none of \(pairs + unpaired) pairs has an estimate on both sides (\(from.map { "the first has \($0.hundredths)" } ?? "the first has none"), \(to.map { "the second \($0.hundredths)" } ?? "the second none")), so nothing can be said."
        }
        var text =
            "\(good) (\(suite)): \((from ?? 0).hundredths) became \((to ?? 0).hundredths), a difference of \(signed(difference.value))"
        if let lower = difference.lower, let upper = difference.upper {
            text += " (95% \(signed(lower)) to \(signed(upper)))"
        }
        text += " over \(difference.scenarios) scenario\(difference.scenarios == 1 ? "" : "s")"
        if let worst, worst.value < 0, difference.scenarios > 1 {
            text += ", of which \(fell) fell, furthest \(worst.scenario) by \((-worst.value).hundredths)"
        }
        if lacksPairs { text += ", in \(pairs) of \(pairs + unpaired) pairs, the only ones with both estimates" }
        return text + ": " + verdict(margin)
    }

    private func verdict(_ margin: Double) -> String {
        guard let difference else { return "" }
        let beyond = margin.hundredths
        if isWorse(beyond: margin) {
            if difference.upper != nil { return "worse, and the whole interval lies beyond the margin of \(beyond)." }
            return difference.isAlike
                ? "worse, by as much in every scenario, beyond the margin of \(beyond)."
                : "worse; there are too few scenarios for an interval, but each fell beyond the margin of \(beyond)."
        }
        if lacksPairs { return "too many pairs are missing to say that it isn't worse." }
        if let lower = difference.lower {
            return lower < -margin
                ? "it may be worse by more than \(beyond), but the interval reaches further up."
                : "not worse by more than \(beyond)."
        }
        return difference.isAlike
            ? "not worse by more than \(beyond) in any scenario." : "too few scenarios for an interval."
    }
}

extension Double {
    /// Two digits behind the point: `0.25`, `-1.00`.
    var hundredths: String {
        guard isFinite, abs(self) < 1e12 else { return "not known" }
        let whole = Int((abs(self) * 100).rounded())
        let rest = whole % 100
        return (self < 0 && whole > 0 ? "-" : "") + "\(whole / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
