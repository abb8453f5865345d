import ArgumentParser
import Consents
import Memory

extension MemoryCommand {
    /// `trellis memory pause`.
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remember nothing of a conversation from now on; alone, list those.",
            discussion: """
                Examples:
                  trellis memory pause kitchen-42 --person ada --application homework
                  trellis memory pause --person ada -a homework     # which ones are paused?
                More: docs/memory.md.
                """)

        @Argument(help: "The conversation's id, as the application names it.")
        var conversation: String?
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print the paused conversations as JSON.")
        var json = false

        func run() async throws {
            let paused = try await memory.with { own, at in
                if let conversation { try await own.pause(conversation, at: at) }
                return try await own.pausedConversations()
            }
            if json { return Terminal.output.line(try Printed.json(["paused": paused])) }
            guard conversation == nil else { return Terminal.output.line("Nothing of it is remembered from now on.") }
            if paused.isEmpty { Terminal.error.line("No conversation is paused.") }
            for one in paused { Terminal.output.line(WrappedText.plain(one)) }
        }
    }

    /// `trellis memory resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a paused conversation be remembered again, from now on.",
            discussion: """
                Example:
                  trellis memory resume kitchen-42 --person ada --application homework
                Exit code 1 when it was not paused. More: docs/memory.md.
                """)

        @Argument(help: "The conversation's id, as the application names it.")
        var conversation: String
        @OptionGroup var memory: MemoryOptions

        func run() async throws {
            try await memory.with { own, at in
                guard try await own.pausedConversations().contains(conversation) else {
                    throw CommandFailure(.negative, "this conversation was not paused.")
                }
                try await own.resume(conversation, at: at)
            }
            Terminal.output.line("It may be remembered again, from now on.")
        }
    }

    /// `trellis memory retention`.
    struct Retention: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show or set for how long items of each kind are kept.",
            discussion: """
                Without a kind it shows all. What is older goes within a day; pinned items stay. A proposal that nobody \
                answered goes after thirty days.

                Examples:
                  trellis memory retention --person ada --application homework
                  trellis memory retention episode --days 90 --person ada -a homework
                  trellis memory retention episode --forever --person ada -a homework
                More: docs/memory.md.
                """)

        @Argument(help: "The kind.")
        var kind: MemoryKind?
        @Option(name: .long, help: "For how many days, 1 to 36500.")
        var days: Int?
        @Flag(name: .long, help: "Until they are erased.")
        var forever = false
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            if kind == nil, days != nil || forever {
                throw ValidationError("Name the kind that is to be kept so long.")
            }
            if days != nil, forever { throw ValidationError("Either --days or --forever.") }
        }

        func run() async throws {
            let all = try await memory.with { own, at in
                if let kind, days != nil || forever { try await own.setRetention(kind, days: days, at: at) }
                return try await own.retention()
            }
            if json {
                let named = Dictionary(uniqueKeysWithValues: all.map { ($0.rawValue, $1) })
                return Terminal.output.line(try Printed.json(["retention": named]))
            }
            var table = Table(head: ["KIND", "KEPT"])
            for one in MemoryKind.allCases where kind == nil || kind == one {
                let kept = all[one].map { $0 == 1 ? "1 day" : "\($0) days" } ?? "until erased"
                table.rows.append([one.rawValue, kept])
            }
            for line in table.lines { Terminal.output.line(line) }
        }
    }
}
