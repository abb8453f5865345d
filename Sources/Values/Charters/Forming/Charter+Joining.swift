extension Charter {
    /// The same charter, under its own name and version, with another's clauses behind its own, and with what is held against
    /// both.
    ///
    /// Goods, tensions, guidance and clauses of the floor are taken over; a clause whose place is taken already is left alone.
    ///
    /// - Throws: ``CharterError`` where the two don't go together: what comes out is read like any other charter.
    public func joined(with other: Charter, adding dissent: [Dissent] = []) throws(CharterError) -> Charter {
        var layer = layer
        layer.goods += Self.new(other.goods, beside: layer.goods)
        layer.tensions += Self.new(other.tensions, beside: layer.tensions)
        layer.guidance += Self.new(other.guidance, beside: layer.guidance)
        layer.floor += Self.new(other.floor, beside: layer.floor)
        let whole = Charter(
            id: id, version: version, community: community, extends: extends, layer: layer, amendment: amendment,
            dissent: self.dissent + dissent)
        return try Charter.read(Array(whole.text.utf8), file: "\(id)").charter
    }

    private static func new<Clause: Identifiable>(_ clauses: [Clause], beside own: [Clause]) -> [Clause] {
        let taken = Set(own.map(\.id))
        return clauses.filter { !taken.contains($0.id) }
    }
}
