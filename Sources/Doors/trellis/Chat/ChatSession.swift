import Counsel
import Foundation
import Models
import Synchronization

/// A conversation in a terminal.
struct ChatSession {
    /// Who answers.
    let trellis: TrellisClient
    /// Which model is asked.
    var model: String
    /// The name that the person is known by to Trellis, if they gave one.
    let person: String?
    /// How freely the model chooses its words.
    let temperature: Double?
    /// How many tokens a reply may have.
    let maximumTokens: Int?
    /// Where the conversation shows.
    let terminal: Terminal
    /// Where complaints show.
    var complaints = Terminal.error
    /// Whether a person sits in front of it: then there are prompts and colours.
    let isInteractive: Bool

    private var turns: [ChatTurn] = []
    private var lastReceipt: String?
    /// The conversation's name, so that memory knows what belongs together and a pause holds for it.
    private var conversation = UUID().uuidString.lowercased()
    /// How many messages got no reply.
    private(set) var failures = 0

    init(
        trellis: TrellisClient, model: String, person: String?, temperature: Double?, maximumTokens: Int?,
        terminal: Terminal,
        isInteractive: Bool
    ) {
        self.trellis = trellis
        self.model = model
        self.person = person
        self.temperature = temperature
        self.maximumTokens = maximumTokens
        self.terminal = terminal
        self.isInteractive = isInteractive
    }

    static let help = """
        /why       why the last reply came out as it did, in plain words, and how to change it
        /receipt   the last reply's receipt, in full
        /charter   what governs you here, layer by layer, and the very words that the model is told
        /consents  what you let Trellis do beyond answering well, and what you may be asked
        /consent   /consent yes ID or /consent no ID: say yes to one, or take it back
        /wishes    what you wish for yourself here; /wishes FILE keeps others, /wishes erase takes them away
        /model     the model that answers; /model NAME changes it
        /new       begin a new conversation
        /help      this list
        /quit      leave (also Ctrl-D)

        Ctrl-C stops a reply.
        """

    /// Talks until the person leaves.
    mutating func run(_ input: ChatInput) async {
        var wasInterrupted = false
        prompt()
        for await event in input.events {
            switch event {
            case .interrupt:
                if wasInterrupted {
                    terminal.line()
                    return
                }
                wasInterrupted = true
                terminal.line("\n" + terminal.styled("Press Ctrl-C again to leave, or write /quit.", .faint))
            case .line(let line):
                wasInterrupted = false
                let text = line.trimmingCharacters(in: .whitespaces)
                if text == "/quit" || text == "/exit" || text == "/bye" { return }
                await take(text, input)
            }
            prompt()
        }
        if isInteractive { terminal.line() }
    }

    private func prompt() {
        if isInteractive { terminal.write(terminal.styled("you › ", .bold)) }
    }

    /// Takes one line: a command, or a message.
    private mutating func take(_ text: String, _ input: ChatInput) async {
        guard !text.isEmpty else { return }
        guard text.hasPrefix("/") else { return await say(text, input) }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        do {
            switch parts[0] {
            case "/help": show(Self.help)
            case "/why": show(try await why())
            case "/receipt": terminal.line(try Printed.json(try await receipt()))
            case "/charter": try await showCharter()
            case "/consents": show(try await consentsInWords())
            case "/consent":
                show(try await consent(parts.count > 1 ? parts[1].split(separator: " ").map(String.init) : []))
            case "/wishes":
                show(try await wishesInWords(parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : nil))
            case "/model": try await chooseModel(parts.count > 1 ? parts[1] : nil)
            case "/new":
                turns = []
                lastReceipt = nil
                conversation = UUID().uuidString.lowercased()
                show("A new conversation begins. The model knows nothing of the one before.")
            default: show("There is no \(parts[0]) here. /help lists what there is.")
            }
        } catch {
            complain("\(error)")
        }
    }

    // MARK: Messages

