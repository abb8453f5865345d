import ArgumentParser
import Deliberation
import Foundation
import Gateway
import Logging
import Testing

@testable import trellis

/// A conversation on a running Trellis, and somebody who types.
private final class Hall {
    let folder: Folder
    let gateway: OwnGateway
    let settings: Settings
    let id: ConversationID

    var url: String { "http://127.0.0.1:\(gateway.port)" }

    private init(_ folder: Folder, _ gateway: OwnGateway, _ settings: Settings, _ id: ConversationID) {
        self.folder = folder
        self.gateway = gateway
        self.settings = settings
        self.id = id
    }

    /// Does some work in a hall of its own.
    static func open(
        _ ways: Set<JoiningWay> = [.invitation, .proofOfWork], importance: Bool = false, strict: Bool = false,
        _ work: (Hall) async throws -> Void
    ) async throws {
        let folder = try Folder()
        var settings = try await folder.settings(
            "development: true\nlisten: { port: 0 }\nupstreams: { far: { kind: openai, url: 'http://127.0.0.1:9/v1', models: [m] } }"
        )
        settings.gateway.limits.shutdown = .seconds(1)
        let gateway = try await OwnGateway(
            settings: settings.gateway, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let opened = try await settings.withConversations { conversations in
            try await conversations.open(
                ConversationTerms(
                    topic: "Our square", ways: ways, takesImportance: importance, isStrict: strict, proofBits: 12),
                by: "development",
                seeds: [
                    SeedStatement(try StatementText("Open on Sundays.")),
                    SeedStatement(try StatementText("حديقة للأطفال \u{202E}تجاه"), language: "ar"),
                ], at: Settings.now())
        }
        let hall = Hall(folder, gateway, settings, opened.id)
        do { try await work(hall) } catch {
            await gateway.stop()
            throw error
        }
        await gateway.stop()
    }

    func invitation() async throws -> String {
        try await settings.withConversations { conversations in
            try await conversations.invite(1, to: id, by: .operator(name: "operator"))[0].reveal()
        }
    }

    func change(isOpen: Bool) async throws {
        try await settings.withConversations {
            try await $0.change(id, by: .operator(name: "operator"), isOpen: isOpen)
        }
    }

    /// Somebody who isn't in yet.
    func outside() throws -> ConversationClient {
        ConversationClient(trellis: try TrellisClient(url: url, key: nil, environment: [:]), id: id)
    }

    func join(
        _ arguments: [String] = ["--by", "proof-of-work"], typed: String = "", as name: String = "ada",
        environment: [String: String] = [:]
    ) async throws -> ConversationClient {
        let outside = try outside()
        let typing = try self.typing(typed)
        defer { typing.close() }
        return try await Joining(
            try JoiningOptions.parse(arguments), outside, try await outside.conversation(), data: data(of: name),
            input: typing.input, notes: try shown().terminal, environment: environment
        ).run().client
    }

    func data(of name: String) -> String { "\(folder.path)/\(name)" }

    /// What somebody types who is no terminal.
    func typing(_ text: String) throws -> (input: TypedInput, close: () -> Void) {
        let path = "\(folder.path)/typed-\(UUID().uuidString)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let descriptor = Foundation.open(path, O_RDONLY)
        return (TypedInput(descriptor: descriptor, environment: [:]), { Foundation.close(descriptor) })
    }

    /// Somewhere to look at what was shown.
    func shown() throws -> (terminal: Terminal, text: () throws -> String) {
        let path = "\(folder.path)/shown-\(UUID().uuidString)"
        let descriptor = Foundation.open(path, O_CREAT | O_RDWR, 0o600)
        return (
            Terminal(descriptor: descriptor, environment: [:]), { try String(contentsOfFile: path, encoding: .utf8) }
        )
    }

    /// What a person sees who types these lines.
    func session(_ client: ConversationClient, _ lines: String..., language: String? = nil) async throws -> String {
        let typing = try typing(lines.map { $0 + "\n" }.joined())
        defer { typing.close() }
        let shown = try shown()
        var session = TakingPartSession(
            client, try await client.conversation(), input: typing.input, language: language, out: shown.terminal,
            complaints: shown.terminal)
        try await session.run()
        return try shown.text()
    }

    private func failure(_ work: () async throws -> some Any) async -> CommandFailure? {
        await #expect(throws: CommandFailure.self) { _ = try await work() }
    }

    /// Expects some work to fail with words.
    func refuses(
        _ word: String, _ code: CommandFailure.Code = .negative, _ work: () async throws -> some Any
    ) async {
        let failure = await failure(work)
        #expect(failure?.code == code && failure?.message.contains(word) == true, "\(failure?.message ?? "nothing")")
    }
}

@Suite("Taking part in a conversation from a terminal")
struct TakingPartTests {
    @Test("one statement after another is shown and answered, said to, taken back and left off")
    func session() async throws {
        try await Hall.open(importance: true) { hall in
            let ada = try await hall.join()
            let first = try await hall.session(ada, "what?", "! a", "s More trees.", "q", "d")
            #expect(first.contains("“what?” means nothing here."))
            #expect(first.contains("Your next vote matters to you.\nYou agree with statement "))
            #expect(first.contains("It is statement 2, and others see it now."))
            #expect(first.contains("You voted once and wrote one statement."))
            // Nothing that turns the direction of a line reaches the terminal, and no prompt a pipe.
            #expect(!first.contains("\u{202E}") && !first.contains("a, d, p") && !first.contains("\u{1B}"))
            var own = try await ada.ownPart()
            #expect(own.votes.map(\.stance) == ["agree"] && own.votes[0].importance == 1)
            #expect(own.statements.map(\.statement.words) == ["More trees."])
            let voted = own.votes[0].statement

            let second = try await hall.session(ada, "2", "u", "3", "١", "?")
            #expect(second.contains("Statement 1, in Arabic.") || voted == 1)
            #expect(second.contains("Before, you said disagree."))
            #expect(second.contains("Nothing is left to vote on."))
            #expect(second.contains("q: leave off; what I did stays"))
            own = try await ada.ownPart()
            #expect(own.votes.map(\.statement) == [0, 1, 2])
            #expect(own.votes.filter { $0.statement != voted }.map(\.stance).sorted() == ["agree", "pass"])
            let third = try await hall.session(ada, "a", "s", "", "u")
            #expect(third.contains("Nothing is left") && third.contains("Nothing was said."))
            #expect(third.contains("There is no vote before this one to change.") && !third.contains("You voted"))
            // What can't be a statement ends it where nobody can try again.
            await hall.refuses("no control characters") { try await hall.session(ada, "s", "\u{7}", "u") }
        }
    }

