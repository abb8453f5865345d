/// Makes an election of a file, and says where it can't.
struct PabulibInterpreter {
    private let file: PabulibFile
    private var remarks: [PabulibProblem] = []

    init(file: PabulibFile) {
        self.file = file
    }

    mutating func reading() throws(PabulibProblem) -> PabulibReading {
        let kind = try kind()
        let budget = try budget()
        let (projects, codes) = try projects()
        let (ballots, voters) = try ballots(projects, kind)
        check("num_projects", against: projects.count)
        check("num_votes", against: ballots.count)
        do {
            let election = try BudgetElection(budget: budget, projects: projects, kind: kind, ballots: ballots)
            return PabulibReading(election: election, voters: voters, selectionCodes: codes, remarks: remarks)
        } catch {
            // All of it was checked above, with a place.
            throw PabulibProblem(.none, "The file holds no election.", help: error.description)
        }
    }

    private mutating func remark(_ place: PabulibPlace, _ message: String, help: String) {
        guard remarks.count < PabulibReading.mostRemarks else { return }
        remarks.append(PabulibProblem(place, message, help: help))
    }

    private func entry(_ key: String) -> (value: Substring, place: PabulibPlace)? {
        guard let place = file.meta.firstIndex(where: { pabulibTrimmed($0.key).lowercased() == key }) else {
            return nil
        }
        return (pabulibTrimmed(file.meta[place].value), file.places.meta(place))
    }

    private func kind() throws(PabulibProblem) -> BudgetBallot.Kind {
        guard let entry = entry("vote_type") else {
            throw PabulibProblem(
                PabulibPlace(line: 1, column: 1), "META doesn't tell the vote_type.",
                help: "Add a line such as vote_type;approval.")
        }
        // Older files name approval of a single project so.
        if entry.value == "choose-1" { return .approval }
        guard let kind = BudgetBallot.Kind(rawValue: entry.value.lowercased()) else {
            throw PabulibProblem(
                entry.place, "There is no vote_type \(pabulibExcerpt(entry.value)).",
                help: "Write approval, ordinal, cumulative or scoring.")
        }
        return kind
    }

    private func budget() throws(PabulibProblem) -> BudgetAmount {
        guard let entry = entry("budget") else {
            throw PabulibProblem(
                PabulibPlace(line: 1, column: 1), "META doesn't tell the budget.",
                help: "Add a line such as budget;100000.")
        }
        return try amount(entry.value, entry.place, "budget")
    }

    private func amount(
        _ text: Substring, _ place: PabulibPlace, _ what: String
    ) throws(PabulibProblem) -> BudgetAmount {
        guard let amount = BudgetAmount(text), amount >= .zero else {
            throw PabulibProblem(
                place, "\(pabulibExcerpt(text)) is no \(what).",
                help: "Write a number from 0 with digits only, as in 1200 or 1200.50.")
        }
        return amount
    }

    private func column(_ name: String, of columns: [String]) -> Int? {
        columns.firstIndex { pabulibTrimmed($0).lowercased() == name }
    }

    private func needed(
        _ name: String, of columns: [String], section: String, at place: PabulibPlace
    ) throws(PabulibProblem) -> Int {
        guard let column = column(name, of: columns) else {
            throw PabulibProblem(
                place, "The section \(section) has no column \(name).", help: "Add it to the column names.")
        }
        return column
    }

    // MARK: Projects

    private mutating func projects() throws(PabulibProblem) -> ([BudgetProject], [Int?]) {
        let columns = file.projectColumns
        let id = try needed("project_id", of: columns, section: "PROJECTS", at: file.places.projectsHeader)
        let cost = try needed("cost", of: columns, section: "PROJECTS", at: file.places.projectsHeader)
        let name = column("name", of: columns)
        let selected = column("selected", of: columns)
        var projects: [BudgetProject] = []
        var codes: [Int?] = []
        var seen: Set<Substring> = []
        for (row, cells) in file.projects.enumerated() {
            let own = pabulibTrimmed(cells[id])
            guard !own.isEmpty, !own.utf8.contains(UInt8(ascii: ",")) else {
                throw PabulibProblem(
                    file.places.project(row, id), "A project has the id \(pabulibExcerpt(own)).",
                    help: "Give it one that isn't empty and has no comma: votes separate ids by commas.")
            }
            guard seen.insert(own).inserted else {
                throw PabulibProblem(
                    file.places.project(row, id), "A second project has the id \(pabulibExcerpt(own)).",
                    help: "Give each project its own.")
            }
            let price = try amount(pabulibTrimmed(cells[cost]), file.places.project(row, cost), "cost")
            projects.append(
                BudgetProject(id: String(own), name: name.map { String(pabulibTrimmed(cells[$0])) } ?? "", cost: price))
            codes.append(code(row, cells, selected))
        }
        return (projects, codes)
    }

