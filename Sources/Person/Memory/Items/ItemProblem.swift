/// What makes a thing unfit to be remembered as it is, in words that say what to do.
public enum ItemProblem: Error, Hashable, Sendable {
    /// There are no words.
    case noWords
    /// More than ``ItemProblems/longestWords`` characters.
    case tooManyWords(characters: Int)
    /// A character that can't be seen and may change what is around it.
    case controlCharacter(field: String, scalar: UInt32)
    /// A name or an id is empty or longer than ``ItemProblems/longestName`` characters.
    case unfitName(field: String, characters: Int)
    /// A confidence that is not from 0 to 1.
    case unfitConfidence
    /// It would cease to be true before it begins.
    case endsBeforeItBegins
    /// It would have been given up before it was recorded.
    case closedBeforeRecorded
    /// A moment before 1583 or after 9999.
    case unfitMoment(field: String)
    /// A turn below 0.
    case unfitTurn
    /// More than ``ItemProblems/mostLinks`` links.
    case tooManyLinks(count: Int)
    /// A link to itself.
    case linksToItself
    /// The same link twice.
    case repeatedLink
}

extension ItemProblem: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noWords: "`words` is empty. Say in a sentence what is to be remembered."
        case .tooManyWords(let characters):
            """
            `words` has \(characters) characters; at most \(ItemProblems.longestWords) are kept. Say it in fewer words, \
            or make several items of it.
            """
        case .controlCharacter(let field, let scalar):
            """
            `\(field)` holds the control character U+\(String(scalar, radix: 16, uppercase: true)). Leave it out; a line \
            feed becomes a space.
            """
        case .unfitName(let field, let characters):
            "`\(field)` has \(characters) characters; it must have 1 to \(ItemProblems.longestName)."
        case .unfitConfidence: "`confidence` must be a number from 0 to 1."
        case .endsBeforeItBegins: "`validUntil` lies before `validFrom`. Exchange them, or leave one out."
        case .closedBeforeRecorded: "`closedAt` lies before `recordedAt`. Leave it out, or set it later."
        case .unfitMoment(let field):
            "`\(field)` is not a moment between the years 1583 and 9999. Write milliseconds since 1970."
        case .unfitTurn: "`origin.turn` must be from 0 to 1,000,000,000."
        case .tooManyLinks(let count):
            "There are \(count) links; at most \(ItemProblems.mostLinks) are kept."
        case .linksToItself: "The item links to itself. Leave that link out."
        case .repeatedLink: "The same link stands there twice. Leave one out."
        }
    }
}

/// Everything that makes a thing unfit to be remembered as it is.
public struct ItemProblems: Error, Hashable, Sendable, CustomStringConvertible {
    /// All problems, at least one.
    public let problems: [ItemProblem]

    /// How many characters an item's words may have.
    public static let longestWords = 4_000
    /// How many characters a name or an id may have.
    public static let longestName = 200
    /// How many links an item may have.
    public static let mostLinks = 64

    /// All problems, each on a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }

    /// The years 1583 (the first whole Gregorian one) up to 9999: what calendars and JSON readers agree on.
    static let moments = Int64(-12_212_553_600_000)...253_402_300_799_999

    static func problems(of item: MemoryItem) -> [ItemProblem] {
        var problems: [ItemProblem] = []
        // A character has at least one byte, so most words need not be counted.
        if item.words.utf8.count > longestWords {
            let count = item.words.count
            // A character may be a letter with any number of marks: bytes are bounded too.
            if count > longestWords || item.words.utf8.count > 8 * longestWords {
                problems.append(.tooManyWords(characters: count))
            }
        }
        if item.words.allSatisfy(\.isWhitespace) { problems.append(.noWords) }
        if let scalar = unseen(in: item.words) { problems.append(.controlCharacter(field: "words", scalar: scalar)) }
        check(item.speaker, "speaker", &problems)
        check(item.origin?.conversation, "origin.conversation", &problems)
        if let turn = item.origin?.turn, !(0...1_000_000_000).contains(turn) { problems.append(.unfitTurn) }
        if !(0...1).contains(item.confidence) { problems.append(.unfitConfidence) }
        for (moment, field) in [
            (item.validFrom, "validFrom"), (item.validUntil, "validUntil"), (item.recordedAt, "recordedAt"),
            (item.closedAt, "closedAt"), (item.due, "due"), (item.keepUntil, "keepUntil"),
        ] {
            if let moment, !moments.contains(moment) { problems.append(.unfitMoment(field: field)) }
        }
        if let from = item.validFrom, let until = item.validUntil, until < from { problems.append(.endsBeforeItBegins) }
        if let closed = item.closedAt, closed < item.recordedAt { problems.append(.closedBeforeRecorded) }
        if item.links.count > mostLinks { problems.append(.tooManyLinks(count: item.links.count)) }
        if item.links.contains(where: { $0.item == item.id }) { problems.append(.linksToItself) }
        if item.links.count > 1, Set(item.links).count < item.links.count { problems.append(.repeatedLink) }
        return problems
    }

    static func isFitName(_ name: String) -> Bool {
        var problems: [ItemProblem] = []
        check(name, "", &problems)
        return problems.isEmpty
    }

    private static func check(_ name: String?, _ field: String, _ problems: inout [ItemProblem]) {
        guard let name else { return }
        if name.isEmpty || name.utf8.count > 8 * longestName || name.count > longestName {
            problems.append(.unfitName(field: field, characters: name.count))
        }
        if let scalar = unseen(in: name) { problems.append(.controlCharacter(field: field, scalar: scalar)) }
    }

    /// The first control character, or one that turns the direction of the text around it. A tab or a line feed is one.
    private static func unseen(in text: String) -> UInt32? {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB,
                0xE0000...0xE007F:
                return scalar.value
            default: continue
            }
        }
        return nil
    }
}
