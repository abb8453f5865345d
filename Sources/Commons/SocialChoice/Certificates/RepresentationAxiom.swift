/// What it can mean that no group of voters is forgotten, from the least demanding to the most.
///
/// A group that is large enough for `l` seats is one whose weight is at least `l / seats` of everyone's.
public enum RepresentationAxiom: Sendable, Hashable, CaseIterable {
    /// Justified representation: of a group large enough for one seat that agrees on a candidate, someone approves of
    /// a member (Aziz, Brill, Conitzer, Elkind, Freeman and Walsh 2017, DOI 10.1007/s00355-016-1019-3).
    case justifiedRepresentation
    /// Proportional justified representation: a group large enough for `l` seats that agrees on `l` candidates approves
    /// together of `l` members (Sánchez-Fernández and others 2017, arXiv 1604.01529).
    case proportionalJustifiedRepresentation
    /// Extended justified representation: in such a group someone approves of `l` members (Aziz and others 2017).
    case extendedJustifiedRepresentation
    /// EJR+: in a group large enough for `l` seats that agrees on even one candidate who isn't a member, someone
    /// approves of `l` members (Brill and Peters 2023, arXiv 2302.01989).
    case extendedJustifiedRepresentationPlus
    /// Core stability: no group large enough for `l` seats has `l` candidates of whom each of them approves of more
    /// than of members (Aziz and others 2017).
    case coreStability

    /// The axiom's name in the literature.
    public var name: String {
        switch self {
        case .justifiedRepresentation: "justified representation (JR)"
        case .proportionalJustifiedRepresentation: "proportional justified representation (PJR)"
        case .extendedJustifiedRepresentation: "extended justified representation (EJR)"
        case .extendedJustifiedRepresentationPlus: "extended justified representation plus (EJR+)"
        case .coreStability: "core stability"
        }
    }
}

/// What a check of a committee found.
public enum Certificate: Sendable, Hashable {
    /// The committee satisfies the axiom, and this is what was checked.
    case holds(RepresentationProof)
    /// It doesn't, and this group shows it.
    case fails(RepresentationWitness)
    /// The work ran out before either was shown.
    case undecided(nodes: Int)
}

/// What was checked to show that a committee satisfies an axiom.
///
/// Anyone can check again: ``RepresentationAxiom/certificate(for:in:seats:limit:)`` gives the same for the same input.
public struct RepresentationProof: Sendable, Hashable {
    /// What was shown directly; it can be a stronger axiom than the one that was asked for, which follows from it.
    public var shown: RepresentationAxiom
    /// How many candidates, or sets of candidates, were looked at: all that could have had a large enough group.
    public var looked: Int

    /// What was checked, in one sentence.
    public var words: String {
        switch shown {
        case .justifiedRepresentation:
            "For each of \(looked) candidates, those who approve of it and of no member are too few for a seat."
        case .extendedJustifiedRepresentationPlus:
            "For each of \(looked) candidates outside the committee and each number of seats, those who approve of it and of fewer members are too few."
        default:
            looked == 0
                ? "No set of candidates has enough support for any claim."
                : "All \(looked) sets of candidates with enough support were looked at, and none has a group with a claim."
        }
    }
}

/// A group that an axiom says has been forgotten.
///
/// It is for the smallest number of seats for which there is such a group.
public struct RepresentationWitness: Sendable, Hashable {
    /// The axiom that it breaks.
    public var axiom: RepresentationAxiom
    /// How many seats the group is large enough for.
    public var deserved: Int
    /// The candidates that they agree on; for core stability those that they would rather have.
    public var candidates: [Int]
    /// All voters in the group, ascending.
    public var group: [Int]
    /// As few of the group's voters as are large enough already: any such part is forgotten as much as the whole.
    public var smallestGroup: [Int]
    /// The weight of the whole group.
    public var weight: Int
    /// The weight of everyone.
    public var totalWeight: Int
    /// What they got: the most members that anyone of the group approves of; for PJR, that all together approve of.
    public var got: Int
    /// How many seats there were.
    public var seats: Int

    /// The group's share of everyone.
    public var share: Rational { Rational(weight, dividedBy: totalWeight) }

    /// The finding in a sentence: "31% agree on these two statements and got none of five seats."
    ///
    /// - Parameters:
    ///   - noun: what candidates are called, in the singular and the plural.
    ///   - names: what each candidate is called; without it they are counted, not named.
    public func words(noun: (one: String, many: String) = ("candidate", "candidates"), names: [String]? = nil) -> String
    {
        // Rounded down, so that a sentence never makes a group larger than it is.
        let percent = weight * 100 / max(totalWeight, 1)
        let who = percent > 0 ? "\(percent)%" : "Less than 1%"
        let count = Self.spelled(candidates.count)
        var what = candidates.count == 1 ? "this \(noun.one)" : "these \(count) \(noun.many)"
        if let names {
            let listed = candidates.map { names.indices.contains($0) ? "“\(names[$0])”" : "\($0)" }
            what += " (" + listed.joined(separator: ", ") + ")"
        }
        let of = "of \(Self.spelled(seats)) \(seats == 1 ? "seat" : "seats")"
        let due = "are enough for \(Self.spelled(deserved))"
        switch axiom {
        case .coreStability:
            return "\(who) would each be better represented by \(what) than by the whole committee, and \(due) \(of)."
        case .proportionalJustifiedRepresentation:
            return got == 0
                ? "\(who) agree on \(what) and got none \(of)."
                : "\(who) agree on \(what), \(due) \(of), and got only \(Self.spelled(got)) between them."
        default:
            return got == 0
                ? "\(who) agree on \(what) and got none \(of)."
                : "\(who) agree on \(what), \(due) \(of), and nobody among them got more than \(Self.spelled(got))."
        }
    }

    private static func spelled(_ number: Int) -> String {
        let words = [
            "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ]
        return words.indices.contains(number) ? words[number] : "\(number)"
    }
}
