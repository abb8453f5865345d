import Foundation
import Gateway
import Logging
import MockUpstream
import Models
import NIOCore
import Testing

@testable import trellis

/// A conversation with a gateway of its own, whose upstream is the mock.
private struct Conversation {
    let output: String
    let complaints: String
    let failures: Int
    let counts: Counts
    /// The last message as it reached the model.
    let lastMessage: String

    /// Talks, one line after another; `interruptsAfter` presses Ctrl-C once so many words of a reply are shown.
    init(
        _ lines: [String], model: String = "mock-model", isInteractive: Bool = false, interruptsAfter: Int? = nil,
        charter: String? = nil
    ) async throws {
        let folder = try Folder()
        let mock = try await MockUpstream.start(.init(chunks: 5, chunkDelay: .milliseconds(1)))
        var settings = try await folder.settings("development: true\nlisten: { port: 0 }").gateway
        settings.limits.shutdown = .seconds(1)
        if let charter {
            try folder.write(charter, to: "charter.yaml")
            settings.charter = .file(folder.path + "/charter.yaml")
        }
        settings.upstreams = [
            .remote(Upstream(name: "mock", address: UpstreamAddress(host: mock.host, port: mock.port, path: "/v1")))
        ]
        let gateway = try await OwnGateway(
            settings: settings, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let trellis = try TrellisClient(url: "http://127.0.0.1:\(gateway.port)", key: nil, environment: [:])
        let (shown, complained) = (folder.path + "/shown", folder.path + "/complained")
        let terminal = Terminal(descriptor: open(shown, O_CREAT | O_RDWR, 0o600), environment: [:])
        var session = ChatSession(
            trellis: trellis, model: model, person: "ada", temperature: 0.5, maximumTokens: 50, terminal: terminal,
            isInteractive: isInteractive)
        session.complaints = Terminal(descriptor: open(complained, O_CREAT | O_RDWR, 0o600), environment: [:])
        let input = ChatInput()
        for line in lines { input.hand(line) }
        if interruptsAfter == nil { input.end() }
        async let interrupting: Void = {
            guard let interruptsAfter else { return }
            // What the upstream has sent may not have arrived yet; what is shown has.
            _ = await mock.waits(upTo: 60) { _ in
                let text = (try? String(contentsOfFile: shown, encoding: .utf8)) ?? ""
                return text.split(separator: "\u{203A}").last?.split(whereSeparator: \.isWhitespace).count
                    ?? 0 >= interruptsAfter
            }
            input.interrupt()
            _ = await mock.waits(upTo: 60) { $0.abandonedReplies > 0 }
            input.hand("/why")
            input.end()
        }()
        await session.run(input)
        await interrupting
        await gateway.stop()
        counts = mock.counts
        lastMessage = mock.lastRequest?.body ?? ""
        await mock.shutdown()
        failures = session.failures
        close(terminal.descriptor)
        close(session.complaints.descriptor)
        output = try String(contentsOfFile: shown, encoding: .utf8)
        complaints = try String(contentsOfFile: complained, encoding: .utf8)
    }
}

@Suite("A conversation in the terminal")
struct ConversationTests {
    @Test("from a pipe only replies come out, and /why tells the receipt of the last")
    func piped() async throws {
        let talk = try await Conversation(["Hello", "", "/why", "/quit", "never said"])
        #expect(talk.failures == 0 && talk.complaints.isEmpty)
        #expect(talk.counts.requests == 1)
        #expect(!talk.output.contains("›") && !talk.output.contains("\u{1B}"))
        #expect(talk.output.contains("commons/advisor"))
        #expect(talk.output.contains("at mock, was asked"))
    }

    @Test("a person who waits for a draft to be checked sees so, and nobody else does", arguments: [false, true])
    func progress(isInteractive: Bool) async throws {
        let charter = """
            charter: riverside/tutor
            version: 1.0.0
            purpose: Help pupils become people who can learn without us.
            goods:
              understanding: { says: A pupil can explain an idea in their own words. }
            critique: { rounds: 1 }
            """
        let talk = try await Conversation(
            ["What do plants need?"], model: "say:Light.", isInteractive: isInteractive, charter: charter)
        #expect(talk.failures == 0 && talk.complaints.isEmpty, "\(talk.complaints)")
        #expect(talk.output.contains("Light."))
        #expect(talk.output.contains("checking the draft…") == isInteractive)
        if isInteractive {
            #expect(
                talk.output.hasSuffix("checking the draft…\r\u{1B}[Ksay:Light. › Light.\n\nyou › \n"),
                "\(talk.output.debugDescription)")
        } else {
            #expect(talk.output == "Light.\n")
        }
    }