    private mutating func say(_ text: String, _ input: ChatInput) async {
        turns.append(ChatTurn(.user, text))
        let request = ChatRequest(
            model: model, turns: turns, temperature: temperature, maximumTokens: maximumTokens,
            headers: person.map { ["Trellis-Person": $0, "Trellis-Conversation": conversation] } ?? [:])
        let reply = Reply()
        let trellis = trellis
        let terminal = terminal
        let isInteractive = isInteractive
        let name = model
        let wasStopped = await input.interruptible {
            var wrapped = WrappedText(width: isInteractive ? terminal.columns - 1 : nil, startingAt: name.count + 3)
            let prompt = isInteractive ? terminal.styled("\(name) › ", .cyan) : ""
            var progress = ChatProgress(prompt: prompt, isShown: isInteractive)
            if isInteractive { terminal.write(prompt) }
            do {
                for try await delta in trellis.model.stream(request) {
                    switch delta {
                    case .begins(let receipt): reply.begin(receipt)
                    case .progress(let step): terminal.write(progress.at(step, in: terminal))
                    case .words(let words):
                        reply.add(words)
                        terminal.write(progress.over() + wrapped.add(words))
                    case .ends(let reason): reply.end(reason)
                    }
                }
            } catch {
                reply.fail(error)
            }
            terminal.write(progress.over() + wrapped.end())
        }
        terminal.line()
        finish(reply, wasStopped: wasStopped)
        if isInteractive { terminal.line() }
    }

    private mutating func finish(_ reply: Reply, wasStopped: Bool) {
        let state = reply.state
        lastReceipt = state.receipt ?? lastReceipt
        if !state.words.isEmpty { turns.append(ChatTurn(.assistant, state.words)) }
        if wasStopped {
            if state.words.isEmpty { turns.removeLast() }
            note("Stopped.")
        } else if let failure = state.failure {
            failures += 1
            // A message without an answer would make two turns of the person in a row; some models refuse that.
            if state.words.isEmpty { turns.removeLast() }
            complain(failure)
        } else if state.reason == "length" || state.reason == "max_tokens" {
            note("The reply stops here because the model may write no more; ask it to go on.")
        }
    }

    /// What came of one message.
    private final class Reply: Sendable {
        struct State {
            var receipt: String?
            var words = ""
            var reason: String?
            var failure: String?
        }
        private let locked = Mutex(State())

        var state: State { locked.withLock { $0 } }
        func begin(_ receipt: String?) { locked.withLock { $0.receipt = receipt } }
        func add(_ words: String) { locked.withLock { $0.words += words } }
        func end(_ reason: String?) { locked.withLock { $0.reason = reason } }
        func fail(_ error: any Error) {
            if error is CancellationError || (error as? UpstreamFailure)?.kind == .cancelled { return }
            locked.withLock { $0.failure = "\(error)" }
        }
    }

    // MARK: Commands

    private func receipt() async throws -> Receipt {
        guard let lastReceipt else { throw CommandFailure(.negative, "There is no reply yet to ask about.") }
        return try await trellis.get("/trellis/v1/receipts/\(lastReceipt)", as: Receipt.self)
    }

    private func why() async throws -> String {
        guard let lastReceipt else { throw CommandFailure(.negative, "There is no reply yet to ask about.") }
        return try await trellis.get("/trellis/v1/receipts/\(lastReceipt)/why", as: Why.self).text
    }

    private mutating func chooseModel(_ name: String?) async throws {
        let known = try await trellis.models()
        if let name {
            model = name
            show(
                known.contains(name)
                    ? "\(name) answers from now on."
                    : "\(name) answers from now on. It is not in the list of models, so it may be unknown.")
        } else {
            show("\(model) answers. There are: \(known.joined(separator: ", ")).")
        }
    }

    // MARK: Showing

    func show(_ text: String) {
        var wrapped = WrappedText(width: isInteractive ? terminal.columns - 1 : nil)
        terminal.line(wrapped.add(text) + wrapped.end())
    }

    private func note(_ text: String) {
        if isInteractive { terminal.line(terminal.styled(text, .faint)) }
    }

    private func complain(_ text: String) {
        var wrapped = WrappedText(width: isInteractive ? terminal.columns - 1 : nil)
        let message = (text as String).isEmpty ? "Something went wrong." : text
        let shown = wrapped.add(message) + wrapped.end()
        complaints.line(complaints.styled(shown, .red))
    }
}
