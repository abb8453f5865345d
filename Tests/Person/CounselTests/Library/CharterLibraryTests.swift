import Charters
import Foundation
import Synchronization
import Testing

@testable import Counsel

@Suite("A library of charters")
struct CharterLibraryTests {
    private let folder: CharterFolder

    init() throws {
        folder = try CharterFolder()
    }

    @Test("finds parents in files, in a registry and in the commons, and lays them beneath the charter in order")
    func found() throws {
        try folder.write("registry/riverside/base.yaml", charter: "riverside/base", "goods: {calm: {says: Calm.}}")
        try folder.write("school/own/base.yaml", charter: "school/base", extends: ["riverside/base@1"])
        let path = try folder.write(
            "school/tutor.yaml", charter: "school/tutor", version: "2.1.0",
            extends: ["commons/tutor@2", "./own/base.yaml"], "goods: {joy: {says: Joy.}}")
        let loaded = try library().load(path)
        #expect(
            loaded.stack.layers.map(\.name) == [
                "trellis/floor", "commons/tutor", "riverside/base", "school/base", "school/tutor",
            ])
        #expect(loaded.parents.map { "\($0.id)" } == ["commons/tutor", "riverside/base", "school/base"])
        let goods = Set(loaded.stack.composed.goods.map(\.id))
        #expect(goods.isSuperset(of: ["calm", "joy", "understanding"]))
        let watched = loaded.paths.map { $0.dropFirst(folder.path.count + 1) }
        #expect(
            watched == [
                "registry/riverside/base.yaml", "school/charter.lock", "school/own/base.yaml", "school/tutor.yaml",
            ])
    }

    @Test("reads a parent once that several build on, and puts it beneath all of them")
    func diamond() throws {
        try folder.write("a.yaml", charter: "t/a", "goods: {a: {says: A.}}")
        try folder.write("b.yaml", charter: "t/b", extends: ["./a.yaml"])
        try folder.write("c.yaml", charter: "t/c", extends: ["./x/../a.yaml"])
        let path = try folder.write("d.yaml", charter: "t/d", extends: ["./c.yaml", "./b.yaml", "./a.yaml"])
        #expect(try library().load(path).parents.map { "\($0.id)" } == ["t/a", "t/c", "t/b"])
    }

    @Test("takes the highest version that fits from a registry, and a plain file when none has a number")
    func versions() throws {
        for version in ["1.2.0", "1.10.0", "2.0.0", "2.1.0-draft.1"] {
            try folder.write("registry/t/base@\(version).yaml", charter: "t/base", version: version)
        }
        try folder.write("registry/t/plain.yaml", charter: "t/plain", version: "3.0.0")
        func version(of reference: String) throws -> String {
            let path = try folder.write("top.yaml", charter: "t/top", extends: [reference])
            return try library().load(path).parents[0].version.description
        }
        #expect(try version(of: "t/base@1") == "1.10.0")
        #expect(try version(of: "t/base@1.2") == "1.2.0")
        #expect(try version(of: "t/base@2.0.0") == "2.0.0")
        #expect(try version(of: "t/base") == "2.1.0-draft.1")
        #expect(try version(of: "t/base@2") == "2.0.0")
        #expect(try version(of: "t/plain@3") == "3.0.0")
        #expect(try problem(["t/base@3"]) == "not-found")
        #expect(try problem(["t/plain@2"]) == "other-version")
        #expect(try library().load("t/plain").charter.id.description == "t/plain")
    }

    @Test("says with the whole way round when charters build on each other in a circle")
    func cycle() throws {
        try folder.write("a.yaml", charter: "t/a", extends: ["./b.yaml"])
        try folder.write("b.yaml", charter: "t/b", extends: ["./c.yaml"])
        let path = try folder.write("c.yaml", charter: "t/c", extends: ["./a.yaml"])
        let error = try #require(throws: CharterUnavailable.self) { try library().load(path) }
        #expect(error.diagnostics.map(\.code) == ["cycle"])
        #expect(error.reason.contains("t/c → t/a → t/b → "))
        let itself = try folder.write("self.yaml", charter: "t/self", extends: ["./x/../self.yaml"])
        #expect(throws: CharterUnavailable.self) { try library().load(itself) }
        // A link is the file that it leads to.
        let link = folder.path + "/link.yaml"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path + "/linked.yaml")
        try folder.write("linked.yaml", charter: "t/linked", extends: ["./link.yaml"])
        let linked = try #require(throws: CharterUnavailable.self) { try library().load(link) }
        #expect(linked.diagnostics.map(\.code) == ["cycle"])
    }

    @Test("refuses a tower and a crowd")
    func bounds() throws {
        for number in 0..<20 {
            try folder.write(
                "tower/\(number).yaml", charter: "t/c\(number)", extends: number > 0 ? ["./\(number - 1).yaml"] : [])
        }
        #expect(try library().load(folder.path + "/tower/16.yaml").parents.count == 16)
        let tower = try #require(throws: CharterUnavailable.self) {
            try library().load(folder.path + "/tower/17.yaml")
        }
        #expect(tower.diagnostics.map(\.code) == ["too-deep"])
        #expect(tower.reason.contains("t/c17 → t/c16"))

        // Eight charters that each build on seven are sixty-four.
        for group in 0..<9 {
            let names = (0..<7).map { "\(group)-\($0)" }
            for name in names { try folder.write("crowd/\(name).yaml", charter: "t/c\(name)") }
            try folder.write("crowd/\(group).yaml", charter: "t/g\(group)", extends: names.map { "./\($0).yaml" })
        }
        let some = try folder.write("crowd/some.yaml", charter: "t/some", extends: (0..<8).map { "./\($0).yaml" })
        #expect(try library().load(some).parents.count == 64)
        let all = try folder.write("crowd/all.yaml", charter: "t/all", extends: (0..<9).map { "./\($0).yaml" })
        let crowd = try #require(throws: CharterUnavailable.self) { try library().load(all) }
        #expect(crowd.diagnostics.map(\.code) == ["too-many"])
    }

    @Test("shows the line that names a parent that can't be used, and the parent's own problems")
    func places() throws {
        let path = try folder.write("top.yaml", charter: "t/top", extends: ["commons/advisor", "./broken.yaml"])
        try folder.write(
            "broken.yaml", text: "charter: t/broken\nversion: 1.0.0\npurpose: A.\ngods: {}\ngoods: {a: {says: A.}}\n")
        let error = try #require(throws: CharterUnavailable.self) { try library().load(path) }
        #expect(error.diagnostics.map(\.code) == ["bad-parent", "unknown-key"])
        #expect(error.diagnostics[0].line == 6 && error.diagnostics[0].column == 5)
        #expect(error.diagnostics[1].file.hasSuffix("/broken.yaml") && error.diagnostics[1].line == 4)
        #expect(try problem(["./missing.yaml"]) == "bad-parent")
        #expect(try problem(["commons/advisr"]) == "not-found")
        #expect(try problem(["t/nobody"]) == "not-found")
        try folder.write("registry/t/wrong.yaml", charter: "t/other")
        #expect(try problem(["t/wrong"]) == "other-name")
    }

    @Test("lets no path lead out of its root, nor out of a registry, by dots or by links")
    func confined() throws {
        try folder.write("outside.yaml", charter: "t/outside")
        try folder.write("root/inside.yaml", charter: "t/inside")
        let path = try folder.write("root/a/top.yaml", charter: "t/top", extends: ["../inside.yaml"])
        let library = CharterLibrary(.init(root: folder.path + "/root"))
        #expect(try library.load(path).parents.count == 1)
        try folder.write("root/a/top.yaml", charter: "t/top", extends: ["../../outside.yaml"])
        #expect(throws: CharterUnavailable.self) { try library.load(path) }
        #expect(throws: CharterUnavailable.self) { try library.load(folder.path + "/outside.yaml") }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/root/a/link.yaml", withDestinationPath: folder.path + "/outside.yaml")
        try folder.write("root/a/top.yaml", charter: "t/top", extends: ["./link.yaml"])
        let linked = try #require(throws: CharterUnavailable.self) { try library.load(path) }
        #expect(linked.diagnostics.map(\.code) == ["outside"])

        try folder.write("registry/t/sly.yaml", charter: "t/sly", extends: ["../../outside.yaml"])
        #expect(try problem(["t/sly"]) == "outside")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/registry/t/outside.yaml", withDestinationPath: folder.path + "/outside.yaml")
        #expect(try problem(["t/outside"]) == "outside")
    }

    @Test("reads no device, no pipe, no folder and nothing larger than a charter may be")
    func plainFiles() throws {
        for path in ["/dev/zero", "/dev/stdin", folder.path, folder.path + "/nothing.yaml"] {
            let error = try #require(throws: CharterUnavailable.self) { try library().load(path) }
            #expect(error.diagnostics.map(\.code) == ["unreadable"], "\(path)")
        }
        let pipe = folder.path + "/pipe.yaml"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: CharterUnavailable.self) { try library().load(pipe) }
        let large = try folder.write("large.yaml", text: String(repeating: "# much\n", count: 2_000_000))
        let error = try #require(throws: CharterUnavailable.self) { try library().load(large) }
        #expect(error.diagnostics.map(\.code) == ["too-large"])
    }

    @Test("doesn't let a stack come into force that promises what nobody keeps")
    func unfit() throws {
        try folder.write(
            "base.yaml", charter: "t/base",
            "goods: {a: {says: A.}, b: {says: B.}}\ntensions: [{between: [a, b], decide: person}]")
        let path = try folder.write(
            "top.yaml", charter: "t/top", extends: ["./base.yaml"],
            "tensions: [{between: [a, b], decide: community, advise: A.}]")
        let error = try #require(throws: CharterUnavailable.self) { try library().load(path) }
        #expect(error.diagnostics.map(\.code) == ["takes-back-decision"])
    }

    // MARK: The lock

    @Test("holds every parent to the lock beside the charter, and says how to lock anew")
    func lock() throws {
        try folder.write("base/grand.yaml", charter: "t/grand")
        try folder.write("base/base.yaml", charter: "t/base", extends: ["./grand.yaml"])
        try folder.write("registry/t/shared@1.0.0.yaml", charter: "t/shared")
        let path = try folder.write(
            "school/top.yaml", charter: "t/top", extends: ["../base/base.yaml@1", "t/shared@1", "commons/advisor"])
        let made = try library().lock(path)
        #expect(made.lockPath == folder.path + "/school/charter.lock")
        #expect(
            Set(made.lock.charters.keys) == [
                "../base/base.yaml@1", "../base/grand.yaml", "t/shared@1", "commons/advisor",
            ])
        #expect(made.lock.charters["commons/advisor"]?.source == "commons")
        try folder.write("school/charter.lock", text: made.lock.text)
        #expect(try library().load(path).lock == made.lock)

        // A newer version in the registry changes nothing until somebody locks anew.
        try folder.write("registry/t/shared@1.1.0.yaml", charter: "t/shared", version: "1.1.0")
        #expect(try library().load(path).parents.contains { $0.version.description == "1.1.0" } == false)

        // One word in a grandparent.
        try folder.write("base/grand.yaml", charter: "t/grand", "purpose: Help everybody.")
        let changed = try #require(throws: CharterUnavailable.self) { try library().load(path) }
        #expect(changed.diagnostics.map(\.code) == ["changed"])
        #expect(changed.reason.contains("trellis charter lock"))
        #expect(try library().lock(path).lock != made.lock)

        try folder.write("base/grand.yaml", charter: "t/grand")
        #expect(throws: Never.self) { try library().load(path) }
        try folder.write("school/top.yaml", charter: "t/top", extends: ["t/shared@1", "commons/tutor"])
        let missing = try #require(throws: CharterUnavailable.self) { try library().load(path) }
        #expect(missing.diagnostics.map(\.code) == ["not-pinned"])

        try folder.write("school/charter.lock", text: "{}")
        let bad = try #require(throws: CharterUnavailable.self) { try library().load(path) }
        #expect(bad.diagnostics.map(\.code) == ["bad-lock"])
    }

    @Test("tells charters of one registry apart that name a parent by the same path")
    func relativeParents() throws {
        for owner in ["one", "two"] {
            try folder.write("registry/\(owner)/base.yaml", charter: "\(owner)/base", "purpose: Help \(owner).")
            try folder.write("registry/\(owner)/x.yaml", charter: "\(owner)/x", extends: ["./base.yaml"])
        }
        try folder.write("base.yaml", charter: "t/base")
        let path = try folder.write("top.yaml", charter: "t/top", extends: ["one/x@1", "./base.yaml", "two/x@1"])
        let made = try library().lock(path)
        #expect(
            Set(made.lock.charters.keys) == [
                "one/x@1", "two/x@1", "one/base@1.0.0", "two/base@1.0.0", "./base.yaml",
            ])
        try folder.write("charter.lock", text: made.lock.text)
        #expect(try library().load(path).parents.count == 5)
    }

    @Test("refuses two parents that go by one name and version and say different things")
    func twoOfOneName() throws {
        try folder.write("registry/t/x.yaml", charter: "t/x", extends: ["./a.yaml"])
        try folder.write("registry/t/a.yaml", charter: "same/name", "purpose: Help one.")
        try folder.write("registry/t/y.yaml", charter: "t/y", extends: ["./b.yaml"])
        try folder.write("registry/t/b.yaml", charter: "same/name", "purpose: Help another.")
        #expect(try problem(["t/x", "t/y"]) == "two-of-one-name")
    }

    @Test("holds every reference to the version that it asks for, also when the parent was read before")
    func everyReference() throws {
        try folder.write("base.yaml", charter: "t/base")
        try folder.write("middle.yaml", charter: "t/middle", extends: ["./base.yaml@2"])
        #expect(try problem(["./base.yaml@1", "./middle.yaml"]) == "other-version")
        try folder.write("middle.yaml", charter: "t/middle", extends: ["./base.yaml@1.0"])
        #expect(try problem(["./base.yaml@1", "./middle.yaml"]) == nil)
    }

    @Test("one lock serves all charters of a folder")
    func sharedLock() throws {
        try folder.write("a.yaml", charter: "t/a")
        let first = try folder.write("first.yaml", charter: "t/first", extends: ["commons/tutor"])
        let second = try folder.write("second.yaml", charter: "t/second", extends: ["./a.yaml"])
        let lock = try library().lock(first).lock.merging(library().lock(second).lock)
        try folder.write("charter.lock", text: lock.text)
        for path in [first, second] { #expect(throws: Never.self) { try library().load(path) } }
        try folder.write("a.yaml", charter: "t/a", "purpose: Help others.")
        #expect(lock.disagreements(with: try library().lock(second).lock) == ["./a.yaml"])
        #expect(throws: Never.self) { try library().load(first) }
        #expect(throws: CharterUnavailable.self) { try library().load(second) }
    }

    @Test("tells in one pass what is wrong with a charter, with every parent, and with all of them together")
    func onePass() throws {
        try folder.write("broken.yaml", text: "charter: t/broken\nversion: 1.0.0\npurpose: A.\ngods: {}\n")
        let path = try folder.write(
            "top.yaml", charter: "t/top",
            extends: ["./broken.yaml", "commons/advisr", "t/nobody", "commons/tutor"],
            "goods: {a: {says: A., sings: [b]}}\nfloor: {crisis-help: {says: B., severity: note}}")
        let error = try #require(throws: CharterUnavailable.self) { try library().load(path) }
        let codes = error.diagnostics.map(\.code)
        for code in ["unknown-key", "bad-parent", "not-found", "weakens-floor"] {
            #expect(codes.contains(code), "\(code): \(codes)")
        }
        #expect(codes.count { $0 == "not-found" } == 2 && codes.count { $0 == "unknown-key" } == 2)
        #expect(Set(error.diagnostics).count == error.diagnostics.count)
        #expect(!codes.contains("unknown-name") && !codes.contains("no-purpose"))
    }

    // MARK: Addresses

    @Test("asks only hosts that are listed, and pins what they send")
    func addresses() throws {
        let asked = Mutex<[String]>([])
        let text = Mutex("charter: far/base\nversion: 1.2.0\npurpose: From afar.\nextends: [\"./near.yaml\"]\n")
        let library = CharterLibrary(.init(hosts: ["charters.example"])) { address in
            asked.withLock { $0.append(address.url.absoluteString) }
            return Array(text.withLock { $0 }.utf8)
        }
        let path = try folder.write("top.yaml", charter: "t/top", extends: ["https://charters.example/base.yaml@1.2"])
        let afar = try #require(throws: CharterUnavailable.self) { try library.load(path) }
        #expect(afar.diagnostics.map(\.code) == ["path-from-afar"])
        text.withLock { $0 = "charter: far/base\nversion: 1.2.0\npurpose: From afar.\n" }
        let loaded = try library.load(path)
        #expect(loaded.parents.map { "\($0.id)" } == ["far/base"])
        #expect(asked.withLock { $0 } == Array(repeating: "https://charters.example/base.yaml", count: 2))
        #expect(loaded.lock.charters["https://charters.example/base.yaml@1.2"]?.source == "charters.example")

        try folder.write("charter.lock", text: loaded.lock.text)
        text.withLock { $0 = "charter: far/base\nversion: 1.2.0\npurpose: From afar, changed.\n" }
        let changed = try #require(throws: CharterUnavailable.self) { try library.load(path) }
        #expect(changed.diagnostics.map(\.code) == ["changed"])

        try folder.write("top.yaml", charter: "t/top", extends: ["https://other.example/base.yaml"])
        let refused = try #require(throws: CharterUnavailable.self) { try library.load(path) }
        #expect(refused.diagnostics.map(\.code) == ["address-refused"])
        #expect(asked.withLock { $0.count } == 3, "what is refused is never asked")
    }

    @Test("reads an address in one way only, and that strictly")
    func strictAddresses() throws {
        let hosts: Set<String> = ["charters.example", "charters.example:8443", "127.0.0.1", "localhost"]
        for good in [
            "https://charters.example/a.yaml", "https://CHARTERS.example/a.yaml", "https://charters.example:8443/a?b=c",
        ] {
            #expect(throws: Never.self, "\(good)") { try CharterAddress(good, hosts: hosts) }
        }
        for bad in [
            "http://charters.example/a.yaml", "HTTPS://charters.example/a", "https:/charters.example/a",
            "file:///etc/passwd",
            "https://charters.example", "https://charters.example/a#b", "https://charters.example?a",
            "https://user@charters.example/a", "https://charters.example@evil.example/a",
            "https://evil.example\\@charters.example/a", "https://charters.example\\.evil.example/a",
            "https://charters.example.evil.example/a", "https://evilcharters.example/a", "https://charters.example./a",
            "https://charters.example:80/a", "https://charters.example:/a", "https://charters.example:443x/a",
            "https://127.0.0.1/a", "https://localhost/a", "https://[::1]/a", "https://2130706433/a", "https://0x7f.1/a",
            "https://127.1/a", "https://0177.0.0.1/a", "https://169.254.169.254/latest/meta-data",
            "https://charters.exam\u{0440}le/a", "https://charters。example/a", "https://charters.example/ä",
            "https://charters.example/a\nHost: evil", "https:///a", "https://", "",
            "https://charters.example/" + String(repeating: "a", count: 2_000),
        ] {
            #expect(throws: CharterAddress.Refusal.self, "\(bad)") { try CharterAddress(bad, hosts: hosts) }
        }
        #expect(throws: CharterAddress.Refusal.self) { try CharterAddress("https://charters.example/a", hosts: []) }
    }

    @Test("a file that builds on others needs a lock where one is required")
    func requiredLock() throws {
        var settings = CharterLibrary.Settings()
        settings.requiresLock = true
        let library = CharterLibrary(settings)
        let path = try folder.write("top.yaml", charter: "t/top", extends: ["commons/tutor"])
        let error = try #require(throws: CharterUnavailable.self) { try library.load(path) }
        #expect(error.diagnostics.map(\.code) == ["no-lock"])
        #expect(error.reason.contains("trellis charter lock"))
        try folder.write("charter.lock", text: try library.lock(path).lock.text)
        #expect(throws: Never.self) { try library.load(path) }
        let alone = try folder.write("alone/alone.yaml", charter: "t/alone")
        #expect(throws: Never.self) { try library.load(alone) }
        #expect(throws: Never.self) { try library.load("commons/tutor") }
    }

    private func library() -> CharterLibrary {
        CharterLibrary(.init(registries: [folder.path + "/none", folder.path + "/registry"]))
    }

    /// The first problem of a charter that names these parents.
    private func problem(_ extends: [String]) throws -> String? {
        let path = try folder.write("problem.yaml", charter: "t/problem", extends: extends)
        do throws(CharterUnavailable) {
            _ = try library().load(path)
            return nil
        } catch {
            return error.diagnostics.first?.code
        }
    }
}
