import Charters

extension Receipt {
    /// Why the reply came out as it did, as far as that tells of the person: what was noticed about them, what was chosen
    /// therefore, what the floor found. It is part of the receipt, and wherever it is at rest it is sealed under the
    /// person's key and stands apart from the rest, which says only that there was a reply and what it cost.
    struct Reasons: Codable {
        var clauses: [String]
        var move: String
        var moveReason: String
        var moveRule: String?
        var layers: [Layer]?
        var situation: Situation?
        var alternatives: [Alternative]?
        var tension: Tension?
        var floor: [FloorFinding]?
        var memories: [MemoryUsed]?
        var asksOfMemory: [String]?
        var isHeard: Bool?
        /// The brief's own words tell what it was written for.
        var brief: Brief?
    }

    /// Whether somebody's message was looked at, so that the reasons tell of them.
    var tellsOfPerson: Bool {
        situation != nil || floor != nil || moveRule != nil || alternatives != nil || tension != nil
            || memories != nil || asksOfMemory != nil || isHeard != nil
    }

    /// What stands in place of the reasons while they are sealed.
    static let sealed = "sealed"
    /// What stands in place of the reasons when they were erased.
    static let erased = "erased"
    static let sealedReason = "It is sealed under the person's own key, which is not at hand here."
    static let erasedReason = "It was erased, with everything else that was kept of this person."

    /// Puts the reasons back in their place.
    mutating func take(_ reasons: Reasons) {
        clauses = reasons.clauses
        move = reasons.move
        moveReason = reasons.moveReason
        moveRule = reasons.moveRule
        layers = reasons.layers ?? layers
        situation = reasons.situation
        alternatives = reasons.alternatives
        tension = reasons.tension
        floor = reasons.floor
        memories = reasons.memories
        asksOfMemory = reasons.asksOfMemory
        isHeard = reasons.isHeard
        brief = reasons.brief
    }

    /// Says that the reasons were erased.
    mutating func loseReasons() {
        move = Self.erased
        moveReason = Self.erasedReason
    }

    /// Whether the reasons aren't there, though there were some.
    var lacksReasons: Bool { move == Self.sealed || move == Self.erased }

    /// The reasons as JSON, as ``Reasons`` reads it.
    var reasonsJSON: [UInt8] {
        var json = JSONBytes(after: [])
        json.open("{")
        json.member("clauses", clauses)
        json.member("move", move)
        json.member("moveReason", moveReason)
        writeReasons(to: &json)
        writeLayers(layers, to: &json)
        writeBrief(to: &json)
        json.close("}")
        json.end()
        return json.bytes
    }
}
