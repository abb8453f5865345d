import ArgumentParser
import Charters
import Consents
import Counsel
import Foundation
import Gateway
import Store
import Testing

@testable import trellis

@Suite("Consents and wishes on the command line")
struct ConsentCommandTests {
    private let folder: Folder
    private let charter: String
    private let settings: Settings

    init() async throws {
        folder = try Folder()
        charter = folder.path + "/charter.yaml"
        try """
        charter: riverside/tutor
        version: 1.0.0
        purpose: Help pupils become people who can learn without us.
        guidance:
          drift: { says: Remind the pupil of their goal., asks: May I bring up your goal?, expires: 30d }
        """.write(toFile: charter, atomically: true, encoding: .utf8)
        settings = try await folder.settings()
    }

    private func run(_ arguments: [String]) async throws {
        var command = try Trellis.parseAsRoot(arguments + ["--data", settings.gateway.dataDirectory])
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }

    private func states(of name: String) async throws -> [ConsentOverview.State] {
        let questions = try settings.questions(of: charter).questions
        return try await settings.withPeople { kept in
            let whose = try PersonOptions.parse(["--person", name])
            return ConsentOverview.all(
                questions, try await kept.consents.standings(of: kept.key(whose)), at: Settings.now()
            ).map(\.state)
        }
    }

