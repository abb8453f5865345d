extension JSONCursor {
    /// A whole number; nil, and the value is passed over, for anything else.
    mutating func wholeNumberOrSkip() throws(Stumble) -> Int? {
        guard head == 0x2D || (head >= 0x30 && head <= 0x39) else {
            try skipValue()
            return nil
        }
        return try wholeNumber()
    }

    /// Appends the text of a string that was passed over.
    func append(_ said: JSONText, to text: inout [UInt8]) {
        let raw = UnsafeRawBufferPointer(start: base + said.start, count: said.end - said.start)
        if said.hasEscapes { JSONText.decode(raw, into: &text) } else { text.append(contentsOf: raw) }
    }

    /// Appends what a member says: a string, or everything that the parts of a list say.
    mutating func appendText(to text: inout [UInt8]) throws(Stumble) {
        guard head == 0x5B else {
            if head == 0x22 { append(try string(), to: &text) } else { try skipValue() }
            return
        }
        let aside = try appendList(to: &text)
        text.append(contentsOf: aside)
    }

    /// Appends the texts of the list that starts here, with an empty line between them.
    ///
    /// - Returns: what its parts hold beside: thoughts, summaries and refusals.
    mutating func appendList(to text: inout [UInt8]) throws(Stumble) -> [UInt8] {
        var said = Paragraphs()
        var aside = Paragraphs()
        try enterArray()
        var isFirst = true
        while try nextElement(&isFirst) {
            guard head == 0x7B else {
                try skipValue()
                continue
            }
            var walk = try enterObject()
            while let key = try nextKey(&walk) {
                let isAside =
                    self.text(key, is: "thinking") || self.text(key, is: "summary") || self.text(key, is: "refusal")
                if head == 0x22, isAside || self.text(key, is: "text") {
                    let words = try string()
                    if isAside { aside.add(words, of: self) } else { said.add(words, of: self) }
                } else if head == 0x5B, isAside {
                    // Thoughts may be a list of texts again.
                    try appendThoughts(to: &aside)
                } else {
                    try skipValue()
                }
            }
        }
        text.append(contentsOf: said.text)
        return aside.text
    }

    private mutating func appendThoughts(to aside: inout Paragraphs) throws(Stumble) {
        try enterArray()
        var isFirst = true
        while try nextElement(&isFirst) {
            guard head == 0x7B else {
                try skipValue()
                continue
            }
            var walk = try enterObject()
            while let key = try nextKey(&walk) {
                if head == 0x22, text(key, is: "text") {
                    aside.add(try string(), of: self)
                } else {
                    try skipValue()
                }
            }
        }
    }

    /// Texts with an empty line between them.
    private struct Paragraphs {
        var text: [UInt8] = []
        private var isFollowing = false

        mutating func add(_ words: JSONText, of cursor: borrowing JSONCursor) {
            if isFollowing { text.append(contentsOf: [0x0A, 0x0A]) }
            isFollowing = true
            cursor.append(words, to: &text)
        }
    }
}
