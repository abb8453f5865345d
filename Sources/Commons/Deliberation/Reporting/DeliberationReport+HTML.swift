import Charters
import SocialChoice

extension DeliberationReport {
    /// The report as one HTML file that needs nothing else: no script, no font, no picture, no address. Readable on
    /// phones, in the light, in the dark, and on paper.
    ///
    /// Every text of the conversation is escaped, so none of it can become markup.
    public var html: String {
        let sections = [
            ("groups", "Groups, and what each holds", groupsSection), ("common", "Common ground", commonSection),
            ("divides", "What divides", divisiveSection), ("bridges", "What bridges", bridgingSection),
            ("slate", "A slate that speaks for everybody", slateSection), ("dissent", "Dissent", dissentSection),
            ("signs", "Signs of manipulation, and what hangs on them", signalsSection),
            ("trust", "How much to trust this", trustSection),
        ]
        let links = sections.map { "<li><a href=\"#\($0.0)\">\($0.1.escapedForHTML)</a></li>\n" }.joined()
        let body =
            opening + "<nav aria-label=\"Sections\"><ul>\n\(links)</ul></nav>\n" + mapSection
            + sections.map { ReportMarkup.section($0.0, $0.1, $0.2) }.joined()
        return HTMLPage(title: topic.isEmpty ? "Where people stand" : topic, body: body, style: ReportMarkup.style).text
    }

    // MARK: Opening

    private var opening: String {
        let votes = landscape.votes
        let people = (0..<votes.participantCount).count { votes.voteCount(of: $0) > 0 }
        var text = about.isEmpty ? "" : "<p class=\"topic\" dir=\"auto\">\(about.escapedForHTML)</p>\n"
        let left = landscape.moderation.rejected.count
        text += ReportMarkup.paragraph(
            "\(ReportMarkup.count(people, "person", "people")) cast \(ReportMarkup.count(votes.voteCount, "vote", "votes")) on "
                + ReportMarkup.count(statements.count - left, "statement", "statements")
                + (left > 0 ? "; moderation left out \(left) more." : "."))
        text += "<ul class=\"short\">\n" + short.map { "<li>\($0.escapedForHTML)</li>\n" }.joined() + "</ul>\n"
        return text
    }

    /// The whole in a few sentences.
    private var short: [String] {
        var lines: [String] = []
        if !landscape.basis.isEnough {
            lines.append(landscape.basis.description)
        } else if hasGroups {
            let real = examination?.findings.count { $0.verdict == .real } ?? 0
            lines.append(
                "\(landscape.groupCount) groups of opinion. "
                    + (examination == nil
                        ? "How sure they are wasn't asked."
                        : real == 0
                            ? "None stands apart from the others more than parts of one crowd do: read them as regions of opinion."
                            : "\(real == landscape.groupCount ? "All" : "\(real)") of them stand apart more than parts of one crowd do.")
            )
        } else {
            lines.append("No groups: no division into groups explains the votes better than one crowd does.")
        }
        let agreed = ground.shared(.agree)
        let sure = agreed.count { $0.isSure }
        lines.append(
            agreed.isEmpty
                ? "\(hasGroups ? "On no statement do all groups" : "On no statement do most") agree."
                : "\(hasGroups ? "Every group agrees" : "Most agree") on \(ReportMarkup.count(agreed.count, "statement", "statements")): \(sure == 0 ? "likely, not surely" : sure == agreed.count ? "surely" : "\(sure) surely, the others likely")."
        )
        if let slate {
            let holds = if case .holds = slate.certificate { true } else { false }
            lines.append(
                "A slate of \(ReportMarkup.count(slate.entries.count, "statement", "statements")) "
                    + (holds
                        ? "speaks for everybody as far as so few can: no group that is large enough for a seat was forgotten (EJR+, checked)."
                        : "was chosen; the check whether a group was forgotten did not hold."))
        }
        let signs = signals.signs.count
        lines.append(
            signs == 0
                ? "None of the signs of manipulation that were looked for."
                : (signs == 1 ? "One sign" : "\(signs) signs") + " of manipulation to look into; "
                    + (signals.signs.allSatisfy { $0.effect.isNone } && (signals.together?.isNone ?? true)
                        ? "none would change the outcome." : "what hangs on them is told below."))
        return lines
    }

    // MARK: Map

    private var mapSection: String {
        let map = ReportMap(self)
        guard let picture = map.svg else {
            return ReportMarkup.section(
                "map", "The map", ReportMarkup.paragraph("There are too few votes to place people on a map."))
        }
        var legend = ""
        if hasGroups {
            legend = ground.groups.map { group in
                "<span class=\"key g\(group + 1)\"><span class=\"dot\"></span>Group \(group + 1)</span> "
            }.joined()
            if groups.contains(where: { !ground.groups.contains($0) }) {
                legend += "<span class=\"key g0\"><span class=\"dot\"></span>without a group that is told</span>"
            }
            legend = "<p class=\"small\">\(legend)</p>\n"
        }
        return ReportMarkup.section(
            "map", "The map",
            "<figure>\n\(picture)<figcaption>\(legend)\("People who voted alike stand close together. Places are rounded to a grid, and a circle is the larger the more people stand there. Which way is up means nothing. \(map.people) people with \(LandscapeBasis.leastVotes) votes or more are on it.".escapedForHTML)</figcaption>\n</figure>\n"
        )
    }

    // MARK: Groups

