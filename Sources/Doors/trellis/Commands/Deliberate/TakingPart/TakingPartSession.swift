import Deliberation
import Foundation

/// One statement after another in a terminal, until the person leaves off.
struct TakingPartSession {
    private let client: ConversationClient
    private let conversation: SeenConversation
    private let input: TypedInput
    private let out: Terminal
    private let page: TakingPartPage
    private let complaints: Terminal
    /// The language of what the person writes, if it isn't the conversation's.
    private let language: String?

    /// What is to be voted on; nil when nothing is left.
    private var statement: SeenConversation.Statement?
    private var left = 0
    /// What was voted on before.
    private var before: SeenConversation.Statement?
    /// Whether the next vote matters to the person.
    private var isImportant = false
    private var votes = 0
    private var written = 0

    init(
        _ client: ConversationClient, _ conversation: SeenConversation, input: TypedInput, language: String? = nil,
        out: Terminal = .output, complaints: Terminal = .error
    ) {
        self.client = client
        self.conversation = conversation
        self.input = input
        self.language = language
        self.out = out
        page = TakingPartPage(out)
        self.complaints = complaints
    }

    /// What a person does with one key.
    enum Act: Equatable {
        case vote(VotedStance)
        case important
        /// With the words, where they came along.
        case say(String)
        case back
        case leave
        case help
        case unknown(String)
    }

    /// What was meant by a key or a line; nil for one that is empty.
    static func act(_ typed: String) -> Act? {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let first = text.first else { return nil }
        let parts = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        if parts.count == 2 {
            guard ["s", "say"].contains(parts[0].lowercased()) else { return .unknown(text) }
            return .say(parts[1].trimmingCharacters(in: .whitespaces))
        }
        // Digits of every script: whose keyboard has no Latin letters can vote all the same.
        if text.count == 1, let digit = first.wholeNumberValue, (1...3).contains(digit) {
            return .vote(VotedStance.allCases[digit - 1])
        }
        switch text.lowercased() {
        case "a", "agree": return .vote(.agree)
        case "d", "disagree": return .vote(.disagree)
        case "p", "pass": return .vote(.pass)
        case "!", "important": return .important
        case "s", "say": return .say("")
        case "u", "undo": return .back
        case "q", "quit": return .leave
        case "?", "h", "help": return .help
        default: return .unknown(text)
        }
    }

    /// What was meant by a line, which may say `! a`: that it matters, and the vote.
    static func acts(_ typed: String) -> [Act] {
        guard typed.count > 1, typed.hasPrefix("!") else { return [act(typed)].compactMap(\.self) }
        return [.important] + [act(String(typed.dropFirst()))].compactMap(\.self)
    }

    /// Goes on until the person leaves off or nothing more comes from them.
    ///
    /// - Throws: ``CommandFailure`` when no person is there to try again.
    mutating func run() async throws {
        try await advance()
        while true {
            guard let typed = input.answer(prompt) else {
                if input.isTerminal { out.line() }
                break
            }
            let acts = Self.acts(typed)
            // Return or a space alone: the question stands on a line of its own again.
            if acts.isEmpty { echo("") }
            if acts.contains(.leave) {
                echo("leave off")
                break
            }
            do { for act in acts { try await take(act) } } catch let failure as CommandFailure {
                try await goOn(after: failure)
            }
        }
        tellEnd()
    }

    /// Asks for what comes next and shows it.
    private mutating func advance() async throws {
        let next = try await client.next()
        statement = next.statement
        left = next.left
        show()
    }

    private func show() {
        if let statement {
            page.show(statement, left: left, mainLanguage: conversation.language)
        } else {
            out.line()
            page.nothingLeft()
        }
    }

    private func prompt() {
        guard input.isTerminal else { return }
        out.write((isImportant ? "It matters: " : "") + (statement == nil ? "s, u, q or ? " : "a, d, p or ? "))
    }

    /// Says which key was taken where the terminal doesn't show it.
    private func echo(_ word: String) {
        if input.takesKeys { out.line(word) }
    }

    private mutating func take(_ act: Act) async throws {
        switch act {
        case .vote(let stance): try await vote(stance)
        case .important:
            echo("it matters")
            if conversation.importance {
                isImportant.toggle()
                page.tell(isImportant ? "Your next vote matters to you." : "Your next vote is an ordinary one.")
            } else {
                page.tell("This conversation doesn't ask how much a vote matters.")
            }
        case .say(let words): try await say(words)
        case .back:
            echo("once more")
            guard let earlier = before else { return page.tell("There is no vote before this one to change.") }
            (statement, before) = (earlier, nil)
            left += 1
            show()
        case .help, .leave:
            echo("help")
            for line in help { page.tell(line) }
        case .unknown(let text):
            echo(WrappedText.plain(text))
            page.tell("“\(DeliberatePage.line(String(text.prefix(20))))” means nothing here. ? lists what does.")
        }
    }

    private mutating func vote(_ stance: VotedStance) async throws {
        echo(stance.rawValue)
        guard let statement else { return page.nothingLeft() }
        let vote = try await client.vote(stance, on: statement.number, importance: isImportant ? 1 : nil)
        votes += 1
        before = statement
        isImportant = false
        // On a terminal the key stands beside the question already.
        if !input.isTerminal || vote.previous != nil { page.show(vote, stance) }
        try await advance()
    }

    private mutating func say(_ words: String) async throws {
        echo("say something")
        var words = words
        if words.isEmpty {
            if input.isTerminal { page.tell("Your statement, then Return; only Return for none:") }
            words = input.line() ?? ""
        }
        guard !words.allSatisfy(\.isWhitespace) else { return page.tell("Nothing was said.") }
        let text = try TakingPartPage.statement(words)
        try await page.show(try await client.say(text, language: language), in: client)
        written += 1
        if statement == nil { try await advance() } else { show() }
    }

    /// The keys, each on a line of its own.
    private var help: [String] {
        var lines = ["a or 1: agree", "d or 2: disagree", "p or 3: pass"]
        if conversation.importance { lines.append("!: the next vote matters to me") }
        return lines + ["s: say something of my own", "u: change the vote before", "q: leave off; what I did stays"]
    }

    /// Tells what went wrong, and asks once more.
    ///
    /// - Throws: the failure, where nobody is there to try again or there is no use in it.
    private mutating func goOn(after failure: CommandFailure) async throws {
        guard input.isTerminal else { throw failure }
        if failure.code == .negative, let now = try? await client.conversation(), !now.open {
            tellEnd()
            throw failure
        }
        DeliberatePage(complaints).paragraph(failure.message)
        guard failure.code == .negative else {
            return page.tell("Press the key again to try again; q leaves off.")
        }
        // What was asked may have been taken out meanwhile; what was mistyped is asked once more.
        try await advance()
    }

    private func tellEnd() {
        guard votes + written > 0 else { return }
        let count = DeliberatePage(out)
        let said = written == 0 ? "" : " and wrote \(count.count(written, "statement", "statements"))"
        page.tell(
            "You voted \(votes == 1 ? "once" : "\(votes) times")\(said). All of it is kept: `trellis deliberate mine \(client.id)` shows it."
        )
    }
}
