/// What is going on before a reply has words, in the line where the words will come: faint, and gone when they do.
///
/// A reply that is drafted, criticised and revised takes a while, and a person who sees nothing doesn't know whether to
/// wait.
struct ChatProgress {
    /// What stands in front of the line.
    let prompt: String
    /// Whether a person is looking; nobody else is told.
    let isShown: Bool
    private var isStanding = false

    /// Nothing is going on yet.
    init(prompt: String, isShown: Bool) {
        self.prompt = prompt
        self.isShown = isShown
    }

    /// What to write when a step begins.
    mutating func at(_ step: String, in terminal: Terminal) -> String {
        guard isShown, let words = Self.words[step] else { return "" }
        let clearing = clearing()
        isStanding = true
        return clearing + terminal.styled(words, .faint)
    }

    /// What to write before the first words, or when there will be none.
    mutating func over() -> String {
        defer { isStanding = false }
        return clearing()
    }

    /// Takes away what stands there, and writes the prompt anew.
    private func clearing() -> String { isStanding ? "\r\u{1B}[K" + prompt : "" }

    /// The steps that a Trellis tells of. One that only a newer Trellis knows is passed over.
    static let words = [
        "drafting": "writing a draft…",
        "criticising": "checking the draft…",
        "revising": "writing it once more…",
    ]
}
