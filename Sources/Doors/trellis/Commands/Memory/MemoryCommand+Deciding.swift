import ArgumentParser
import Memory

extension MemoryCommand {
    /// `trellis memory confirm`.
    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stand by what was only read out of a person's words.",
            discussion: """
                Example:
                  trellis memory confirm 01KAT2V6R8M3X5N7Q9S1T4W6YZ --person ada -a homework
                Exit code 1 when there is no such item. More: docs/memory.md.
                """)

        @OptionGroup var chosen: ChosenItems
        @OptionGroup var memory: MemoryOptions

        func run() async throws {
            try await memory.each(chosen, "Confirmed") { own, id, at in try await own.confirm(id, at: at) }
        }
    }

    /// `trellis memory reject`.
    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that an item is not so. It is used for nothing any more.",
            discussion: """
                The item stays, so that it isn't proposed again; `trellis memory erase` takes it away.

                Example:
                  trellis memory reject 01KAT2V6R8M3X5N7Q9S1T4W6YZ --person ada -a homework
                Exit code 1 when there is no such item. More: docs/memory.md.
                """)

        @OptionGroup var chosen: ChosenItems
        @OptionGroup var memory: MemoryOptions

        func run() async throws {
            try await memory.each(chosen, "Rejected") { own, id, at in try await own.reject(id, at: at) }
        }
    }

    /// `trellis memory pin`.
    struct Pin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep an item whatever its kind's retention says.",
            discussion: """
                Example:
                  trellis memory pin 01KAT2V6R8M3X5N7Q9S1T4W6YZ --person ada -a homework
                Exit code 1 when there is no such item. More: docs/memory.md.
                """)

        @OptionGroup var chosen: ChosenItems
        @OptionGroup var memory: MemoryOptions

        func run() async throws {
            try await memory.each(chosen, "Pinned") { own, id, at in try await own.pin(id, at: at) }
        }
    }

    /// `trellis memory unpin`.
    struct Unpin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let an item go when its kind's retention is over.",
            discussion: """
                Example:
                  trellis memory unpin 01KAT2V6R8M3X5N7Q9S1T4W6YZ --person ada -a homework
                Exit code 1 when there is no such item. More: docs/memory.md.
                """)

        @OptionGroup var chosen: ChosenItems
        @OptionGroup var memory: MemoryOptions

        func run() async throws {
            try await memory.each(chosen, "Unpinned") { own, id, at in try await own.pin(id, false, at: at) }
        }
    }

    /// `trellis memory undo`.
    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a decision back: everything is as it was before it.",
            discussion: """
                An undoing is a decision too, and can be undone. What was erased stays erased.

                Example:
                  trellis memory undo 01KAT2V6R8M3X5N7Q9S1T4W6YZ --person ada -a homework
                Exit code 1 when there is no such decision, or something happened to the same item since. More: \
                docs/memory.md.
                """)

        @Argument(help: "The decision's id, as `trellis memory decisions` shows it.")
        var decision: MemoryItem.ID
        @OptionGroup var memory: MemoryOptions

        func run() async throws {
            try await memory.with { own, at in try await own.undo(decision, at: at) }
            Terminal.output.line("Undone.")
        }
    }
}

extension MemoryOptions {
    /// Does something with each of some items, and says what was done. It ends with the first that can't be.
    fileprivate func each(
        _ chosen: ChosenItems, _ done: String, _ work: (OwnMemory, MemoryItem.ID, Int64) async throws -> Void
    ) async throws {
        try await with { own, at in
            for id in chosen.items {
                try await work(own, id, at)
                Terminal.output.line("\(done) \(id).")
            }
        }
    }
}
