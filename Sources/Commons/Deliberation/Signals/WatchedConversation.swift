import Dispatch

/// The signs of a conversation that is held here, and of which of its votes they are.
public struct SeenSignals: Sendable, Encodable {
    /// Which conversation.
    public let conversation: String
    /// The number of the newest vote that was looked at.
    public let event: Int64
    /// How many statements the slate has on which effects are shown.
    public let seats: Int
    /// The signs. Their members stand beside the others in JSON.
    public let told: ToldSignals

    private enum CodingKeys: String, CodingKey { case conversation, event, seats }

    /// One object, with the members of ``told`` in it.
    public func encode(to encoder: any Encoder) throws {
        try told.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(conversation, forKey: .conversation)
        try container.encode(event, forKey: .event)
        try container.encode(seats, forKey: .seats)
    }
}

/// Looks for signs in one conversation, once at a time, and keeps what was found until votes change.
actor WatchedConversation {
    private static let queue = DispatchQueue(label: "deliberation.signals", qos: .utility)
    private static let seats = 5

    private let id: ConversationID
    private let conversations: ConversationStore
    private var found: (mark: ConversationMark, signals: SeenSignals)?
    private var looking: Task<Result<(ConversationMark, SeenSignals), ConversationError>, Never>?
    /// How often signs were looked for.
    private(set) var looks = 0

    init(_ id: ConversationID, in conversations: ConversationStore) {
        self.id = id
        self.conversations = conversations
    }

    /// The signs, looked for anew unless what was found is of this state of the conversation.
    func signals(
        since mark: ConversationMark, of application: String?, by overseer: Overseer
    ) async throws(ConversationError) -> SeenSignals {
        if let found, found.mark == mark { return found.signals }
        // Whoever asks meanwhile gets what is being found: it says of which votes it is.
        if let looking { return try await looking.value.get().1 }
        looks += 1
        let look = Task<Result<(ConversationMark, SeenSignals), ConversationError>, Never> {
            defer { looking = nil }
            do throws(ConversationError) {
                let course = try await conversations.course(of: id, of: application, by: overseer)
                let id = id
                let signals = await withCheckedContinuation { reply in
                    Self.queue.async { reply.resume(returning: Self.signals(of: course, in: id)) }
                }
                found = (course.mark, signals)
                return .success((course.mark, signals))
            } catch {
                return .failure(error)
            }
        }
        looking = look
        return try await look.value.get().1
    }

    private static func signals(of course: ConversationCourse, in id: ConversationID) -> SeenSignals {
        let landscape = OpinionLandscape(course.votes, moderation: course.moderation)
        let findings = SignalFindings(landscape, history: course.history, seats: seats)
        return SeenSignals(
            conversation: id.description, event: course.mark.event, seats: seats,
            told: ToldSignals(
                findings, statement: { course.statements[$0].number }, participant: { course.participants[$0] }))
    }
}
