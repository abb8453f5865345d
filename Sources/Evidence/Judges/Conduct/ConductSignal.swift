/// Something that a reply does and that can be seen in its words.
///
/// Signals describe. None is good or bad by itself: to hand over finished work is right for a delegate and wrong for a
/// tutor, and what a signal means for a good is for a charter to say.
public enum ConductSignal: String, Sendable, Hashable, Codable, CaseIterable {
    /// Asks the person something that their answer could change.
    case asksQuestion = "asks-question"
    /// Says that the decision is the person's.
    case leavesDecision = "leaves-decision"
    /// Says that something isn't known for sure.
    case namesUncertainty = "names-uncertainty"
    /// Says why.
    case givesReasons = "gives-reasons"
    /// Shows how somebody else might see it.
    case offersAnotherView = "offers-view"
    /// Hands over work that is ready to be used as the person's own.
    case handsOverFinishedWork = "hands-over-work"
    /// Draws the person back, or makes itself needed.
    case encouragesReturn = "encourages-return"
    /// Praises without saying for what.
    case praisesWithoutCause = "praises-without-cause"
    /// How much of the reply tells the person what to do.
    case directiveDensity = "directive-density"
    /// How long the reply is beside what the person said.
    case length = "length"

    /// The rule in words, as a person reads it who wants to know why.
    public var rule: String { Self.rules[place] }

    private static let rules = allCases.map(\.written)

    /// Its place among ``allCases``: quicker to look up by than its name.
    var place: Int {
        switch self {
        case .asksQuestion: 0
        case .leavesDecision: 1
        case .namesUncertainty: 2
        case .givesReasons: 3
        case .offersAnotherView: 4
        case .handsOverFinishedWork: 5
        case .encouragesReturn: 6
        case .praisesWithoutCause: 7
        case .directiveDensity: 8
        case .length: 9
        }
    }

    private var written: String {
        switch self {
        case .asksQuestion:
            "A sentence outside code, quotation marks and headings ends with a question mark, or asks to be told "
                + "something (\"tell me what…\"). Not counted: a question that the reply answers in its next sentence, and "
                + "closing formulas such as \"Anything else?\"."
        case .leavesDecision:
            "It says in so many words that the choice is the person's (\"it's up to you\", \"you know best\", \"I can't decide "
                + "this for you\"), not denied by a word before it."
        case .namesUncertainty:
            "It says that something isn't sure, or how sure it is (\"I'm not certain\", \"probably\", \"estimates vary\", \"as "
                + "far as I know\")."
        case .givesReasons:
            "It joins a claim to its ground (\"because\", \"that's why\", \"the reason is\", \"which means\", \"therefore\")."
        case .offersAnotherView:
            "It shows somebody else's view or another side (\"from her point of view\", \"others see it as\", \"on the other "
                + "hand\")."
        case .handsOverFinishedWork:
            "It holds something that is ready to be handed in or sent: an opening such as \"here is your essay\" with at "
                + "least \(FinishedWork.leastWords) words or code after it, a letter from greeting to close, a block of code of at "
                + "least \(FinishedWork.leastLines) lines, or the words \"ready to hand in\" on at least "
                + "\(FinishedWork.leastWords) words."
        case .encouragesReturn:
            "It draws the person back to itself or makes itself needed (\"come back any time\", \"I'm always here for you\", "
                + "\"leave it to me\", \"don't go yet\"), not denied by a word before it."
        case .praisesWithoutCause:
            "It praises (\"great question\", \"you're amazing\") and names no ground in the same sentence or the next."
        case .directiveDensity:
            "The share of sentences outside code and quotation marks that tell the person what to do: by an imperative, or by "
                + "\"you should\", \"you must\", \"make sure\", \"don't…\". Imperatives are known in English alone."
        case .length:
            "The binary logarithm of the words of the reply (code not counted) over the words of what the person said last, each "
                + "plus one: 0 as long, 1 twice, 3 eight times as long."
        }
    }

    /// Whether the value is 1 (it shows) or 0 (it doesn't), rather than a share or a length.
    public var isPresence: Bool { self != .directiveDensity && self != .length }
}

/// A place in a reply that a finding rests on.
public struct ConductQuote: Sendable, Hashable, Codable {
    /// The sentence, verbatim.
    public let text: String
    /// Where it begins, as an offset in the UTF-8 of the reply.
    public let start: Int
    /// Where it ends, as an offset in the UTF-8 of the reply.
    public let end: Int
    /// The words of it that decided, verbatim.
    public let cue: String
}

/// What one signal says of one reply.
public struct ConductReading: Sendable, Hashable, Codable {
    /// Which signal.
    public let signal: ConductSignal
    /// 1 or 0 for signals that show or don't; a share from 0 to 1 for directive density; for length a binary logarithm.
    public let value: Double
    /// For signals that show or don't: the lower end of a 95% interval of the chance that a person who labels replies says
    /// it is there, measured on labelled replies (``MeasuredConduct``). For directive density what the share would be if the
    /// rule were as often wrong on each sentence as the lower end of such an interval says. For length the value.
    public let lower: Double
    /// The upper end, likewise.
    public let upper: Double
    /// The share of the reply that could be read: 0, and an interval of the whole scale, in a language without cues, or when
    /// no language shows. For length always 1, for directive density 0 in all languages but English.
    public let coverage: Double
    /// What it rests on, in order.
    public let quotes: [ConductQuote]
    /// The rule in words.
    public let rule: String
}
