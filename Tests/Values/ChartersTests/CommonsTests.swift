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

    @Test("a name that isn't among them gives nothing")
    func unknown() throws {
        #expect(Commons.source("commons/oracle") == nil)
        #expect(try Commons.charter("commons/oracle") == nil)
    }
}
