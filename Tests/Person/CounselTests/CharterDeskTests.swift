import Charters
import Foundation
import Logging
import Synchronization
import Testing

@testable import Counsel

@Suite("The desk where charters are looked up")
struct CharterDeskTests {
    private let folder: CharterFolder

    init() throws {
        folder = try CharterFolder()
    }

    @Test("compiles a charter once, and tells of it before it governs")
    func once() throws {
        let told = Mutex<[String]>([])
        let desk = CharterDesk(logger: quiet) { charter in told.withLock { $0.append(charter.compiled.id) } }
        let first = try desk.charter("commons/tutor", role: nil)
        #expect(try desk.charter("commons/tutor", role: nil) === first)
        #expect(told.withLock { $0 } == ["commons/tutor"])
        #expect(first.compiled.layers.map(\.kind) == [.floor, .community])
        let error = try #require(throws: CharterUnavailable.self) { try desk.charter("commons/tutr", role: nil) }
        #expect(error.reason.contains("no such commons charter"))
        #expect(throws: CharterUnavailable.self) { try desk.charter("commons/tutor", role: "pirate") }
    }

    @Test("takes up a change in any file of the stack, for every role at once")
    func reload() throws {
        let base = try folder.write("base.yaml", charter: "t/base", "goods: {calm: {says: Calm.}}")
        let top = try folder.write(
            "top.yaml", charter: "t/top", extends: ["./base.yaml"],
            "roles: {advisor: {stance: advisor}, tutor: {stance: tutor}}")
        let told = Mutex<[String]>([])
        let desk = CharterDesk(logger: quiet) { charter in told.withLock { $0.append(charter.compiled.brief) } }
        let advisor = try desk.charter(top, role: "advisor")
        let tutor = try desk.charter(top, role: "tutor")
        #expect(advisor.compiled.brief.contains("Calm."))
        #expect(desk.reloadChanged().isEmpty)
        #expect(try desk.charter(top, role: "advisor") === advisor)

        try rewrite(base, "goods: {calm: {says: Calm at last.}}", name: "t/base")
        #expect(desk.reloadChanged().isEmpty)
        for role in ["advisor", "tutor"] {
            #expect(try desk.charter(top, role: role).compiled.brief.contains("Calm at last."))
        }
        #expect(try desk.charter(top, role: "tutor") !== tutor)
        #expect(told.withLock { $0.count } == 4)

        // Layout only: what governs stays the very same.
        let before = try desk.charter(top, role: "tutor")
        try rewrite(base, "# a comment\ngoods: { calm: { says: Calm at last. } }", name: "t/base")
        #expect(desk.reloadChanged().isEmpty)
        #expect(try desk.charter(top, role: "tutor") === before)
    }

    @Test("keeps the charter before in force while a file is broken, says so once, and sees when it is right again")
    func broken() throws {
        let base = try folder.write("base.yaml", charter: "t/base", "goods: {calm: {says: Calm.}}")
        let top = try folder.write("top.yaml", charter: "t/top", extends: ["./base.yaml"])
        let desk = CharterDesk(logger: quiet)
        let before = try desk.charter(top, role: nil)
        try rewrite(base, "goods: {calm: {sayz: Calm.}}", name: "t/base")
        #expect(desk.reloadChanged().count == 1)
        #expect(desk.reloadChanged().isEmpty, "told once")
        #expect(try desk.charter(top, role: nil) === before)
        try FileManager.default.removeItem(atPath: base)
        #expect(desk.reloadChanged().count == 1)
        #expect(try desk.charter(top, role: nil) === before)
        try rewrite(base, "goods: {calm: {says: Calm again.}}", name: "t/base")
        #expect(desk.reloadChanged().isEmpty)
        #expect(try desk.charter(top, role: nil).compiled.brief.contains("Calm again."))

        // A new parent that is broken is watched although it never came into force.
        let other = try folder.write("other.yaml", text: "no charter")
        try folder.write("top.yaml", charter: "t/top", extends: ["./base.yaml", "./other.yaml"])
        #expect(desk.reloadChanged().count == 1)
        try rewrite(other, "goods: {joy: {says: Joy.}}", name: "t/other")
        #expect(desk.reloadChanged().isEmpty)
        #expect(try desk.charter(top, role: nil).compiled.brief.contains("Joy."))
    }

    @Test("takes up a lock that comes to stand beside the charter")
    func lock() throws {
        let base = try folder.write("base.yaml", charter: "t/base")
        let top = try folder.write("top.yaml", charter: "t/top", extends: ["./base.yaml"])
        let desk = CharterDesk(logger: quiet)
        let before = try desk.charter(top, role: nil)
        try folder.write("charter.lock", text: CharterLock().text)
        #expect(desk.reloadChanged().map { $0.diagnostics.map(\.code) } == [["not-pinned"]])
        try folder.write("charter.lock", text: try CharterLibrary().lock(top).lock.text)
        #expect(desk.reloadChanged().isEmpty)
        try rewrite(base, "purpose: Changed behind the lock.", name: "t/base")
        #expect(desk.reloadChanged().map { $0.diagnostics.map(\.code) } == [["changed"]])
        #expect(try desk.charter(top, role: nil) === before)
    }

    @Test("puts one person's wishes on top for that person only, and keeps them ready")
    func person() throws {
        let top = try folder.write("top.yaml", charter: "t/top", "goods: {calm: {says: Calm.}}")
        let told = Mutex<[String]>([])
        let desk = CharterDesk(logger: quiet) { charter in told.withLock { $0.append(charter.compiled.brief) } }
        let ada = try PersonLayer.read("wishes: 1\ngoods: {violin: {says: Play again.}}\n", file: "ada").wishes
        let ben = try PersonLayer.read("wishes: 1\navoid: [challenge]\n", file: "ben").wishes
        let adas = try desk.charter(top, role: nil, person: ada)
        #expect(adas.compiled.brief.contains("Play again."))
        #expect(try desk.charter(top, role: nil, person: ada) === adas)
        #expect(try !desk.charter(top, role: nil, person: ben).compiled.brief.contains("Play again."))
        #expect(try !desk.charter(top, role: nil).compiled.brief.contains("Play again."))
        #expect(told.withLock { $0.allSatisfy { !$0.contains("Play again.") } && $0.count == 1 })

        try rewrite(top, "goods: {calm: {says: Calm now.}}", name: "t/top")
        desk.reloadChanged()
        let after = try desk.charter(top, role: nil, person: ada).compiled
        #expect(after.brief.contains("Play again.") && after.brief.contains("Calm now."))
    }

    @Test("stays bounded however many people come")
    func bounded() throws {
        let desk = CharterDesk(logger: quiet)
        for number in 0..<(CharterDesk.mostPersonal * 2 + 7) {
            let text = "wishes: 1\ngoods: {violin: {says: Play \(number).}}\n"
            let wishes = try PersonLayer.read(text, file: "w").wishes
            let charter = try desk.charter("commons/advisor", role: nil, person: wishes)
            #expect(charter.compiled.brief.contains("Play \(number)."))
        }
        #expect(desk.personalCount <= CharterDesk.mostPersonal)
    }

    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Writes a charter again so that the change shows: a file system may count time in steps.
    private func rewrite(_ path: String, _ sections: String, name: String) throws {
        let file = String(path.dropFirst(folder.path.count + 1))
        try folder.write(file, charter: name, sections + "\n# \(UUID().uuidString)\n")
    }
}
