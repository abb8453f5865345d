public import Judges

/// Which conversation of an attractor run it is: a twin, which nobody pushes, or one that branches off its twin where it
/// is pushed.
public struct TrajectoryKey: Hashable, Sendable, Codable {
    /// Scenario, model, governance and seed, which a twin shares with everything that branches off it.
    public let sample: SampleKey
    /// The push. Nil for the twin.
    public let perturbation: Perturbation?

    /// A key.
    public init(_ sample: SampleKey, _ perturbation: Perturbation? = nil) {
        self.sample = sample
        self.perturbation = perturbation
    }

    /// The key of the twin.
    public var twin: TrajectoryKey { TrajectoryKey(sample) }
}

/// Everything that the conversations of an attractor run follow from: the manifest that stands in its folder.
public struct AttractorPlan: RecordPlan {
    /// See ``RecordPlan/Record``.
    public typealias Record = Trajectory

    /// The set of perturbations that is used.
    public struct PerturbationsEntry: Hashable, Sendable, Codable {
        /// Its name.
        public let id: String
        /// Its version.
        public let version: String
        /// What it says, in 64 hexadecimal digits.
        public let fingerprint: String
    }

    /// How long a conversation is, in exchanges: a message of the person with its reply.
    public struct Course: Hashable, Sendable, Codable {
        /// Exchanges before the push, at least 1.
        public let before: Int
        /// Exchanges after the push, at least 2.
        public let after: Int
        /// How many of the last exchanges the judge is shown for each reply. 1: the reply with what it answers, and no
        /// other, so that an earlier reply can't weigh on how a later one is judged.
        public let window: Int

        /// A course; what is too small is raised to the least.
        public init(before: Int = 2, after: Int = 6, window: Int = 1) {
            self.before = max(1, before)
            self.after = max(2, after)
            self.window = max(1, window)
        }
    }

    /// The form of such folders.
    public static let formVersion = 1

    /// The form of the folder.
    public let form: Int
    /// The suites with the scenarios that are run.
    public let suites: [RunPlan.SuiteEntry]
    /// The governances.
    public let governances: [RunPlan.GovernanceEntry]
    /// The models.
    public let models: [RunPlan.ModelEntry]
    /// The seeds: each scenario has a twin, and each push a branch, with each.
    public let seeds: [UInt64]
    /// The words of the pushes.
    public let perturbations: PerturbationsEntry
    /// The kinds of push.
    public let kinds: [Perturbation.Kind]
    /// Their strengths, ascending.
    public let strengths: [Int]
    /// The goods that are judged. Nil: those at stake in each scenario.
    public let goods: [String]?
    /// How long conversations are.
    public let course: Course
    /// The most messages that a push of the plan has; a twin has as many plain ones in their place.
    public let longestStretch: Int
    /// How models draw their words; the seed is each conversation's own.
    public let sampling: Sampling
    /// Who judges.
    public let judge: JudgeIdentity

    /// Why there is nothing to plan.
    public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// A good that no suite names.
        case unknownGood(String, known: [String])
        /// No scenario is left.
        case noScenarios(language: String)
        /// The set has no words for a push that was asked for.
        case noWords(Perturbation)

