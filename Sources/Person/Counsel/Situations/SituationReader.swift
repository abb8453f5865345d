public import Charters

/// Reads what a message is about and what moves the person who wrote it.
public protocol SituationReader: Sendable {
    /// The situation that the conversation has come to.
    ///
    /// - Parameters:
    ///   - conversation: Everything so far; the person's last turn is read, earlier ones only for what repeats.
    ///   - known: What the application said. It is completed, never overruled; risk can only rise.
    ///   - charter: Whose topics and tensions are looked for.
    func read(_ conversation: Conversation, known: Circumstances, charter: CompiledCharter) async -> Situation
}
