import Charters
import Flourishing
import Foundation
import Judges
import Models

/// A run as logs of Inspect (UK AISI, `inspect_ai`): a file for each model under each governance in each suite, which
/// `inspect_ai.log.read_eval_log` reads and `inspect view` shows.
///
/// Each scenario is a sample and each seed an epoch. Each good by each judge is a score from -1 to 1 of its own, with the
/// judge's quotes in its metadata; a good without an estimate has no score. Inspect adds nothing up over scores.
public struct InspectLogs: Sendable {
    private let results: RunResults

    /// The logs of some results.
    public init(_ results: RunResults) { self.results = results }

    /// Writes the logs into a folder, which is made if it isn't there. A log of the same run is replaced.
    ///
    /// The folder of the run is read once for each log; one sample is in memory at a time.
    ///
    /// - Returns: The names of the files.
    /// - Throws: ``RunFolderError``.
    public func write(into folder: String) throws -> [String] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw RunFolderError.trouble(folder, "the folder can't be made (\(error.localizedDescription))")
        }
        return try results.cells.map { cell in
            let id = String(
                sha256Hexadecimal("\(results.plan.fingerprint)\n\(cell.suite)\n\(cell.model)\n\(cell.governance)".utf8)
                    .prefix(22))
            let (started, ended) = span(cell)
            let created = moment(started)
            let task = cell.suite.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "-" }
            let name =
                created.replacing(":", with: "-").replacing("Z", with: "-00-00") + "_" + String(task) + "_\(id).json"
            try StreamedFile.write(folder + "/" + name) {
                try log(cell, id: id, created: created, ended: moment(ended), $0)
            }
            return name
        }
    }

    /// When the first conversation began, and when the last ended.
    private func span(_ cell: RunResults.Cell) -> (Int64, Int64) {
        var span: (Int64, Int64)?
        results.forEachRecord(in: cell) { _, record in
            let end = record.startedAt &+ record.took
            span = (min(span?.0 ?? record.startedAt, record.startedAt), max(span?.1 ?? end, end))
        }
        return span ?? (0, 0)
    }

    private func moment(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds / 1_000)).formatted(.iso8601)
    }

    /// The judges' names, made distinct.
    private var judgeNames: [String] {
        let names = results.plan.judges.map(\.name)
        return names.enumerated().map { place, name in
            names.firstIndex(of: name) == place ? name : "\(name) \(place + 1)"
        }
    }

    private func log(
        _ cell: RunResults.Cell, id: String, created: String, ended: String, _ sink: (String) throws -> Void
    ) throws {
        let plan = results.plan
        let failed = cell.failures.values.reduce(0, +)
        let header = InspectHeader(
            status: cell.finished + failed < cell.planned ? "started" : "success",
            eval: .init(
                evalID: id, runID: String(plan.fingerprint.prefix(22)), created: created, task: cell.suite,
                taskID: id, taskVersion: plan.suites.first { $0.id == cell.suite }?.version ?? "",
                taskArgs: ["governance": cell.governance, "persons": plan.persons.rawValue],
                dataset: .init(
                    name: cell.suite, samples: plan.suites.first { $0.id == cell.suite }?.scenarios.count ?? 0,
                    sampleIDs: plan.suites.first { $0.id == cell.suite }?.scenarios ?? []),
                model: cell.model, modelBaseURL: plan.models.first { $0.label == cell.model }?.address,
                config: .init(epochs: plan.seeds.count),
                metadata: [
                    "governance": cell.governance,
                    "charter": plan.governances.first { $0.label == cell.governance }?.fingerprint ?? "",
                    "suite_fingerprint": plan.suites.first { $0.id == cell.suite }?.fingerprint ?? "",
                ]),
            results: .init(
                totalSamples: cell.planned, completedSamples: cell.finished,
                scores: zip(judgeNames, cell.judges).flatMap { name, vector in
                    vector.goods.compactMap { InspectHeader.Score($0, by: name) }
                }),
            stats: .init(
                startedAt: created, completedAt: ended,
                modelUsage: [cell.model: InspectUsage(cell.modelTokens)]))
        // The header's closing brace waits until the samples are in.
        try sink(String(try text(header).dropLast()) + ",\"samples\":[")
        var line = -1
        var isFirst = true
        var problem: (any Error)?
        try RunFolder.forEachSample(in: results.folder) { sample in
            line += 1
            guard problem == nil, sample.key.suite == cell.suite, sample.key.model == cell.model,
                sample.key.governance == cell.governance, results.book.place(ofLine: line, sample.key) != nil
            else { return }
            do {
                try sink((isFirst ? "\n" : ",\n") + text(inspected(sample.checked)))
                isFirst = false
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        try sink("\n]}\n")
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try RunPlan.encoder.encode(value), as: UTF8.self)
    }

    private func inspected(_ sample: Sample) -> InspectSample {
        let key = sample.key
        let names = judgeNames
        let scenario = results.book.suites[key.suite]?.scenarios.first { $0.id == key.scenario }
        let messages = sample.turns.enumerated().map { index, turn in
            InspectMessage(
                id: "\(key.scenario)-\(key.seed)-\(index)", role: turn.role.rawValue, content: turn.words,
                source: turn.role == .assistant ? "generate" : "input",
                model: turn.role == .assistant ? key.model : nil)
        }
        var scores: [String: InspectSample.Score] = [:]
        for judgement in sample.judgements {
            guard let judge = results.plan.judges.firstIndex(of: judgement.judge) else { continue }
            for (good, estimate) in judgement.appraisal.estimates {
                let findings = judgement.findings.filter { $0.good == good }
                scores[InspectHeader.name(good, by: names[judge])] = InspectSample.Score(
                    value: estimate.value,
                    explanation: findings.isEmpty
                        ? "\(names[judge]) quotes nothing."
                        : findings.map {
                            "\($0.bearing.rawValue): “\($0.quote)”\($0.why.isEmpty ? "" : " (\($0.why))")"
                        }.joined(separator: "\n"),
                    metadata: .init(
                        good: good, judge: names[judge], lower: estimate.lower, upper: estimate.upper,
                        coverage: estimate.coverage, findings: findings,
                        dropped: judgement.dropped.filter { $0.good == good },
                        disagreements: judgement.disagreements.filter { $0.good == good },
                        problems: judgement.problems))
            }
        }
        let usage = InspectUsage(sample.modelTokens)
        return InspectSample(
            id: key.scenario, epoch: (results.plan.seeds.firstIndex(of: key.seed) ?? 0) + 1,
            input: sample.turns.first?.words ?? scenario?.says.first ?? "", target: "", messages: messages,
            output: .init(
                model: key.model,
                choices: messages.last { $0.role == "assistant" }.map { [.init(message: $0, stopReason: "stop")] }
                    ?? [],
                usage: usage), scores: scores,
            metadata: .init(
                seed: key.seed, governance: key.governance, person: scenario?.person, place: scenario?.place,
                brings: scenario?.brings, wants: scenario?.wants, cares: scenario?.cares,
                considerations: scenario?.considerations, wise: scenario?.wise.map(\.rawValue),
                unwise: scenario?.unwise.map(\.rawValue), moves: sample.turns.compactMap(\.move),
                floor: sample.turns.flatMap(\.floor)), modelUsage: [key.model: usage],
            startedAt: moment(sample.startedAt), completedAt: moment(sample.startedAt &+ sample.took),
            totalTime: Double(sample.took) / 1_000,
            error: sample.failure.map { InspectSample.Failure(message: $0) })
    }
}
