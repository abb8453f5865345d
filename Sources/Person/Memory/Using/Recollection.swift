public import Consents

/// What a reply is told of its person's memory, what was done because the person asked for it, and what of it the receipt
/// says.
public struct Recollection: Sendable, Hashable {
    /// What the model is told, to stand behind the charter's brief; empty for nothing.
    public internal(set) var text = ""
    /// The items that the model is told, in their order.
    public internal(set) var used: [RecalledItem] = []
    /// What the person asked of their memory in this message, and what became of it, in words without theirs.
    public internal(set) var done: [String] = []
    /// What should have been done and could not be, in words.
    public internal(set) var missing: [String] = []
    /// The turn, when the person lets it be read for what they want remembered. Note it after the reply.
    public internal(set) var heard: Heard?

    /// Forgets the turn: it is not to be read.
    public mutating func forgetTurn() { heard = nil }

    /// Takes up what became of noting the turn, so that nobody is told that something is noted which may be lost.
    public mutating func take(_ noting: HeardQueue.Noting) {
        switch noting {
        case .noted: return
        case .onlyInMemory:
            missing.append(
                "What this person said could not be written down to be read for what they want remembered. It waits in "
                    + "memory, and is lost if Trellis stops before there is room on the disk again")
        case .lost:
            forgetTurn()
            missing.append(
                "What this person said could not be written down to be read for what they want remembered, and is lost")
            for (place, done) in done.enumerated() where MemoryNote.promises.contains(done) {
                self.done[place] = "what they asked to be remembered could not be noted, and is lost"
            }
        }
    }

    /// Nothing is remembered or asked.
    public static let nothing = Recollection()
}

/// One turn, as far as memory must know it.
public struct TurnForMemory: Sendable {
    /// Who speaks.
    public var person: PersonKey
    /// What they say.
    public var message: String
    /// What they said before in this conversation, oldest first.
    public var before: [String]
    /// The conversation's name, when the application gives it one.
    public var conversation: String?
    /// Which turn of the conversation it is, from 0.
    public var turn: Int
    /// Now, in milliseconds since 1970.
    public var at: Int64
    /// What the charter lets memories be used for, in its own short names.
    public var purposes: [String]
    /// For how many days the charter lets memories be kept.
    public var retentionDays: Int?

    /// A turn.
    public init(
        by person: PersonKey, _ message: String, before: [String] = [], conversation: String? = nil, turn: Int = 0,
        at moment: Int64, purposes: [String] = [], retentionDays: Int? = nil
    ) {
        self.person = person
        self.message = message
        self.before = before
        self.conversation = conversation
        self.turn = turn
        at = moment
        self.purposes = purposes
        self.retentionDays = retentionDays
    }

    /// The turn as the queue takes it.
    var heard: Heard {
        Heard(by: person, message, conversation: conversation, turn: turn, at: at, retentionDays: retentionDays)
    }

    /// Whether the person paused remembering earlier in this conversation and didn't take it back. Only where the
    /// conversation has no name: a named one's pause is kept with its person's memory.
    var isPausedByItself: Bool {
        guard conversation == nil else { return false }
        for said in before.suffix(Self.mostBefore).reversed() {
            for act in PlainStatement.all(in: said).reversed().map(\.act) {
                if act == .pause { return true }
                if act == .resume { return false }
            }
        }
        return false
    }

    private static let mostBefore = 40
}
