extension PabulibFile {
    /// The file as text, to be kept as UTF-8. Reading it gives an equal file.
    ///
    /// Lines end with `\n`, also the last; cells are quoted only where they have to be.
    ///
    /// - Complexity: linear in the length.
    public func text() -> String {
        var text = "META\nkey;value\n"
        for entry in meta { Self.write([entry.key, entry.value], to: &text) }
        text += "PROJECTS\n"
        Self.write(projectColumns, to: &text)
        for row in projects { Self.write(row, to: &text) }
        text += "VOTES\n"
        Self.write(voteColumns, to: &text)
        for row in votes { Self.write(row, to: &text) }
        return text
    }

    private static func write(_ row: [String], to text: inout String) {
        // A row must neither look blank nor like the name of a section.
        let isBlank = row.allSatisfy { pabulibTrimmed($0).isEmpty }
        let isName =
            ["meta", "projects", "votes"].contains(pabulibTrimmed(row.first ?? "").lowercased())
            && row.dropFirst().allSatisfy { pabulibTrimmed($0).isEmpty }
        for (place, cell) in row.enumerated() {
            if place > 0 { text += ";" }
            if (place == 0 && (isBlank || isName)) || cell.utf8.contains(where: needsQuotes) {
                text += "\""
                for scalar in cell.unicodeScalars {
                    if scalar == "\"" { text += "\"" }
                    text.unicodeScalars.append(scalar)
                }
                text += "\""
            } else {
                text += cell
            }
        }
        if row.isEmpty { text += "\"\"" }
        text += "\n"
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
}
