import Testing

@testable import Charters

@Suite("Trellis's own floor")
struct BaseFloorTests {
    @Test("is sound and names no goods of its own")
    func sound() throws {
        let (charter, diagnostics) = Charter.check(BaseFloor.source, file: "floor.yaml")
        // It only forbids: what a stack is drawn to is for charters to say.
        #expect(diagnostics.map(\.code) == ["no-goods"], "\(diagnostics.rendered(source: BaseFloor.source))")
        #expect(charter == BaseFloor.charter)
        #expect(BaseFloor.layer.purpose == nil, "its purpose is for people")
    }

    @Test("is short: every request carries it")
    func short() throws {
        let told = BaseFloor.layer.floor.map(\.says).joined(separator: "\n")
        #expect(told.count <= 450, "\(told.count)")
        #expect(BaseFloor.layer.floor.count <= 6)
    }

    @Test("says what to say and whom to call when a life may be in danger")
    func danger() throws {
        let clause = try #require(BaseFloor.layer.floor.first { $0.id == "crisis-help" })
        #expect(clause.severity == .handOver)
        #expect(clause.detection.sides == [.input] && !clause.detection.isEmpty)
        #expect(clause.instead.count == 1)
        #expect(clause.to.allSatisfy { id in BaseFloor.layer.resources.contains { $0.id == id } })
        #expect(!clause.to.isEmpty)
    }

    @Test("shows each clause by a scene")
    func scenes() {
        for clause in BaseFloor.layer.floor { #expect(clause.examples.contains { $0.fails != nil }, "\(clause.id)") }
    }
}
