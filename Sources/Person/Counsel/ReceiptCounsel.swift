/// What counsel noted about a reply: by whom it was governed, what was noticed, and what else was possible.
extension Receipt {
    /// One layer of what governed the reply, the floor first and the person last.
    public struct Layer: Hashable, Sendable, Codable {
        /// What kind of layer it is: `floor`, `parent`, `community` or `person`.
        public var kind: String
        /// Its name, such as `commons/tutor`.
        public var name: String
        /// Its version; nil where there is none, as with a person's wishes.
        public var version: String?
        /// The fingerprint of its canonical form.
        public var fingerprint: String

        /// One layer.
        public init(kind: String, name: String, version: String? = nil, fingerprint: String) {
            self.kind = kind
            self.name = name
            self.version = version
            self.fingerprint = fingerprint
        }
    }

    /// What was noticed about the message, in general terms. None of it is in the person's own words.
    public struct Situation: Hashable, Sendable, Codable {
        /// What the message is about, by the names of topics.
        public var topics: [String]
        /// How much could go wrong: `low`, `medium` or `high`.
        public var stakes: String
        /// The language, as a primary subtag of BCP 47; nil when nobody could tell.
        public var language: String?
        /// What stood out, such as a request for finished work.
        public var readings: [Reading]

        /// What was noticed.
        public init(topics: [String] = [], stakes: String = "low", language: String? = nil, readings: [Reading] = []) {
            self.topics = topics
            self.stakes = stakes
            self.language = language
            self.readings = readings
        }
    }

    /// One thing that stood out.
    public struct Reading: Hashable, Sendable, Codable {
        /// What it is, such as `asks-for-finished-work`.
        public var about: String
        /// How sure the reader is, in hundredths, 0 to 100.
        public var certainty: Int
        /// Which cue or described situation told it. Never the person's words.
        public var evidence: String

        /// One thing that stood out.
        public init(about: String, certainty: Int, evidence: String) {
            self.about = about
            self.certainty = certainty
            self.evidence = evidence
        }
    }

    /// A move that could have been made, and why it wasn't.
    public struct Alternative: Hashable, Sendable, Codable {
        /// The move, such as `ask`.
        public var move: String
        /// Why it wasn't made, in words.
        public var whyNot: String

        /// A move that wasn't made.
        public init(move: String, whyNot: String) {
            self.move = move
            self.whyNot = whyNot
        }
    }

    /// A consent that a reply's guidance stood on.
    public struct ConsentUsed: Hashable, Sendable, Codable {
        /// The guidance's id.
        public var guidance: String
        /// The fingerprint of the question that the person said yes to (``/Consents/ConsentQuestion/fingerprint``).
        public var question: String

        /// A consent to a question.
        public init(guidance: String, question: String) {
            self.guidance = guidance
            self.question = question
        }
    }

    /// Something remembered that the model was told.
    public struct MemoryUsed: Hashable, Sendable, Codable {
        /// The item's id in the person's memory.
        public var item: String
        /// What it is about, such as `goal`.
        public var kind: String
        /// Why it came, such as `lexical` or `time`.
        public var reasons: [String]
        /// How well it fits the message, in hundredths, 0 to 100.
        public var fit: Int

        /// Something remembered.
        public init(item: String, kind: String, reasons: [String], fit: Int) {
            self.item = item
            self.kind = kind
            self.reasons = reasons
            self.fit = fit
        }
    }

    /// Two goods that pulled apart, and who decides.
    public struct Tension: Hashable, Sendable, Codable {
        /// The ids of the two goods, in the order of their names.
        public var between: [String]
        /// Who decides: `person`, `community` or `advise`.
        public var decide: String
        /// The good that the person has put first for themselves; nil when they haven't.
        public var chosen: String?

        /// Two goods that pulled apart.
        public init(between: [String], decide: String, chosen: String? = nil) {
            self.between = between
            self.decide = decide
            self.chosen = chosen
        }
    }

    /// What became of a draft that was criticised before it went out.
    public struct Critique: Hashable, Sendable, Codable {
        /// How many times the draft was criticised.
        public var rounds: Int
        /// The clauses that a draft was found to fail, in the order they were found.
        public var failed: [String]
        /// Whether what went out differs from the first draft.
        public var revised: Bool
        /// Why it ended before its rounds were over, in words; nil when nothing cut it short.
        public var ended: String?
        /// Tokens that drafting, criticising and revising used together.
        public var tokens: Int
        /// How long all of it took, in microseconds.
        public var took: Int64

        /// What became of a draft.
        public init(
            rounds: Int, failed: [String] = [], revised: Bool = false, ended: String? = nil, tokens: Int = 0,
            took: Int64 = 0
        ) {
            self.rounds = rounds
            self.failed = failed
            self.revised = revised
            self.ended = ended
            self.tokens = tokens
            self.took = took
        }
    }

    /// What is kept of how the reply came about and belongs to the person: sealed under their key wherever it is at
    /// rest, and gone with what they erase.
    public struct Workings: Hashable, Sendable, Codable {
        /// The brief's text, when the person's own wishes, or guidance that they agreed to, are part of it. Others' receipts
        /// never share it.
        public var brief: String?
        /// What that brief's clauses say, and who asked for each.
        public var asked: [ClauseAsked]?
        /// The drafts before the reply, oldest first.
        public var drafts: [String]
        /// What the critic said of each, in its own words.
        public var criticisms: [String]

        /// Whether there is nothing to keep.
        public var isEmpty: Bool { brief == nil && drafts.isEmpty && criticisms.isEmpty }

        /// What is kept.
        public init(
            brief: String? = nil, asked: [ClauseAsked]? = nil, drafts: [String] = [], criticisms: [String] = []
        ) {
            self.brief = brief
            self.asked = asked
            self.drafts = drafts
            self.criticisms = criticisms
        }
    }
}
