import SocialChoice
import Testing

@Suite("Pabulib's format")
struct PabulibFormatTests {
    /// A small file with one part replaced.
    static func text(
        meta: String = "key;value\nbudget;10\nvote_type;approval\n",
        projects: String = "project_id;cost;name\n1;3;Park\n2;4.5;Library\n",
        votes: String = "voter_id;vote\na;1,2\nb;2\n"
    ) -> String {
        "META\n\(meta)PROJECTS\n\(projects)VOTES\n\(votes)"
    }

    @Test("a file is read, section by section")
    func reading() throws {
        let reading = try PabulibFile(parsing: Self.text()).reading()
        #expect(reading.election.budget == 10)
        #expect(reading.election.projects.map(\.name) == ["Park", "Library"])
        #expect(reading.election.projects[1].cost == BudgetAmount("4.5"))
        #expect(reading.election.ballots == [BudgetBallot([0, 1]), BudgetBallot([1])])
        #expect(reading.voters == ["a", "b"])
        #expect(reading.selected == nil)
        #expect(reading.remarks.isEmpty)
    }

    @Test("what real files do is taken: marks, line ends, blank lines, short rows, small letters, stray quotes")
    func tolerance() throws {
        let plain = try PabulibFile(parsing: Self.text())
        #expect(try PabulibFile(parsing: "\u{FEFF}" + Self.text()) == plain)
        #expect(try PabulibFile(parsing: Self.text().replacing("\n", with: "\r\n")) == plain)
        #expect(try PabulibFile(parsing: Self.text().replacing("\n", with: "\r")) == plain)
        #expect(try PabulibFile(parsing: Self.text().replacing("\n", with: "\n\n \n;;\n")) == plain)
        #expect(try PabulibFile(parsing: Self.text().replacing("META", with: "meta;;")) == plain)
        #expect(try PabulibFile(parsing: Self.text().replacing("b;2", with: "b;2;; ")) == plain)
        #expect(try PabulibFile(parsing: String(Self.text().dropLast())) == plain)
        let short = try PabulibFile(parsing: Self.text(projects: "project_id;cost;name\n1;3\n2;4\n"))
        #expect(short.projects == [["1", "3", ""], ["2", "4", ""]])
        let comment = try PabulibFile(parsing: Self.text(meta: "key;value\nbudget;10\nvote_type;approval\nc;a; b;\n"))
        #expect(comment.value(of: "c") == "a; b")
        let quotes = try PabulibFile(
            parsing: Self.text(projects: "project_id;cost;name\n1;3;\"A \"\"b\"\"; c\nd\"\n2;4;\"Oak\" park\n"))
        #expect(quotes.projects.map { $0[2] } == ["A \"b\"; c\nd", "\"Oak\" park"])
        #expect(try PabulibFile(parsing: quotes.text()) == quotes)
        let empty = try PabulibFile(parsing: Self.text(votes: "voter_id;vote\na;\nb;None\nc; 2 , 1 \n")).reading()
        #expect(empty.election.ballots == [BudgetBallot([]), BudgetBallot([]), BudgetBallot([1, 0])])
        let single = try PabulibFile(parsing: Self.text(meta: "key;value\nbudget;1e1\nvote_type;choose-1\n")).reading()
        #expect(single.election.kind == .approval && single.election.budget == 10)
    }

    @Test("points and orders are read, and official codes")
    func kinds() throws {
        let points = try PabulibFile(
            parsing: Self.text(
                meta: "key;value\nbudget;10\nvote_type;cumulative\n",
                projects: "project_id;cost;selected\nA/1;3;1\nB;4,5;2\nC;1;\n",
                votes: "voter_id;vote;points\na;B,A/1;2,1.5\nb;;\n")
        ).reading()
        #expect(points.election.ballots[0] == BudgetBallot([1, 0], points: [2, BudgetAmount("1.5")!]))
        #expect(points.election.points == [BudgetAmount("1.5")!, 2, 0])
        #expect(points.selectionCodes == [1, 2, nil])
        #expect(points.selected == [0])
        let ordinal = try PabulibFile(parsing: Self.text(meta: "key;value\nbudget;10\nvote_type;ordinal\n")).reading()
        #expect(ordinal.election.kind == .ordinal)
        #expect(ordinal.election.points == nil)
    }

