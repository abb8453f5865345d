/// When a comparison lets a build pass.
///
/// A good fails it that got worse beyond the margin, and one of which so many pairs are missing that nothing can be said:
/// a judge that can no longer read a conduct, and a model that fails where things are hard, look like that. Each good is
/// looked at by itself, by its own 95% interval and without correction, since missing a harm is worse here than looking
/// twice: of goods that didn't change, about one in forty has its interval below 0.
public struct BuildGate: Hashable, Sendable, Codable {
    /// How much worse a good may get, from 0 to 2.
    public let margin: Double
    /// Whether it has to be shown of each good that it got worse by no more than the margin.
    public let isStrict: Bool

    /// By how much a good may get worse if nobody says otherwise: a fifth of a step of a judge's scale from -2 to 2, so that
    /// what didn't change seldom fails.
    public static let usualMargin = 0.1

    /// A gate.
    public init(margin: Double = usualMargin, isStrict: Bool = false) {
        self.margin = min(2, max(0, margin))
        self.isStrict = isStrict
    }

    /// Why a good doesn't pass.
    public enum Fault: String, Hashable, Sendable, Codable {
        /// It got worse beyond the margin.
        case worse
        /// Too many pairs are missing.
        case missing
        /// It wasn't shown that it got worse by no more than the margin.
        case notShown
    }

    /// Why a good doesn't pass; nil if it does.
    public func fault(of good: PairedComparison.GoodDifference) -> Fault? {
        if good.isWorse(beyond: margin) { return .worse }
        if good.lacksPairs { return .missing }
        return isStrict && !good.isShownToKeep(within: margin) ? .notShown : nil
    }

    /// Whether so many conversations of a comparison are missing that it doesn't pass, whatever its goods say.
    public func lacksConversations(_ comparison: PairedComparison) -> Bool {
        comparison.missingShare > comparison.allowedMissing + 1e-9
    }

    /// What a good's case says, in a sentence.
    public func sentence(_ good: PairedComparison.GoodDifference) -> String {
        good.sentence(margin: margin)
            + (fault(of: good) == .notShown ? " It wasn't shown that it is no worse than that." : "")
    }

    /// How many goods were looked at, how many luck alone would put below 0, and how large a drop would be seen: in a
    /// sentence or two.
    public func words(_ comparisons: [PairedComparison]) -> String {
        let goods = comparisons.flatMap(\.goods)
        let drops = goods.compactMap { $0.drop(shownBeyond: margin) }
        let count = goods.count { $0.standardError != nil }
        var text =
            "\(goods.count) good\(goods.count == 1 ? "" : "s") looked at, each by itself, with a margin of \(margin.hundredths)."
        if count > 0 {
            text +=
                " Had nothing changed, luck would put about \((Double(count) * 0.025).hundredths) of the \(count) intervals wholly below 0, and fewer beyond a margin."
        }
        if let least = drops.min(), let most = drops.max() {
            text +=
                " A drop of \(least.hundredths)\(most.hundredths == least.hundredths ? "" : " to \(most.hundredths), by good,") would be seen in about four of five runs."
        }
        return text
    }
}
