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
