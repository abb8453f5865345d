import Deliberation

/// The words and lines that pages about a conversation share.
struct DeliberatePage {
    private let out: Terminal
    private var width: Int? { out.isInteractive ? out.columns - 1 : nil }

    init(_ out: Terminal = .output) { self.out = out }

    /// A line in bold after an empty line.
    func heading(_ text: String) { out.line("\n" + out.styled(text, .bold)) }

    /// The first line of a page.
    func title(_ text: String) { out.line(out.styled(Self.line(text), .bold)) }

    /// Text, wrapped and indented.
    func paragraph(_ text: String, indent: Int = 0) {
        var wrapped = WrappedText(width: width.map { $0 - indent })
        let lines = (wrapped.add(text) + wrapped.end()).split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines { out.line(String(repeating: " ", count: indent) + line) }
    }

    /// A statement in quotes, with its number.
    func statement(_ statement: DeliberatedConversation.Named, before: String = "") {
        let words = statement.text.isEmpty ? "(no words in the export)" : "“\(Self.line(statement.text))”"
        paragraph("\(before)#\(statement.id) \(words)", indent: 2)
    }

    /// A detail below a statement.
    func detail(_ text: String) { paragraph(text, indent: 6) }

    /// An empty line.
    func gap() { out.line() }

    /// "one person", "3 people".
    func count(_ number: Int, _ one: String, _ many: String) -> String {
        number == 1 ? "one \(one)" : "\(number) \(many)"
    }

    /// `78% (70 to 84)`; in words where nobody voted.
    static func share(_ share: ShareEstimate) -> String {
        guard share.upper - share.lower < 1 else { return "nobody voted" }
        return "\(percent(share.value))% (\(percent(share.lower)) to \(percent(share.upper)))"
    }

    /// The same, where fewer than five people voted only that.
    static func share(_ share: ShareEstimate?) -> String {
        share.map { Self.share($0) } ?? "fewer than \(TellableGround.fewestPeople) voted"
    }

    static func percent(_ value: Double) -> Int { Int((value * 100).rounded()) }

    /// Text of other people on one line: breaks are spaces, control characters are shown, and characters that turn the
    /// direction of the rest of the line are left out.
    static func line(_ text: String) -> String {
        let scalars = text.unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
            switch scalar.value {
            case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: nil
            case 0x09...0x0D, 0x2028, 0x2029: " "
            default: scalar
            }
        }
        return WrappedText.plain(String(String.UnicodeScalarView(scalars)))
            .split(separator: " ").joined(separator: " ")
    }
}
