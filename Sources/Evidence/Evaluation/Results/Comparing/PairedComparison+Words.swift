import Flourishing

extension PairedComparison {
    /// How the vectors stand, in a sentence or two: never by a total.
    public var words: String {
        guard !goods.isEmpty else {
            return "Nothing to compare: no scenario has an estimate on both sides."
        }
        func named(_ standing: Standing) -> [String] {
            goods.filter { $0.standing == standing }.map(\.good)
        }
        func list(_ names: [String]) -> String {
            names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        }
        let (better, worse, open) = (named(.better), named(.worse), named(.incomparable))
        switch standing {
        case .equal: return "Equal: in no scenario does any good differ."
        case .better:
            return "Better: \(list(better)) gained, and no good is worse or left open."
        case .worse: return "Worse: \(list(worse)) lost, and no good is better or left open."
        case .incomparable:
            var parts: [String] = []
            if !better.isEmpty { parts.append("better for \(list(better))") }
            if !worse.isEmpty { parts.append("worse for \(list(worse))") }
            if !open.isEmpty { parts.append("left open for \(list(open))") }
            return "Can't be ranked: \(parts.joined(separator: "; "))."
        }
    }
}

extension PairedComparison.GoodDifference {
    /// How the second side stands to the first in this good, in words.
    public var words: String {
        switch standing {
        case .better: return "better"
        case .worse: return "worse"
        case .equal: return "equal in every scenario"
        case .incomparable:
            guard let lower = difference.lower, let upper = difference.upper else {
                return "open: fewer than \(ScenarioMean.fewest) scenarios"
            }
            let way = lower > 0 ? "better" : "worse"
            if lower > 0 || upper < 0 { return "open: \(way) taken alone, but may be luck among so many goods" }
            return "open: the interval holds 0"
        }
    }

    /// The difference in one sentence, and whether it lies beyond a margin.
    public func sentence(margin: Double) -> String {
        func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + value.hundredths }
        var text =
            "\(good) (\(suite)): \(from.hundredths) became \(to.hundredths), a difference of \(signed(difference.value))"
        if let lower = difference.lower, let upper = difference.upper {
            text += " (95% \(signed(lower)) to \(signed(upper)))"
        }
        text += " over \(difference.scenarios) scenario\(difference.scenarios == 1 ? "" : "s")"
        if isWorse(beyond: margin) {
            text += ": worse, and the whole interval lies beyond the margin of \(margin.hundredths)."
        } else if let upper = difference.upper, let lower = difference.lower, lower < -margin, upper >= -margin {
            text += ": it may be worse by more than \(margin.hundredths), but the interval reaches further up."
        } else if difference.upper == nil {
            text += ": too few scenarios for an interval."
        } else {
            text += ": not worse by more than \(margin.hundredths)."
        }
        return text
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
