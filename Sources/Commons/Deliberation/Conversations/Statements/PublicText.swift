import Foundation

/// Text that one person writes and everybody reads.
enum PublicText {
    /// Whether there is something to see in it, and nothing that steers a terminal or that no store can keep.
    ///
    /// Marks that combine and letters that run from right to left are as welcome as any.
    static func isShowable(_ text: String) -> Bool {
        var isSeen = false
        for scalar in text.unicodeScalars {
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
}

/// The words of a statement, fit to be shown to everybody.
public struct StatementText: Sendable, Hashable {
    /// The words as they were written, without white space around them.
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
        self.words = trimmed
    }

    private static var tooLong: ConversationError {
        .unfit("words", "A statement has at most \(limit) characters. Say one thing in it, in one or two sentences.")
    }
}
