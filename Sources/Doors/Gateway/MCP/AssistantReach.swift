public import Charters
public import Consents
public import Logging
public import Memory

/// What one assistant can reach: the memory of one person, as far as that person's grants go, and the charter that
/// governs.
///
/// An assistant is not the person. There is no way from here to `OwnMemory`: every look and every proposal asks the
/// ledger of grants anew for a permit.
public struct AssistantReach: Sendable {
    /// Whose memory.
    let person: PersonKey
    let memories: MemoryStore
    let charter: @Sendable () throws -> CompiledCharter
    let consent: WayToAllow
    let clock: @Sendable () -> Int64
    let logger: Logger

    /// The version that an assistant is told.
    public static let version = "0.1.0"

    /// How many proposals of assistants may wait for a person at a time.
    public static let mostWaiting = 100

    /// What an assistant can reach.
    ///
    /// - Parameters:
    ///   - charter: the charter that governs, read anew for each use.
    ///   - consent: how the person can allow something, for the assistant to tell them.
    ///   - clock: milliseconds since 1970.
    ///   - logger: told of trouble, never of words.
    public init(
        to person: PersonKey, in memories: MemoryStore, charter: @escaping @Sendable () throws -> CompiledCharter,
        consent: WayToAllow, logger: Logger, clock: @escaping @Sendable () -> Int64 = { Moment.now().wall }
    ) {
        self.person = person
        self.memories = memories
        self.charter = charter
        self.consent = consent
        self.clock = clock
        self.logger = logger
    }

    // MARK: Permits

    /// Leave for one use of the memory now.
    ///
    /// - Parameter kinds: which kinds are wanted; nil for all that are granted.
    func permit(_ purpose: MemoryPurpose, _ kinds: Set<MemoryKind>? = nil, at moment: Int64) throws(ToolRefusal)
        -> MemoryPermit
    {
        if let permit = memories.grants.permit(purpose, kinds: kinds, for: person, at: moment) { return permit }
        if memories.grants.trouble != nil { throw ToolRefusal(Self.unreachable) }
        throw consent.refusal(purpose, kinds)
    }

    /// Does something with the memory, and says in words what goes wrong.
    func remembered<Value>(_ work: (PersonMemory) async throws(MemoryError) -> Value) async throws(ToolRefusal) -> Value
    {
        do throws(MemoryError) { return try await work(memories.memory(of: person)) } catch {
            switch error {
            case .notGranted(let purpose, let kind): throw consent.refusal(purpose, kind.map { [$0] })
            case .permitOver:
                throw ToolRefusal(
                    "The person's leave ended this very moment, so nothing was read or changed.", isLack: true)
            case .unfit, .noSuchItem, .noSuchDecision, .paused, .erasedSince, .changedSince, .unfitState, .tooMany,
                .unfitName, .contended, .beingErased:
                throw ToolRefusal(error.description)
            case .permitForAnother, .unfitVector, .unfitRetention, .keyGone, .damaged, .unfitFile, .seal, .store:
                // These name keys, paths and tables of this machine: they are for the log.
                logger.error("a memory can't be reached over MCP", metadata: ["reason": "\(error)"])
                throw ToolRefusal(Self.unreachable)
            }
        }
    }

    private static let unreachable =
        "What is remembered can't be reached now, and nothing was changed. Try again in a moment; if it stays so, the "
        + "operator's log says why."
}

/// How a person can allow an assistant something, in words that the assistant can pass on.
public struct WayToAllow: Sendable, Hashable {
    private let person: String
    private let application: String
    private let hasRoutes: Bool

    /// By the command line.
    ///
    /// - Parameters:
    ///   - person: the id under which the application knows the person; nil where it can't be told.
    ///   - application: the application.
    ///   - hasRoutes: whether the application can do it for the person over HTTP too.
    public init(person: String?, application: String, hasRoutes: Bool = false) {
        self.person = person.map(Self.argument) ?? "…"
        self.application = Self.argument(application)
        self.hasRoutes = hasRoutes
    }

    /// That something is not allowed, and what the person can do about it.
    func refusal(_ purpose: MemoryPurpose, _ kinds: Set<MemoryKind>?) -> ToolRefusal {
        let what =
            switch purpose {
            case .remember: "keeping anything new about them"
            case .useInReplies: "using what is remembered of them in replies"
            case .useForGrowth: "using what is remembered of them to follow how they do"
            case .shareInAggregate: "counting what is remembered of them together with others'"
            }
        let which = kinds.map { kinds in
            kinds.count == MemoryKind.allCases.count
                ? "" : " (\(kinds.sorted().map(\.rawValue).joined(separator: ", ")))"
        }
        let command = "trellis memory allow \(purpose.rawValue) --person \(person) --application \(application)"
        let route = hasRoutes ? ", or their application with PUT /trellis/v1/memory/grants/\(purpose.rawValue)" : ""
        return ToolRefusal(
            """
            This person has not allowed \(what)\(which ?? ""), or their leave is over. Tell them so if it matters. They \
            can allow it with `\(command)`\(route), and take it back as easily. Don't do it for them: the yes must be \
            theirs.
            """, isLack: true)
    }

    /// A word for a command line that a shell takes as one word.
    private static func argument(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
        return isPlain && !text.hasPrefix("-") && text.utf8.count <= 128 ? text : "…"
    }
}
