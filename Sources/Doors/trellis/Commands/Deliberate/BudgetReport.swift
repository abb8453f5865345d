import SocialChoice

/// What `trellis deliberate budget` says, for JSON and for the page.
struct BudgetReport: Encodable {
    struct Project: Encodable {
        let id: String
        let name: String
        let cost: String
        let votes: Int
        /// With equal shares: whether its supporters paid for it, or it was taken by votes from what was left.
        let isPaidFor: Bool?
        /// What the file says; nil where it says nothing.
        let wasFunded: Bool?
    }

    struct Comparison: Encodable {
        let equalsOfficial: Bool
        /// Ids of projects that are funded here and weren't, and the other way round.
        let onlyHere: [String]
        let onlyOfficial: [String]
    }

    let description: String
    let rule: DeliberateCommand.Budget.Rule
    let voters: Int
    let budget: String
    let spent: String
    let funded: [Project]
    let notFunded: [Project]
    /// Nil where the file doesn't say what was funded.
    let official: Comparison?
    /// Whether every group that agrees gets what its part of the budget pays for, up to one project.
    let representation: String
    let remarks: [String]
    /// The funded projects by their places in the file.
    let fundedPlaces: [Int]

    enum CodingKeys: String, CodingKey {
        case description, rule, voters, budget, spent, funded, notFunded, official, representation, remarks
    }

    init(
        _ description: String?, _ reading: PabulibReading, _ rule: DeliberateCommand.Budget.Rule,
        _ satisfaction: BudgetSatisfaction
    ) throws {
        let election = reading.election
        let order = ChoiceOrder(listed: election.projects.count)
        let chosen: [Int]
        var paid: Set<Int>?
        switch rule {
        case .greedy: chosen = try election.greedy(settlingTiesBy: order)
        case .equalShares:
            let outcome = try election.equalShares(
                for: satisfaction, completion: .utilitarian, settlingTiesBy: order)
            chosen = outcome.chosen
            paid = Set(outcome.purchases.map(\.project))
        }
        fundedPlaces = chosen
        let votes = election.votes
        let official = reading.selected.map(Set.init)
        let project = { (place: Int) in
            Project(
                id: election.projects[place].id, name: election.projects[place].name,
                cost: "\(election.projects[place].cost)", votes: votes[place],
                isPaidFor: chosen.contains(place) ? paid?.contains(place) : nil,
                wasFunded: official?.contains(place))
        }
        self.description = description ?? ""
        self.rule = rule
        voters = election.voterWeight
        budget = "\(election.budget)"
        spent = "\(election.cost(of: chosen))"
        funded = chosen.map(project)
        let taken = Set(chosen)
        notFunded = election.projects.indices.filter { !taken.contains($0) }
            .sorted { (votes[$1], $0) < (votes[$0], $1) }.map(project)
        self.official = official.map { official in
            let names = { (places: Set<Int>) in places.sorted().map { election.projects[$0].id } }
            return Comparison(
                equalsOfficial: official == taken, onlyHere: names(taken.subtracting(official)),
                onlyOfficial: names(official.subtracting(taken)))
        }
        representation =
            switch try election.representation(of: chosen, for: satisfaction) {
            case .holds:
                "No group was forgotten: whoever agrees on projects that their part of the budget pays for got about as much (EJR up to one project, checked)."
            case .fails(let group):
                "A group was forgotten: \(group.weight) of \(election.voterWeight) voters agree on "
                    + group.projects.map { election.projects[$0].id }.joined(separator: ", ")
                    + ", their part of the budget pays for it, and none of them got as much."
            case .undecided: "Whether a group was forgotten couldn't be decided with the work allowed."
            }
        remarks = reading.remarks.map(\.description)
    }

    /// The page.
    func show() {
        let page = DeliberatePage()
        for remark in remarks { Terminal.error.line("note: \(WrappedText.plain(remark))") }
        if !description.isEmpty { page.title(description) }
        page.paragraph("\(page.count(voters, "voter", "voters")), a budget of \(budget), \(spent) of it spent.")
        let how = rule == .greedy ? "by votes, as long as the money lasts" : "with equal shares"
        list("Funded \(how)", funded)
        list("Not funded", notFunded)
        page.heading("Was a group forgotten?")
        page.paragraph(representation, indent: 2)
        page.heading("Beside the official result")
        guard let official else {
            page.paragraph("The file doesn't say what was funded.", indent: 2)
            return
        }
        if official.equalsOfficial {
            page.paragraph("The same projects.", indent: 2)
            return
        }
        let names = { (ids: [String]) in ids.isEmpty ? "nothing" : ids.map(DeliberatePage.line).joined(separator: ", ")
        }
        page.paragraph(
            "Not the same. Only here: \(names(official.onlyHere)). Only official: \(names(official.onlyOfficial)).",
            indent: 2)
    }

    private func list(_ heading: String, _ projects: [Project]) {
        let page = DeliberatePage()
        page.heading(heading)
        guard !projects.isEmpty else {
            page.paragraph("Nothing.", indent: 2)
            return
        }
        var table = Table(head: ["PROJECT", "COST", "VOTES", "NAME"])
        table.rows = projects.map { project in
            let note = project.isPaidFor == false ? " (by votes, from what was left)" : ""
            return [
                DeliberatePage.line(project.id), project.cost, "\(project.votes)",
                DeliberatePage.line(project.name) + note,
            ]
        }
        for line in table.lines { Terminal.output.line("  " + line) }
    }
}