    @Test("in a strict conversation what was said waits, and the writer sees where it stands and why it was taken out")
    func strict() async throws {
        try await Hall.open(strict: true) { hall in
            let ada = try await hall.join()
            let said = try await hall.session(
                ada, "s Mr Smith is a thief.", "s Open on Sundays, please!", language: "en")
            #expect(said.contains("Others see it once a moderator has accepted it."))
            #expect(said.contains("Nearly the same was said before") && said.contains("#0 “Open on Sundays.”"))
            try await hall.settings.withConversations { conversations in
                _ = try await conversations.decide(
                    .rejected, about: 2, in: hall.id, because: "It names\na person.", by: .operator(name: "operator"),
                    at: Settings.now())
            }
            _ = try await ada.vote(.disagree, on: 0, importance: nil)
            let shown = try hall.shown()
            TakingPartPage(shown.terminal).show(
                try await ada.ownPart(), of: try await ada.conversation(), [0: "Open on Sundays."])
            let page = try shown.text()
            #expect(page.contains("  #0 disagree:\n    Open on Sundays.\n"))
            #expect(
                page.contains(
                    "  #2 was taken out by moderators, who say “It names a person.”:\n    Mr Smith is a thief."))
            #expect(page.contains("  #3 waits for a moderator:\n    Open on Sundays, please!"))
        }
    }

