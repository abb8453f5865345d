/// Writes RFC 8785 JSON straight into bytes, for objects whose members come in their canonical order.
///
/// A charter's canonical form is made each time it is read, and a tree of ``CanonicalJSON`` in between would take longer
/// than the rest of reading. The room's tests hold what it writes against that tree.
struct CanonicalWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether the next value or member needs a comma before it.
    private var isBehindOne = false

    /// Writes an object. Its members must be written in the order of their keys.
    mutating func object(_ members: (inout CanonicalWriter) -> Void) {
        comma()
        bytes.append(UInt8(ascii: "{"))
        isBehindOne = false
        members(&self)
        bytes.append(UInt8(ascii: "}"))
        isBehindOne = true
    }

    mutating func list<Items: Sequence>(_ items: Items, _ write: (inout CanonicalWriter, Items.Element) -> Void) {
        comma()
        bytes.append(UInt8(ascii: "["))
        isBehindOne = false
        for item in items { write(&self, item) }
        bytes.append(UInt8(ascii: "]"))
        isBehindOne = true
    }

    mutating func text(_ text: String) {
        comma()
        CanonicalJSON.write(text, to: &bytes)
        isBehindOne = true
    }

    mutating func value(_ value: CanonicalJSON) {
        comma()
        value.write(to: &bytes)
        isBehindOne = true
    }

    /// Writes a member's key, which must be plain ASCII. Its value must follow.
    mutating func key(_ key: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        isBehindOne = false
    }

    /// Writes a member's key. Its value must follow.
    mutating func key(_ key: String) {
        comma()
        CanonicalJSON.write(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        isBehindOne = false
    }

    private mutating func comma() {
        if isBehindOne { bytes.append(UInt8(ascii: ",")) }
    }
}

// MARK: Members, each left out when it says nothing

extension CanonicalWriter {
    mutating func member(_ key: StaticString, _ text: String?) {
        guard let text else { return }
        self.key(key)
        self.text(text)
    }

    mutating func member(_ key: StaticString, days: Int?) {
        member(key, days.map { "\($0)d" })
    }

    mutating func member(_ key: StaticString, _ share: Share?) {
        guard let share else { return }
        self.key(key)
        value(.tenThousandths(share.tenThousandths))
    }

    mutating func member(_ key: StaticString, _ number: Int?) {
        guard let number else { return }
        self.key(key)
        value(.integer(number))
    }

    mutating func member(_ key: StaticString, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        self.key(key)
        list(texts) { $0.text($1) }
    }

    /// One text as a text, several as a list: a clause has several only when layers were composed.
    mutating func member(_ key: StaticString, oneOrMore texts: [String]) {
        if texts.count == 1 { member(key, texts[0]) } else { member(key, texts) }
    }

    /// One wording by itself, several as a list. One without languages is a plain text, as it was before there were any.
    mutating func member(_ key: StaticString, wordings: [FloorClause.Wording]) {
        guard !wordings.isEmpty else { return }
        self.key(key)
        if wordings.count == 1 { wording(wordings[0]) } else { list(wordings) { $0.wording($1) } }
    }

    private mutating func wording(_ wording: FloorClause.Wording) {
        guard !wording.byLanguage.isEmpty else { return text(wording.text) }
        let texts = wording.byLanguage.merging([FloorClause.Wording.everybody: wording.text]) { _, everybody in
            everybody
        }
        object { writer in
            for (key, text) in texts.sorted(by: { CanonicalJSON.precedes($0.key, $1.key) }) {
                writer.key(key)
                writer.text(text)
            }
        }
    }

    mutating func member<Word: RawRepresentable<String>>(_ key: StaticString, words: [Word]) {
        member(key, words.map(\.rawValue))
    }

    mutating func member(_ key: StaticString, _ condition: Condition?) {
        guard let condition else { return }
        self.key(key)
        self.condition(condition)
    }

    mutating func member<Item>(
        _ key: StaticString, _ items: [Item], _ write: (inout CanonicalWriter, Item) -> Void
    ) {
        guard !items.isEmpty else { return }
        self.key(key)
        list(items, write)
    }

    /// Clauses by their names, which stand in order in a layer that was read or composed.
    mutating func named<Clause: Identifiable>(
        _ key: StaticString, _ clauses: [Clause], _ write: (inout CanonicalWriter, Clause) -> Void
    ) where Clause.ID == String {
        guard !clauses.isEmpty else { return }
        self.key(key)
        var ordered = clauses
        for index in clauses.indices.dropFirst()
        where !CanonicalJSON.precedes(clauses[index - 1].id, clauses[index].id) {
            ordered.sort { CanonicalJSON.precedes($0.id, $1.id) }
            break
        }
        object { writer in
            for clause in ordered {
                writer.key(clause.id)
                write(&writer, clause)
            }
        }
    }
}
