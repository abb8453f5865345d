public import Flourishing

/// A stack of layers made ready for one role: what the model is told, what may be done, and which clauses that comes
/// from.
///
/// It depends on nothing but the stack's meaning and the role, so it can be compiled once and kept. Copies are cheap:
/// all share one body.
public struct CompiledCharter: Sendable {
    private let body: Body

    private final class Body: Sendable {
        let stack: CharterStack
        let role: Role?
        let writing: BriefWriting
        let general: Brief
        let allowedMoves: [Move]
        let briefs = Kept<BriefRequest, Brief>(atMost: 1_024)

        init(stack: CharterStack, role: Role?) {
            self.stack = stack
            self.role = role
            writing = BriefWriting(stack: stack, role: role)
            general = writing.brief(for: BriefRequest())
            allowedMoves = Self.allowedMoves(role: role, in: stack.composed)
        }

        /// The role's moves, or all, without those that the person asked to be spared. Answering, saying who knows
        /// better and bringing in help can't be taken away: somebody in danger must find a way on. Where a tension is the
        /// person's to decide, no role takes away the move that lays it out; only they can ask to be spared it.
        private static func allowedMoves(role: Role?, in layer: CharterLayer) -> [Move] {
            var open = role.map { $0.moves.isEmpty ? Move.allCases : $0.moves } ?? Move.allCases
            if !open.contains(.offerPerspectives), layer.tensions.contains(where: { $0.decide == .person }) {
                open.append(.offerPerspectives)
            }
            let always: [Move] = [.answer, .defer, .handOver]
            return open.filter { !layer.avoids.contains($0) || always.contains($0) }
                + always.filter { !open.contains($0) }
        }
    }

    init(stack: CharterStack, role: Role?) {
        body = Body(stack: stack.keepingNothing, role: role)
    }

    /// What all copies share.
    var shared: AnyObject { body }

    /// What the model is told when one reply is prepared: only the clauses that apply.
    ///
    /// For a request that says nothing it is ``brief``, byte for byte. The floor always stands last.
    ///
    /// - Complexity: O(*n*) in the size of the charter the first time; a look-up for an equal request afterwards.
    public func brief(for request: BriefRequest) -> Brief {
        let request = body.writing.reduced(request)
        if request == BriefRequest() { return body.general }
        if let known = body.briefs[request] { return known }
        return body.briefs.keep(body.writing.brief(for: request), for: request)
    }
}

// MARK: What it says

extension CompiledCharter {
    /// The charter's name, as in `riverside/tutor`.
    public var id: String { body.stack.community.name }
    /// The charter's version.
    public var version: String { body.stack.community.version ?? "" }
    /// What the whole stack means, in 32 bytes.
    public var fingerprint: CharterFingerprint { body.stack.fingerprint }
    /// What the charter in force says by itself, in 32 bytes.
    public var charterFingerprint: CharterFingerprint { body.stack.community.fingerprint }
    /// The layers, lowest first: Trellis's own floor, parents, the charter, the person.
    public var layers: [LayerReference] { body.stack.layers.map(\.reference) }

    /// The role that is played, or nil for none.
    public var role: String? { body.role?.id }
    /// How the role stands toward the person, or nil without a role.
    public var stance: Stance? { body.role?.stance }
    /// The moves that a reply may make: the role's, or all, without those that the person asked to be spared. `answer`,
    /// `defer` and `hand-over` are always among them, and so is `offer-perspectives` where a tension is the person's to
    /// decide and they don't ask to be spared it.
    public var allowedMoves: [Move] { body.allowedMoves }

    /// What the model is told when nothing is known about the message: plain text that is the same, byte for byte,
    /// every time.
    public var brief: String { body.general.text }
    /// SHA-256 of the brief's UTF-8 as 64 hexadecimal digits.
    public var briefFingerprint: String { body.general.fingerprint }
    /// The clauses that the brief is made of, in their order, as `purpose`, `role/tutor`, `goods/understanding` or
    /// `floor/not-human`.
    public var clauses: [String] { body.general.clauses }
    /// Whether the charter allows the messages themselves to be kept in receipts.
    public var keepsBodies: Bool { memory?.receipts == .bodies }

    /// What the model is here for. Nil when no layer says.
    public var purpose: String? { body.stack.composed.purpose }
    /// What the stack is drawn to, by name.
    public var goods: [GoodClause] { body.stack.composed.goods }
    /// The attitudes that replies are given from, by name.
    public var dispositions: [DispositionClause] { body.stack.composed.dispositions }
    /// Goods that can pull apart, by name.
    public var tensions: [TensionClause] { body.stack.composed.tensions }
    /// What the person has decided, by name.
    public var choices: [TensionChoice] { body.stack.composed.choices }
    /// What is done in particular circumstances: the first that holds goes first.
    public var contexts: [ContextClause] { body.stack.composed.contexts }
    /// Ways of steering that need a consent, by name.
    public var guidance: [GuidanceClause] { body.stack.composed.guidance }
    /// Who can help where a model should not go on alone, by name.
    public var resources: [Resource] { body.stack.composed.resources }
    /// Topics of the stack's own that conditions can name, by name.
    public var topics: [TopicClause] { body.stack.composed.topics }
    /// What holds whatever is asked, by name.
    public var floor: [FloorClause] { body.stack.composed.floor }
    /// What may be kept about a person. Nil when no layer says: then nothing but facts is kept.
    public var memory: MemoryTerms? { body.stack.composed.memory }
    /// Whether replies are drafted, criticised and revised.
    public var critique: CritiqueTerms? { body.stack.composed.critique }

    /// The layers that say something about a clause, lowest first: by whom it was asked.
    ///
    /// - Parameter path: The clause's path, as a brief names it: `goods/understanding`, `floor/not-human`.
    public func layers(saying path: String) -> [LayerReference] {
        body.stack.layers(saying: path).map(\.reference)
    }
}

extension CompiledCharter: Hashable {
    /// Whether two say the same to the same role. The stack's fingerprint and the role decide.
    public static func == (first: CompiledCharter, second: CompiledCharter) -> Bool {
        first.body === second.body || (first.fingerprint == second.fingerprint && first.role == second.role)
    }

    /// Feeds the fingerprint and the role into a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
        hasher.combine(role)
    }
}

extension Charter {
    /// Makes the charter ready for a role, on Trellis's own floor and without its parents: short for a
    /// ``CharterStack`` of these two.
    ///
    /// - Parameter role: The name of one of the charter's roles. With nil, a charter that has exactly one role plays
    ///   it, and any other charter plays none.
    /// - Throws: ``CharterError`` when the charter has no role of that name.
    /// - Complexity: O(*n*) in the length of the charter.
    public func compiled(role: String?) throws(CharterError) -> CompiledCharter {
        try CharterStack(charter: self).compiled(role: role)
    }
}
