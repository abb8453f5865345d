import ArgumentParser
import Deliberation
import Foundation
import Models
import Synchronization

/// By what a person comes in.
struct JoiningOptions: ParsableArguments {
    @Option(
        name: .customLong("by"),
        help:
            "The way in: invitation, proof-of-work or oidc. Default: the one that there is, or that you bring something for."
    )
    var way: JoiningWay?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file with the invitation, or - for standard input.",
            discussion: "Default: TRELLIS_INVITATION, if it is set; else you are asked for it.", valueName: "file"),
        completion: .file())
    var invitationFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file with an ID token for oidc, or - for standard input.",
            discussion: "Default: TRELLIS_ID_TOKEN, if it is set.", valueName: "file"), completion: .file())
    var tokenFile: String?

    func validate() throws {
        if invitationFile != nil, tokenFile != nil {
            throw ValidationError("Come in by one of them: leave --invitation-file or --token-file out.")
        }
        if let way, invitationFile != nil, way != .invitation {
            throw ValidationError("--invitation-file is for --by invitation.")
        }
        if let way, tokenFile != nil, way != .identity {
            throw ValidationError("--token-file is for --by oidc.")
        }
    }

    /// The way that is meant.
    func way(into conversation: SeenConversation, _ environment: [String: String]) throws -> JoiningWay {
        if let way { return way }
        if invitationFile != nil { return .invitation }
        if tokenFile != nil { return .identity }
        let offered = conversation.joining.compactMap(JoiningWay.init(rawValue:))
        if offered.count == 1 { return offered[0] }
        guard !offered.isEmpty else { throw CommandFailure(.negative, "nobody new can join this conversation.") }
        if offered.contains(.invitation), !(environment["TRELLIS_INVITATION"] ?? "").isEmpty { return .invitation }
        if offered.contains(.identity), !(environment["TRELLIS_ID_TOKEN"] ?? "").isEmpty { return .identity }
        throw CommandFailure(
            .negative,
            "this conversation can be joined by \(offered.map(\.rawValue).sorted().joined(separator: " or by ")). Say which with --by."
        )
    }
}

/// Lets a person into a conversation.
struct Joining {
    let options: JoiningOptions
    let client: ConversationClient
    let conversation: SeenConversation
    /// The folder in which the secret is kept.
    let data: String
    let input: TypedInput
    /// Where people are told how far it is, and asked.
    let notes: Terminal
    let environment: [String: String]

    init(
        _ options: JoiningOptions, _ client: ConversationClient, _ conversation: SeenConversation, data: String,
        input: TypedInput, notes: Terminal = .error,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.options = options
        self.client = client
        self.conversation = conversation
        self.data = data
        self.input = input
        self.notes = notes
        self.environment = environment
    }

    /// Joins, and keeps the secret where nobody else may read it.
    ///
    /// - Returns: the conversation with the person in it, and their number.
    func run() async throws -> (client: ConversationClient, participant: Int64) {
        if try KeptParticipation.read(client.id, in: data) != nil {
            throw CommandFailure(
                .negative,
                "you take part in \(client.id) already: `trellis deliberate take-part \(client.id)` goes on. Somebody else on this machine names a folder of their own with --data."
            )
        }
        guard conversation.open else { throw CommandFailure(.negative, ConversationError.closed.description) }
        let pass = try await pass(options.way(into: conversation, environment))
        try KeptParticipation.reserve(client.id, in: data)
        do {
            let joined = try await client.join(pass)
            let kept = KeptParticipation(
                url: client.trellis.address.description, participant: joined.participant, secret: joined.secret)
            try kept.write(client.id, in: data)
            var inside = client
            inside.secret = joined.secret
            return (inside, joined.participant)
        } catch {
            KeptParticipation.release(client.id, in: data)
            throw error
        }
    }

    /// What shows that the person may come in.
    private func pass(_ way: JoiningWay) async throws -> [String: String] {
        switch way {
        case .invitation: ["invitation": try invitation()]
        case .proofOfWork: try await proof()
        case .identity: ["token": try token()]
        }
    }

    private func invitation() throws -> String {
        let text: String
        if let file = options.invitationFile {
            text = try SecretText.read(file)
        } else if let shown = environment["TRELLIS_INVITATION"], !shown.isEmpty {
            text = shown
        } else {
            if input.isTerminal { notes.write("Your invitation (tin_…): ") }
            text = input.line() ?? ""
        }
        guard !text.allSatisfy(\.isWhitespace) else {
            throw CommandFailure(
                .negative,
                "no invitation was given, and nobody joined. Put the code into TRELLIS_INVITATION, or into a file for --invitation-file."
            )
        }
        guard let code = ConversationSecret(text, .invitation) else {
            throw CommandFailure(
                .negative, "this is no invitation: tin_ and 26 letters and digits. Copy the whole code.")
        }
        return code.reveal()
    }

    private func token() throws -> String {
        let text = try options.tokenFile.map(SecretText.read) ?? environment["TRELLIS_ID_TOKEN"] ?? ""
        guard !text.isEmpty else {
            throw CommandFailure(
                .negative,
                "no ID token was given, and nobody joined. Put it into TRELLIS_ID_TOKEN, or into a file for --token-file."
            )
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func proof() async throws -> [String: String] {
        let challenge = try await client.challenge()
        guard ConversationTerms.proofRange.contains(challenge.bits) else {
            throw CommandFailure(.failed, "this Trellis asks for work that nobody can do: \(challenge.bits) bits.")
        }
        say(
            "Your machine works for a moment now, so that it is dear to come in a thousand times: about \(Self.written(1 << challenge.bits)) tries."
        )
        let clock = ContinuousClock()
        let begun = clock.now
        let told = Mutex(begun)
        let notes = notes
        let found = await ProofOfWork.solution(
            of: challenge.challenge, bits: challenge.bits, cores: ProcessInfo.processInfo.activeProcessorCount
        ) { tries in
            let now = clock.now
            let isTime = told.withLock { last in
                guard now - last >= .seconds(2) else { return false }
                last = now
                return true
            }
            if isTime { notes.line("\(Self.written(tries)) tries so far.") }
            return now - begun < .milliseconds(ProofOfWork.period)
        }
        guard let found else {
            throw CommandFailure(
                .failed,
                "the work wasn't done within ten minutes, and nobody joined. It is a matter of luck too: try again.")
        }
        say("Done after \(Self.written(found.tries)) tries.")
        return ["challenge": challenge.challenge, "solution": found.text]
    }

    private func say(_ text: String) { DeliberatePage(notes).paragraph(text) }

    private static func written(_ number: Int) -> String {
        number.formatted(IntegerFormatStyle<Int>(locale: Locale(identifier: "en_US")))
    }
}
