public import ArgumentParser
public import Consents
import Foundation
public import Memory

/// `trellis memory`.
struct MemoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "See, correct, take along and erase what is remembered of a person.",
        discussion: """
            What Trellis remembers of a person is theirs: sealed under their own key, used only as far as they allow, and \
            gone for good when they say so. This works on the data folder, beside a running Trellis, which notices \
            within a second; what is allowed or no longer allowed, at once.

            Examples:
              trellis memory list --person ada --application homework
              trellis memory allow use-in-replies --kind goal --person ada -a homework
              trellis memory search chemistry --person ada -a homework
              trellis memory export --out ada.json --person ada --application homework
              trellis memory erase --everything --person ada --application homework
            More: docs/memory.md.
            """,
        subcommands: [
            List.self, Search.self, Show.self, Add.self, Correct.self, Confirm.self, Reject.self, Pin.self, Unpin.self,
            Pause.self, Resume.self, Retention.self, Export.self, Import.self, Erase.self, Verify.self, Undo.self,
            Decisions.self, Allow.self, Disallow.self, Grants.self, Recall.self,
        ])
}

/// Whose memory, and where it is kept.
struct MemoryOptions: ParsableArguments {
    @OptionGroup var whose: PersonOptions
    @OptionGroup(title: "Configuration") var options: SettingsOptions

    /// Does something with the person's own memory, now.
    func with<Outcome>(_ work: (OwnMemory, Int64) async throws -> Outcome) async throws -> Outcome {
        try await kept { kept, person in try await work(kept.memories.memory(of: person).own, Settings.now()) }
    }

    /// Does something with all that is kept of the person.
    func kept<Outcome>(_ work: (PeopleKept, PersonKey) async throws -> Outcome) async throws -> Outcome {
        try await options.settings().withPeople { kept in try await work(kept, kept.key(whose)) }
    }
}

/// One item of a person's memory or several, by their ids.
struct ChosenItems: ParsableArguments {
    @Argument(help: ArgumentHelp("The items’ ids, as `trellis memory list` shows them.", valueName: "item"))
    var items: [MemoryItem.ID]

    func validate() throws {
        guard !items.isEmpty else { throw ValidationError("Name an item, as `trellis memory list` shows them.") }
    }
}

extension MemoryItem.ID: ExpressibleByArgument {
    /// Reads an id, in capitals or not.
    public init?(argument: String) { self.init(argument.uppercased()) }
}

extension MemoryKind: ExpressibleByArgument {}
extension MemoryItem.Status: ExpressibleByArgument {}
extension MemoryPurpose: ExpressibleByArgument {}

/// A moment as people write it: a day in universal time, `2026-12-01`, or a moment of it, `2026-12-01T18:30:00Z`.
struct WrittenDay: ExpressibleByArgument, Equatable {
    /// Milliseconds since 1970.
    let milliseconds: Int64

    init?(argument: String) {
        let moment =
            (try? Date(argument, strategy: .iso8601.year().month().day()))
            ?? (try? Date(argument, strategy: .iso8601))
        guard let moment else { return nil }
        milliseconds = Int64((moment.timeIntervalSince1970 * 1_000).rounded())
    }
}

extension CommandFailure {
    init(_ error: MemoryError) {
        switch error {
        case .unfit, .noSuchItem, .noSuchDecision, .notGranted, .permitOver, .permitForAnother, .paused, .erasedSince,
            .changedSince, .unfitState, .tooMany, .unfitVector, .unfitRetention, .unfitName, .unfitFile:
            self.init(.negative, WrittenLines.plain(error.description))
        case .contended, .beingErased, .keyGone, .damaged, .seal, .store:
            self.init(.failed, error.description)
        }
    }

    init(_ error: GrantError) {
        switch error {
        case .unfitExpiry, .noKinds: self.init(.negative, error.description)
        case .contended, .store: self.init(.failed, error.description)
        }
    }
}

/// Text of several lines for a terminal.
enum WrittenLines {
    /// The text with every control character but line feeds as a picture.
    static func plain(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { WrappedText.plain(String($0)) }
            .joined(separator: "\n")
    }
}
