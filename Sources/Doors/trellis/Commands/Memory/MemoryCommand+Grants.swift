import ArgumentParser
import Consents
import Gateway
import Memory

extension MemoryCommand {
    /// `trellis memory allow`.
    struct Allow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a person's leave for a use of their memory.",
            discussion: """
                The uses: remember (keep what they say), use-in-replies (tell the model), use-for-growth (follow how \
                what they care about goes), share-in-aggregate (count it with other people's). Only when the person \
                said so: what is kept says that it came by the command line. It holds a year, or as long as --days \
                says, and takes the place of an earlier one of the same kinds.

                Examples:
                  trellis memory allow remember --person ada --application homework
                  trellis memory allow use-in-replies --kind goal --days 90 --person ada
                More: docs/memory.md.
                """)

        @Argument(help: "What for.")
        var purpose: MemoryPurpose
        @Option(name: .long, help: "For items of this kind. May be given more than once. Default: all kinds.")
        var kind: [MemoryKind] = []
        @Option(name: .long, help: "For how many days, 1 to 730. Default: 365.")
        var days: Int?
        @Flag(
            name: .long, help: "For `remember`: what is only read out of their words counts without their confirming.")
        var acceptsInferred = false
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            if let days, !(1...730).contains(days) { throw ValidationError("--days is a number from 1 to 730.") }
            if acceptsInferred, purpose != .remember {
                throw ValidationError("--accepts-inferred belongs to `remember` alone.")
            }
        }

        func run() async throws {
            let kinds = kind.isEmpty ? Set(MemoryKind.allCases) : Set(kind)
            let overview = try await memory.kept { kept, person in
                let now = Settings.now()
                try await kept.grants.grant(
                    purpose, kinds, acceptsInferred: acceptsInferred, by: person, at: now,
                    until: days.map { now + Int64($0) * 86_400_000 }, through: .commandLine)
                return GrantOverview.all(try await kept.grants.leaves(of: person), at: now)
                    .first { $0.purpose == purpose }
            }
            if json { return Terminal.output.line(try Printed.json(overview)) }
            let until = overview?.kinds.first { kinds.contains($0.kind) }?.until
            Terminal.output.line("Allowed until \(until.map { WrittenMoment.text($0) } ?? "-") UTC: \(purpose.says)")
        }
    }

    /// `trellis memory disallow`.
    struct Disallow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a person's leave back. It holds from the next use on.",
            discussion: """
                Examples:
                  trellis memory disallow use-in-replies --kind relationship --person ada
                  trellis memory disallow --all --person ada --application homework
                What is remembered stays; `trellis memory erase` takes it away. Exit code 1 when nothing was allowed. \
                More: docs/memory.md.
                """)

        @Argument(help: "What for.")
        var purpose: MemoryPurpose?
        @Flag(name: .long, help: "Every use.")
        var all = false
        @Option(name: .long, help: "Only for items of this kind. May be given more than once.")
        var kind: [MemoryKind] = []
        @OptionGroup var memory: MemoryOptions

        func validate() throws {
            guard (purpose == nil) == all else { throw ValidationError("Name one use, or say --all.") }
            if all, !kind.isEmpty { throw ValidationError("--kind goes with one use, not with --all.") }
        }

        func run() async throws {
            let kinds = kind.isEmpty ? nil : Set(kind)
            let wasAllowed = try await memory.kept { kept, person in
                let now = Settings.now()
                guard let purpose else {
                    return try await kept.grants.revokeAll(by: person, at: now, through: .commandLine) > 0
                }
                return try await kept.grants.revoke(purpose, kinds, by: person, at: now, through: .commandLine)
            }
            guard wasAllowed else {
                throw CommandFailure(.negative, "nothing of this was allowed. `trellis memory grants` shows what is.")
            }
            Terminal.output.line("Taken back.")
        }
    }

    /// `trellis memory grants`.
    struct Grants: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which uses of their memory a person allows, until when.",
            discussion: """
                Example:
                  trellis memory grants --person ada --application homework
                More: docs/memory.md.
                """)

        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let all = try await memory.kept { kept, person in
                GrantOverview.all(try await kept.grants.leaves(of: person), at: Settings.now())
            }
            guard !json else { return Terminal.output.line(try Printed.json(["grants": all])) }
            var table = Table(head: ["USE", "STATE", "UNTIL (UTC)", "KINDS"])
            for one in all { table.rows += Self.rows(one) }
            for line in table.lines { Terminal.output.line(line) }
        }

        /// One use as rows of a table: kinds that stand alike in one row, or in as many as they need.
        static func rows(_ overview: GrantOverview) -> [[String]] {
            var groups: [(state: String, until: String, kinds: [String])] = []
            for leave in overview.kinds {
                let state = leave.state.rawValue + (leave.acceptsInferred ? ", inferred too" : "")
                let until = leave.until.map { String(WrittenMoment.text($0).prefix(16)) } ?? "-"
                if let place = groups.firstIndex(where: { $0.state == state && $0.until == until }) {
                    groups[place].kinds.append(leave.kind.rawValue)
                } else {
                    groups.append((state, until, [leave.kind.rawValue]))
                }
            }
            // What is allowed first.
            groups.sort { $0.state.hasPrefix("live") && !$1.state.hasPrefix("live") }
            return groups.flatMap { group -> [[String]] in
                guard group.kinds.count < MemoryKind.allCases.count else {
                    return [[overview.purpose.rawValue, group.state, group.until, "all"]]
                }
                // Four fit beside the other columns in a hundred.
                return stride(from: 0, to: group.kinds.count, by: 4).map { start in
                    let kinds = group.kinds[start..<min(start + 4, group.kinds.count)].joined(separator: ", ")
                    return start == 0
                        ? [overview.purpose.rawValue, group.state, group.until, kinds] : ["", "", "", kinds]
                }
            }
        }
    }

    /// `trellis memory recall`.
    struct Recall: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a reply would be told of a person's memory, and why.",
            discussion: """
                Looks by words and times; a running Trellis with an embedding model looks by meaning too. Only what the \
                person allows replies to use can come.

                Example:
                  trellis memory recall "What shall I do tonight?" --person ada -a homework
                Exit code 1 when the person allows no use in replies. More: docs/memory.md.
                """)

        @Argument(help: "What the person would say.")
        var words: String
        @Option(name: .long, help: "How many items at most, 1 to 100. Default: as in replies.")
        var limit: Int?
        @Option(name: .long, help: "How many tokens at most, 1 to 20000. Default: as in replies.")
        var tokens: Int?
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            if let limit, !(1...100).contains(limit) { throw ValidationError("--limit is a number from 1 to 100.") }
            if let tokens, !(1...20_000).contains(tokens) {
                throw ValidationError("--tokens is a number from 1 to 20000.")
            }
        }

        func run() async throws {
            let usual = try await memory.options.settings().gateway.memory.tokens
            let account = try await memory.kept { kept, person in
                let now = Settings.now()
                guard let permit = kept.grants.permit(.useInReplies, for: person, at: now) else {
                    if let trouble = kept.grants.trouble { throw CommandFailure(.failed, trouble) }
                    throw CommandFailure(
                        .negative,
                        "this person doesn't let replies use their memory, so a reply is told nothing of it. If they want "
                            + "it, `trellis memory allow use-in-replies` keeps their leave.")
                }
                let bounds = Recollecting.Bounds()
                let query = RecallQuery(
                    words: words, at: now, tokenBudget: tokens ?? usual, limit: limit ?? bounds.items)
                let found = try await kept.memories.memory(of: person).recall(query, under: permit)
                return RecallAccount(bounds.fitting(found), under: permit, at: now)
            }
            guard !json else { return Terminal.output.line(try Printed.json(account)) }
            guard !account.items.isEmpty else {
                Terminal.error.line("Nothing remembered fits, so a reply would be told nothing.")
                return
            }
            var table = Table(head: ["ITEM", "WHY", "WORDS"])
            let reasons = account.items.map { $0.reasons.map(\.rawValue).joined(separator: ", ") }
            let room = max(16, MemoryListing.columns - (26 + (reasons.map(\.count).max() ?? 0) + 2 * 2))
            for (entry, reasons) in zip(account.items, reasons) {
                table.rows.append([
                    entry.item.id.description, reasons,
                    MemoryListing.cut(WrappedText.plain(entry.item.words), to: room),
                ])
            }
            for line in table.lines { Terminal.output.line(line) }
            Terminal.output.line(Terminal.output.styled("\nWhat the model would be told:", .bold))
            var wrapped = WrappedText(width: Terminal.output.isInteractive ? Terminal.output.columns - 1 : nil)
            Terminal.output.line(wrapped.add(account.brief) + wrapped.end())
        }
    }
}