    @Test("a person sees what they may let Trellis do, lets it, and takes it back")
    func consents() async throws {
        let charter = """
            charter: riverside/tutor
            version: 1.0.0
            purpose: Help pupils become people who can learn without us.
            guidance:
              drift: { says: Remind the pupil of their goal., asks: May I bring up your goal?, expires: 30d }
              sleep: { says: Say that it is late., asks: May I tell you when it is late?, expires: 30d }
            """
        let talk = try await Conversation(
            [
                "/consents", "/consent yes", "/consent yes drift", "/consents", "/consent no", "/consents",
                "/consent maybe", "/consent yes nothing", "/wishes",
            ], charter: charter)
        #expect(talk.complaints.isEmpty, "\(talk.complaints)")
        let parts = talk.output.components(separatedBy: "drift (")
        #expect(parts.count == 4)
        #expect(parts[1].hasPrefix("off; nobody has asked yet)\n  May I bring up your goal?"))
        #expect(parts[1].contains("Which one? There are: drift, sleep."))
        #expect(parts[1].contains("drift is on until 20"))
        #expect(parts[2].hasPrefix("ON until 20"))
        #expect(parts[2].contains("drift is off, from your next message on."))
        #expect(parts[3].hasPrefix("off; you took it back"))
        #expect(parts[3].contains("Write /consent yes or /consent no"))
        #expect(parts[3].contains("You wish nothing of your own here yet."))
        #expect(talk.counts.requests == 0)
    }

    @Test("a person keeps wishes of their own, sees them in what governs them, hears of doubts, and takes them away")
    func wishes() async throws {
        let folder = try Folder()
        try folder.write(
            "wishes: 1\navoid: [celebrate]\nchoices:\n  - { between: [calm, joy], choose: joy }\n", to: "wishes.yaml")
        try folder.write("wishes: 1\navoid: [singing]\n", to: "bad.yaml")
        let talk = try await Conversation([
            "/wishes \(folder.path)/wishes.yaml", "/charter", "/wishes", "/wishes \(folder.path)/none.yaml",
            "/wishes \(folder.path)/bad.yaml", "/wishes erase", "/wishes",
        ])
        #expect(talk.output.contains("Kept. They hold from your next message on."))
        #expect(talk.output.contains("One thing to look at: A wish chooses in"))
        #expect(talk.output.contains("  your own wishes\n"))
        #expect(talk.output.contains("About your wishes: A wish chooses in"))
        #expect(talk.output.contains("choose: joy"))
        #expect(talk.output.contains("none.yaml can't be read"))
        #expect(talk.complaints.contains("singing") && talk.complaints.contains("Nothing was changed"))
        #expect(talk.output.contains("Your wishes are erased."))
        #expect(talk.output.contains("You wish nothing of your own here yet."))
    }

    @Test("what was said before goes along, until /new")
    func memory() async throws {
        let talk = try await Conversation(["The first thing", "The second thing"])
        #expect(talk.lastMessage.contains("The first thing") && talk.lastMessage.contains("The second thing"))
        #expect(talk.lastMessage.contains("\"assistant\"") && !talk.lastMessage.contains("ada"))
        let fresh = try await Conversation(["The first thing", "/new", "The second thing"])
        #expect(!fresh.lastMessage.contains("The first thing") && fresh.lastMessage.contains("The second thing"))
        #expect(fresh.output.contains("A new conversation begins"))
    }

    @Test("the commands answer in words")
    func commands() async throws {
        let talk = try await Conversation(["/model", "/model other", "/charter", "/help", "/no"])
        #expect(talk.failures == 0 && talk.complaints.isEmpty)
        #expect(talk.output.contains("mock-model answers. There are: "))
        #expect(talk.output.contains("other answers from now on"))
        #expect(talk.output.contains("what the model is told in front of an ordinary message"))
        #expect(talk.output.contains("/quit      leave"))
        #expect(talk.output.contains("There is no /no here"))
    }

    @Test("a message that gets no reply is told of in words, and the conversation goes on")
    func failure() async throws {
        let talk = try await Conversation(["/why", "Hello", "/model mock-model", "Again"], model: "status-400")
        #expect(talk.failures == 1)
        #expect(talk.complaints.contains("There is no reply yet"))
        #expect(talk.counts.completedReplies > 0)
    }

    @Test("Ctrl-C stops the reply and not the program, and the upstream stops too")
    func interrupted() async throws {
        let talk = try await Conversation(
            ["Tell me everything"], model: "chunks:2000:20", isInteractive: true, interruptsAfter: 3)
        #expect(talk.output.contains("Stopped."))
        #expect(talk.output.contains("cut off by the client"))
        #expect(talk.counts.abandonedReplies == 1 && talk.failures == 0)
    }

    @Test("a server that isn't there, isn't Trellis, or can't be named is told in words")
    func unreachable() async throws {
        let nobody = try TrellisClient(url: "http://127.0.0.1:9", key: nil, environment: [:])
        #expect(await !nobody.isThere())
        let refused = await #expect(throws: CommandFailure.self) { try await nobody.models() }
        #expect(refused?.code == .unreachable)
        let mock = try await MockUpstream.start()
        let other = try TrellisClient(url: "http://127.0.0.1:\(mock.port)", key: nil, environment: [:])
        await #expect(throws: CommandFailure.self) {
            try await other.get("/trellis/v1/charter", as: CharterInForce.self)
        }
        await mock.shutdown()
        for url in ["localhost:8080", "ftp://x", "", "http://user:secret@x"] {
            #expect(throws: CommandFailure.self) { try TrellisClient(url: url, key: nil, environment: [:]) }
        }
    }
}