    @Test("a yes is kept, listed and taken back, for that person alone")
    func consents() async throws {
        #expect(try await states(of: "ada") == [.open])
        try await run(["consent", "grant", "drift", "--person", "ada", "--charter", charter, "--days", "7"])
        #expect(try await states(of: "ada") == [.live])
        #expect(try await states(of: "ben") == [.open])
        try await run(["consent", "list", "--person", "ada", "--charter", charter, "--json"])
        try await run(["consent", "revoke", "drift", "--person", "ada", "--charter", charter])
        #expect(try await states(of: "ada") == [.revoked])
        await #expect(throws: CommandFailure.self) {
            try await run(["consent", "revoke", "drift", "--person", "ada", "--charter", charter])
        }
        try await run(["consent", "grant", "drift", "--person", "ada", "--charter", charter])
        try await run(["consent", "revoke", "--all", "--person", "ada"])
        #expect(try await states(of: "ada") == [.revoked])
    }

    @Test("what can't be granted is refused with what there is")
    func refusals() async throws {
        for arguments in [
            ["consent", "grant", "dirft", "--person", "ada", "--charter", charter],
            ["consent", "grant", "drift", "--person", "ada", "--charter", charter, "--days", "31"],
            ["consent", "revoke", "--all", "--person", "nobody"],
            ["consent", "list", "--person", "ada", "--charter", folder.path + "/missing.yaml"],
            ["wishes", "show", "--person", "ada"], ["wishes", "erase", "--person", "ada"],
            ["wishes", "set", folder.path + "/missing.yaml", "--person", "ada"],
        ] {
            let failure = await #expect(throws: CommandFailure.self, "\(arguments)") { try await run(arguments) }
            #expect(failure?.message.isEmpty == false)
            #expect(failure?.code == .negative)
        }
        #expect(throws: (any Error).self) { try Trellis.parseAsRoot(["consent", "revoke", "--person", "ada"]) }
        #expect(throws: (any Error).self) {
            try Trellis.parseAsRoot(["consent", "revoke", "x", "--all", "--person", "a"])
        }
        #expect(throws: (any Error).self) { try Trellis.parseAsRoot(["consent", "list", "--person", ""]) }
        #expect(throws: (any Error).self) { try Trellis.parseAsRoot(["consent", "audit", "--person", "ada"]) }
    }

    @Test("an audit finds the guided reply that had no consent, and only that one")
    func audit() async throws {
        let questions = try settings.questions(of: charter).questions
        let moment = Settings.now()
        try await settings.withPeople { kept in
            let ada = kept.key(try PersonOptions.parse(["--person", "ada"]))
            try await kept.consents.grant(questions[0], by: ada, at: moment, through: .api)
        }
        func record(_ name: String, at: Int64) async throws -> ReceiptID {
            let store = try DataStore(path: settings.storePath, migrations: KeptThings.migrations)
            defer { try? store.close() }
            let key = try KeptThings.keyEncryptionKey(settings.gateway.dataDirectory, [:], of: store)
            let pseudonyms = Pseudonyms(
                secret: try Seal(store: store, keyEncryptionKey: key).secret(named: "pseudonyms"))
            let ledger = ReceiptLedger(
                store: store,
                journal: try Journal(directory: KeptThings.journalPath(in: settings.gateway.dataDirectory)),
                seal: try Seal(store: store, keyEncryptionKey: key))
            let compiled = try Charter.read(
                try String(contentsOfFile: charter, encoding: .utf8), file: charter
            ).charter.compiled(role: nil)
            var receipt = Receipt(
                id: ReceiptID(at: at), at: at, door: .chatCompletions, application: "development",
                person: pseudonyms.pseudonym(of: name, in: "development"),
                charter: Receipt.CharterReference(compiled), status: 200, outcome: .complete)
            receipt.guidance = ["drift"]
            ledger.record(receipt)
            // Half of them stay in the journal: an audit reads there too.
            if name == "ada" { await ledger.ingest() }
            return receipt.id
        }
        _ = try await record("ada", at: moment + 10)
        try await run(["consent", "audit"])
        let forged = try await record("ben", at: moment + 20)
        let failure = await #expect(throws: CommandFailure.self) { try await run(["consent", "audit", "--json"]) }
        #expect(failure?.code == .negative)
        try await run(["consent", "audit", "--person", "ada", "--application", "development"])
        await #expect(throws: CommandFailure.self) {
            try await run(["consent", "audit", "--person", "ben", "--application", "development"])
        }
        let replies = try settings.withReceipts(opensBodies: false) { try $0.guidedReplies() }
        #expect(replies.count == 2)
        #expect(replies.contains { $0.receipt == forged.description && $0.guidance == ["drift"] })
        // What was consented to is sealed: without the key there is no audit, and no guess.
        let key = settings.gateway.dataDirectory + "/keys/kek"
        try FileManager.default.moveItem(atPath: key, toPath: key + ".away")
        let keyless = await #expect(throws: CommandFailure.self) { try await run(["consent", "audit"]) }
        #expect(keyless?.code == .failed && keyless?.message.contains("kek") == true)
    }

    @Test("a receipt shows drafts and what the critic said of them, in the order in which they came about")
    func drafts() throws {
        var receipt = Receipt(
            id: ReceiptID(at: 5), at: 5, door: .chatCompletions, application: "development", status: 200,
            outcome: .complete)
        #expect(ReceiptCommand.said(receipt).isEmpty)
        receipt.workings = .init(drafts: ["One.", "Two."], criticisms: ["Too short."])
        #expect(
            ReceiptCommand.said(receipt).map(\.title)
                == ["The first draft:", "What the critic said of it:", "Draft 2:"])
        #expect(ReceiptCommand.said(receipt).map(\.words) == ["One.", "Too short.", "Two."])
        receipt.bodies = .init(request: "Q", reply: "A")
        #expect(ReceiptCommand.said(receipt).map(\.words) == ["Q", "One.", "Too short.", "Two.", "A"])
        let help = Trellis.helpMessage(for: ReceiptCommand.self)
        #expect(help.contains("docs/receipts.md") && !help.contains("Sources/"))
    }

    @Test("says in words what an audit came to")
    func auditWords() {
        var report = ConsentAudit.Report()
        #expect(ConsentCommand.Audit.words(report).hasPrefix("No reply was guided"))
        report.uses = 412
        report.covered = 412
        #expect(
            ConsentCommand.Audit.words(report)
                == "412 uses of guidance: every one that can be judged had a live consent.")
        report.erased = 3
        #expect(ConsentCommand.Audit.words(report).contains("3 of people who were erased"))
        report.violations = [ConsentAudit.Violation(receipt: "rcp", at: 0, guidance: "drift", reason: .neverGiven)]
        #expect(ConsentCommand.Audit.words(report).hasPrefix("412 uses of guidance, 1 without a live consent."))
    }

    @Test("wishes are set from a file, refused with their place when they are wrong, shown and erased")
    func wishes() async throws {
        let file = folder.path + "/wishes.yaml"
        try "wishes: 1\navoid: [celebrate]\n".write(toFile: file, atomically: true, encoding: .utf8)
        try await run(["wishes", "set", file, "--person", "ada"])
        try await run(["wishes", "show", "--person", "ada"])
        try "wishes: 1\navoid: [singing]\n".write(toFile: file, atomically: true, encoding: .utf8)
        let failure = await #expect(throws: CommandFailure.self) {
            try await run(["wishes", "set", file, "--person", "ada"])
        }
        #expect(failure?.message.contains("wishes:2:") == true, "\(failure?.message ?? "")")
        let kept = try await settings.withPeople { kept in
            try await kept.wishes.text(of: kept.key(try PersonOptions.parse(["--person", "ada"])))
        }
        #expect(kept == "wishes: 1\navoid: [celebrate]\n")
        try await run(["wishes", "erase", "--person", "ada"])
    }
}
