public import Charters

/// Why one reply came out as it did: what was asked of the model, under which charter, and what happened.
///
/// Every reply has one (the fourth law). It holds no words of the conversation unless the charter or the operator
/// asked for them (``bodies``), and no name of a person, only a ``PersonPseudonym``. What it tells of a person is sealed
/// under that person's key wherever it is at rest. Its JSON is what
/// `GET /trellis/v1/receipts/{id}` answers.
public struct Receipt: Hashable, Sendable, Codable {
    /// The receipt's name, sent with the reply in the header `Trellis-Receipt`.
    public var id: ReceiptID
    /// When the request arrived, in milliseconds since 1970.
    public var at: Int64
    /// The door that the request came in by.
    public var door: Door
    /// The application that asked.
    public var application: String
    /// Whom the application asked for; nil when it did not say.
    public var person: PersonPseudonym?
    /// The id of the API key that was shown, never the key; nil where none was needed.
    public var keyID: String?
    /// The charter that governed the reply; nil when the request was refused before one was found, or none applies.
    public var charter: CharterReference?
    /// The ids of the clauses that the brief was made from, such as `goods/understanding`.
    public var clauses: [String]
    /// The move that was chosen, such as `answer`.
    public var move: String
    /// Why that move, in words.
    public var moveReason: String
    /// The rule that chose it, such as `tension-is-the-persons`; nil where none was asked.
    public var moveRule: String?
    /// The layers that governed the reply, the floor first.
    public var layers: [Layer]?
    /// What was noticed about the message; nil when nobody looked.
    public var situation: Situation?
    /// Other moves that were possible, and why they weren't made.
    public var alternatives: [Alternative]?
    /// The two goods that pulled apart, if any did.
    public var tension: Tension?
    /// How many guidances spoke, where it can't be shown which: because they are sealed and the key isn't at hand, or
    /// were erased with the person. Nil where ``guidance`` says it, and when none spoke.
    public var guided: Int?
    /// The guidance that spoke, by id. Each stands on a live consent of this person.
    public var guidance: [String]?
    /// The consents that the guidance stood on: to which question, exactly. Nil in receipts of older Trellises.
    public var consents: [ConsentUsed]?
    /// The guidance whose question was put to the person at the end of the reply, by id.
    public var asked: String?
    /// What became of a draft that was criticised before it went out.
    public var critique: Critique?
    /// What broke the floor, on either side, and what was done about it; nil when nothing did.
    public var floor: [FloorFinding]?
    /// What the model was told of what the person wants remembered, in its order; nil when nothing. Words are not kept
    /// here, so that what is erased from memory is gone.
    public var memories: [MemoryUsed]?
    /// What the person asked of their memory, and what became of it, in words without theirs.
    public var asksOfMemory: [String]?
    /// Whether the turn was noted to be read for what the person wants remembered.
    public var isHeard: Bool?
    /// What the model was told on behalf of the charter; nil when it was told nothing.
    public var brief: Brief?
    /// The name of the upstream that was asked; nil when none was.
    public var upstream: String?
    /// The model that the application asked for.
    public var modelRequested: String?
    /// The model that the upstream says it used.
    public var modelServed: String?
    /// The HTTP status that the client was given.
    public var status: Int
    /// How the reply ended.
    public var outcome: Outcome
    /// Why the model stopped, in the upstream's own word.
    public var finishReason: String?
    /// Whether the reply was streamed.
    public var streamed: Bool
    /// The tokens that were used.
    public var usage: Usage
    /// How long each part took.
    public var timings: Timings
    /// How many times the upstream was asked.
    public var attempts: Int
    /// The W3C trace id that went upstream, 32 hexadecimal digits.
    public var trace: String?
    /// What should have been done and could not be, in words.
    public var missing: [String]
    /// What was said, when the charter or the operator has it kept. Sealed wherever it is at rest.
    public var bodies: Bodies?
    /// Drafts, criticisms and a brief that holds the person's own wishes or what they consented to. Sealed wherever it is at rest.
    public var workings: Workings?
    /// Why the kept words can't be shown, in words; only ever set on reading.
    public var bodiesUnreadable: String?
    /// Why the kept drafts, and a brief that is the person's own, can't be shown, in words; only ever set on reading.
    public var workingsUnreadable: String?

