import Deliberation

/// A file with statements, one a line.
enum StatementsFile {
    /// What a file holds; empty lines are passed over.
    ///
    /// - Parameters:
    ///   - path: the file, or `-` for standard input.
    ///   - language: their language; nil for that of the conversation.
    /// - Throws: ``CommandFailure`` with the line of the first statement that can't be taken.
    static func seeds(_ path: String, language: String? = nil) throws -> [SeedStatement] {
        let shown = path == "-" ? "standard input" : WrappedText.plain(path)
        let bytes = path == "-" ? try SentFile.bytes(path) : try PolisFolder.bytes(at: path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.negative, "\(shown) is no text in UTF-8. Save it as UTF-8.")
        }
        // Editors on Windows begin with a mark and end lines with two characters.
        let lines = (text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...])
            .split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" })
        var seeds: [SeedStatement] = []
        for (number, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
            do throws(ConversationError) {
                seeds.append(SeedStatement(try StatementText(String(line)), language: language))
            } catch {
                throw CommandFailure(.negative, "\(shown):\(number + 1): \(WrappedText.plain(error.description))")
            }
        }
        return seeds
    }
}