    private var groupsSection: String {
        var text = ReportMarkup.paragraph(landscape.basis.description, kind: "how")
        guard hasGroups else {
            return text
                + ReportMarkup.paragraph(
                    landscape.basis.isEnough
                        ? "No groups: no division into groups explains the votes better than one crowd does."
                        : "So no groups were looked for.")
        }
        for (place, group) in ground.groups.enumerated() {
            text += "<h3 class=\"g\(group + 1)\"><span class=\"dot\"></span>Group \(group + 1)</h3>\n"
            let finding = examination?.findings.first { $0.group == group }
            text += ReportMarkup.paragraph(
                finding?.description ?? "\(ground.people[place]) people. How sure the group is wasn't asked.")
            let held = ground.representative(at: place, settings.limit)
            if held.isEmpty { text += ReportMarkup.paragraph("Nothing sets it apart surely.") }
            for one in held {
                let verb = one.stance == .agree ? "agree" : "disagree"
                text += "<div class=\"item\">\n" + ReportMarkup.said(statements[one.statement])
                text += ReportMarkup.bar("Group \(group + 1)", one.share, group: group, doing: verb)
                if let others = ground.others(than: place, on: one.statement) {
                    text += ReportMarkup.bar(
                        "the others", ShareEstimate(count: others[one.stance], of: others.seen), doing: verb)
                }
                text += "</div>\n"
            }
        }
        if let remark = ground.remark { text += ReportMarkup.paragraph(remark) }
        let rest = groups.count { $0 < 0 }
        if rest > 0 {
            text += ReportMarkup.paragraph(
                "\(Self.people(rest)) can't be put in any group: too few votes, or between two.",
                kind: "how")
        }
        return text
    }

    // MARK: Common ground and what divides

    private func bars(_ statement: CommonGround.Statement, _ stance: Stance) -> String {
        guard hasGroups else {
            let all = statement.votes.reduce(VoteTally.zero, +)
            return ReportMarkup.bar("everybody", ShareEstimate(count: all[stance], of: all.seen), doing: stance.word)
        }
        return groupBars(
            ground.groups.indices.map { place in
                ground.votes(at: place, on: statement.statement).map {
                    ShareEstimate(count: $0[stance], of: $0.seen)
                }
            }, stance)
    }

    /// A bar for each told group; of a group of which fewer than five voted, only that.
    func groupBars(_ shares: [ShareEstimate?], _ stance: Stance) -> String {
        zip(ground.groups, shares).map { group, share in
            guard let share else {
                return ReportMarkup.bar("Group \(group + 1)", saying: "fewer than five voted", group: group)
            }
            return ReportMarkup.bar("Group \(group + 1)", share, group: group, doing: stance.word)
        }.joined()
    }

    private func list(_ shared: [CommonGround.Shared], _ stance: Stance) -> String {
        shared.prefix(settings.limit).map { one in
            "<div class=\"item\">\n" + ReportMarkup.said(statements[one.statement.statement])
                + bars(one.statement, stance)
                + (one.isSure ? "" : ReportMarkup.paragraph("Likely, not sure.", kind: "note")) + "</div>\n"
        }.joined()
    }

    private func more(_ count: Int) -> String {
        count > settings.limit
            ? ReportMarkup.paragraph("And \(count - settings.limit) more, less surely.", kind: "how") : ""
    }

    private var commonSection: String {
        let (agreed, refused) = (ground.shared(.agree), ground.shared(.disagree))
        let who = hasGroups ? "every group" : "most"
        var text = ReportMarkup.paragraph(
            hasGroups
                ? "More than half of each group, of those who voted on it, take the same side. The thin line is the interval of 95%."
                : "More than half of those who voted on it take the same side. The thin line is the interval of 95%.",
            kind: "how")
        text += "<h3>What \(who) agree\(hasGroups ? "s" : "") on</h3>\n"
        text +=
            agreed.isEmpty
            ? ReportMarkup.paragraph("Nothing, as far as these votes say.") : list(agreed, .agree) + more(agreed.count)
        text += "<h3>What \(who) refuse\(hasGroups ? "s" : "")</h3>\n"
        text +=
            refused.isEmpty
            ? ReportMarkup.paragraph("Nothing, as far as these votes say.")
            : list(refused, .disagree) + more(refused.count)
        return text
    }

    private var divisiveSection: String {
        guard hasGroups else {
            return ReportMarkup.paragraph("There are no groups that could differ.")
        }
        let found = ground.divisive(.max)
        guard !found.isEmpty else { return ReportMarkup.paragraph("On no statement do two groups surely differ.") }
        return ReportMarkup.paragraph("Two groups surely differ here, the most surely first.", kind: "how")
            + found.prefix(settings.limit).map { statement in
                "<div class=\"item\">\n" + ReportMarkup.said(statements[statement.statement])
                    + bars(statement, .agree) + "</div>\n"
            }.joined() + more(found.count)
    }

    private var bridgingSection: String {
        let tallies = landscape.votes.tallies
        let rated = bridging.scores.enumerated()
            .compactMap { statement, score in
                tallies[statement].seen < TellableGround.fewestPeople ? nil : score.map { (statement, $0) }
            }
            .sorted { ($1.1.lower, $0.0) < ($0.1.lower, $1.0) }
        guard !rated.isEmpty else {
            return ReportMarkup.paragraph("On no statement did five people or more vote.")
        }
        let figure = { (value: Double) in "\((value * 100).rounded() / 100)" }
        return ReportMarkup.paragraph(
            "What people agree on although they differ in everything else, by the score of Community Notes: how much more than on average people agree, whatever their side. It needs no groups; from -1 to 1, and there 0.4 is a lot.",
            kind: "how")
            + rated.prefix(settings.limit).map { statement, score in
                "<div class=\"item\">\n" + ReportMarkup.said(statements[statement])
                    + ReportMarkup.paragraph(
                        "Score \(figure(score.value)) (\(figure(score.lower)) to \(figure(score.upper)))", kind: "note")
                    + "</div>\n"
            }.joined()
    }
}
