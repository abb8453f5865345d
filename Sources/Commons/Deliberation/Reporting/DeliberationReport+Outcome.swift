import Charters
import SocialChoice

extension DeliberationReport {
    // MARK: Slate and dissent

    var slateSection: String {
        guard let told else {
            return ReportMarkup.paragraph(
                "Nobody agreed with a statement that takes part, so there is nothing to choose.")
        }
        let slate = told.slate
        var text = ReportMarkup.paragraph(
            "Everybody gets an equal part of the \(ReportMarkup.count(slate.seats, "seat", "seats")) to spend on statements that they agree with (\(slate.rule.name)). A slate may hold statements that contradict each other: it is a fair start for a talk, not its end.",
            kind: "how")
        for entry in told.entries {
            text += "<div class=\"item\">\n" + ReportMarkup.said(statements[entry.entry.statement])
            if let share = entry.share(.agree) {
                text += ReportMarkup.bar(entry.isEverybody ? "everybody" : "these groups", share, doing: "agree")
            } else {
                text += ReportMarkup.bar("everybody", saying: "fewer than five voted")
            }
            if hasGroups { text += groupBars(entry.groups, .agree) }
            if !entry.entry.isPaidFor {
                text += ReportMarkup.paragraph(
                    "Fills a seat that was left over: none had supporters with enough left to pay for it.", kind: "note"
                )
            }
            text += "</div>\n"
        }
        text += "<h3>Was a group forgotten?</h3>\n"
        text += ReportMarkup.paragraph(
            "Each of these says what a group that agrees may claim; they were checked on the slate itself, and anybody can check them again from the votes.",
            kind: "how")
        text += "<dl class=\"checks\">\n"
        for (axiom, certificate) in certificates {
            let (result, words) = told.words(of: certificate, naming: name)
            let said = result == "holds" ? "Holds. " : result == "fails" ? "Does not hold. " : "Undecided. "
            text += "<dt>\(axiom.name.capitalizedStart.escapedForHTML)</dt><dd>\((said + words).escapedForHTML)</dd>\n"
        }
        return text + "</dl>\n"
    }

    var dissentSection: String {
        guard let told else { return ReportMarkup.paragraph("There is no slate to hold against.") }
        var text = ReportMarkup.paragraph(
            "What a group surely holds and the slate leaves out, or has and the group refuses. It is kept with its share, so that nobody is passed over in silence.",
            kind: "how")
        if told.dissent.isEmpty, told.dissentUntold == 0 {
            text += ReportMarkup.paragraph(
                hasGroups
                    ? "No group surely holds anything that the slate leaves out."
                    : "There are no groups in these votes that could hold something of their own.")
        }
        for dissent in told.dissent {
            text += "<div class=\"item\">\n" + ReportMarkup.said(statements[dissent.statement])
            let ofAll = ReportMarkup.share(dissent.shareOfAll)
            switch dissent.holder {
            case .group(let group):
                let why = dissent.stance == .agree ? "it isn’t in the slate" : "it is in the slate"
                text += ReportMarkup.bar(
                    "Group \(group + 1)", dissent.shareOfHolder, group: group, doing: dissent.stance.word)
                text += ReportMarkup.paragraph("\(dissent.count) people, \(ofAll) of all; \(why).", kind: "note")
            case .forgotten:
                text += ReportMarkup.paragraph(
                    "\(dissent.count) people have a claim to this by EJR+, \(ofAll) of all.", kind: "note")
            case .unheard:
                text += ReportMarkup.paragraph(
                    "\(dissent.count) of those who agree with nothing in the slate agree with this, \(ofAll) of all.",
                    kind: "note")
            }
            text += "</div>\n"
        }
        if told.dissentUntold > 0 {
            text += ReportMarkup.paragraph(
                "What fewer than five people hold, or a group of fewer than five, isn't told: it would say too much of single people. There \(told.dissentUntold == 1 ? "is one such dissent" : "are \(told.dissentUntold) such dissents")."
            )
        }
        if let unheard = told.unheard {
            if unheard > 0 {
                text += ReportMarkup.paragraph(
                    "\(unheard) people agree with nothing in the slate: \(unheard * 100 / max(told.slate.people, 1))% of all, and too few who agree with the same statement to fill a seat."
                )
            }
        } else {
            text += ReportMarkup.paragraph("Fewer than five people agree with nothing in the slate.")
        }
        return text
    }

