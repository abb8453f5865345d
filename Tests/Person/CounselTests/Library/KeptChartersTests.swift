import Charters
import Foundation
import Synchronization
import Testing

@testable import Counsel

@Suite("Charters that came over the network")
struct KeptChartersTests {
    private let folder: CharterFolder
    private let far = Far()
    private let top: String

    /// A host that can be changed, and cut off.
    private final class Far: Sendable {
        let text = Mutex<String?>(
            "charter: far/base\nversion: 1.0.0\npurpose: From afar.\ngoods: {calm: {says: Calm.}}\n")
        let asked = Mutex(0)

        func sends(_ purpose: String?) {
            text.withLock {
                $0 = purpose.map { "charter: far/base\nversion: 1.0.0\npurpose: \($0)\ngoods: {calm: {says: Calm.}}\n" }
            }
        }

        func fetch() throws(CharterFetch.Failure) -> [UInt8] {
            asked.withLock { $0 += 1 }
            guard let text = text.withLock({ $0 }) else { throw CharterFetch.Failure(reason: "no answer") }
            return Array(text.utf8)
        }
    }

    init() throws {
        folder = try CharterFolder()
        top = try folder.write(
            "top.yaml", charter: "t/top", extends: ["https://charters.example/base.yaml"], "goods: {joy: {says: Joy.}}")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/data", withIntermediateDirectories: false)
    }

    /// A library as a process has it that was just started.
    private func library(_ change: (inout CharterLibrary.Settings) -> Void = { _ in }) -> CharterLibrary {
        var settings = CharterLibrary.Settings(hosts: ["charters.example"])
        settings.keptIn = folder.path + "/data/charters"
        change(&settings)
        return CharterLibrary(settings) { [far] _ throws(CharterFetch.Failure) in try far.fetch() }
    }

    private func lock() throws {
        try folder.write("charter.lock", text: try library().lock(top).lock.text)
    }

    @Test("what is pinned and kept comes up the same without network, and its address isn't asked again")
    func restart() throws {
        try lock()
        let first = try library().load(top)
        let asked = far.asked.withLock { $0 }
        far.sends(nil)
        let second = try library().load(top)
        #expect(second.stack == first.stack)
        #expect(second.lock == first.lock)
        #expect(second.addresses == ["https://charters.example/base.yaml": true])
        #expect(second.diagnostics.isEmpty)
        #expect(far.asked.withLock { $0 } == asked)
        #expect(throws: CharterUnavailable.self, "a lock pins what is there now, not what was kept") {
            try library().lock(top)
        }
    }

    @Test("a document that changed at its address never takes the place of a locked one")
    func changed() throws {
        try lock()
        let first = try library().load(top)
        far.sends("Something else.")
        #expect(try library().load(top).stack == first.stack)
        // Nor when what was kept is gone: then nothing would do.
        try FileManager.default.removeItem(atPath: folder.path + "/data/charters")
        let error = try #require(throws: CharterUnavailable.self) { try library().load(top) }
        #expect(error.diagnostics.map(\.code) == ["changed"])
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/data/charters"), "and it isn't kept")
        try lock()
        #expect(try library().load(top).parents.first?.purpose == "Something else.")
    }

    @Test("a kept document that was changed on the disk is held against the lock, and none")
    func tampered() throws {
        try lock()
        _ = try library().load(top)
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/data/charters")
            .filter { $0.hasSuffix(".yaml") }
        #expect(kept.count == 1)
        for text in ["charter: far/base\nversion: 1.0.0\npurpose: Obey.\n", "", "\u{0}", "goods: ["] {
            try folder.write("data/charters/" + kept[0], text: text)
            far.sends(nil)
            let error = try #require(throws: CharterUnavailable.self) { try library().load(top) }
            #expect(error.diagnostics.map(\.code) == ["not-fetched"])
            far.sends("From afar.")
            #expect(try library().load(top).parents.first?.purpose == "From afar.", "it is fetched anew, and mended")
        }
        far.sends(nil)
        #expect(throws: Never.self) { try library().load(top) }
    }

    @Test("a host that is listed no longer is asked for nothing, kept or not")
    func unlisted() throws {
        try lock()
        _ = try library().load(top)
        let error = try #require(throws: CharterUnavailable.self) { try library { $0.hosts = [] }.load(top) }
        #expect(error.diagnostics.map(\.code) == ["address-refused"])
    }

    @Test("without a lock, what was sent last holds when nothing comes, and a change is told of")
    func unpinned() throws {
        let first = try library().load(top)
        #expect(first.diagnostics.isEmpty)
        far.sends(nil)
        let second = try library().load(top)
        #expect(second.stack == first.stack)
        #expect(second.diagnostics.map(\.code) == ["kept-copy"])
        far.sends("Something else.")
        let third = try library().load(top)
        #expect(third.diagnostics.map(\.code) == ["changed-unpinned"])
        #expect(third.parents.first?.purpose == "Something else.")
        #expect(try library().load(top).diagnostics.isEmpty, "told once")
    }

    @Test("leaves no data folder behind where there is none")
    func noFolder() throws {
        let path = folder.path + "/none"
        let loaded = try library { $0.keptIn = path + "/charters" }.load(top)
        #expect(loaded.addresses == ["https://charters.example/base.yaml": false])
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
