import Flourishing
import Judges
import Models

/// The head of an Inspect log: everything but its samples. The form is version 2 of `EvalLog` in `inspect_ai.log`.
struct InspectHeader: Encodable {
    let version = 2
    let status: String
    let eval: Spec
    let plan = Plan()
    let results: Results
    let stats: Stats

    struct Plan: Encodable {
        let name = "trellis evaluate"
        let steps: [String] = []
    }

    struct Dataset: Encodable {
        let name: String
        let samples: Int
        let sampleIDs: [String]
        let shuffled = false

        enum CodingKeys: String, CodingKey {
            case name, samples, shuffled
            case sampleIDs = "sample_ids"
        }
    }

    struct Config: Encodable {
        let epochs: Int
    }

    struct Spec: Encodable {
        let evalID: String
        let runID: String
        let created: String
        let task: String
        let taskID: String
        let taskVersion: String
        let taskArgs: [String: String]
        let dataset: Dataset
        let model: String
        let modelBaseURL: String?
        let config: Config
        let metadata: [String: String]

        enum CodingKeys: String, CodingKey {
            case created, task, dataset, model, config, metadata
            case evalID = "eval_id"
            case runID = "run_id"
            case taskID = "task_id"
            case taskVersion = "task_version"
            case taskArgs = "task_args"
            case modelBaseURL = "model_base_url"
        }
    }

    struct Metric: Encodable {
        let name: String
        let value: Double
    }

    struct Score: Encodable {
        let name: String
        let scorer: String
        let scoredSamples: Int
        let metrics: [String: Metric]
        let metadata: [String: Double]

        /// Nil when no sample has an estimate. The mean is the only metric: Inspect's overview shows whichever comes first.
        init?(_ result: RunResults.GoodResult, by judge: String) {
            guard let estimate = result.estimate else { return nil }
            name = InspectHeader.name(result.good, by: judge)
            scorer = judge
            scoredSamples = result.samples
            metrics = ["mean": Metric(name: "mean", value: estimate.value)]
            var metadata = ["coverage": estimate.coverage]
            if result.hasInterval {
                metadata["lower"] = estimate.lower
                metadata["upper"] = estimate.upper
            }
            self.metadata = metadata
        }

        enum CodingKeys: String, CodingKey {
            case name, scorer, metrics, metadata
            case scoredSamples = "scored_samples"
        }
    }

    struct Results: Encodable {
        let totalSamples: Int
        let completedSamples: Int
        let scores: [Score]

        enum CodingKeys: String, CodingKey {
            case scores
            case totalSamples = "total_samples"
            case completedSamples = "completed_samples"
        }
    }

    struct Stats: Encodable {
        let startedAt: String
        let completedAt: String
        let modelUsage: [String: InspectUsage]

        enum CodingKeys: String, CodingKey {
            case startedAt = "started_at"
            case completedAt = "completed_at"
            case modelUsage = "model_usage"
        }
    }

    /// What a score is called: a good never goes without its judge.
    static func name(_ good: String, by judge: String) -> String { "\(good) by \(judge)" }
}

/// Tokens as Inspect counts them.
struct InspectUsage: Encodable {
    let input: Int
    let output: Int
    let total: Int

    init(_ count: TokenCount) {
        input = count.input
        output = count.output
        let (sum, isTooMuch) = count.input.addingReportingOverflow(count.output)
        total = isTooMuch ? .max : sum
    }

    enum CodingKeys: String, CodingKey {
        case input = "input_tokens"
        case output = "output_tokens"
        case total = "total_tokens"
    }
}

/// A turn as Inspect keeps it.
struct InspectMessage: Encodable {
    let id: String
    let role: String
    let content: String
    let source: String
    let model: String?
}

/// A sample as Inspect keeps it.
struct InspectSample: Encodable {
    struct Choice: Encodable {
        let message: InspectMessage
        let stopReason: String

        enum CodingKeys: String, CodingKey {
            case message
            case stopReason = "stop_reason"
        }
    }

    struct Output: Encodable {
        let model: String
        let choices: [Choice]
        let usage: InspectUsage
    }

    struct ScoreMetadata: Encodable {
        let good: String
        let judge: String
        let lower: Double
        let upper: Double
        let coverage: Double
        let findings: [Finding]
        let dropped: [DroppedFinding]
        let disagreements: [Disagreement]
        let problems: [String]
    }

    struct Score: Encodable {
        let value: Double
        let explanation: String
        let metadata: ScoreMetadata
    }

    struct Metadata: Encodable {
        let seed: UInt64
        let governance: String
        let person: String?
        let place: String?
        let brings: String?
        let wants: String?
        let cares: String?
        let considerations: [String]?
        let wise: [String]?
        let unwise: [String]?
        let moves: [String]
        let floor: [String]
    }

    struct Failure: Encodable {
        let message: String
        let traceback = ""
        let tracebackANSI = ""

        enum CodingKeys: String, CodingKey {
            case message, traceback
            case tracebackANSI = "traceback_ansi"
        }
    }

    let id: String
    let epoch: Int
    let input: String
    let target: String
    let messages: [InspectMessage]
    let output: Output
    let scores: [String: Score]
    let metadata: Metadata
    let modelUsage: [String: InspectUsage]
    let startedAt: String
    let completedAt: String
    let totalTime: Double
    let error: Failure?

    enum CodingKeys: String, CodingKey {
        case id, epoch, input, target, messages, output, scores, metadata, error
        case modelUsage = "model_usage"
        case startedAt = "started_at"
        case completedAt = "completed_at"
        case totalTime = "total_time"
    }
}
