public import Charters
public import Flourishing

/// What a judge holds a conversation against: the goods at stake, each in its authors' own words.
///
/// ```swift
/// let rubric = Rubric(charter)                 // every good and disposition of a compiled charter
/// let narrowed = rubric.only(["understanding"])
/// ```
public struct Rubric: Hashable, Sendable, Codable {
    /// The goods, in the order in which they are told.
    public let entries: [Entry]
    /// What a thoughtful reply in this very case would take into account, in short phrases.
    public let considerations: [String]

    /// A rubric of these goods. A name that comes twice counts once.
    public init(_ entries: [Entry], considering considerations: [String] = []) {
        var seen: Set<String> = []
        self.entries = entries.filter { seen.insert($0.id).inserted }
        self.considerations = considerations
    }

    /// A rubric of a charter's goods, and of its dispositions, whose near enemies are their failures.
    public init(_ charter: CompiledCharter) {
        self.init(charter.goods.map(Entry.init) + charter.dispositions.map(Entry.init))
    }

    /// The same without the goods that aren't named.
    public func only(_ goods: some Collection<String>) -> Rubric {
        Rubric(entries.filter { goods.contains($0.id) }, considering: considerations)
    }

    /// The same for a case in which a thoughtful reply would take these into account.
    public func considering(_ considerations: [String]) -> Rubric { Rubric(entries, considering: considerations) }

    /// This rubric, and behind it what another has besides. Where both name a good, these words count.
    public func with(_ other: Rubric) -> Rubric {
        Rubric(entries + other.entries, considering: considerations + other.considerations)
    }

    /// What the rubric says, in 64 hexadecimal digits: two that differ in a word differ here.
    public var fingerprint: String {
        sha256Hexadecimal(
            CanonicalJSON.object([
                ("considerations", .list(considerations.map(CanonicalJSON.text))),
                ("goods", .list(entries.map(\.canonical))),
            ]).bytes)
    }
}

extension Rubric {
    /// How a transparent signal of a reply bears on a good.
    public enum Bearing: String, Hashable, Sendable, Codable, CaseIterable {
        /// Where the signal shows, the good is served.
        case helps
        /// Where the signal shows, the good is failed.
        case harms

        /// 1 where it helps, -1 where it harms.
        public var sign: Double { self == .helps ? 1 : -1 }
    }

    /// One good, as a judge is told it.
    public struct Entry: Hashable, Sendable, Codable, Identifiable {
        /// The good's name, as in `understanding`.
        public let id: String
        /// The good in one sentence.
        public let says: String
        /// What a reply that serves it does, as phrases that follow "A good reply …".
        public let signs: [String]
        /// What a reply that fails it does, as phrases that follow "A poor reply …".
        public let failures: [String]
        /// The family of well-being theory that it belongs to, where its authors said.
        public let lens: Lens?
        /// The traditions that it was drawn from.
        public let traditions: [String]
        /// How signals of conduct bear on it, by the signal's name.
        public let conduct: [String: Bearing]
        /// How trained heads bear on it, by the head's name.
        public let heads: [String: Bearing]

        /// A good and its signs.
        public init(
            id: String, says: String, signs: [String] = [], failures: [String] = [], lens: Lens? = nil,
            traditions: [String] = [], conduct: [String: Bearing] = [:], heads: [String: Bearing] = [:]
        ) {
            self.id = id
            self.says = says
            self.signs = signs
            self.failures = failures
            self.lens = lens
            self.traditions = traditions
            self.conduct = conduct
            self.heads = heads
        }

        /// A good of a charter.
        public init(_ clause: GoodClause) {
            self.init(
                id: clause.id, says: clause.good.says, signs: clause.signs, failures: clause.failures,
                lens: clause.good.lens, traditions: clause.good.traditions)
        }

        /// A disposition of a charter. What it is easily confused with is how a reply fails it.
        public init(_ clause: DispositionClause) {
            self.init(
                id: clause.id, says: clause.says, signs: clause.signs,
                failures: clause.nearEnemies.map { "shows \($0) instead" }, traditions: clause.traditions)
        }

        var canonical: CanonicalJSON {
            .object([
                ("conduct", .object(conduct.map { ($0.key, .text($0.value.rawValue)) })),
                ("failures", .list(failures.map(CanonicalJSON.text))),
                ("heads", .object(heads.map { ($0.key, .text($0.value.rawValue)) })),
                ("id", .text(id)), ("lens", .text(lens?.rawValue ?? "")), ("says", .text(says)),
                ("signs", .list(signs.map(CanonicalJSON.text))),
                ("traditions", .list(traditions.map(CanonicalJSON.text))),
            ])
        }
    }
}
