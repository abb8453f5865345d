import ArgumentParser
import Deliberation
import Foundation

extension DeliberateCommand {
    /// `trellis deliberate import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a conversation that Polis exported.",
            discussion: """
                Statements and participants keep their numbers. It is closed until you open it again.

                Examples:
                  trellis deliberate import my-export
                  trellis deliberate close cv_… --reopen
                Exit code 1 when the export can't be read. More: docs/deliberation.md.
                """)

        @Argument(help: "The folder into which Polis's export was unpacked.", completion: .directory)
        var folder: String

        @Option(name: [.short, .long], help: "The application through which people can take part.")
        var application = "development"

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            let conversation = try PolisFolder.conversation(folder)
            for remark in conversation.remarks { Terminal.error.line("note: \(WrappedText.plain(remark))") }
            let opened = try await options.settings().withConversations { conversations in
                try await conversations.bringIn(conversation, by: application, at: Settings.now())
            }
            try Open.show(opened, json: json)
        }
    }

    /// `trellis deliberate export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a conversation into Polis's files.",
            discussion: """
                Participants have the numbers that were drawn for them, and times are cut to the hour: neither says who \
                somebody is. No file that is there already is overwritten.

                Example:
                  trellis deliberate export cv_… my-export
                More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Argument(help: "The folder to write to. It is made if it isn't there.", completion: .directory)
        var folder: String

        func run() async throws {
            let export = try await held.with { conversations in
                try await conversations.export(held.id, by: .operator(name: OperatorName.own))
            }
            let files = FileManager.default
            let shown = WrappedText.plain(folder)
            let place = URL(fileURLWithPath: folder, isDirectory: true)
            for file in PolisExport.File.allCases
            where files.fileExists(atPath: place.appendingPathComponent(file.rawValue).path) {
                throw CommandFailure(
                    .negative,
                    "\(shown) holds \(file.rawValue) already, and nothing is overwritten. Name another folder.")
            }
            do {
                try files.createDirectory(at: place, withIntermediateDirectories: true)
                for file in PolisExport.File.allCases {
                    try Data(export.bytes(of: file)).write(to: place.appendingPathComponent(file.rawValue))
                }
            } catch {
                throw CommandFailure(
                    .failed, "\(shown) can't be written. Check who may write there, and whether there is room.")
            }
            Terminal.output.line("Wrote \(held.id) to \(shown).")
        }
    }
}