    /// A receipt.
    public init(
        id: ReceiptID, at: Int64, door: Door, application: String, person: PersonPseudonym? = nil,
        keyID: String? = nil, charter: CharterReference? = nil, clauses: [String] = [], move: String = "answer",
        moveReason: String = "", brief: Brief? = nil, upstream: String? = nil, modelRequested: String? = nil,
        modelServed: String? = nil, status: Int, outcome: Outcome, finishReason: String? = nil, streamed: Bool = false,
        usage: Usage = .unknown, timings: Timings = Timings(), attempts: Int = 0, trace: String? = nil,
        missing: [String] = [], bodies: Bodies? = nil
    ) {
        self.id = id
        self.at = at
        self.door = door
        self.application = application
        self.person = person
        self.keyID = keyID
        self.charter = charter
        self.clauses = clauses
        self.move = move
        self.moveReason = moveReason
        self.brief = brief
        self.upstream = upstream
        self.modelRequested = modelRequested
        self.modelServed = modelServed
        self.status = status
        self.outcome = outcome
        self.finishReason = finishReason
        self.streamed = streamed
        self.usage = usage
        self.timings = timings
        self.attempts = attempts
        self.trace = trace
        self.missing = missing
        self.bodies = bodies
    }
}

extension Receipt {
    /// A way into Trellis.
    public enum Door: String, Hashable, Sendable, Codable, CaseIterable {
        /// `POST /v1/chat/completions`, as OpenAI's clients use it.
        case chatCompletions = "chat-completions"
        /// `POST /v1/messages`, as Anthropic's clients use it.
        case messages
        /// `POST /v1/embeddings`.
        case embeddings
    }

    /// Which charter, exactly.
    public struct CharterReference: Hashable, Sendable, Codable {
        /// The charter's name, such as `commons/advisor`.
        public var id: String
        /// Its version, such as `1.0.0`.
        public var version: String
        /// The fingerprint of its canonical form.
        public var fingerprint: CharterFingerprint
        /// The role that the application chose in it.
        public var role: String?

        /// The charter that a compiled charter came from.
        public init(_ compiled: CompiledCharter) {
            self.init(
                id: compiled.id, version: compiled.version, fingerprint: compiled.charterFingerprint,
                role: compiled.role)
        }

        /// Which charter, exactly.
        public init(id: String, version: String, fingerprint: CharterFingerprint, role: String? = nil) {
            self.id = id
            self.version = version
            self.fingerprint = fingerprint
            self.role = role
        }
    }

    /// What the model was told.
    public struct Brief: Hashable, Sendable, Codable {
        /// The SHA-256 of the text, hexadecimal.
        public var fingerprint: String
        /// The text. Kept once for all receipts that share it, and joined on reading.
        public var text: String?
        /// What the clauses that it was made from say, each with who asked for it. Kept once for all receipts that share
        /// them, and joined on reading; nil in receipts of older Trellises.
        public var asked: [ClauseAsked]?

        /// What the model was told.
        public init(fingerprint: String, text: String? = nil, asked: [ClauseAsked]? = nil) {
            self.fingerprint = fingerprint
            self.text = text
            self.asked = asked
        }
    }

    /// Tokens that went in and came out.
    public struct Usage: Hashable, Sendable, Codable {
        /// Where the numbers come from.
        public enum Source: String, Hashable, Sendable, Codable, CaseIterable {
            /// The upstream counted.
            case reported
            /// Trellis estimated from the length of the text.
            case estimated
            /// Nobody counted.
            case unknown
        }
        /// Tokens in the request.
        public var input: Int?
        /// Tokens in the reply.
        public var output: Int?
        /// Where the numbers come from.
        public var source: Source

        /// Tokens that went in and came out.
        public init(input: Int?, output: Int?, source: Source) {
            self.input = input
            self.output = output
            self.source = source
        }

        /// Nobody counted.
        public static let unknown = Usage(input: nil, output: nil, source: .unknown)
    }

    /// How long each part took, in microseconds.
    public struct Timings: Hashable, Sendable, Codable {
        /// From the request's last byte to the first byte sent upstream: what Trellis itself added in front.
        public var prepare: Int64?
        /// From the request's last byte to the first byte of the reply.
        public var firstByte: Int64?
        /// From the request's last byte to the last byte of the reply.
        public var total: Int64?

        /// How long each part took, in microseconds.
        public init(prepare: Int64? = nil, firstByte: Int64? = nil, total: Int64? = nil) {
            self.prepare = prepare
            self.firstByte = firstByte
            self.total = total
        }
    }

    /// What was said.
    public struct Bodies: Hashable, Sendable, Codable {
        /// The request as the application sent it.
        public var request: String
        /// The reply as the client got it.
        public var reply: String

        /// What was said.
        public init(request: String, reply: String) {
            self.request = request
            self.reply = reply
        }
    }
}