    @Test("an invitation comes from a file, the environment or a line, lets one person in, and a used one nobody")
    func invitations() async throws {
        try await Hall.open { hall in
            let code = try await hall.invitation()
            try hall.folder.write(" \(code.uppercased())\n", to: "code.txt")
            let file = hall.folder.path + "/code.txt"
            await hall.refuses("Say which with --by") { try await hall.join([]) }
            await hall.refuses("no invitation was given") { try await hall.join(["--by", "invitation"]) }
            await hall.refuses("this is no invitation") {
                try await hall.join(["--by", "invitation"], typed: "tpt_x\n")
            }
            await hall.refuses("this is no invitation") {
                try await hall.join([], environment: ["TRELLIS_INVITATION": "tin_short"])
            }
            await hall.refuses("can't be read") { try await hall.join(["--invitation-file", "/none"]) }
            await hall.refuses("no ID token was given") { try await hall.join(["--by", "oidc"]) }
            // None of it left anything behind that would be taken for taking part.
            #expect(try KeptParticipation.read(hall.id, in: hall.data(of: "ada")) == nil)
            _ = try await hall.join(["--invitation-file", file])
            await hall.refuses("you take part in") { try await hall.join() }
            await hall.refuses("Somebody joined with this invitation already") {
                try await hall.join(["--invitation-file", file], as: "ben")
            }
            #expect(try KeptParticipation.read(hall.id, in: hall.data(of: "ben")) == nil)
            _ = try await hall.join(["--by", "invitation"], typed: try await hall.invitation() + "\n", as: "ben")
            _ = try await hall.join([], as: "cleo", environment: ["TRELLIS_INVITATION": try await hall.invitation()])
            #expect(try await hall.settings.withConversations { try await $0.conversation(hall.id) }.participants == 3)
        }
    }

    @Test("the secret is kept for its owner alone, goes only where it came from, and never into words")
    func secrets() async throws {
        try await Hall.open { hall in
            let ada = try await hall.join()
            let secret = try #require(ada.secret).reveal()
            let path = KeptParticipation.path(of: hall.id, in: hall.data(of: "ada"))
            let mode = { try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int }
            #expect(try mode(path) == 0o600)
            #expect(try mode((path as NSString).deletingLastPathComponent) == 0o700)
            func options(_ more: String...) throws -> TakingPartOptions {
                try TakingPartOptions.parse([hall.id.description, "--data", hall.data(of: "ada")] + more)
            }
            let environment = ["TRELLIS_URL": hall.url]
            #expect(try await options().joined([:])?.ownPart().votes.isEmpty == true)
            #expect(try await options().joined(environment) != nil)
            await hall.refuses("sent nowhere else") { try await options("--url", "http://127.0.0.1:9").joined([:]) }
            await hall.refuses("sent nowhere else") { try await options().joined(["TRELLIS_URL": "http://x"]) }
            // Whoever shows it says where to.
            let shown = try await options("--url", hall.url).joined(["TRELLIS_PARTICIPANT": secret])
            #expect(shown?.secret == ada.secret)
            try hall.folder.write(secret + "\n", to: "secret.txt")
            let file = hall.folder.path + "/secret.txt"
            #expect(try await options("--secret-file", file, "--url", hall.url).joined([:])?.secret == ada.secret)
            try hall.folder.write("tmd_" + secret.dropFirst(4), to: "secret.txt")
            await hall.refuses("no secret of a participant") { try await options("--secret-file", file).joined([:]) }
            await hall.refuses("TRELLIS_PARTICIPANT holds no secret") {
                try await options().joined(["TRELLIS_PARTICIPANT": "x"])
            }
            var words = ""
            dump(ada, to: &words)
            #expect(!words.contains(secret.dropFirst(4)) && !"\(ada)".contains(secret.dropFirst(4)))

            #expect(chmod(path, 0o644) == 0)
            await hall.refuses("others may read it") { try await options().joined([:]) }
            #expect(chmod(path, 0o600) == 0)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
            await hall.refuses("--forget") { try await options().joined([:]) }
            await hall.refuses("you don't take part in") {
                try await TakingPartOptions.parse([hall.id.description, "--data", hall.data(of: "ben")]).conversation()
            }
        }
    }

