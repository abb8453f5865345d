import ArgumentParser
import Consents
import Memory

extension MemoryCommand {
    /// Which items a list shows.
    struct Narrowing: ParsableArguments {
        @Option(name: .long, help: "Only of this kind. May be given more than once.")
        var kind: [MemoryKind] = []
        @Option(name: .long, help: "Only with this status. May be given more than once.")
        var status: [MemoryItem.Status] = []
        @Flag(help: "Also what was replaced, rejected or taken back; or only that.")
        var time = Time.held
        @Option(name: .long, help: "How many at most, 1 to 1000.")
        var limit = 100
        @Option(name: .long, help: ArgumentHelp("Only those older than this one.", valueName: "item"))
        var before: MemoryItem.ID?

        enum Time: String, EnumerableFlag {
            case held, past, all
        }

        func validate() throws {
            guard (1...ItemFilter.longestPage).contains(limit) else {
                throw ValidationError("--limit is a number from 1 to \(ItemFilter.longestPage).")
            }
        }

        func filter(words: String? = nil) -> ItemFilter {
            ItemFilter(
                kinds: kind.isEmpty ? nil : Set(kind), statuses: status.isEmpty ? nil : Set(status),
                isHeld: time == .all ? nil : time == .held, words: words, before: before, limit: limit)
        }
    }

    /// `trellis memory list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what is remembered of a person, newest first.",
            discussion: """
                Shows what is held: what the person stands by, and what waits for their word. --past shows what was \
                replaced, rejected or taken back, --all everything. Words are cut to fit; `trellis memory show` has \
                them all.

                Examples:
                  trellis memory list --person ada --application homework
                  trellis memory list --status proposed --person ada -a homework
                  trellis memory list --kind goal --kind value --all --json --person ada
                More: docs/memory.md.
                """)

        @OptionGroup var narrowing: Narrowing
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let (page, at) = try await memory.with { own, at in
                (try await own.items(matching: narrowing.filter()), at)
            }
            guard !json else { return Terminal.output.line(try Printed.json(page)) }
            MemoryListing.show(
                page, at: at,
                none: "There is nothing of this person to show. `trellis memory add` keeps something they say.")
        }
    }

    /// `trellis memory search`.
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find items by their words.",
            discussion: """
                Finds items in which every word occurs, capitals and accents aside.

                Example:
                  trellis memory search chemistry exam --person ada --application homework
                Exit code 1 when nothing was found. More: docs/memory.md.
                """)

        @Argument(help: "The words to look for.")
        var words: [String]
        @OptionGroup var narrowing: Narrowing
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let filter = narrowing.filter(words: words.joined(separator: " "))
            let (page, at) = try await memory.with { own, at in
                (try await own.items(matching: filter), at)
            }
            if json {
                Terminal.output.line(try Printed.json(page))
            } else {
                MemoryListing.show(page, at: at, none: "Nothing remembered holds all of these words.")
            }
            if page.items.isEmpty { throw CommandFailure(.negative, "") }
        }
    }

    /// `trellis memory show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show items in full: words, times, where they came from, links.",
            discussion: """
                Example:
                  trellis memory show 01KAT2V6R8M3X5N7Q9S1T4W6YZ --person ada -a homework
                Exit code 1 when there is no such item. More: docs/memory.md.
                """)

        @OptionGroup var chosen: ChosenItems
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let (items, at) = try await memory.with { own, at in
                var items: [MemoryItem] = []
                for id in chosen.items {
                    guard let item = try await own.item(id) else { throw MemoryError.noSuchItem(id) }
                    items.append(item)
                }
                return (items, at)
            }
            guard !json else { return Terminal.output.line(try Printed.json(items)) }
            for item in items { MemoryListing.show(item, at: at) }
        }
    }

    /// `trellis memory decisions`.
    struct Decisions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was decided about a memory, newest first, to be undone.",
            discussion: """
                Whatever was remembered, replaced, closed, corrected, confirmed, rejected or pinned, by whom, and about \
                which items. `trellis memory undo` takes one back.

                Example:
                  trellis memory decisions --last 20 --person ada --application homework
                More: docs/memory.md.
                """)

        @Option(name: .shortAndLong, help: "How many at most, 1 to 1000.")
        var last = 20
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard (1...1_000).contains(last) else { throw ValidationError("--last is a number from 1 to 1000.") }
        }

        func run() async throws {
            let decisions = try await memory.with { own, _ in try await own.decisions(limit: last) }
            guard !json else { return Terminal.output.line(try Printed.json(["decisions": decisions])) }
            guard !decisions.isEmpty else {
                Terminal.error.line("Nothing was decided about this person's memory yet.")
                return
            }
            var table = Table(head: ["DECISION", "WHEN (UTC)", "WHO", "WHAT", "ITEM"])
            for decision in decisions { table.rows.append(Self.row(decision)) }
            for line in table.lines { Terminal.output.line(line) }
        }

        /// A decision as a row of a table: with the item that it is about first of all, and how many more.
        static func row(_ decision: Decision) -> [String] {
            var items: [MemoryItem.ID] = []
            for id in decision.changes.flatMap(\.items) where !items.contains(id) { items.append(id) }
            let more = items.count > 1 ? " +\(items.count - 1)" : ""
            return [
                decision.id.description, String(WrittenMoment.text(decision.at).prefix(16)),
                decision.author.rawValue, decision.act.rawValue, (items.first?.description ?? "-") + more,
            ]
        }
    }
}
