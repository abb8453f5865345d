import Charters
import Synchronization

/// Floors that were compiled before, by what they look for: many charters share Trellis's own floor, and each person's
/// wishes make a stack of their own over the same clauses.
enum CompiledFloors {
    private struct Key: Hashable {
        struct Clause: Hashable {
            let id: String
            let severity: FloorClause.Severity
            let detection: FloorClause.Detection
        }
        let side: FloorClause.Detection.Side
        let clauses: [Clause]
    }

    private static let known = Mutex<[Key: FloorSide]>([:])
    private static let mostKnown = 256

    /// One side of a floor, compiled now or before. Nil when no clause looks at it.
    static func side(_ side: FloorClause.Detection.Side, of clauses: [FloorClause]) -> FloorSide? {
        let looking = clauses.filter { clause in
            let sides = clause.detection.sides
            return !(clause.detection.phrases.isEmpty && clause.detection.detectors.isEmpty)
                && (sides.isEmpty ? side == .output : sides.contains(side))
        }
        guard !looking.isEmpty else { return nil }
        let key = Key(
            side: side,
            clauses: looking.map { Key.Clause(id: $0.id, severity: $0.severity, detection: $0.detection) })
        // Under the lock: whoever else needs the same floor waits for this one instead of compiling it too.
        return known.withLock { known in
            if let found = known[key] { return found }
            guard let made = FloorSide(looking, side: side) else { return nil }
            if known.count >= mostKnown { known.removeAll() }
            known[key] = made
            return made
        }
    }
}
