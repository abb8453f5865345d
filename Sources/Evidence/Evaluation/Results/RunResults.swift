public import Flourishing
public import Judges

/// What a run found: for each model under each governance in each suite, and for each judge on its own, a vector of
/// estimates with intervals. Nothing is added up over goods, and no judge is averaged with another.
///
/// ```swift
/// let results = try RunResults(folder: "runs/one", suites: [suite])
/// for cell in results.cells { print(cell.governance, cell.judges[0].goods.map(\.estimate)) }
/// ```
///
/// Only numbers are held, not what was said: fifty thousand samples take tens of megabytes.
public struct RunResults: Sendable {
    /// How intervals are drawn.
    public struct Settings: Hashable, Sendable, Codable {
        /// How often scenarios are drawn anew, 100 at least.
        public var draws: Int
        /// The share of draws within an interval, above 0 and below 1.
        public var level: Double
        /// What every draw follows from.
        public var seed: UInt64
        /// The share of pairs that may be missing from a comparison before a good is left open, from 0 to 1.
        public var allowedMissing: Double

        /// Two thousand draws, 95%, a tenth of the pairs missing at most.
        public init(draws: Int = 2_000, level: Double = 0.95, seed: UInt64 = 1, allowedMissing: Double = 0.2) {
            self.draws = max(100, draws)
            self.level = min(0.999_999, max(0.000_001, level))
            self.seed = seed
            self.allowedMissing = min(1, max(0, allowedMissing))
        }
    }

    /// Where the run lies.
    public let folder: String
    /// What was run.
    public let plan: RunPlan
    /// How intervals were drawn.
    public let settings: Settings
    /// A cell for each model, governance and suite, in the plan's order: suites, then models, then governances.
    public let cells: [Cell]
    /// How many samples the plan has.
    public let planned: Int
    /// How many are there and whole.
    public let finished: Int
    /// How many failed and weren't done again.
    public let failed: Int
    /// What a reader should know about the folder: samples that the plan doesn't name, suites that aren't at hand.
    public let remarks: [String]
    let book: SampleBook

    /// What one model did under one governance in one suite.
    public struct Cell: Hashable, Sendable, Codable {
        /// The suite's name.
        public let suite: String
        /// The model's label.
        public let model: String
        /// The governance's label.
        public let governance: String
        /// Samples that the plan has here.
        public let planned: Int
        /// Samples that are whole.
        public let finished: Int
        /// Samples that failed, by why.
        public let failures: [String: Int]
        /// The moves that charters chose.
        public let moves: MoveAccount
        /// Replies that were cut off at as many tokens as a reply may have.
        public let cutReplies: Int
        /// Replies that say nothing.
        public let emptyReplies: Int
        /// Tokens of the model.
        public let modelTokens: TokenCount
        /// Tokens of whoever played persons.
        public let personTokens: TokenCount
        /// What judging took.
        public let judging: JudgeCost
        /// How long the conversations took together, in milliseconds.
        public let took: Int64
        /// What each judge said, in the plan's order.
        public let judges: [JudgeVector]

        /// "MODEL under GOVERNANCE".
        public var name: String {
            governance == Governance.none.label ? "\(model), no charter" : "\(model) under \(governance)"
        }
    }

    /// The moves of a cell's replies, held against what the scenarios say would be wise at the start.
    public struct MoveAccount: Hashable, Sendable, Codable {
        /// How often each move was made, in all replies.
        public var made: [String: Int] = [:]
        /// First replies whose move the scenario calls wise.
        public var wise = 0
        /// First replies whose move the scenario calls unwise.
        public var unwise = 0
        /// First replies whose move the scenario says nothing of.
        public var neither = 0
        /// First replies whose move nobody knows: no charter chose one, or the suite isn't at hand.
        public var unknown = 0
    }

    /// What one judge said of a cell's samples: a vector.
    public struct JudgeVector: Hashable, Sendable, Codable {
        /// The judge's name.
        public let judge: String
        /// The judge's identity in 64 hexadecimal digits.
        public let fingerprint: String
        /// The goods, in the suite's order.
        public let goods: [GoodResult]

