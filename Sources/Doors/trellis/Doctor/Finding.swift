/// What the doctor found about one part.
struct Finding: Encodable, Equatable, Sendable {
    /// How the part stands.
    enum State: String, Encodable, Sendable {
        /// It is in order.
        case good
        /// It works, and somebody should look at it.
        case doubtful
        /// It doesn't work.
        case broken
    }

    /// The part.
    let part: String
    /// How it stands.
    let state: State
    /// What was found, in a sentence.
    let found: String
    /// What to do, when there is something to do.
    let fix: String?

    static func good(_ part: String, _ found: String) -> Finding {
        Finding(part: part, state: .good, found: found, fix: nil)
    }

    static func doubtful(_ part: String, _ found: String, fix: String) -> Finding {
        Finding(part: part, state: .doubtful, found: found, fix: fix)
    }

    static func broken(_ part: String, _ found: String, fix: String) -> Finding {
        Finding(part: part, state: .broken, found: found, fix: fix)
    }

    /// The finding as a person should see it.
    func shown(on terminal: Terminal) -> String {
        let mark =
            switch state {
            case .good: terminal.styled("✓", .green)
            case .doubtful: terminal.styled("!", .yellow)
            case .broken: terminal.styled("✗", .red)
            }
        let line = "\(mark) \(part): \(WrappedText.plain(found))"
        return fix.map { line + "\n    → " + WrappedText.plain($0) } ?? line
    }
}