    @Test(
        "what can't be read is refused with its place and what to do",
        arguments: [
            ("", "1:1: The file has no section META."),
            ("hello;you\n", "1:1: The file begins with 'hello'."),
            ("META\nkey;value\n", "2:1: The file has no section PROJECTS."),
            ("META\nkey;value\nPROJECTS\nVOTES\n", "4:1: The section PROJECTS has no column names."),
            ("META\nbudget;10\n", "2:1: The section META has no column names."),
            (text(votes: ""), "9:1: The section VOTES has no column names."),
            (text() + "META\n", "13:1: There is a second section META."),
            (text(meta: "key;value\nbudget;10\nbudget;12\n"), "4:1: META tells 'budget' twice."),
            (text(meta: "key;value\n;12\n"), "3:1: This line of META has no key."),
            (text(projects: "project_id;cost; Cost\n"), "6:17: There are two columns 'Cost'."),
            (text(projects: "project_id;cost\n1;3;Ą;x\n"), "7:5: This row has a cell 'Ą' beyond its 2 columns."),
            (text(projects: "project_id;cost\n1;\"3\n"), "7:3: This quote is never closed."),
        ])
    func refusals(text: String, expected: String) throws {
        let problem = try #require(throws: PabulibProblem.self) { try PabulibFile(parsing: text) }
        #expect(problem.description.hasPrefix(expected + " "), "\(problem)")
        #expect(!problem.help.isEmpty)
    }

    @Test(
        "what makes no election is refused with its place and what to do",
        arguments: [
            (text(meta: "key;value\nbudget;10\n"), "1:1: META doesn't tell the vote_type."),
            (text(meta: "key;value\nvote_type;approval\n"), "1:1: META doesn't tell the budget."),
            (text(meta: "key;value\nbudget;ten\nvote_type;approval\n"), "3:8: 'ten' is no budget."),
            (text(meta: "key;value\nbudget;1\nvote_type;yes\n"), "4:11: There is no vote_type 'yes'."),
            (text(projects: "id;cost\n"), "6:1: The section PROJECTS has no column project_id."),
            (text(projects: "project_id;cost\n1;-3\n"), "7:3: '-3' is no cost."),
            (text(projects: "project_id;cost\n;3\n"), "7:1: A project has the id ''."),
            (text(projects: "project_id;cost\n1;3\n1;4\n"), "8:1: A second project has the id '1'."),
            (text(votes: "voter;vote\n"), "10:1: The section VOTES has no column voter_id."),
            (text(votes: "voter_id;age;vote\na;ż4;1,7\n"), "11:6: This vote names a project '7'."),
        ])
    func meaningless(text: String, expected: String) throws {
        let file = try PabulibFile(parsing: text)
        let problem = try #require(throws: PabulibProblem.self) { try file.reading() }
        #expect(problem.description.hasPrefix(expected + " "), "\(problem)")
        #expect(!problem.help.isEmpty)
    }

    @Test(
        "points that don't match their vote are refused",
        arguments: [
            ("a;1,2;3\n", "11:7: This vote names 2 projects and gives 1 points."),
            ("a;1;x\n", "11:5: 'x' is no number of points."),
            ("a;1,1;2,3\n", "11:3: This vote names '1' twice."),
        ])
    func points(vote: String, expected: String) throws {
        let text = Self.text(meta: "key;value\nbudget;10\nvote_type;scoring\n", votes: "voter_id;vote;points\n" + vote)
        let problem = try #require(throws: PabulibProblem.self) { try PabulibFile(parsing: text).reading() }
        #expect(problem.description.hasPrefix(expected), "\(problem)")
    }

    @Test("what is doubtful is told and doesn't stop the reading")
    func remarks() throws {
        let text = Self.text(
            meta: "key;value\nbudget;10\nvote_type;approval\nnum_votes;7\n",
            projects: "project_id;cost;selected\n1;3;yes\n2;4;1\n", votes: "voter_id;vote\na;1,1\na;2\n")
        let reading = try PabulibFile(parsing: text).reading()
        #expect(reading.remarks.map { "\($0.line):\($0.column)" } == ["8:5", "12:3", "13:1", "5:11"])
        #expect(reading.election.ballots == [BudgetBallot([0]), BudgetBallot([1])])
        let many = Self.text(votes: "voter_id;vote\n" + String(repeating: "a;1\n", count: 500))
        #expect(try PabulibFile(parsing: many).reading().remarks.count == PabulibReading.mostRemarks)
    }

    @Test("bytes that aren't UTF-8 are refused where they stand")
    func encoding() throws {
        let bytes = Array("META\nkey;value\ncity;Ł".utf8) + [0xF3] + Array("d\n".utf8)
        let problem = try #require(throws: PabulibProblem.self) { try PabulibFile(parsing: bytes) }
        #expect(problem.description.hasPrefix("3:6: This cell isn't text in UTF-8."))
    }

    @Test("an election that was made is written and read back the same", arguments: UInt64(0)..<20)
    func made(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for kind in BudgetBallot.Kind.allCases {
            let election = try BudgetElection.random(kind: kind, using: &random)
            let file = PabulibFile(election, meta: [.init(key: "description", value: "by chance; \"quoted\"")])
            let again = try PabulibFile(parsing: file.text())
            #expect(again == file)
            let read = try again.reading().election
            #expect(read.budget == election.budget && read.projects == election.projects && read.kind == kind)
            #expect(read.votes == election.votes && read.points == election.points)
            #expect(read.voterWeight == election.voterWeight)
        }
    }
}
