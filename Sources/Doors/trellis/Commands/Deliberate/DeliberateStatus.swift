import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See the conversations that are held here, or one of them.",
            discussion: """
                Examples:
                  trellis deliberate status
                  trellis deliberate status cv_… --json
                More: docs/deliberation.md.
                """)

        @Argument(help: ArgumentHelp("One conversation; without it all are listed.", valueName: "id"))
        var id: ConversationID?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            let found = try await options.settings().withConversations { conversations in
                if let id { return [try await conversations.conversation(id)] }
                return try await conversations.all()
            }
            let reports = found.map(ConversationReport.init)
            if json {
                Terminal.output.line(id == nil ? try Printed.json(reports) : try Printed.json(reports.first))
                return
            }
            guard !reports.isEmpty else {
                Terminal.error.line(
                    "No conversation is held here yet. `trellis deliberate open --topic TOPIC` opens one.")
                return
            }
            var table = Table(head: ["ID", "STATE", "PEOPLE", "STATEMENTS", "WAITING", "VOTES", "JOIN BY", "TOPIC"])
            for report in reports { table.rows.append(report.row) }
            for line in table.lines { Terminal.output.line(line) }
        }
    }
}

/// A conversation as the command line shows it.
private struct ConversationReport: Encodable {
    let id: String
    let application: String
    let topic: String
    let description: String
    let language: String
    let joining: [String]
    let importance: Bool
    let strict: Bool
    let open: Bool
    let opened: String
    let participants: Int
    let withdrawn: Int
    let waiting: Int
    let accepted: Int
    let rejected: Int
    let votes: Int

    init(_ held: HeldConversation) {
        id = held.id.description
        application = held.application
        topic = held.terms.topic
        description = held.terms.about
        language = held.terms.language
        joining = held.terms.ways.map(\.rawValue).sorted()
        importance = held.terms.takesImportance
        strict = held.terms.isStrict
        open = held.isOpen
        opened = WrittenMoment.text(held.openedAt)
        participants = held.participants
        withdrawn = held.withdrawn
        waiting = held.statements[.waiting] ?? 0
        accepted = held.statements[.accepted] ?? 0
        rejected = held.statements[.rejected] ?? 0
        votes = held.votes
    }

    var row: [String] {
        [
            id, open ? "open" : "closed", "\(participants)", "\(waiting + accepted + rejected)", "\(waiting)",
            "\(votes)", joining.isEmpty ? "-" : joining.joined(separator: ", "), DeliberatePage.line(topic),
        ]
    }
}
