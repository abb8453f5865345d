extension Charter {
    /// The same charter under another version, without some of its clauses, and with what is held against it put behind
    /// what stands there already.
    ///
    /// A dissent that says the same as one that is there takes its place.
    ///
    /// - Parameter settled: What dissents say that have nothing to be held against any more, and so go.
    /// - Parameter paths: The clauses to leave out, as in `goods/calm`, `tensions/calm~rest`, `guidance/pause` or
    ///   `floor/no-noise`. Others are left alone.
    public func reissued(
        as version: SemanticVersion, leavingOut paths: Set<String> = [], settling settled: Set<String> = [],
        adding dissent: [Dissent] = []
    ) -> Charter {
        var layer = layer
        layer.goods.removeAll { paths.contains("goods/\($0.id)") }
        layer.tensions.removeAll { paths.contains("tensions/\($0.id)") }
        layer.guidance.removeAll { paths.contains("guidance/\($0.id)") }
        layer.floor.removeAll { paths.contains("floor/\($0.id)") }
        let said = settled.union(dissent.map(\.says))
        return Charter(
            id: id, version: version, community: community, extends: extends, layer: layer, amendment: amendment,
            dissent: self.dissent.filter { !said.contains($0.says) } + dissent)
    }
}
