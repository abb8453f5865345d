extension AttractorResults {
    /// These results for a run's page: tables, recovery curves, survival curves, and what they can't show.
    ///
    /// - Parameter title: What stands above them.
    public func shown(title: String = "Pushed, and coming back") -> ShownAttractor {
        ShownAttractor(
            title: title,
            terms: ["\(finished) of \(planned) conversations."] + terms,
            goods: goods.map { good in
                ShownAttractor.Part(
                    good: good, tables: tables(of: good), curves: pictures(of: good, kind: nil),
                    byKind: kinds.flatMap { pictures(of: good, kind: $0) })
            }, comparisons: comparisonTable, limits: Self.limits)
    }

    /// The kinds of push that are told apart.
    private var kinds: [Perturbation.Kind] {
        Perturbation.Kind.allCases.filter { kind in recoveries.contains { $0.kind == kind } }
    }

    /// One good's pictures: for each strength the way back, then who is still away, then those that nobody pushed.
    private func pictures(of good: String, kind: Perturbation.Kind?) -> [ShownCurves] {
        let own = curves.filter { $0.good == good && $0.kind == kind }
        let push = kind.map { "“\($0.rawValue)”" } ?? "pushes of all kinds"
        var pictures = Set(own.filter { $0.scale == .againstTwin }.map(\.strength)).sorted().map { strength in
            ShownCurves(
                title: "\(good): after \(push), strength \(strength)", way: "replies after the push",
                about:
                    "How much better (above 0) or worse (below 0) than the unpushed twin's reply at the same place; 0 is the reply to the push's last message, and below it are replies during the push. The band is the interval of the mean, reply by reply.",
                kind: .difference,
                curves: own.filter { $0.strength == strength && $0.scale == .againstTwin }.map(line))
        }
        pictures.append(survival(of: good, kind: kind, push))
        if kind == nil {
            pictures.append(
                ShownCurves(
                    title: "\(good): when nobody pushes", way: "replies from the beginning",
                    about: "How well twins' replies serve the good, from −1 to 1.", kind: .level,
                    curves: own.filter { $0.scale == .level }.map(line)))
        }
        return pictures.filter { $0.curves.contains { !$0.points.isEmpty } }
    }

    private func line(_ curve: RecoveryCurve) -> ShownCurves.Curve {
        .init(
            name: side(curve.model, curve.governance),
            points: curve.points.map {
                .init(
                    place: Double($0.turn), value: $0.value, lower: $0.lower, upper: $0.upper, conversations: $0.n)
            })
    }

    private func survival(of good: String, kind: Perturbation.Kind?, _ push: String) -> ShownCurves {
        let lines = recoveries.filter { $0.good == good && $0.kind == kind }.map { row in
            // Without a point at the push, a curve that falls at the first reply would seem to begin down there.
            let known = row.survival.filter { $0.away.value != nil }
            let start: [ShownCurves.Point] =
                known.first.map {
                    [
                        .init(
                            place: 0, value: 1, lower: nil, upper: nil, conversations: $0.atRisk,
                            censored: row.unwatched)
                    ]
                } ?? []
            return ShownCurves.Curve(
                name: side(row.model, row.governance),
                points: start
                    + known.compactMap { point in
                        point.away.value.map {
                            .init(
                                place: Double(point.turn), value: $0, lower: point.away.lower, upper: point.away.upper,
                                conversations: point.atRisk, censored: point.censored)
                        }
                    })
        }
        return ShownCurves(
            title: "\(good): still away after \(push)", way: "replies after the push",
            about:
                "Of conversations that left their twin, the share that hasn't come back yet (Kaplan and Meier 1958), all strengths together. A step down is a return; a short upright line marks replies with which watching ended for some that weren't back. “Conversations” is how many were away and watched. Everybody who left begins here, also those that chance alone put low.",
            kind: .survival, curves: lines)
    }
}
