extension CommitteeRule {
    /// The rule's name in the literature.
    public var name: String {
        switch self {
        case .approvalVoting: "approval voting"
        case .satisfactionApprovalVoting: "satisfaction approval voting"
        case .thiele(let function): function.name
        case .sequentialThiele(let function): "sequential \(function.name)"
        case .reverseSequentialThiele(let function): "reverse sequential \(function.name)"
        case .phragmen: "Phragmén's sequential rule"
        case .minimaxPhragmen: "Phragmén's minimax rule"
        case .leximaxPhragmen: "Phragmén's leximax rule"
        case .maximinSupport: "the maximin support method"
        case .equalShares(.none): "the Method of Equal Shares"
        case .equalShares(.phragmen): "the Method of Equal Shares, completed by Phragmén's sequential rule"
        case .equalShares(.raisedBudget): "the Method of Equal Shares, completed by raising the budget"
        case .equalShares(.mostApproved): "the Method of Equal Shares, completed by the most approved"
        case .monroe: "Monroe's rule"
        case .greedyMonroe: "greedy Monroe"
        case .minimaxApprovalVoting: "minimax approval voting"
        case .lexicographicMinimaxApprovalVoting: "lexicographic minimax approval voting"
        case .enestroemPhragmen: "Eneström's rule"
        case .consensus: "the consensus rule"
        case .ePluribusHugo: "E Pluribus Hugo"
        }
    }
}

extension ThieleFunction {
    /// The name of the rule that adds this up.
    public var name: String {
        switch self {
        case .proportional: "proportional approval voting"
        case .sainteLague: "Sainte-Laguë approval voting"
        case .chamberlinCourant: "Chamberlin-Courant"
        case .halving: "geometric approval voting"
        case .lexicographic: "lexicographic Chamberlin-Courant"
        case .adams: "Adams approval voting"
        }
    }
}

extension CommitteeRule {
    /// Every rule with the short name that people type, in the order in which they are listed.
    ///
    /// Equal Shares without completion is `equal-shares-only`: it may fill fewer seats than there are.
    public static let named: [(id: String, rule: CommitteeRule)] = {
        var all: [(String, CommitteeRule)] = [
            ("equal-shares", .equalShares(.phragmen)), ("equal-shares-raised", .equalShares(.raisedBudget)),
            ("equal-shares-approved", .equalShares(.mostApproved)), ("equal-shares-only", .equalShares(.none)),
            ("phragmen", .phragmen), ("minimax-phragmen", .minimaxPhragmen), ("leximax-phragmen", .leximaxPhragmen),
            ("maximin-support", .maximinSupport), ("enestroem-phragmen", .enestroemPhragmen),
        ]
        let functions: [(String, ThieleFunction)] = [
            ("pav", .proportional), ("sainte-lague", .sainteLague), ("chamberlin-courant", .chamberlinCourant),
            ("geometric", .halving), ("lexicographic-chamberlin-courant", .lexicographic), ("adams", .adams),
        ]
        all += functions.map { ($0, .thiele($1)) }
        all += functions.map { ("sequential-\($0)", .sequentialThiele($1)) }
        all += functions.map { ("reverse-\($0)", .reverseSequentialThiele($1)) }
        all += [
            ("monroe", .monroe), ("greedy-monroe", .greedyMonroe), ("minimax-approval", .minimaxApprovalVoting),
            ("lexicographic-minimax-approval", .lexicographicMinimaxApprovalVoting), ("consensus", .consensus),
            ("e-pluribus-hugo", .ePluribusHugo), ("approval", .approvalVoting),
            ("satisfaction-approval", .satisfactionApprovalVoting),
        ]
        return all.map { (id: $0.0, rule: $0.1) }
    }()

    /// The rule of a short name; nil if there is none of it.
    public init?(id: String) {
        guard let found = Self.named.first(where: { $0.id == id }) else { return nil }
        self = found.rule
    }

    /// The rule's short name.
    public var id: String { Self.named.first { $0.rule == self }?.id ?? name }
}

extension RepresentationAxiom {
    /// The axiom's short name: `jr`, `pjr`, `ejr`, `ejr+` or `core`.
    public var id: String {
        switch self {
        case .justifiedRepresentation: "jr"
        case .proportionalJustifiedRepresentation: "pjr"
        case .extendedJustifiedRepresentation: "ejr"
        case .extendedJustifiedRepresentationPlus: "ejr+"
        case .coreStability: "core"
        }
    }

    /// The axiom of a short name; nil if there is none of it.
    public init?(id: String) {
        guard let found = Self.allCases.first(where: { $0.id == id }) else { return nil }
        self = found
    }
}
