/// Why an upstream's stream can't be passed on.
public enum EventStreamFault: Error, Sendable, Hashable {
    /// A line is no server-sent event: HTML, plain text, or JSON without `data:`.
    case notAnEvent(line: Int)
    /// An event's data is neither JSON nor `[DONE]`.
    case malformedData(event: Int)
    /// One event is larger than the limit.
    case eventTooLarge(limit: Int)

    /// What happened, without a byte of what was sent.
    public var message: String {
        switch self {
        case .notAnEvent(let line):
            "The upstream's stream is malformed: its line \(line) is not a server-sent event."
                + " Check that the upstream's url leads to a model API."
        case .malformedData(let event):
            "The upstream's stream is malformed: its event \(event) holds broken JSON. Try again."
        case .eventTooLarge(let limit):
            "The upstream's stream is malformed: one event is larger than \(limit) bytes. Try again."
        }
    }
}
