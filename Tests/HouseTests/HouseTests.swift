import Foundation
import Testing

/// The house is drawn in the README: seven wings on five floors. A room imports only rooms on a lower floor, and
/// within its wing only what is drawn there. These tests read the sources and hold them to it.
@Suite("The house")
struct HouseTests {
    /// Wing → floor.
    static let floors = [
        "Values": 0, "Ground": 1, "Person": 2, "Evidence": 3, "Commons": 3, "Formation": 3, "Doors": 4,
    ]

    /// Room → rooms of its own wing that it may use.
    static let drawn: [String: Set<String>] = [
        "Charters": ["Flourishing"],
        "Memory": ["Consents"], "Growth": ["Consents"], "Counsel": ["Consents", "Memory"],
        "Evaluation": ["Judges", "CSuites"], "Deliberation": ["SocialChoice", "CLAPACK"],
        "Studio": ["Gateway"], "trellis": ["Gateway", "Studio"],
    ]

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct Room {
        let name: String
        let wing: String
        let files: [URL]
        /// Something in C that rooms of this wing call, a library of the system or files taken in whole: a README, and no Swift.
        let isInC: Bool
    }

    static func rooms() throws -> [Room] {
        let sources = root.appendingPathComponent("Sources")
        let files = FileManager.default
        return try files.contentsOfDirectory(atPath: sources.path).flatMap { wing in
            try files.contentsOfDirectory(atPath: sources.appendingPathComponent(wing).path).map { room in
                let folder = sources.appendingPathComponent(wing).appendingPathComponent(room)
                let all = files.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
                return Room(
                    name: room, wing: wing, files: all.filter { $0.pathExtension == "swift" },
                    isInC: all.contains { $0.lastPathComponent == "module.modulemap" || $0.pathExtension == "c" })
            }
        }
    }

    static func imports(of file: URL) throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        let modules = text.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place <= 2, words.count > place + 1 else { return nil }
            return String(words[place + 1])
        }
        return Set(modules)
    }

    @Test("every wing is drawn, and every room has something in it and a README")
    func rooms() throws {
        let rooms = try Self.rooms()
        #expect(rooms.count >= 7)
        for room in rooms {
            #expect(Self.floors[room.wing] != nil, "the wing \(room.wing) is not drawn")
            #expect(room.files.isEmpty == room.isInC, "\(room.name) is empty")
            let readme = Self.root.appendingPathComponent("Sources/\(room.wing)/\(room.name)/README.md")
            let text = (try? String(contentsOf: readme, encoding: .utf8)) ?? ""
            #expect(text.count > 200, "\(room.name) has no README worth the name")
        }
    }

    @Test("a room imports only rooms on a lower floor, or what is drawn within its wing")
    func direction() throws {
        let rooms = try Self.rooms()
        let wings = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0.wing) })
        for room in rooms {
            let floor = try #require(Self.floors[room.wing])
            for file in room.files {
                for module in try Self.imports(of: file) {
                    guard let wing = wings[module], module != room.name else { continue }
                    let lower = try #require(Self.floors[wing]) < floor
                    let isDrawn = wing == room.wing && Self.drawn[room.name]?.contains(module) == true
                    #expect(lower || isDrawn, "\(room.name) must not import \(module): \(file.lastPathComponent)")
                }
            }
        }
    }

    @Test("Values, SocialChoice and Deliberation touch no file, clock or network")
    func pureRooms() throws {
        let impure = [
            "FileManager", "Date()", "Date.now", "ContinuousClock", "URLSession", "ProcessInfo", "import NIO",
        ]
        for room in try Self.rooms() where room.wing == "Values" || room.wing == "Commons" {
            for file in room.files {
                let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                    .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
                for word in impure {
                    #expect(!code.contains(word), "\(file.lastPathComponent) uses \(word)")
                }
            }
        }
    }

    @Test("no module holds a type of its own name")
    func names() throws {
        for room in try Self.rooms() {
            for file in room.files {
                let text = try String(contentsOf: file, encoding: .utf8)
                for kind in ["struct", "class", "enum", "actor", "protocol"] {
                    #expect(!text.contains("\(kind) \(room.name) "), "\(room.name): \(file.lastPathComponent)")
                    #expect(!text.contains("\(kind) \(room.name):"), "\(room.name): \(file.lastPathComponent)")
                }
            }
        }
    }

    @Test("only the ledger of consents lets guidance into a brief")
    func permits() throws {
        var holders: [String] = []
        for room in try Self.rooms() {
            for file in room.files {
                let text = try String(contentsOf: file, encoding: .utf8)
                if text.contains("@_spi(ConsentLedger)") && text.contains("import Charters") {
                    holders.append("\(room.name)/\(file.lastPathComponent)")
                }
                // The one initializer is behind that name, and no extension may add another.
                #expect(!text.contains("extension GuidancePermit"), "\(file.lastPathComponent)")
            }
        }
        #expect(holders == ["Consents/ConsentLedger.swift"])
    }

    @Test(
        "only the ledger of grants lets anybody read or write a memory, and only Memory knows how it lies in the store")
    func memoryPermits() throws {
        var makers: [String] = []
        var readers: Set<String> = []
        for room in try Self.rooms() {
            for file in room.files {
                let text = try String(contentsOf: file, encoding: .utf8)
                if text.contains("MemoryPermit(") || text.contains("MemoryPermit.init") {
                    makers.append("\(room.name)/\(file.lastPathComponent)")
                }
                if text.contains("memory_segments") { readers.insert(room.name) }
                #expect(!text.contains("extension MemoryPermit"), "\(file.lastPathComponent)")
            }
        }
        #expect(makers == ["Consents/GrantLedger.swift"])
        #expect(readers == ["Memory"])
    }
}