    @Test("what can't be done is told in words: a wrong secret, a closed conversation, no server, no conversation")
    func refusals() async throws {
        var gone: ConversationClient?
        try await Hall.open { hall in
            var ada = try await hall.join()
            await hall.refuses("There is no statement 9") { try await ada.vote(.agree, on: 9, importance: nil) }
            await hall.refuses("doesn't ask how much") { try await ada.vote(.agree, on: 0, importance: 1) }
            await hall.refuses("says the same") { try await ada.say("open on sundays", language: nil) }
            await hall.refuses("BCP 47") { try await ada.say("More trees.", language: "!") }
            let kept = ada.secret
            ada.secret = ConversationSecret("tpt_" + String(repeating: "0", count: 26), .participant)
            await hall.refuses("isn't the secret of a participant") { try await ada.next() }
            ada.secret = kept
            try await hall.change(isOpen: false)
            await hall.refuses("closed") { try await hall.join(as: "ben") }
            await hall.refuses("closed") { try await ada.vote(.agree, on: 0, importance: nil) }
            await hall.refuses("closed") { try await hall.session(ada, "a") }
            let other = try #require(ConversationID("cv_0000000000000000"))
            let nowhere = ConversationClient(trellis: ada.trellis, id: other)
            await hall.refuses("There is no such conversation") { try await nowhere.conversation() }
            // Leaving works all the same.
            try await ada.leave()
            await hall.refuses("isn't the secret of a participant") { try await ada.ownPart() }
            gone = ada
        }
        let client = try #require(gone)
        let failure = await #expect(throws: CommandFailure.self) { try await client.next() }
        #expect(failure?.code == .unreachable && failure?.message.contains("no Trellis answers at") == true)
    }

    @Test("who leaves is told first what it erases")
    func consequences() {
        func own(_ votes: Int, _ statements: Int) -> SeenConversation.OwnPart {
            .init(
                participant: 1,
                votes: (0..<votes).map { .init(statement: $0, stance: "agree", importance: nil) },
                statements: (0..<statements).map {
                    .init(statement: .init(number: $0, words: "W", language: "en", standing: "waiting"), reason: nil)
                })
        }
        let words = DeliberateCommand.Leave.consequences
        #expect(words(own(0, 0)) == "You cast no votes. You can't come back as the same person.")
        #expect(words(own(1, 0)).hasPrefix("One vote of yours will be erased. You can't"))
        #expect(words(own(12, 2)).contains("12 votes of yours will be erased. That you wrote 2 statements will be"))
    }

    @Test("lines are read one by one, whatever bytes they hold, and nothing is read ahead")
    func typing() async throws {
        let folder = try Folder()
        let long = String(repeating: "x", count: 100_000)
        let bytes = Array("a\r\n\nحديقة\n\(long)\n".utf8) + [0xFF, 0x00, 0x0A] + Array("last".utf8)
        let path = folder.path + "/typed"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let input = TypedInput(descriptor: descriptor, environment: [:])
        #expect(!input.isTerminal && !input.takesKeys)
        #expect(input.answer({}) == "a")
        #expect(lseek(descriptor, 0, SEEK_CUR) == 3)
        #expect(input.line() == "" && input.answer({}) == "حديقة")
        #expect(input.line().map { $0.count < long.count && $0.allSatisfy { $0 == "x" } } == true)
        #expect(input.line() == "\u{FFFD}\0" && input.line() == "last" && input.line() == nil)
    }
}
