/// Writes files of comma-separated values as RFC 4180 has them, with line feeds.
struct CommaSeparatedText {
    private(set) var bytes: [UInt8] = []

    /// Adds a row. Fields with a comma, a quote or a line break are quoted.
    mutating func row(_ fields: [String]) {
        for (number, field) in fields.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            let needsQuotes = field.utf8.contains {
                $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
                    || $0 == UInt8(ascii: "\r")
            }
            guard needsQuotes else {
                bytes.append(contentsOf: field.utf8)
                continue
            }
            bytes.append(UInt8(ascii: "\""))
            for byte in field.utf8 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}

extension PublishableConversation {
    /// The conversation as files of a Polis export.
    ///
    /// - Parameters:
    ///   - order: The rows in the order in which they are written.
    ///   - names: What each row is called, by its place in ``votes``.
    ///   - groups: The group of each row, from 0, or -1.
    func files(order: [Int], names: [Int], groups: [Int]) -> (votes: [UInt8], comments: [UInt8], summary: [UInt8]) {
        var table = CommaSeparatedText()
        table.row(["participant", "group-id"] + statements.map { String($0.id) })
        for row in order {
            var fields = [String](repeating: "", count: statements.count)
            for vote in votes.votes(of: row) { fields[vote.statement] = String(vote.stance.rawValue) }
            let group = row < groups.count && groups[row] >= 0 ? String(groups[row]) : ""
            table.row([String(names[row]), group] + fields)
        }
        var comments = CommaSeparatedText()
        comments.row(["comment-id", "moderated", "comment-body"])
        for statement in statements {
            comments.row([String(statement.id), String(statement.decision.rawValue), statement.text])
        }
        var summary = CommaSeparatedText()
        summary.row(["topic", topic])
        summary.row(["conversation-description", about])
        return (table.bytes, comments.bytes, summary.bytes)
    }
}
