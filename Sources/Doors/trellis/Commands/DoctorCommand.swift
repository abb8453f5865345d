import ArgumentParser
import Charters
import Foundation

/// `trellis doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check that everything is in place, and say what to fix.",
        discussion: """
            Looks at the machine, the configuration, the data folder, the store, the charters, the local runtime, the \
            port and every upstream (by asking for its list of models, which costs nothing).

            Examples:
              trellis doctor
              trellis doctor --config /etc/trellis.yaml --json

            Exit code 1 when something is broken. More: docs/configuration.md.
            """)

    @Option(name: .long, help: "The folder of the local runtime: Python and models.", completion: .directory)
    var home: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Configuration") var options: SettingsOptions

    func run() async throws {
        let flags = home.map { [("home", $0, "--home")] } ?? []
        var findings: [Finding] = []
        var settings: Settings?
        do {
            settings = try await options.settings(flags, readsSecrets: true)
        } catch let error as SettingsError {
            findings += error.diagnostics.map { .broken("configuration", $0.description, fix: $0.help) }
            // A secret that is missing keeps nobody from looking at the rest.
            settings = try? await options.settings(flags, readsSecrets: false)
        }
        if let settings {
            let examination = Examination(settings: settings, environment: ProcessInfo.processInfo.environment)
            let hasProblem = !findings.isEmpty
            // What was just refused is not in order, whatever the rest says.
            findings += await examination.findings().filter { !(hasProblem && $0.part == "configuration") }
        }
        if json {
            Terminal.output.line(try Printed.json(findings))
        } else {
            for finding in findings { Terminal.output.line(finding.shown(on: .output)) }
            let broken = findings.count { $0.state == .broken }
            let doubtful = findings.count { $0.state == .doubtful }
            let sentence =
                switch (broken, doubtful) {
                case (0, 0): "Everything is in place."
                case (0, _): "Everything works; \(doubtful) thing\(doubtful == 1 ? "" : "s") to look at."
                default: "\(broken) thing\(broken == 1 ? " is" : "s are") broken."
                }
            Terminal.output.line("\n" + sentence)
        }
        if findings.contains(where: { $0.state == .broken }) { throw CommandFailure(.negative, "") }
    }
}
