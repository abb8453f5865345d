import Testing

@testable import SocialChoice

@Suite("An outcome in Pabulib's format")
struct PabulibOutcomeTests {
    private static let text = """
        META
        key;value
        budget;100
        vote_type;approval
        rule;greedy
        PROJECTS
        project_id;cost;selected;name
        a;60;1;"Trees; many"
        b;40;;Benches
        VOTES
        voter_id;vote
        1;a,b
        2;b

        """

    @Test("it stands where the file had one, or in a column of its own, and everything else stays")
    func outcome() throws {
        let file = try PabulibFile(parsing: Self.text)
        let other = file.selecting([1], by: "equalshares")
        #expect(other.projects.map { $0[2] } == ["0", "1"] && other.value(of: "rule") == "equalshares")
        let read = try PabulibFile(parsing: other.text())
        #expect(read == other)
        #expect(try read.reading().selected == [1])
        #expect(try read.reading().election == file.reading().election)
        #expect(read.votes == file.votes && read.projects.map { $0[3] } == file.projects.map { $0[3] })
        let bare = try PabulibFile(
            parsing: Self.text.replacing("selected;", with: "").replacing(";1;\"", with: ";\"").replacing(
                ";;", with: ";"
            ).replacing("rule;greedy\n", with: ""))
        let filled = try PabulibFile(parsing: bare.selecting([0, 1], by: "greedy").text())
        #expect(filled.projectColumns == ["project_id", "cost", "name", "selected"])
        #expect(try filled.reading().selected == [0, 1] && filled.value(of: "rule") == "greedy")
    }
}
