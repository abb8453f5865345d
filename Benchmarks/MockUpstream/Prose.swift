/// The words the mock replies with. They need no escaping in JSON.
enum Prose {
    /// The pieces of a stream, about 20 to 40 bytes each.
    static let words = [
        "A trellis holds a plant up and ", "lets it choose where to grow. ", "It does not pull, and it does ",
        "not decide how tall. ", "What grows on it was always ", "going to be itself; ",
        "the wood only keeps the wind ", "from settling the matter first. ",
    ]

    /// A text cut after each space, as models stream it.
    static func pieces(of text: String) -> [String] {
        var pieces = [""]
        for character in text {
            pieces[pieces.count - 1].append(character)
            if character == " " { pieces.append("") }
        }
        return pieces.filter { !$0.isEmpty }
    }

    /// A text without the mark that says that it was cut off at its limit of tokens, and whether it had one.
    static func uncut(_ words: String) -> (text: String, isCut: Bool) {
        words.hasSuffix("✂") ? (String(words.dropLast()), true) : (words, false)
    }

    /// What a guard model says of a request.
    static func verdict(on request: String) -> String {
        request.contains("guard-self-harm") ? "unsafe\nS11" : request.contains("guard-violence") ? "unsafe\nS1" : "safe"
    }

    /// One reply of about 620 bytes, which makes a body of about 1 KB.
    static let reply = String(Array(repeating: words.joined(), count: 3).joined().prefix(620))

    /// A text of 5 MiB.
    static let fiveMiB = String(repeating: "A trellis holds a plant up. 1234", count: 5 * 1024 * 1024 / 32)
}
