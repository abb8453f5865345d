import SocialChoice
import Testing

/// Bytes that nobody meant well. What isn't refused must be written and read back the same.
@Suite("Pabulib files from hostile hands")
struct PabulibFuzzTests {
    static func check(_ bytes: [UInt8]) -> Bool {
        guard let file = try? PabulibFile(parsing: bytes) else { return false }
        let again = try? PabulibFile(parsing: file.text())
        #expect(again == file, "\(bytes)")
        let reading = try? file.reading()
        if let again { #expect((try? again.reading())?.election == reading?.election, "\(bytes)") }
        return reading != nil
    }

    @Test("any bytes are read or refused", arguments: UInt64(0)..<20)
    func noise(seed: UInt64) {
        var random = RankingSeed(seed)
        for _ in 0..<300 {
            let count = Int.random(in: 0...60, using: &random)
            _ = Self.check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test("a good file with bytes changed, lost or doubled is read or refused", arguments: UInt64(0)..<20)
    func mutations(seed: UInt64) {
        var random = RankingSeed(seed)
        let good = Array(
            PabulibFormatTests.text(
                meta: "key;value\nbudget;10\nvote_type;cumulative\nc;\"x; y\"\n",
                votes: "voter_id;vote;points\na;1,2;3,4\nb;2;1\nc;;\n"
            ).utf8)
        let spice = Array(";\"\n\r,.0eE-\u{FEFF}\0é".utf8)
        var meant = 0
        for _ in 0..<500 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let place = bytes.indices.randomElement(using: &random)!
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(spice.randomElement(using: &random)!, at: place)
                case 3: bytes.removeSubrange(place..<min(bytes.count, place + 8))
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: place)
                }
            }
            if Self.check(bytes) { meant += 1 }
        }
        #expect(meant > 5 && meant < 500)
    }

    @Test("rows of spices alone are read or refused", arguments: UInt64(0)..<20)
    func spices(seed: UInt64) {
        var random = RankingSeed(seed)
        let parts = [";", "\"", "\"\"", "\n", "\r\n", "META", "votes", "PROJECTS", " ", "key;value", "a", "\u{301}"]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in parts.randomElement(using: &random)! }
            _ = Self.check(Array(("META\nkey;value\n" + text.joined()).utf8))
            _ = Self.check(
                Array(("META\nkey;value\nPROJECTS\na;b\nVOTES\nc;d\n" + text.joined()).utf8))
        }
    }

    @Test("a million quotes, semicolons or line ends in any arrangement are done with in one pass or two")
    func long() {
        for unit in ["\"", ";", "\";", "\"\"\";", ";\"\"a", "\"\"\"a;", "\n", "\"\n", "a\"", "\u{301}", "\"\"\"\n"] {
            let text = "META\nkey;value\nPROJECTS\na;b\nVOTES\nc;d\n\"" + String(repeating: unit, count: 200_000)
            _ = Self.check(Array(text.utf8))
        }
        let vote = "a;" + String(repeating: "1,", count: 300_000)
        #expect(Self.check(Array(PabulibFormatTests.text(votes: "voter_id;vote\n\(vote)\n").utf8)))
    }
}
