import ArgumentParser
import Consents
import Memory

extension MemoryCommand {
    /// `trellis memory add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep something that a person says themself.",
            discussion: """
                The kinds: value, goal, commitment, preference, skill, relationship, episode, fact. Nothing is \
                overwritten: what is replaced stays to be seen until it is erased. The same words are not held twice.

                Examples:
                  trellis memory add goal "pass the exam" --due 2027-01-20 --person ada
                  trellis memory add fact "lives in Marseille" --person ada
                Prints the item's id. Exit code 1 when it can't be kept as it is. More: docs/memory.md.
                """)

        @Argument(help: "What it is about.")
        var kind: MemoryKind
        @Argument(help: "The thing itself, in a sentence.")
        var words: String
        @OptionGroup var times: ItemTimes
        @Option(name: .long, help: "Who said it, where it was not the person.")
        var speaker: String?
        @Option(name: .long, help: "How sure it is, 0 to 1.")
        var confidence = 1.0
        @Option(name: .long, help: ArgumentHelp("It takes the place of this item.", valueName: "item"))
        var replaces: MemoryItem.ID?
        @Option(name: .long, help: ArgumentHelp("It pulls against this item; both are kept.", valueName: "item"))
        var conflictsWith: MemoryItem.ID?
        @Option(
            name: .long,
            help: ArgumentHelp("It is a reason for this item. May be given more than once.", valueName: "item"))
        var supports: [MemoryItem.ID] = []
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            if replaces != nil, conflictsWith != nil {
                throw ValidationError("An item either replaces another or conflicts with it.")
            }
        }

        func run() async throws {
            let draft = ItemDraft(
                kind, words, speaker: speaker, validFrom: times.from?.milliseconds,
                validUntil: times.until?.milliseconds, due: times.due?.milliseconds, confidence: confidence,
                supports: supports)
            let resolution: Resolution =
                if let replaces { .replace(replaces, with: draft) } else if let conflictsWith {
                    .keepBoth(conflictsWith, draft)
                } else { .add(draft) }
            let remembered = try await memory.with { own, at in try await own.state([resolution], at: at) }
            for one in remembered {
                if json {
                    Terminal.output.line(try Printed.json(one.item))
                } else {
                    Terminal.output.line(one.item.id.description)
                    Terminal.error.line(one.isNew ? "Kept." : "This is held already, just so.")
                }
            }
        }
    }

    /// When something is true, or to be done.
    struct ItemTimes: ParsableArguments {
        @Option(
            name: .long,
            help: ArgumentHelp("By when it is to be done, as 2027-01-20 or 2027-01-20T18:30:00Z.", valueName: "day"))
        var due: WrittenDay?
        @Option(name: .long, help: ArgumentHelp("From when on it is true.", valueName: "day"))
        var from: WrittenDay?
        @Option(name: .long, help: ArgumentHelp("Until when (not including) it is true.", valueName: "day"))
        var until: WrittenDay?
    }

    /// `trellis memory correct`.
    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put an item right. Only what you name changes.",
            discussion: """
                A new version takes the item's place, and what it was stays to be seen until it is erased.

                Examples:
                  trellis memory correct 01KAT2V6R8M3X5N7Q9S1T4W6YZ --words "in Nice" --person ada
                  trellis memory correct 01KAT2V6R8M3X5N7Q9S1T4W6YZ --until 2026-06-01 --person ada
                  trellis memory correct 01KAT2V6R8M3X5N7Q9S1T4W6YZ --without due --person ada
                Prints the new version's id. Exit code 1 when there is no such item, or it can't be so. More: \
                docs/memory.md.
                """)

        /// A time that an item may lose.
        enum Removable: String, ExpressibleByArgument, CaseIterable {
            case due, from, until
        }

        @Argument(help: "The item's id, as `trellis memory list` shows it.")
        var item: MemoryItem.ID
        @Option(name: .long, help: "The words that it shall have.")
        var words: String?
        @Option(name: .long, help: "The kind that it shall have.")
        var kind: MemoryKind?
        @OptionGroup var times: ItemTimes
        @Option(name: .long, help: "A time that it shall not have any more. May be given more than once.")
        var without: [Removable] = []
        @Option(name: .long, help: "Who said it.")
        var speaker: String?
        @Option(name: .long, help: "How sure it is, 0 to 1.")
        var confidence: Double?
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        /// What changes.
        var correction: ItemCorrection {
            var correction = ItemCorrection()
            correction.words = words
            correction.kind = kind
            correction.speaker = speaker
            correction.confidence = confidence
            correction.due = times.due.map { .set($0.milliseconds) } ?? (without.contains(.due) ? .removed : nil)
            correction.validFrom =
                times.from.map { .set($0.milliseconds) } ?? (without.contains(.from) ? .removed : nil)
            correction.validUntil =
                times.until.map { .set($0.milliseconds) } ?? (without.contains(.until) ? .removed : nil)
            return correction
        }

        func validate() throws {
            guard !correction.isEmpty else {
                throw ValidationError("Say what is to be put right, as in --words \"lives in Marseille\".")
            }
        }

        func run() async throws {
            let corrected = try await memory.with { own, at in try await own.correct(item, correction, at: at) }
            if json {
                Terminal.output.line(try Printed.json(corrected))
            } else {
                Terminal.output.line(corrected.id.description)
            }
        }
    }
}
