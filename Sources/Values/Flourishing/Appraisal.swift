/// A judgement: for each good that was looked at an estimate, with who judged, by what means, and when.
///
/// It is a vector on purpose. There is no total; only a ``Weighing``, which says whose it is, makes one.
public struct Appraisal: Hashable, Sendable, Codable {
    /// An estimate for each good, under the good's name. A good that isn't here wasn't looked at, which isn't zero.
    public let estimates: [String: Estimate]
    /// Who judged, as in a person's role or a model's name.
    public let judge: String
    /// By what means, in words.
    public let method: String
    /// When, in milliseconds since 1970 in UTC.
    public let at: Int64

    /// Makes a judgement.
    public init(estimates: [String: Estimate], judge: String, method: String, at: Int64) {
        self.estimates = estimates
        self.judge = judge
        self.method = method
        self.at = at
    }

    /// How this judgement stands to another.
    ///
    /// It is better when it is better for some good and better or equal for every good; worse likewise. As soon as two
    /// goods point different ways, one can't be ranked, or only one of the two looked at a good, they are incomparable.
    ///
    /// "Better" is a strict order (irreflexive, asymmetric, transitive), and "equal" an equivalence.
    ///
    /// - Complexity: O(*n*) in the number of goods.
    public func standing(to other: Appraisal) -> Standing {
        guard estimates.count == other.estimates.count else { return .incomparable }
        var standing = Standing.equal
        for (good, estimate) in estimates {
            guard let counterpart = other.estimates[good] else { return .incomparable }
            switch (standing, estimate.standing(to: counterpart)) {
            case (_, .incomparable), (.better, .worse), (.worse, .better): return .incomparable
            case (_, .equal): continue
            case (_, let decided): standing = decided
            }
        }
        return standing
    }
}
