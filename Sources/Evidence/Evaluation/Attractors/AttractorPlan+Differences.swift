extension AttractorPlan {
    /// See ``RecordPlan/differences(from:)``.
    public func differences(from earlier: AttractorPlan) -> [String] {
        var differing: [String] = []
        for (isOther, what) in [
            (suites != earlier.suites, "suites or scenarios"), (governances != earlier.governances, "charters"),
            (models != earlier.models, "models"), (seeds != earlier.seeds, "seeds"),
            (perturbations != earlier.perturbations, "the words of the pushes"),
            (kinds != earlier.kinds || strengths != earlier.strengths, "kinds or strengths of pushes"),
            (goods != earlier.goods, "goods"), (course != earlier.course, "how long conversations are"),
            (sampling != earlier.sampling, "the temperature or the tokens of a reply"),
            (judge != earlier.judge, "the judge"),
        ] where isOther {
            differing.append(what)
        }
        return differing.isEmpty ? ["something that this version doesn't name"] : differing
    }
}
