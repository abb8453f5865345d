import Judges

/// What `trellis judge agree` says.
struct AgreementReport: Encodable {
    /// How raters agree, by every measure.
    struct Raters: Encodable {
        let names: [String]
        let alphaNominal: MeasuredAgreement?
        let alphaOrdinal: MeasuredAgreement?
        let alphaInterval: MeasuredAgreement?
        let fleissKappa: MeasuredAgreement?
        let gwetAC1: MeasuredAgreement?
        let rawAgreement: MeasuredAgreement?
    }

    /// How a judge fits in.
    struct Judge: Encodable {
        /// Intervals that hold people's ratings.
        struct Conformal: Encodable {
            let promised: Double
            /// Nil when there were too few cases for the promise.
            let reach: Double?
            let learnedFrom: Int
            let held: Double
            let measuredOn: Int
        }

        let name: String
        let peopleAlone: MeasuredAgreement?
        let judgeInPlace: MeasuredAgreement?
        let difference: MeasuredAgreement?
        let pairs: [JudgeAgreement.Pair]
        let conformal: Conformal?
        let calibration: CalibrationCurve?
    }

    let units: Int
    let ratings: Int
    let level: RatingLevel
    let raters: Raters
    let judge: Judge?

    init(
        _ table: RatingTable, judge: String?, level: RatingLevel, coverage: Double, _ draws: Int, _ seed: UInt64
    ) throws(RatingProblem) {
        let people = try judge == nil ? table : table.keeping(raters: table.raters.filter { $0 != judge })
        func drawn(_ measure: (RatingTable) -> Double?) -> MeasuredAgreement? {
            people.resampled(draws: draws, seed: seed, measure)
        }
        units = table.units.count
        ratings = table.count
        self.level = level
        raters = Raters(
            names: people.raters, alphaNominal: drawn { $0.krippendorffAlpha(.nominal) },
            alphaOrdinal: drawn { $0.krippendorffAlpha(.ordinal) },
            alphaInterval: drawn { $0.krippendorffAlpha(.interval) }, fleissKappa: drawn(\.fleissKappa),
            gwetAC1: drawn(\.gwetAC1), rawAgreement: drawn(\.rawAgreement))
        guard let judge else {
            self.judge = nil
            return
        }
        let agreement = try JudgeAgreement(of: judge, in: table, level: level, draws: draws, seed: seed)
        let conformal = agreement.conformal(level: coverage, seed: seed).map { interval, held, measured in
            Judge.Conformal(
                promised: coverage, reach: interval.reach.isFinite ? interval.reach : nil, learnedFrom: interval.count,
                held: held, measuredOn: measured)
        }
        self.judge = Judge(
            name: judge, peopleAlone: agreement.people, judgeInPlace: agreement.judgeInPlace,
            difference: agreement.difference, pairs: agreement.pairs, conformal: conformal,
            calibration: agreement.calibration())
    }

    // MARK: In words

    /// The report as lines for a terminal.
    var lines: [String] {
        var lines = [
            "\(ratings) ratings of \(units) things by \(raters.names.count) raters\(judge == nil ? "" : " and a judge")",
            "",
        ]
        var table = Table(head: ["agreement", "value", "95%"])
        for (name, value) in [
            ("Krippendorff's alpha, ordinal", raters.alphaOrdinal),
            ("Krippendorff's alpha, interval", raters.alphaInterval),
            ("Krippendorff's alpha, nominal", raters.alphaNominal), ("Fleiss' kappa", raters.fleissKappa),
            ("Gwet's AC1", raters.gwetAC1), ("equal pairs, chance and all", raters.rawAgreement),
        ] {
            table.rows.append([name, value.map { Self.digits($0.value) } ?? "not known", Self.interval(value)])
        }
        lines += table.lines
        if raters.alphaOrdinal == nil {
            lines += ["", "Not known: nothing was rated twice, or everything was rated alike."]
        }
        if raters.rawAgreement?.draws == 0 {
            lines += [
                "",
                "Intervals aren't known: fewer than \(RatingTable.fewestForInterval) things were rated twice, too few to draw from.",
            ]
        }
        guard let judge else { return lines }
        let name = WrappedText.plain(judge.name)
        lines += ["", "\(name) among the people, by Krippendorff's alpha (\(level.rawValue)):"]
        var beside = Table(head: ["", "value", "95%"])
        beside.rows = [
            ("people alone", judge.peopleAlone), ("\(name) in one's place", judge.judgeInPlace),
            ("difference", judge.difference),
        ].map { [$0.0, $0.1.map { Self.digits($0.value) } ?? "not known", Self.interval($0.1)] }
        lines += beside.lines
        if let difference = judge.difference { lines.append(Self.verdict(difference, name)) }
        var pairs = Table(head: ["kappa, quadratic", "with \(name)", "with other people"])
        pairs.rows = judge.pairs.map {
            [WrappedText.plain($0.rater), $0.withJudge.map(Self.digits) ?? "-", $0.withPeople.map(Self.digits) ?? "-"]
        }
        lines += [""] + pairs.lines
        if let conformal = judge.conformal {
            let held = "On \(conformal.measuredOn) other cases it held \(Self.percent(conformal.held))."
            lines += [
                "",
                conformal.reach.map {
                    "To hold people's mean rating in \(Self.percent(conformal.promised)) of cases, allow \(Self.digits($0)) up and down (learned from \(conformal.learnedFrom) cases). \(held)"
                }
                    ?? "\(conformal.learnedFrom) cases are too few to promise \(Self.percent(conformal.promised)).",
            ]
        }
        if let calibration = judge.calibration {
            lines += [
                "",
                "Taken as chances that people rate above 0, its values are off by \(Self.digits(calibration.error)) at the mean (expected calibration error; Brier's score \(Self.digits(calibration.brier))).",
            ]
            var curve = Table(head: ["it says", "holds for", "cases"])
            curve.rows = calibration.bins.map {
                [Self.percent($0.predicted), Self.percent($0.observed), "\($0.count)"]
            }
            lines += curve.lines
        }
        return lines
    }

    private static func verdict(_ difference: MeasuredAgreement, _ name: String) -> String {
        if let lower = difference.lower, lower > 0 {
            return "\(name) fits in better than the people do with each other."
        }
        if let upper = difference.upper, upper < 0 {
            return "\(name) fits in worse than the people do with each other."
        }
        return "Whether \(name) fits in better or worse than the people can't be told from these ratings."
    }

    private static func digits(_ value: Double) -> String {
        let thousandths = Int((abs(value) * 1_000).rounded())
        let rest = String(thousandths % 1_000)
        return (value < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1_000)."
            + String(repeating: "0", count: 3 - rest.count) + rest
    }

    private static func interval(_ value: MeasuredAgreement?) -> String {
        guard let value else { return "" }
        guard let lower = value.lower, let upper = value.upper else { return "not known" }
        return "\(digits(lower)) to \(digits(upper))"
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
