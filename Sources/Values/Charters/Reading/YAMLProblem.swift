/// Something in a file's YAML that can't be read, in words for the person who wrote it.
struct YAMLProblem: Error {
    let code: String
    let span: Range<Int>
    let message: String
    let help: String

    private init(_ code: String, _ span: Range<Int>, _ message: String, help: String) {
        self.code = code
        self.span = span
        self.message = message
        self.help = help
    }
}

extension DiagnosticLog {
    mutating func error(_ problem: YAMLProblem) {
        error(problem.code, at: problem.span, problem.message, help: problem.help)
    }
}

// MARK: Layout

extension YAMLProblem {
    static func tabIndentation(at offset: Int) -> YAMLProblem {
        YAMLProblem(
            "tab", offset..<offset + 1, "This line is indented by a tab.",
            help: "Use spaces: how far in a line stands decides what it belongs to, and tabs have no agreed width.")
    }

    static func tooFarIn(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "This line stands further in than the lines it belongs with.",
            help: "Give all keys, or all items, of one group the same number of spaces.")
    }

    static func notAnItem(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "This line stands where an item of the list should start.",
            help: "Start it with `- `, or move it further in if it belongs to the item above.")
    }

    static func strayItem(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "This list item stands among keys.",
            help: "Put a key and a colon on the line above, and the item further in.")
    }

    static func listBesideKey(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "A list with dashes can't start on the line of its key.",
            help: "Start it on the next line, further in, or write it in brackets: `[first, second]`.")
    }

    static func itemInsideText(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "This list item would become part of the text above it.",
            help:
                "If it is an item, leave the line of the key empty behind the colon. If it is text, put the whole text in quotes."
        )
    }

    static func keyInsideText(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "This line looks like a key, but it stands inside the text above it.",
            help:
                "If it is a key, move it to the same column as the other keys. If it is text, put the whole text in quotes."
        )
    }

    static func tooDeep(at offset: Int) -> YAMLProblem {
        YAMLProblem(
            "too-deep", offset..<offset + 1,
            "More than \(YAMLParser.maximumDepth) mappings and lists stand inside each other here.",
            help: "Six are enough for any charter or suite. Look for brackets or dashes that slipped in.")
    }

    static func unevenBlockText(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "This line of the text stands less far in than the empty lines before it.",
            help: "Take the spaces away from the empty lines, or move this line further in.")
    }

    static func unexpectedText(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "indentation", span, "This line belongs to nothing above it.",
            help: "Move it to the same column as the keys it belongs with.")
    }

    static func secondDocument(at offset: Int) -> YAMLProblem {
        YAMLProblem(
            "second-document", offset..<offset + 3, "A second document starts here.",
            help: "One file holds one charter or suite: move what follows to a file of its own.")
    }
}

// MARK: Keys, texts and brackets

extension YAMLProblem {
    static func notAKey(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "expected-key", span, "Here should stand a key with a colon and a space behind it.",
            help: "Write `key: value`. If the line belongs to the text above it, move it further in.")
    }

    static func longKey(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "expected-key", span, "This key is longer than \(YAMLParser.maximumKeyBytes) bytes.",
            help: "Keys are short names. If this is a text with a colon in it, put the text in quotes.")
    }

    static func flowKeyWithoutColon(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "expected-key", span,
            "Inside `{ }`, each entry is a key, a colon, a space and a value, and here the colon is missing.",
            help: "Write `{ key: value, other: value }`. For a plain list use `[ ]`.")
    }

    static func colonInText(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "colon-in-text", span, "This colon would start a new key in the middle of a text.",
            help: "Put the whole text in quotes: \"like this: so\".")
    }

    static func textBehind(_ what: String, _ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "text-behind", span, "There is text behind \(what).",
            help:
                "If it all belongs together, put the whole text in quotes; inside double quotes, write a quote as \\\". A comment needs a space before its #."
        )
    }

    static func reservedStart(_ span: Range<Int>, _ first: Unicode.Scalar) -> YAMLProblem {
        YAMLProblem(
            "reserved-start", span, "A text without quotes can't start with `\(first)`.",
            help: "Put the text in quotes.")
    }

    static func unclosedQuote(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "unclosed", span, "This quote is never closed.",
            help:
                "Close it with the same mark. Inside single quotes, write an apostrophe twice (''). If the text goes on over several lines, indent them further than the key."
        )
    }

    static func unclosedBracket(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "unclosed", span, "This bracket is never closed.", help: "Close it with `]` or `}`, the same kind as it.")
    }

    static func expectedComma(_ span: Range<Int>, closing: String, line: Int) -> YAMLProblem {
        YAMLProblem(
            "expected-comma", span, "Here should stand a comma, or the `\(closing)` of the bracket in line \(line).",
            help:
                "Put commas between the entries, or close the bracket. If an entry has commas, brackets or quotes in it, put the whole entry in quotes."
        )
    }

    static func emptyItem(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "empty", span, "There is nothing before this comma.", help: "Take the comma away, or write the entry.")
    }

    static func pairInList(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "colon-in-text", span, "This colon would make a key of an entry in a list.",
            help: "Put the whole entry in quotes: [\"like this: so\"].")
    }

    static func unknownEscape(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "unknown-escape", span, "A backslash inside double quotes starts an escape, and this one isn't known here.",
            help: "For a backslash itself write \\\\, or use single quotes, where it means nothing special.")
    }

    static func hiddenEscape(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "hidden-character", span, "This escape stands for a character that readers can't see, or for none at all.",
            help: "Take it away: a text must say the same to people as to the model.")
    }
}

// MARK: What charters leave out of YAML

extension YAMLProblem {
    static func anchor(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "anchor", span, "Anchors and aliases (`&name`, `*name`) are not allowed here.",
            help: "Write the value out where it is meant, or put the text in quotes if the sign belongs to it.")
    }

    static func tag(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "tag", span, "Tags (`!name`) are not allowed here.",
            help: "Take the tag away, or put the text in quotes if the sign belongs to it.")
    }

    static func directive(at offset: Int) -> YAMLProblem {
        YAMLProblem(
            "directive", offset..<offset + 1, "Directives (`%YAML`, `%TAG`) are not allowed here.",
            help: "Take the line away.")
    }

    static func complexKey(_ span: Range<Int>) -> YAMLProblem {
        YAMLProblem(
            "complex-key", span, "A key must be a short text on one line.",
            help: "Write `key: value`. If the sign at the start belongs to a text, put the text in quotes.")
    }
}
