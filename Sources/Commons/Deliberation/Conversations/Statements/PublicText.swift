import Foundation

/// Text that one person writes and everybody reads.
enum PublicText {
    /// Whether there is something to see in it, and nothing that steers a terminal or that no store can keep.
    ///
    /// Marks that combine and letters that run from right to left are as welcome as any.
    static func isShowable(_ text: String) -> Bool {
        var isSeen = false
        for scalar in text.unicodeScalars where !isInvisible(scalar) {
            switch scalar.properties.generalCategory {
            case .control: guard scalar == "\n" || scalar == "\t" || scalar == "\r" else { return false }
            case .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark,
                .spacingMark, .surrogate, .privateUse, .unassigned:
                break
            default: isSeen = true
            }
        }
        return isSeen
    }

    /// Whether a character takes no ink, whatever its kind: those that are left out where they can't be shown (Unicode
    /// Standard Annex 44, Default_Ignorable_Code_Point; among them letters that only fill a place in Hangul), and the
    /// empty pattern of Braille.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}"
    }

    /// Text whose changes of direction end with each of its paragraphs, so that nothing that is shown after it is turned
    /// around: what was left open is closed, and what closes something that isn't open is left out (Unicode Standard Annex
    /// 9, 3.3.2).
    static func closingDirections(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isDirection($0) }) else { return text }
        var closed = String.UnicodeScalarView()
        var open: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x202A, 0x202B, 0x202D, 0x202E: open.append(popFormatting)
            case 0x2066...0x2068: open.append(popIsolate)
            case 0x202C:
                guard open.last == popFormatting else { continue }
                open.removeLast()
            case 0x2069:
                guard let start = open.lastIndex(of: popIsolate) else { continue }
                open.removeSubrange(start...)
            case 0x0A, 0x0D, 0x1C...0x1E, 0x85, 0x2029:
                closed.append(contentsOf: open.reversed())
                open = []
            default: break
            }
            closed.append(scalar)
        }
        closed.append(contentsOf: open.reversed())
        return String(closed)
    }

    private static let popFormatting: Unicode.Scalar = "\u{202C}"
    private static let popIsolate: Unicode.Scalar = "\u{2069}"

    private static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
}

/// The words of a statement, fit to be shown to everybody.
public struct StatementText: Sendable, Hashable {
    /// The words as they were written, without white space around them, and with every change of direction closed.
    public let words: String

    /// The longest statement that somebody may write: 1,000 Unicode scalars, marks that combine among them.
    public static let limit = 1_000

    /// Checks the words. O(their length), and no more than a few thousand steps for what is far too long.
    ///
    /// - Throws: ``ConversationError/unfit(_:_:)``.
    public init(_ words: String) throws(ConversationError) {
        guard words.utf8.count <= 8 * Self.limit else { throw Self.tooLong }
        let trimmed = words.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.unicodeScalars.count <= Self.limit else { throw Self.tooLong }
        guard PublicText.isShowable(trimmed) else {
            throw .unfit(
                "words", "A statement has something to read in it, and no control characters. Write it as a sentence.")
        }
        self.words = PublicText.closingDirections(trimmed)
    }

    private static var tooLong: ConversationError {
        .unfit("words", "A statement has at most \(limit) characters. Say one thing in it, in one or two sentences.")
    }
}
