// What was held back, in words: nobody can count it again, so it is said what it could have changed.
extension PublicationCheck {
    /// How many ballots were held back, and which clauses they could have turned. Empty where none were.
    func turning(_ outcomes: [Ratification.Outcome], by rule: AmendmentRule?) -> String {
        guard ballotsHeldBack > 0, let rule else { return "" }
        let turned = outcomes.filter { rule.couldTurn($0.count, with: ballotsHeldBack) }
        let named = turned.prefix(10).map(\.path).joined(separator: ", ")
        let rest = turned.count > 10 ? " and \(turned.count - 10) more" : ""
        return said(turned.isEmpty ? nil : "what became of \(named)\(rest)")
    }

    /// The same for a proposal.
    func turning(_ count: BallotCount, by rule: AmendmentRule?) -> String {
        guard ballotsHeldBack > 0, let rule else { return "" }
        return said(rule.couldTurn(count, with: ballotsHeldBack) ? "the result" : nil)
    }

    private func said(_ turned: String?) -> String {
        let ballots = ballotsHeldBack == 1 ? "One ballot was" : "\(ballotsHeldBack) ballots were"
        let whose = "\(ballots) held back, of people who didn't agree to publication"
        return turned.map { " \(whose): counted, they could have changed \($0)." }
            ?? " \(whose), and whatever they say they couldn't have changed the result."
    }
}

extension PublishableConversation.HeldBack {
    /// How many people were left out of the votes. Empty where none were.
    var words: String {
        people == 0
            ? ""
            : " The votes of \(people == 1 ? "one person" : "\(people) people") who didn't agree to publication were left out; what they would have changed can't be reckoned."
    }
}
