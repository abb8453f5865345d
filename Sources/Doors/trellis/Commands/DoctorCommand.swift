import ArgumentParser
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

            Exit code 1 when something is broken, 78 when the configuration can't be read.
            """)

    @Option(name: .long, help: "The folder of the local runtime: Python and models.", completion: .directory)
    var home: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let flags = home.map { [("home", $0, "--home")] } ?? []
        let settings = try await options.settings(flags, readsSecrets: true)
        let examination = Examination(settings: settings, environment: ProcessInfo.processInfo.environment)
        let findings = await examination.findings()
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
