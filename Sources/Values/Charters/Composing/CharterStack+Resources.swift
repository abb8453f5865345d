extension CharterStack {
    /// Who can help, as people read it when all layers have spoken.
    ///
    /// As a rule the highest layer that says who somebody is, is heard. But whom a layer's floor names is part of that
    /// floor: no layer above it can take them away or put other words in the place of theirs. Each wording is kept, the
    /// highest layer's first and the floor's last, so that a number near by can be added and none is lost.
    ///
    /// Words that mark a placeholder (``Resource/isPlaceholder``) make way for a higher layer's: that is what they are
    /// for.
    ///
    /// - Complexity: O(*n*) in the number of resources.
    static func resources(of layers: [StackLayer], composed: CharterLayer) -> [Resource] {
        var named: Set<String> = []
        for clause in composed.floor where !clause.to.isEmpty { named.formUnion(clause.to) }
        // Most charters say nothing more about those whom Trellis's own floor names.
        let isPlain = layers.dropFirst().allSatisfy { layer in
            !layer.layer.resources.contains { named.contains($0.id) }
                && !layer.layer.withdrawals.contains { $0.section == .resources }
        }
        guard !named.isEmpty, !isPlain else { return composed.resources }
        var wordings: [String: [Wording]] = [:]
        var namedBelow: Set<String> = []
        for layer in layers {
            for withdrawal in layer.layer.withdrawals where withdrawal.section == .resources {
                if !namedBelow.contains(withdrawal.clause) { wordings[withdrawal.clause] = nil }
            }
            for resource in layer.layer.resources where named.contains(resource.id) {
                let wording = Wording(resource: resource, isBase: layer.kind == .floor)
                guard namedBelow.contains(resource.id), let known = wordings[resource.id] else {
                    wordings[resource.id] = [wording]
                    continue
                }
                guard !known.contains(where: { $0.resource.says == resource.says }) else { continue }
                wordings[resource.id] = known.filter { !$0.resource.isPlaceholder || $0.isBase } + [wording]
            }
            for clause in layer.layer.floor where !clause.to.isEmpty { namedBelow.formUnion(clause.to) }
        }
        let kept = wordings.compactMap { id, wordings in Self.resource(id, wordings) }
        return (composed.resources.filter { wordings[$0.id] == nil } + kept).inOrderOfNames
    }

    /// What one layer says about somebody.
    private struct Wording {
        let resource: Resource
        let isBase: Bool
    }

    /// Every wording, the highest layer's first.
    private static func resource(_ id: String, _ wordings: [Wording]) -> Resource? {
        guard let lowest = wordings.first else { return nil }
        guard wordings.count > 1 else { return lowest.resource }
        // A sentence of Trellis's own between them, so that nothing said before can speak for what follows.
        let last = lowest.isBase ? "In any case: \(lowest.resource.says)" : lowest.resource.says
        let texts = wordings.dropFirst().reversed().map(\.resource.says.closed) + [last]
        return Resource(id: id, says: texts.joined(separator: " "))
    }
}

extension Resource {
    /// Whether its words only hold a place for those of whoever builds on the charter, as in "A doctor. [To be
    /// replaced: names and numbers.]"
    public var isPlaceholder: Bool { says.contains("[To be replaced") }
}
