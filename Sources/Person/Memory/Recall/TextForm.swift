/// What is to be known of a text without reading its words.
struct TextForm {
    /// Whether there is a question mark.
    private(set) var holdsQuestion = false
    /// Whether it ends with one, whatever quotes and spaces follow.
    private(set) var endsAsQuestion = false
    /// About how many tokens it takes in a prompt, for any tokenizer of today: one for three bytes of ASCII, one for each
    /// other character, and what is written around it.
    private(set) var tokens = 0

    /// What is written around an item: its kind, its date, a line feed.
    static let frame = 12

    /// - Complexity: O(*n*).
    init(_ text: String) {
        var text = text
        text.withUTF8 { buffer in
            var ascii = 0
            var other = 0
            var at = 0
            while at < buffer.count {
                let byte = buffer[at]
                if byte < 0x80 {
                    ascii &+= 1
                    at &+= 1
                    switch byte {
                    case UInt8(ascii: "?"): (holdsQuestion, endsAsQuestion) = (true, true)
                    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: ")"), UInt8(ascii: "!"): break
                    default: endsAsQuestion = false
                    }
                    continue
                }
                other &+= 1
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                let end = min(at + length, buffer.count)
                let rest = (at + 1..<end).reduce(UInt32(byte)) { $0 << 8 | UInt32(buffer[$1]) }
                switch rest {
                case 0xEF_BC9F, 0xD89F: (holdsQuestion, endsAsQuestion) = (true, true)  // ？ and ؟
                case 0xC2A0, 0xC2BB, 0xE2_809D: break  // a space that holds lines together, », ”
                default: endsAsQuestion = false
                }
                at = end
            }
            tokens = (ascii + 2) / 3 + other + Self.frame
        }
    }
}