    private mutating func code(_ row: Int, _ cells: [String], _ column: Int?) -> Int? {
        guard let column else { return nil }
        let text = pabulibTrimmed(cells[column])
        if text.isEmpty || text.lowercased() == "none" { return nil }
        if let code = Int(text) { return code }
        remark(
            file.places.project(row, column), "\(pabulibExcerpt(text)) doesn't say whether a project was selected.",
            help: "Write 0, 1, 2 or 3.")
        return nil
    }

    // MARK: Votes

    private mutating func ballots(
        _ projects: [BudgetProject], _ kind: BudgetBallot.Kind
    ) throws(PabulibProblem) -> ([BudgetBallot], [String]) {
        let columns = file.voteColumns
        let voter = try needed("voter_id", of: columns, section: "VOTES", at: file.places.votesHeader)
        let vote = try needed("vote", of: columns, section: "VOTES", at: file.places.votesHeader)
        let points =
            kind.hasPoints ? try needed("points", of: columns, section: "VOTES", at: file.places.votesHeader) : nil
        var known: [Substring: Int] = [:]
        for (place, project) in projects.enumerated() { known[Substring(project.id)] = place }
        var lastSeen = [Int](repeating: -1, count: projects.count)
        var ballots: [BudgetBallot] = []
        var voters: [String] = []
        var seen: Set<Substring> = []
        for (row, cells) in file.votes.enumerated() {
            let own = pabulibTrimmed(cells[voter])
            if !seen.insert(own).inserted {
                remark(
                    file.places.vote(row, voter), "A second ballot is from voter \(pabulibExcerpt(own)).",
                    help: "It counts. Remove one of the two if they are one person's.")
            }
            var named: [Int] = []
            let parts = Self.list(cells[vote])
            for part in parts {
                guard let project = known[part] else {
                    throw PabulibProblem(
                        file.places.vote(row, vote), "This vote names a project \(pabulibExcerpt(part)).",
                        help: "Add it to PROJECTS, or take it out of the vote.")
                }
                if lastSeen[project] == row {
                    guard points == nil else {
                        throw PabulibProblem(
                            file.places.vote(row, vote), "This vote names \(pabulibExcerpt(part)) twice.",
                            help: "Keep it once, with its points.")
                    }
                    remark(
                        file.places.vote(row, vote), "This vote names \(pabulibExcerpt(part)) twice.",
                        help: "It counts once. Keep it once.")
                } else {
                    lastSeen[project] = row
                    named.append(project)
                }
            }
            let given = try points.map { (column) throws(PabulibProblem) in
                try self.points(row, column, cells[column], expected: parts.count)
            }
            ballots.append(BudgetBallot(named, points: given ?? []))
            voters.append(String(own))
        }
        return (ballots, voters)
    }

    private func points(
        _ row: Int, _ column: Int, _ text: String, expected: Int
    ) throws(PabulibProblem) -> [BudgetAmount] {
        let parts = Self.list(text)
        guard parts.count == expected else {
            throw PabulibProblem(
                file.places.vote(row, column), "This vote names \(expected) projects and gives \(parts.count) points.",
                help: "Give as many points as there are projects, in the same order, separated by commas.")
        }
        var points: [BudgetAmount] = []
        for part in parts {
            guard let amount = BudgetAmount(part) else {
                throw PabulibProblem(
                    file.places.vote(row, column), "\(pabulibExcerpt(part)) is no number of points.",
                    help: "Write a number, as in 3 or 2.5.")
            }
            points.append(amount)
        }
        return points
    }

    /// What a cell lists, separated by commas. A cell that is empty or says None lists nothing.
    private static func list(_ cell: String) -> [Substring] {
        let text = pabulibTrimmed(cell)
        if text.isEmpty || (text.utf8.count == 4 && text.lowercased() == "none") { return [] }
        // By scalars: a comma with a combining character behind it still separates.
        return text.unicodeScalars.split(separator: ",").map { pabulibTrimmed(Substring($0)) }.filter { !$0.isEmpty }
    }

    private mutating func check(_ key: String, against count: Int) {
        guard let entry = entry(key), Int(entry.value) != count else { return }
        remark(
            entry.place, "META tells \(pabulibExcerpt(entry.value)) as \(key), and there are \(count).",
            help: "What the rows say counts. Correct the number.")
    }
}
