import Charters
import Foundation
public import Judges

/// Everything that a run's samples follow from: the manifest that stands in its folder, from which the same run can be
/// made again.
public struct RunPlan: RecordPlan {
    /// See ``RecordPlan/Record``.
    public typealias Record = Sample

    /// A suite that is run.
    public struct SuiteEntry: Hashable, Sendable, Codable {
        /// Its name.
        public let id: String
        /// Its version.
        public let version: String
        /// What it says, in 64 hexadecimal digits.
        public let fingerprint: String
        /// The scenarios that are run, in order.
        public internal(set) var scenarios: [String]
    }

    /// A governance that models talk under.
    public struct GovernanceEntry: Hashable, Sendable, Codable {
        /// Its label in the run.
        public let label: String
        /// The charter's name and version; nil for none.
        public let charter: String?
        /// What the charter and its parents say together, in 64 hexadecimal digits; nil for none.
        public let fingerprint: String?

        init(_ governance: Governance) {
            label = governance.label
            charter = governance.charter.map { "\($0.id) \($0.version)" }
            fingerprint = governance.charter?.fingerprint.hexadecimal
        }
    }

    /// A model that is evaluated.
    public struct ModelEntry: Hashable, Sendable, Codable {
        /// Its label in the run.
        public let label: String
        /// Its name where it is asked.
        public let name: String
        /// Where it is asked, without anything secret.
        public let address: String

        /// A model.
        public init(label: String, name: String, address: String) {
            self.label = label
            self.name = name
            self.address = address
        }
    }

    /// The form of run folders.
    public static let formVersion = 1

    /// The form of the folder.
    public let form: Int
    /// The suites.
    public internal(set) var suites: [SuiteEntry]
    /// The governances.
    public let governances: [GovernanceEntry]
    /// The models.
    public let models: [ModelEntry]
    /// The seeds: each scenario is held once with each.
    public let seeds: [UInt64]
    /// How persons are played.
    public let persons: PersonPlay
    /// The model that plays persons, if one does.
    public let personModel: ModelEntry?
    /// How many messages of a person are answered at most.
    public let mostTurns: Int
    /// How models draw their words; the seed is each sample's own.
    public let sampling: Sampling
    /// Who judges.
    public internal(set) var judges: [JudgeIdentity]

    /// A plan.
    public init(
        suites: [Suite], only scenarios: Set<String>? = nil, limit: Int? = nil, governances: [Governance],
        models: [ModelEntry], seeds: [UInt64], persons: PersonPlay, personModel: ModelEntry? = nil, mostTurns: Int,
        sampling: Sampling, judges: [JudgeIdentity]
    ) {
        form = Self.formVersion
        self.suites = suites.map { suite in
            let named = suite.scenarios.map(\.id).filter { scenarios?.contains($0) ?? true }
            return SuiteEntry(
                id: suite.id, version: suite.version, fingerprint: suite.fingerprint,
                scenarios: Array(named.prefix(limit ?? .max)))
        }
        self.governances = governances.map(GovernanceEntry.init)
        self.models = models
        self.seeds = seeds
        self.persons = persons
        self.personModel = personModel
        self.mostTurns = mostTurns
        self.sampling = sampling
        self.judges = judges
    }

    /// The same conversations, judged by others.
    ///
    /// - Parameters:
    ///   - judges: Who judges.
    ///   - scenarios: Only these; all when nil.
    ///   - limit: As many scenarios of each suite at most.
    public func judged(
        by judges: [JudgeIdentity], only scenarios: Set<String>? = nil, limit: Int? = nil
    ) -> RunPlan {
        var plan = self
        plan.judges = judges
        for place in plan.suites.indices {
            let named = plan.suites[place].scenarios.filter { scenarios?.contains($0) ?? true }
            plan.suites[place].scenarios = Array(named.prefix(limit ?? .max))
        }
        return plan
    }

    /// Every sample of the run, in its order: suite by suite, scenario by scenario, so that what is compared is
    /// measured at about the same time.
    public var keys: [SampleKey] {
        var keys: [SampleKey] = []
        keys.reserveCapacity(count)
        for suite in suites {
            for scenario in suite.scenarios {
                for seed in seeds {
                    for model in models {
                        for governance in governances {
                            keys.append(
                                SampleKey(
                                    suite: suite.id, scenario: scenario, model: model.label,
                                    governance: governance.label, seed: seed))
                        }
                    }
                }
            }
        }
        return keys
    }

    /// How many samples the run has.
    public var count: Int {
        suites.reduce(0) { $0 + $1.scenarios.count } * seeds.count * models.count * governances.count
    }

    /// See ``RecordPlan/differences(from:)``.
    public func differences(from earlier: RunPlan) -> [String] {
        var differing: [String] = []
        func compare<Entry: Hashable>(_ one: [Entry], _ other: [Entry], _ what: String, _ name: (Entry) -> String) {
            let changed = Set(one).symmetricDifference(other).map(name)
            if !changed.isEmpty {
                differing.append("\(what) \(Set(changed).sorted().joined(separator: " and "))")
            } else if one != other {
                differing.append("the order of what stands under \(what)")
            }
        }
        compare(suites, earlier.suites, "the suite", \.id)
        compare(governances, earlier.governances, "the charter", \.label)
        compare(models, earlier.models, "the model", \.label)
        compare(judges, earlier.judges, "the judge", \.name)
        for (isOther, what) in [
            (seeds != earlier.seeds, "the seeds"), (persons != earlier.persons, "who plays the persons"),
            (personModel != earlier.personModel, "the model that plays persons"),
            (mostTurns != earlier.mostTurns, "how many messages are answered"),
            (sampling != earlier.sampling, "the temperature or the tokens of a reply"),
        ] where isOther {
            differing.append(what)
        }
        return differing
    }

    /// The plan in 64 hexadecimal digits. Two runs with the same differ only by what models answer.
    public var fingerprint: String {
        sha256Hexadecimal((try? Self.encoder.encode(self)) ?? Data())
    }

    /// See ``RecordPlan/recordsFile``.
    public static var recordsFile: String { "samples.jsonl" }
    /// See ``RecordPlan/isOfKnownForm``.
    public var isOfKnownForm: Bool { form == Self.formVersion }

    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