        /// What is wrong and what to do.
        public var description: String {
            switch self {
            case .unknownGood(let good, let known):
                "no suite names the good \(good). The goods here are: \(known.joined(separator: ", "))."
            case .noScenarios(let language):
                "no scenario is left: perturbations in “\(language)” fit scenarios in that language only, and a chosen good must be at stake. Choose other suites, goods or scenarios, or give perturbations in another language."
            case .noWords(let push):
                "the perturbations have no words for \(push.kind.rawValue) at strength \(push.strength). Leave it out, or add them to the file."
            }
        }
    }

    /// A plan. Scenarios in another language than the perturbations', and those in which no chosen good is at stake, are
    /// left out.
    ///
    /// - Parameters:
    ///   - scenarios: The names of scenarios to keep. Nil: all.
    ///   - limit: How many scenarios of each suite at most.
    ///   - kinds: The kinds of push; each once.
    ///   - strengths: From 1 to 5.
    ///   - goods: The goods to judge. Nil: those at stake in each scenario.
    /// - Throws: ``Problem``.
    public init(
        suites: [Suite], only scenarios: Set<String>? = nil, limit: Int? = nil, governances: [Governance],
        models: [RunPlan.ModelEntry], seeds: [UInt64], perturbations set: PerturbationSet,
        kinds: [Perturbation.Kind] = Perturbation.Kind.allCases, strengths: [Int] = Array(Perturbation.strengths),
        goods: [String]? = nil, course: Course = Course(), sampling: Sampling, judge: JudgeIdentity
    ) throws(Problem) {
        let known = suites.flatMap { $0.rubric.entries.map(\.id) }
        for good in goods ?? [] where !known.contains(good) {
            throw .unknownGood(good, known: Set(known).sorted())
        }
        form = Self.formVersion
        var entries: [RunPlan.SuiteEntry] = []
        for suite in suites {
            let fitting = suite.scenarios.filter { scenario in
                scenario.language == set.language && scenarios?.contains(scenario.id) ?? true
                    && goods.map { chosen in scenario.goods.contains { chosen.contains($0) } } ?? true
            }
            guard !fitting.isEmpty else { continue }
            entries.append(
                RunPlan.SuiteEntry(
                    id: suite.id, version: suite.version, fingerprint: suite.fingerprint,
                    scenarios: Array(fitting.map(\.id).prefix(limit ?? .max))))
        }
        guard !entries.isEmpty else { throw .noScenarios(language: set.language) }
        self.suites = entries
        self.governances = governances.map(RunPlan.GovernanceEntry.init)
        self.models = models
        self.seeds = seeds
        self.perturbations = PerturbationsEntry(id: set.id, version: set.version, fingerprint: set.fingerprint)
        self.kinds = Perturbation.Kind.allCases.filter(kinds.contains)
        self.strengths = Perturbation.strengths.filter(strengths.contains)
        let pushes = Self.pushes(self.kinds, self.strengths)
        for push in pushes where set.phrasings[push.kind]?[push.strength]?.isEmpty ?? true { throw .noWords(push) }
        longestStretch = set.longestStretch(of: pushes)
        self.goods = goods
        self.course = course
        self.sampling = sampling
        self.judge = judge
    }

    private static func pushes(_ kinds: [Perturbation.Kind], _ strengths: [Int]) -> [Perturbation] {
        kinds.flatMap { kind in strengths.map { Perturbation(kind, strength: $0) } }
    }

    /// Every push of the plan.
    public var pushes: [Perturbation] { Self.pushes(kinds, strengths) }

    /// The keys of all twins, suite by suite and scenario by scenario.
    public var twins: [TrajectoryKey] {
        suites.flatMap { suite in
            suite.scenarios.flatMap { scenario in
                seeds.flatMap { seed in
                    models.flatMap { model in
                        governances.map { governance in
                            TrajectoryKey(
                                SampleKey(
                                    suite: suite.id, scenario: scenario, model: model.label,
                                    governance: governance.label, seed: seed))
                        }
                    }
                }
            }
        }
    }

    /// Everything that branches off a twin.
    public func branches(of twin: TrajectoryKey) -> [TrajectoryKey] {
        pushes.map { TrajectoryKey(twin.sample, $0) }
    }

    /// How many conversations the run has.
    public var count: Int {
        suites.reduce(0) { $0 + $1.scenarios.count } * seeds.count * models.count * governances.count
            * (1 + kinds.count * strengths.count)
    }

    /// How many replies models give and the judge judges, at most: a branch's beginning is its twin's and isn't said anew.
    public var replies: Int {
        let twins = suites.reduce(0) { $0 + $1.scenarios.count } * seeds.count * models.count * governances.count
        return twins
            * (course.before + longestStretch + course.after
                + kinds.count * strengths.count * (longestStretch + course.after))
    }

    /// See ``RecordPlan/recordsFile``.
    public static var recordsFile: String { "trajectories.jsonl" }
    /// See ``RecordPlan/isOfKnownForm``.
    public var isOfKnownForm: Bool { form == Self.formVersion }
}
