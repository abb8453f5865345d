import Charters
import Flourishing

/// The parts of a charter that the reading of a situation and the choice of a move depend on.
struct CounselTerms: Sendable {
    var role: String?
    var stance: Stance?
    /// Moves that a reply may make. Hand-over, defer and answer are always among them.
    var allowedMoves: Set<Move> = Set(Move.allCases)
    /// Moves that the person asked to be spared.
    var avoids: Set<Move> = []
    var goods: [GoodClause] = []
    var tensions: [TensionClause] = []
    var choices: [TensionChoice] = []
    var contexts: [ContextClause] = []
    var guidance: [GuidanceClause] = []
    var resources: [Resource] = []
    var topics: [TopicClause] = []

    /// Moves that no role can forbid.
    static let alwaysAllowed: Set<Move> = [.handOver, .defer, .answer]

    /// The terms of a layer, played in one of its roles.
    init(_ layer: CharterLayer, role: String?) {
        let played = layer.roles.first { $0.id == role }
        self.role = role
        stance = played?.stance
        avoids = Set(layer.avoids).subtracting(Self.alwaysAllowed)
        if let moves = played?.moves, !moves.isEmpty { allowedMoves = Set(moves) }
        allowedMoves = allowedMoves.subtracting(avoids).union(Self.alwaysAllowed)
        goods = layer.goods
        tensions = layer.tensions
        choices = layer.choices
        contexts = layer.contexts
        guidance = layer.guidance
        resources = layer.resources
        topics = layer.topics
    }
}
