// What was held back, in words: nobody can count it again, so it is said what it could have changed.
extension PublicationCheck {
    /// How many ballots were held back, and which clauses they could have turned. Empty where none were.
    func turning(_ outcomes: [Ratification.Outcome], by rule: AmendmentRule?) -> String {
        guard ballotsHeldBack > 0, let rule else { return " No ballot was held back." }
        let turned = outcomes.filter { rule.couldTurn($0.count, with: ballotsHeldBack) }
        let named = turned.prefix(10).map(\.path).joined(separator: ", ")
        let rest = turned.count > 10 ? " and \(turned.count - 10) more" : ""
        return said(turned.isEmpty ? nil : "what became of \(named)\(rest)")
    }

    /// The same for a proposal.
    func turning(_ count: BallotCount, by rule: AmendmentRule?) -> String {
        guard ballotsHeldBack > 0, let rule else { return " No ballot was held back." }
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
    /// What was held back of the votes, in sentences.
    public var words: String {
        var sentences: [String] = []
        if people > 0 {
            sentences.append(
                "The votes of \(people == 1 ? "one person" : "\(people) people") who didn't agree to publication were left out; what they would have changed can't be reckoned."
            )
        }
        if votes > 0 {
            sentences.append(
                "\(votes == 1 ? "One vote was" : "\(votes) votes were") held back, because too few others gave the same answer or to hide who those are."
            )
        }
        if statements > 0 {
            sentences.append(
                "\(statements == 1 ? "One statement was" : "\(statements) statements were") left out, because too few votes were left on it."
            )
        }
        if rejectedStatements > 0 {
            sentences.append(
                "\(rejectedStatements == 1 ? "One statement was" : "\(rejectedStatements) statements were") left out by moderators."
            )
        }
        if peopleWithoutVotes > 0 {
            sentences.append(
                "Of \(peopleWithoutVotes == 1 ? "one person" : "\(peopleWithoutVotes) people") no vote is left, or there never was one."
            )
        }
        return sentences.isEmpty ? "No vote and no statement was held back." : sentences.joined(separator: " ")
    }
}

extension BallotBox {
    /// How many ballots were held back, in a sentence.
    public static func words(heldBack ballots: Int) -> String {
        switch ballots {
        case 0: "No ballot was held back."
        case 1: "One ballot was held back, of somebody who didn't agree to publication, and isn't counted."
        default: "\(ballots) ballots were held back, of people who didn't agree to publication, and aren't counted."
        }
    }
}
