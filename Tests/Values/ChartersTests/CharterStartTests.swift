import Testing

@testable import Charters

@Suite("Starting a charter")
struct CharterStartTests {
    private let id = CharterID("riverside/tutor")

    @Test("gives a first charter that is sound, in form, and has nothing doubtful in it")
    func starter() throws {
        let text = CharterStart.starter(try #require(id))
        let (charter, warnings) = try Charter.read(text, file: "charter.yaml")
        #expect(charter.id.description == "riverside/tutor" && warnings.isEmpty)
        #expect(try CharterForm.formatted(text.utf8, file: "charter.yaml") == text)
    }

    @Test("gives a fork that builds on its original", arguments: ["commons/tutor@2", "./base.yaml", "../my base.yaml"])
    func fork(reference: String) throws {
        let parent = try #require(Extension(reference))
        let text = CharterStart.fork(try #require(id), of: parent, example: "courage")
        let charter = try Charter.read(text, file: "charter.yaml").charter
        #expect(charter.extends == [parent] && charter.layer.goods.isEmpty)
        #expect(try CharterForm.formatted(text.utf8, file: "charter.yaml") == text)
    }

    @Test("gives a copy that says the same under another name, comments and all", arguments: Commons.names)
    func copy(name: String) throws {
        let source = try #require(Commons.source(name))
        let text = try CharterStart.copy(source, as: try #require(id), file: name)
        let (copy, original) = (try Charter.read(text, file: "a").charter, try Charter.read(source, file: "a").charter)
        #expect(copy.id == id && copy.version == SemanticVersion("0.1.0") && copy.layer == original.layer)
        #expect(text.filter { $0 == "#" }.count == source.filter { $0 == "#" }.count)
    }
}