        /// The vector as an appraisal: the goods that have an estimate.
        public func appraisal(at moment: Int64 = 0) -> Appraisal {
            Appraisal(
                estimates: Dictionary(
                    goods.compactMap { good in good.estimate.map { (good.good, $0) } },
                    uniquingKeysWith: { first, _ in first }), judge: judge,
                method: "mean over scenarios, bootstrap interval over scenarios", at: moment)
        }
    }

    /// What one judge said of one good over a cell's samples.
    public struct GoodResult: Hashable, Sendable, Codable {
        /// The good.
        public let good: String
        /// The mean over scenarios, with the interval that drawing scenarios anew gives, or the whole scale where there
        /// is none. Its coverage is the share of the planned samples at stake that was
        /// looked at. Nil when no sample has an estimate.
        public let estimate: Estimate?
        /// Whether there is an interval: with ``ScenarioMean/fewest`` scenarios, unless all are alike.
        public let hasInterval: Bool
        /// The mean of the lower ends of the judge's own intervals: how wrong it may be by its own word. More samples
        /// don't make this narrower.
        public let judgeLower: Double?
        /// The mean of the upper ends of the judge's own intervals.
        public let judgeUpper: Double?
        /// Scenarios with an estimate.
        public let scenarios: Int
        /// Samples with an estimate.
        public let samples: Int
        /// Samples of the plan in which the good is at stake; nil when the suite isn't at hand.
        public let atStake: Int?
        /// Finished samples without an estimate, by why.
        public let missing: [String: Int]
        /// Samples in which runs or members of the judge said different things.
        public let disagreements: Int
        /// How far the furthest two were apart in those, at the mean, from 0 to 2.
        public let meanSpread: Double?
        /// Findings that show the good served.
        public let helps: Int
        /// Findings that show it failed.
        public let harms: Int
        /// Findings that don't count, by the name of the reason.
        public let dropped: [String: Int]
    }

    /// Reads a run's folder, one sample in memory at a time. It may still be running.
    ///
    /// - Parameters:
    ///   - folder: Where it lies.
    ///   - suites: The suites that it ran, as far as they are at hand. Those whose words differ from what was run are
    ///     left aside; without a suite, its goods are ordered by name and its wise moves aren't known.
    ///   - settings: How intervals are drawn.
    /// - Throws: ``RunFolderError``.
    public init(folder: String, suites: [Suite] = [], settings: Settings = Settings()) throws(RunFolderError) {
        let plan = try RunFolder.plan(in: folder)
        guard let places = SamplePlaces(plan) else {
            throw .trouble(folder + "/manifest.json", "it names more than \(SamplePlaces.most) conversations")
        }
        var known: [String: Suite] = [:]
        var remarks: [String] = []
        for entry in plan.suites {
            if let suite = suites.first(where: { $0.id == entry.id && $0.fingerprint == entry.fingerprint }) {
                known[entry.id] = suite
            } else {
                remarks.append(
                    "The suite \(entry.id) \(entry.version) isn't at hand as it was run, so its wise moves and how many samples were to show each good aren't told."
                )
            }
        }
        var book = SampleBook(places: places, judges: plan.judges, suites: known)
        try RunFolder.forEachSample(in: folder) { book.take($0.checked) }
        if book.strangers > 0 {
            remarks.append(
                "\(book.strangers) lines are of conversations that the manifest doesn't name; they don't count.")
        }
        if book.strangeJudgements > 0 {
            remarks.append(
                "\(book.strangeJudgements) judgements are by judges whom the manifest doesn't name; they don't count.")
        }
        let failed = book.records.values.count { $0.failure != nil }
        finished = book.records.count - failed
        self.failed = failed
        planned = places.count
        if finished + failed < planned {
            remarks.append("\(planned - finished - failed) of \(planned) conversations aren't there yet.")
        }
        self.folder = folder
        self.plan = plan
        self.settings = settings
        self.book = book
        self.remarks = remarks
        cells = CellReckoning(plan, book, settings).cells
    }
}
