extension RunResults {
    /// Each model under no charter (or the first governance of the plan) beside the same model under every other one,
    /// and, with several models, the first beside every other one under each governance; once for each judge.
    public var comparisonsWithFirst: [PairedComparison] {
        var found: [PairedComparison] = []
        let labels = plan.governances.map(\.label)
        let models = plan.models.map(\.label)
        if let first = labels.first(where: { $0 == Governance.none.label }) ?? labels.first {
            for model in models {
                for other in labels where other != first {
                    found += comparison(
                        of: .init(model: model, governance: first), with: .init(model: model, governance: other))
                }
            }
        }
        if let first = models.first {
            for label in labels {
                for other in models where other != first {
                    found += comparison(
                        of: .init(model: first, governance: label), with: .init(model: other, governance: label))
                }
            }
        }
        return found
    }
}
