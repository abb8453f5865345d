import Charters
import Testing

@Suite("The starter charters")
struct CommonsTests {
    @Test("every starter charter is sound, without a doubt, and bears its own name", arguments: Commons.names)
    func sound(name: String) throws {
        let source = try #require(Commons.source(name))
        let (charter, warnings) = try Charter.read(source, file: name)
        #expect(charter.id.description == name)
        #expect(warnings == [])
        #expect(try Commons.charter(name) == charter)
    }

    @Test("every good has signs, failures and a scene that shows the difference", arguments: Commons.names)
    func goods(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        #expect(!charter.goods.isEmpty)
        for clause in charter.goods {
            #expect(!clause.signs.isEmpty && !clause.failures.isEmpty, "\(clause.id)")
            #expect(clause.examples.contains { $0.fails != nil }, "\(clause.id)")
        }
    }

    @Test("every starter charter keeps the same floor, and keeps no messages", arguments: Commons.names)
    func floor(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let ids = Set(charter.floor.map(\.id))
        #expect(ids.isSuperset(of: ["crisis-help", "no-deception", "not-human", "privacy-of-others"]))
        #expect(charter.floor.contains { $0.id == "crisis-help" && $0.severity == .replace })
        #expect(try charter.compiled(role: nil).keepsBodies == false)
    }

    @Test("a starter charter plays its one role, in a brief that is short enough to be read", arguments: Commons.names)
    func brief(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let compiled = try charter.compiled(role: nil)
        #expect(compiled.role.map { "commons/" + $0 } == name)
        #expect(compiled.brief.count <= 1400, "\(compiled.brief.count) characters:\n\(compiled.brief)")
    }

    @Test("a name that isn't among them gives nothing")
    func unknown() throws {
        #expect(Commons.source("commons/oracle") == nil)
        #expect(try Commons.charter("commons/oracle") == nil)
    }
}
