import ArgumentParser
import Evaluation
import Foundation

extension EvaluateCommand {
    /// `trellis evaluate again`.
    struct Again: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a run again from its folder.",
            discussion: """
                The new run has the same suites, charters, models, seeds and judges, by their fingerprints. When one of \
                them says something else by now, nothing is run. What comes out is the same as far as the models answer \
                the same.

                Examples:
                  trellis evaluate again runs/first --out runs/second
                  trellis evaluate compare runs/first runs/second --from none --to none
                """)

        @Argument(help: "The folder of the run.", completion: .directory)
        var run: String

        @Option(name: .long, help: "The new run's folder.", completion: .directory)
        var out: String

        func run() async throws {
            let plan: RunPlan
            do throws(RunFolderError) { plan = try RunFolder.plan(in: run) } catch {
                throw CommandFailure(.negative, error.description)
            }
            let record = try RunRecord.read(in: run)
            let target = URL(fileURLWithPath: out).standardizedFileURL.path
            let again = RunRecord(arguments: record.arguments(into: target), directory: record.directory)
            let command: Run
            do { command = try Run.parse(again.arguments) } catch {
                throw CommandFailure(
                    .negative,
                    "this version of Trellis doesn't take what the run was called with: \(Run.message(for: error))")
            }
            // Files were named from where the run was begun.
            guard FileManager.default.changeCurrentDirectoryPath(record.directory) else {
                throw CommandFailure(
                    .negative,
                    "the run was begun in \(WrappedText.plain(record.directory)), which isn't there. Its files were named from there."
                )
            }
            try await command.run(again, like: plan)
        }
    }
}

/// How a run was called: what it is made again from. It stands beside the manifest, and holds no secret, because none can be
/// given on the command line.
struct RunRecord: Codable {
    /// What stood behind `trellis evaluate run`.
    let arguments: [String]
    /// Where it was called.
    let directory: String

    init(arguments: [String], directory: String = FileManager.default.currentDirectoryPath) {
        self.arguments = arguments
        self.directory = directory
    }

    private static let file = "command.json"

    /// The arguments with another folder for the run.
    func arguments(into folder: String) -> [String] {
        var changed: [String] = []
        var skips = false
        for argument in arguments {
            if skips {
                skips = false
            } else if argument == "--out" {
                skips = true
            } else if !argument.hasPrefix("--out=") {
                changed.append(argument)
            }
        }
        return changed + ["--out", folder]
    }

    /// Keeps it in a run's folder, unless one is there: a run that goes on was called before.
    func write(in folder: String) throws {
        let path = folder + "/" + Self.file
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do { try CharterFileWriting.create(path, with: try Printed.json(self) + "\n") } catch {
            throw CommandFailure(.failed, "\(WrappedText.plain(path)) can't be written. Is the disk full?")
        }
    }

    /// How the run in a folder was called.
    static func read(in folder: String) throws -> RunRecord {
        guard let data = FileManager.default.contents(atPath: folder + "/" + file),
            let record = try? JSONDecoder().decode(RunRecord.self, from: data)
        else {
            throw CommandFailure(
                .negative,
                "\(WrappedText.plain(folder)) doesn't say how it was called: there is no \(file) that can be read.")
        }
        return record
    }

    /// Whether a plan is the one of the earlier run; else what differs.
    static func check(_ plan: RunPlan, against earlier: RunPlan) throws {
        guard plan != earlier else { return }
        var differing: [String] = []
        for suite in earlier.suites where !plan.suites.contains(suite) { differing.append("the suite \(suite.id)") }
        for governance in earlier.governances where !plan.governances.contains(governance) {
            differing.append("the charter \(governance.label)")
        }
        for model in earlier.models where !plan.models.contains(model) { differing.append("the model \(model.label)") }
        if plan.judges != earlier.judges { differing.append("who judges") }
        if differing.isEmpty { differing.append("seeds, persons or sampling") }
        throw CommandFailure(
            .negative,
            "this isn't the same run any more. What says something else by now: \(differing.joined(separator: ", ")).")
    }
}
