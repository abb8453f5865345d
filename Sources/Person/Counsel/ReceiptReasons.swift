import Charters

extension Receipt {
    /// Why the reply came out as it did, as far as that tells of the person: what was noticed about them, what was chosen
    /// therefore, what they had consented to, what the floor found. It is part of the receipt, and wherever it is at rest it is sealed under the
    /// person's key and stands apart from the rest, which says only that there was a reply, how many guidances spoke, and what it cost.
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
        /// What somebody lets themselves be steered in is theirs to forget.
        var guidance: [String]?
        var consents: [ConsentUsed]?
        var asked: String?
        /// It names clauses, which may be of guidance or of circumstances.
        var critique: Critique?
        /// The brief's own words tell what it was written for.
        var brief: Brief?
    }

    /// Whether somebody's message was looked at, so that the reasons tell of them.
    var tellsOfPerson: Bool {
        situation != nil || floor != nil || moveRule != nil || alternatives != nil || tension != nil
            || memories != nil || asksOfMemory != nil || isHeard != nil || tellsOfConsents
    }

    /// Whether it says what somebody consented to, or what became of a draft for them. In older receipts that stood in
    /// the clear beside sealed reasons.
    var tellsOfConsents: Bool { guidance != nil || consents != nil || asked != nil || critique != nil }

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
        // Where older receipts had these in the clear, there they still are.
        guidance = reasons.guidance ?? guidance
        if guidance != nil { guided = nil }
        consents = reasons.consents ?? consents
        asked = reasons.asked ?? asked
        critique = reasons.critique ?? critique
        brief = reasons.brief
    }

    /// Says that the reasons were erased.
    mutating func loseReasons() {
        move = Self.erased
        moveReason = Self.erasedReason
        guided = guidance?.count ?? guided
        (guidance, consents, asked, critique) = (nil, nil, nil, nil)
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
        writeConsents(to: &json)
        writeCritique(to: &json)
        writeLayers(layers, to: &json)
        writeBrief(to: &json)
        json.close("}")
        json.end()
        return json.bytes
    }
}
