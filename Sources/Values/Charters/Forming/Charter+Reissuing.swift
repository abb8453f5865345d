extension Charter {
    /// The same charter under another version, without some of its clauses, and with what is held against it put behind
    /// what stands there already.
    ///
    /// - Parameter settled: Dissents that go: they have nothing to be held against any more, or another takes their place.
    /// - Parameter paths: The clauses to leave out, as in `goods/calm`, `tensions/calm~rest`, `guidance/pause` or
    ///   `floor/no-noise`. Others are left alone.
    public func reissued(
        as version: SemanticVersion, leavingOut paths: Set<String> = [], settling settled: Set<Dissent> = [],
        adding dissent: [Dissent] = []
    ) -> Charter {
        var layer = layer
        layer.goods.removeAll { paths.contains("goods/\($0.id)") }
        layer.tensions.removeAll { paths.contains("tensions/\($0.id)") }
        layer.guidance.removeAll { paths.contains("guidance/\($0.id)") }
        layer.floor.removeAll { paths.contains("floor/\($0.id)") }
        return Charter(
            id: id, version: version, community: community, extends: extends, layer: layer, amendment: amendment,
            dissent: self.dissent.filter { !settled.contains($0) } + dissent)
    }
}