    // MARK: Signs

    var signalsSection: String {
        var text = ReportMarkup.paragraph(
            "Signs that a few hands may have guided many accounts. A sign is a reason to look, and no proof: friends who share a link also come at once and think alike. Nobody was removed; what would change without them is told instead.",
            kind: "how")
        if !signals.hasTimes {
            text += ReportMarkup.paragraph(
                "The times of votes aren't known, so bursts of newcomers and the order of votes weren't looked at.",
                kind: "how")
        }
        if signals.signs.isEmpty { text += ReportMarkup.paragraph("None of the signs that were looked for.") }
        for sign in signals.signs {
            text += "<div class=\"item\">\n" + ReportMarkup.paragraph(sign.cluster.words(naming: name))
            text += ReportMarkup.paragraph(sign.effectWords(naming: name), kind: "small") + "</div>\n"
        }
        if let together = signals.together {
            text += ReportMarkup.paragraph(
                "All of them together, \(ReportMarkup.count(together.people, "person", "people")): \(together.words(naming: name))"
            )
        }
        return text
    }

    // MARK: Trust

    var trustSection: String {
        let votes = landscape.votes
        let times = signals.hasTimes ? SuspiciousCluster.Kind.allCases : [.alike, .oneVote]
        var rows: [(String, String)] = [
            (
                "Who is counted",
                "Everybody who voted, and each person’s last vote on a statement. Who votes in a conversation isn't a sample of a country or a town: no share here says how many people hold something beyond those who voted."
            ),
            (
                "Shares and brackets",
                "Of those who voted on the statement, passes included. What fewer than five people said is left out, and so is what it could be reckoned from. In brackets, and as the thin line: the interval of 95% (Wilson 1927). It says how far chance in who voted may carry a share, not who stayed away, nor who was shown the statement."
            ),
            (
                "The map",
                "A probabilistic low-rank model with missing votes, in two dimensions. Whoever cast few votes is drawn towards the middle. Two dimensions never hold all: people who stand close may still differ."
            ),
            (
                "Groups",
                "People who would vote alike (latent classes; how many there are by the evidence and by being found again). "
                    + (examination.map {
                        "People were drawn anew \($0.replicates) times, and \($0.replicates) crowds without groups were made up: in \(ReportMarkup.percent($0.chance))% of these people stood as tightly. Of crowds that bend otherwise than ours, one in eight at most was called groups all the same."
                    } ?? "How sure they are wasn't asked.")
            ),
            (
                "Bridging scores",
                "Matrix factorisation with intercepts, as Community Notes does (Wojcik et al. 2022). The interval is from the spread of votes around the model; it doesn't tell of the model’s own errors."
            ),
        ]
        if let slate {
            rows.append(
                (
                    "The slate",
                    "\(slate.rule.name.capitalizedStart); ties go to the statement that comes first. Agreeing is approving; a statement that few people saw can't have the support of more. Certificates are about the \(slate.people) people who voted on a statement that takes part."
                ))
        }
        rows += times.map { kind in ("Signs: \(kind.title)", kind.errorRate) }
        rows.append(
            (
                "The same again",
                "\(votes.voteCount) votes and the seed \(settings.seed) give this page again, to the letter."
                    + (remarks.isEmpty ? "" : " Doubtful about what was read: \(remarks.joined(separator: " "))")
            ))
        return "<dl class=\"trust\">\n"
            + rows.map { "<dt>\($0.0.escapedForHTML)</dt><dd>\($0.1.escapedForHTML)</dd>\n" }.joined() + "</dl>\n"
    }
}

extension SuspiciousCluster.Kind {
    /// What the sign is called in a heading.
    public var title: String {
        switch self {
        case .alike: "nearly the same votes"
        case .burst: "bursts of newcomers"
        case .oneVote: "one and the same vote"
        case .lockstep: "the same order"
        }
    }
}

extension String {
    /// With a capital at its start.
    fileprivate var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}
