extension RunResults {
    /// Compares two conducts, once for each judge of both; chances are corrected over all goods and judges.
    ///
    /// - Parameters:
    ///   - from: What is compared with, in this run.
    ///   - to: What is compared, in `other`.
    ///   - other: Another run; this one if nil. Suites whose words differ aren't compared: ``differences(from:)`` names
    ///     them.
    /// - Returns: One comparison for each judge that judged both in the same way.
    /// - Complexity: O(*draws* · scenarios) for each good.
    public func comparison(
        of from: PairedComparison.Side, with to: PairedComparison.Side, in other: RunResults? = nil
    ) -> [PairedComparison] {
        comparisons(of: [(from, to)], in: other)
    }

    /// Compares several pairs of conducts; chances are corrected over everything together.
    ///
    /// - Parameters:
    ///   - sides: What is compared with, in this run, and what is compared, in `other`.
    ///   - other: Another run; this one if nil.
    /// - Returns: For each pair one comparison for each judge that judged both in the same way.
    /// - Complexity: O(*draws* · scenarios) for each good.
    public func comparisons(
        of sides: [(PairedComparison.Side, PairedComparison.Side)], in other: RunResults? = nil
    ) -> [PairedComparison] {
        ComparisonReckoning(first: self, second: other ?? self).comparisons(sides)
    }

    /// Each model under no charter (or the first governance of the plan) beside the same model under every other one,
    /// and, with several models, the first beside every other one under each governance; once for each judge. Chances are
    /// corrected over all of it.
    public var comparisonsWithFirst: [PairedComparison] {
        var sides: [(PairedComparison.Side, PairedComparison.Side)] = []
        let labels = plan.governances.map(\.label)
        let models = plan.models.map(\.label)
        if let first = labels.first(where: { $0 == Governance.none.label }) ?? labels.first {
            for model in models {
                for other in labels where other != first {
                    sides.append((.init(model: model, governance: first), .init(model: model, governance: other)))
                }
            }
        }
        if let first = models.first {
            for label in labels {
                for other in models where other != first {
                    sides.append((.init(model: first, governance: label), .init(model: other, governance: label)))
                }
            }
        }
        return comparisons(of: sides)
    }
}
