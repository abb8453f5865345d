import Testing

@testable import Charters

@Suite("The lock of a charter")
struct CharterLockTests {
    @Test("is read back as it was written, with its keys in order")
    func roundTrip() throws {
        let fingerprint = BaseFloor.charter.fingerprint
        var lock = CharterLock()
        #expect(try CharterLock.read(lock.text.utf8, file: "charter.lock") == lock)
        for name in ["./b.yaml", "commons/a@1", "https://charters.example/é\"\\.yaml@2.1"] {
            lock.charters[name] = CharterLock.Entry(version: "1.0.0", fingerprint: fingerprint, source: "file")
        }
        #expect(try CharterLock.read(lock.text.utf8, file: "charter.lock") == lock)
        #expect(lock.text.contains("https://charters.example/"))
        let first = try #require(lock.text.firstRange(of: "./b.yaml"))
        let second = try #require(lock.text.firstRange(of: "commons/a@1"))
        #expect(first.lowerBound < second.lowerBound)
        #expect(lock.text.hasSuffix("}\n"))
    }

    @Test(
        "is refused with what to do when it can't be read",
        arguments: [
            "", "{}", "[]", "{\"lock\": 2, \"charters\": {}}", "{\"lock\": 1}",
            "{\"lock\": 1, \"charters\": {\"a/b\": {\"version\": \"1.0.0\", \"fingerprint\": \"x\", \"source\": \"file\"}}}",
            String(repeating: "[", count: 100_000), String(repeating: " ", count: 2_000_000),
        ])
    func refused(text: String) throws {
        let error = try #require(throws: CharterError.self) { try CharterLock.read(text.utf8, file: "charter.lock") }
        #expect(error.diagnostics.map(\.code) == ["bad-lock"])
        #expect(error.description.contains("charter.lock"))
    }

    @Test("a version fits when it has the numbers that are asked for")
    func versions() throws {
        func fits(_ wanted: String?, _ found: String) throws -> Bool {
            Extension(reference: "a/b", version: wanted).fits(try #require(SemanticVersion(found)))
        }
        #expect(try fits("1", "1.9.3") && fits("1.9", "1.9.3") && fits("1.9.3", "1.9.3") && fits(nil, "0.1.0-draft"))
        #expect(
            try !fits("1", "2.0.0") && !fits("1.9", "1.90.3") && !fits("1.9.3", "1.9.4") && !fits("2", "2.0.0-draft"))
        #expect(try !fits("", "1.0.0") && !fits("x", "1.0.0") && !fits("1.0.0.0", "1.0.0"))
    }
}
