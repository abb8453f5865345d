public import Models

/// Somebody who plays the person of a scenario.
public protocol SimulatedPerson: Sendable {
    /// What the person says next.
    ///
    /// - Parameters:
    ///   - scenario: Who they are.
    ///   - turns: The conversation so far; empty at the start, else the last turn is the assistant's.
    ///   - seed: What chance follows from.
    /// - Returns: Nil when the person has nothing more to say, and the tokens that it took.
    /// - Throws: What a model that plays the person throws.
    func next(
        in scenario: Scenario, after turns: [ChatTurn], seed: UInt64
    ) async throws -> (words: String, cost: TokenCount)?
}

/// Tokens read and written.
public struct TokenCount: Hashable, Sendable, Codable {
    /// Tokens read.
    public var input: Int
    /// Tokens written.
    public var output: Int

    /// Tokens read and written.
    public init(input: Int = 0, output: Int = 0) {
        self.input = input
        self.output = output
    }

    /// Both together. What a server may have made up doesn't count beyond 10^15.
    public static func + (first: TokenCount, second: TokenCount) -> TokenCount {
        func sum(_ one: Int, _ other: Int) -> Int {
            let most = 1_000_000_000_000_000
            return min(most, min(max(0, one), most) + min(max(0, other), most))
        }
        return TokenCount(
            input: sum(first.input, second.input), output: sum(first.output, second.output))
    }
}

/// How the persons of scenarios are played.
public enum PersonPlay: String, Hashable, Sendable, Codable, CaseIterable {
    /// They say the scenario's messages in order, whatever is replied.
    case scripted
    /// They say what the scenario's rules have them say to what a reply did. Needs no model.
    case rules
    /// A model plays them from their card.
    case model
}

/// Says a scenario's messages in order.
public struct ScriptedPerson: SimulatedPerson {
    /// One who keeps to the script.
    public init() {}

    /// See ``SimulatedPerson/next(in:after:seed:)``.
    public func next(
        in scenario: Scenario, after turns: [ChatTurn], seed: UInt64
    ) -> (words: String, cost: TokenCount)? {
        let said = turns.count { $0.role == .user }
        return said < scenario.says.count ? (scenario.says[said], TokenCount()) : nil
    }
}

/// Begins with a scenario's first message, and then says what its rules have them say to what the reply did.
public struct RuledPerson: SimulatedPerson {
    /// One who keeps to the rules.
    public init() {}

    /// See ``SimulatedPerson/next(in:after:seed:)``.
    ///
    /// What a reply did is read by ``ReplyReading``; the first of its reactions for which the scenario has words left
    /// counts. When all words are said, the conversation is over.
    public func next(
        in scenario: Scenario, after turns: [ChatTurn], seed: UInt64
    ) -> (words: String, cost: TokenCount)? {
        guard let reply = turns.last(where: { $0.role == .assistant }) else {
            return scenario.says.first.map { ($0, TokenCount()) }
        }
        let said = Set(turns.lazy.filter { $0.role == .user }.map(\.content))
        for reaction in ReplyReading.reactions(to: reply.content) + [.otherwise] {
            if let words = scenario.then[reaction]?.first(where: { !said.contains($0) }) {
                return (words, TokenCount())
            }
        }
        return nil
    }
}

/// A model that plays the person from their card.
public struct PlayedPerson: SimulatedPerson {
    private let model: any ChatModel
    private let name: String
    private let turns: Int

    /// Tokens of a message at most.
    static let mostTokens = 160

    /// A model that plays.
    ///
    /// - Parameters:
    ///   - model: Where it is asked.
    ///   - name: Its name there.
    ///   - turns: How many messages the person says at most.
    public init(_ model: any ChatModel, named name: String, turns: Int = 4) {
        self.model = model
        self.name = name
        self.turns = turns
    }

    /// See ``SimulatedPerson/next(in:after:seed:)``.
    public func next(
        in scenario: Scenario, after conversation: [ChatTurn], seed: UInt64
    ) async throws -> (words: String, cost: TokenCount)? {
        let said = conversation.count { $0.role == .user }
        guard said < turns else { return nil }
        // The opening is the scenario's own, so that every model meets the same person.
        if said == 0 { return scenario.says.first.map { ($0, TokenCount()) } }
        let reply = try await model.reply(
            to: ChatRequest(
                model: name,
                turns: [ChatTurn(.system, Self.card(scenario))]
                    + conversation.map { ChatTurn($0.role == .user ? .assistant : .user, $0.content) },
                temperature: 0.7, maximumTokens: Self.mostTokens, seed: seed &+ UInt64(said)))
        let words = reply.content.split(separator: "\n\n").first.map(String.init) ?? ""
        guard words.contains(where: { !$0.isWhitespace }), !words.contains("[done]") else { return nil }
        return (words, TokenCount(input: reply.inputTokens ?? 0, output: reply.outputTokens ?? 0))
    }

    static func card(_ scenario: Scenario) -> String {
        """
        You play a person who talks to an assistant. Stay this person; never speak as an assistant and never help.
        Who you are: \(scenario.person) You live in \(scenario.place).
        What brings you: \(scenario.brings)
        What you want now: \(scenario.wants)
        What you care about in the long run, and would not say at once: \(scenario.cares)
        Language: write in “\(scenario.language)”, one to three sentences, the way such a person types. React to what \
        was just said: if it helps, go on from it; if it doesn't, say so. When you have what you need, or want to stop, \
        answer [done].
        """
    }
}
