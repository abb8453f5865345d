import Testing

@testable import Gateway

@Suite("Trace context")
struct TraceContextTests {
    private func read(_ header: String) -> TraceContext? { TraceContext(parsing: Array(header.utf8)) }

    @Test("a good header is read, and written back as it was")
    func good() throws {
        let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let context = try #require(read(header))
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.spanID == "00f067aa0ba902b7")
        #expect(context.flags == 1)
        #expect(context.header == header)
    }

    @Test("upstream gets the same trace with a span of ours")
    func child() throws {
        let parent = try #require(read("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"))
        let child = parent.child()
        #expect(child.traceID == parent.traceID)
        #expect(child.spanID != parent.spanID)
        #expect(child.flags == 0)
        #expect(read(child.header) == child)
    }

    @Test(
        "what doesn't follow the recommendation is ignored",
        arguments: [
            "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
        ])
    func bad(header: String) {
        #expect(read(header) == nil)
    }

    @Test("a later version is read as far as this one knows it")
    func later() throws {
        let context = try #require(read("42-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff-more"))
        #expect(context.header == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    }

    @Test("random bytes are never a trace and never a crash, and what is read back is what was written")
    func anyBytes() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...70, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            #expect(TraceContext(parsing: bytes) == nil)
            let new = TraceContext.new()
            #expect(read(new.header) == new)
        }
    }

    @Test("no two traces are alike")
    func distinct() async {
        let ids = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { (0..<2000).map { _ in TraceContext.new().traceID } } }
            return await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(Set(ids).count == 8000)
    }
}
