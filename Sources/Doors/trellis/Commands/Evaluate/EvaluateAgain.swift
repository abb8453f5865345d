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
                the same. Suites are taken from the folder itself.

                A folder may come from somebody else: the addresses that it names are told before they are asked, and no \
                key, configuration or host is taken from it. Name those that you want used.

                Examples:
                  trellis evaluate again runs/first --out runs/second
                  trellis evaluate again theirs --out runs/checked --key-env MY_KEY
                  trellis evaluate compare runs/first runs/second --from none --to none
                """)

        @Argument(help: "The folder of the run.", completion: .directory)
        var run: String

        @Option(name: .long, help: "The new run's folder.", completion: .directory)
        var out: String

        @Option(name: .long, help: "The environment variable that holds the key of the models' address.")
        var keyEnv: String?

        @Option(name: .long, help: "The environment variable that holds the key of the judges' address.")
        var judgeKeyEnv: String?

        @OptionGroup(title: "Charters") var library: LibraryOptions

        func run() async throws {
            let plan: RunPlan
            do throws(RunFolderError) { plan = try RunFolder.plan(in: run) } catch {
                throw CommandFailure(.negative, error.description)
            }
            let record = try RunRecord.read(in: run)
            let target = URL(fileURLWithPath: out).standardizedFileURL.path
            let (kept, left) = record.withoutReach
            if !left.isEmpty {
                Terminal.error.line(
                    "note: the run was begun with \(WrappedText.plain(left.joined(separator: ", "))), which isn't taken from a folder. Where it is needed, name it here."
                )
            }
            let again = RunRecord(
                arguments: kept.arguments(into: target) + given(in: FileManager.default.currentDirectoryPath),
                directory: record.directory)
            for address in Set(plan.models.map(\.address) + (plan.personModel.map { [$0.address] } ?? [])).sorted() {
                Terminal.error.line("note: asking \(WrappedText.plain(address))")
            }
            let command: Run
            do { command = try Run.parse(again.arguments) } catch {
                throw CommandFailure(
                    .negative,
                    "this version of Trellis doesn't take what the run was called with: \(Run.message(for: error))")
            }
            let suites = try EvaluatedRun.suites(run)
            // A charter's file was named from where the run was begun; on another machine, from here.
            _ = FileManager.default.changeCurrentDirectoryPath(record.directory)
            try await command.run(again, like: plan, with: suites)
        }

        /// What was named on this call, as arguments of a run.
        private func given(in directory: String) -> [String] {
            func absolute(_ path: String) -> String {
                URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: directory)).standardizedFileURL.path
            }
            var given: [String] = []
            if let keyEnv { given += ["--key-env", keyEnv] }
            if let judgeKeyEnv { given += ["--judge-key-env", judgeKeyEnv] }
            for registry in library.registries { given += ["--registry", absolute(registry)] }
            for host in library.hosts { given += ["--host", host] }
            if let config = library.options.config { given += ["--config", absolute(config)] }
            if let data = library.options.data { given += ["--data", absolute(data)] }
            for assignment in library.options.assignments { given += ["--set", assignment] }
            return given
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

    /// The record without what reaches into whoever makes the run again: their keys, their configuration, hosts and folders.
    /// And the options that were left out.
    var withoutReach: (record: RunRecord, left: [String]) {
        let reaching = [
            "--key-env", "--judge-key-env", "--config", "--data", "--set", "--host", "--charter-host", "--registry",
        ]
        var kept: [String] = []
        var left: [String] = []
        var skips = false
        for argument in arguments {
            if skips {
                skips = false
            } else if reaching.contains(argument) {
                skips = true
                left.append(argument)
            } else if let option = reaching.first(where: { argument.hasPrefix($0 + "=") }) {
                left.append(option)
            } else {
                kept.append(argument)
            }
        }
        return (RunRecord(arguments: kept, directory: directory), Array(left.eachOnce))
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
        let differing = plan.differences(from: earlier)
        throw CommandFailure(
            .negative,
            "this isn't the same run any more. What says something else by now: \(differing.joined(separator: ", ")).")
    }
}
