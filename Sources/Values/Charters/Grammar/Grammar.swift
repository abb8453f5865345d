/// The charter language as one table: its sections, their keys, what each may hold, and what it is for.
///
/// Reading takes its known and needed keys from here, and so does the JSON Schema, so that an editor and `check` can't
/// come to differ.
public enum Grammar {
    /// What may stand behind a key.
    indirect enum Form: Sendable {
        /// A text in which layout means nothing.
        case sentence
        /// A text that keeps its lines.
        case passage
        /// A text of a fixed form, as a regular expression with an example.
        case pattern(String, example: String)
        /// One of these words.
        case word([String])
        /// A name. These are known everywhere; others are declared, or allowed as they are.
        case name(known: [String])
        /// A whole number.
        case number(ClosedRange<Int>)
        /// A decimal from 0 to 1.
        case share
        /// Items in an order.
        case list(Form)
        /// One, or a list that means any of them.
        case oneOrMore(Form)
        /// Names, each with a value. The keys follow the regular expression.
        case names(String, Form)
        /// A mapping with fixed keys.
        case mapping(Shape)
        /// A sentence, or the same in languages: `default` and codes, each with a sentence.
        case inLanguages
        /// A condition. It can hold further conditions, which is why it is named and not spelled out.
        case condition
    }

    /// A mapping with fixed keys. A class, because every mapping of a file that is read holds on to one.
    final class Shape: Sendable {
        /// Its name in the schema.
        let name: String
        /// What it is called in a message: "a good".
        let title: String
        /// How one is written, for the help when something else stands in its place.
        let example: String
        let keys: [Key]
        /// Keys of which at least one is needed.
        let atLeastOne: [String]
        /// The names of the keys.
        let names: [String]
        /// The places of the keys that are needed.
        let needed: [Int]

        init(_ name: String, _ title: String, example: String, atLeastOne: [String] = [], _ keys: [Key]) {
            self.name = name
            self.title = title
            self.example = example
            precondition(keys.count <= Fields.mostKeys)
            self.keys = keys
            self.atLeastOne = atLeastOne
            names = keys.map(\.name)
            needed = keys.indices.filter { keys[$0].isNeeded }
        }
    }

    /// One key of a mapping.
    struct Key: Sendable {
        let name: String
        let form: Form
        let isNeeded: Bool
        /// What it is for, in one line.
        let says: String
        /// What to write when it is missing. Only a needed key has it.
        let hint: String

        init(_ name: String, _ form: Form, _ says: String) {
            self.name = name
            self.form = form
            self.says = says
            isNeeded = false
            hint = ""
        }

        init(needed name: String, _ form: Form, _ says: String, hint: String) {
            self.name = name
            self.form = form
            self.says = says
            isNeeded = true
            self.hint = hint
        }
    }

    /// The sections of a charter, in the order in which they are best written.
    public static let sections: [String] = charter.names
    /// The sections of a person's own wishes.
    public static let wishSections: [String] = wishes.names
}

extension Grammar.Form {
    /// A name of the language, as ``CharterID`` and every clause have it.
    static let identifierPattern = "^(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$"

    /// The code of a language: a primary subtag of BCP 47.
    static let languagePattern = "^[a-z]{2,3}$"

    static let identifier = Grammar.Form.name(known: [])
    static let sentences = Grammar.Form.list(.sentence)
    static let days = Grammar.Form.pattern("^[1-9][0-9]{0,4}d$", example: "30d")
    static let examples = Grammar.Form.list(.mapping(Grammar.example))

    static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> Grammar.Form {
        .word(type.allCases.map(\.rawValue))
    }

    static func named(_ shape: Grammar.Shape) -> Grammar.Form { .names(identifierPattern, .mapping(shape)) }
}
