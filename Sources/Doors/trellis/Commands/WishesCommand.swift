import ArgumentParser
import Charters
import Consents
import Counsel
import Foundation
import Gateway
import Store

/// `trellis wishes`.
struct WishesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wishes",
        abstract: "Show, set and erase what a person wishes for themselves.",
        discussion: """
            Wishes are a person's own layer in the charter language, beginning with `wishes: 1`. They stand above the \
            charter in that person's conversations and in nobody else's, and are sealed under that person's key.

            Examples:
              trellis wishes show --person ada --application homework
              trellis wishes set my-wishes.yaml --person ada --application homework
              trellis wishes erase --person ada --application homework
            More: docs/consents.md.
            """,
        subcommands: [Show.self, Set.self, Erase.self])

    /// `trellis wishes show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what a person wishes, word for word.",
            discussion: """
                Example:
                  trellis wishes show --person ada --application homework
                Exit code 1 when they wish nothing. More: docs/consents.md.
                """)

        @OptionGroup var kept: KeptWishes

        func run() async throws {
            guard let text = try await kept.with({ wishes, person in try await wishes.text(of: person) }) else {
                throw CommandFailure(
                    .negative,
                    "this person has no wishes in \(kept.whose.application). `trellis wishes set FILE` keeps some.")
            }
            Terminal.output.write(text.hasSuffix("\n") ? text : text + "\n")
        }
    }

    /// `trellis wishes set`.
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a person's wishes in place of what they wished before.",
            discussion: """
                The text is checked first, by itself and on top of the charters that govern this person: those that the                 application's keys name, or the one that --charter names. What can't be used is not kept, and what was                 kept before stays.

                Examples:
                  trellis wishes set my-wishes.yaml --person ada --application homework
                  trellis wishes set my-wishes.yaml --person ada --charter commons/tutor
                  trellis wishes set - --person ada < my-wishes.yaml
                Exit code 1 when the text can't be used. More: docs/consents.md.
                """)

        @Argument(help: "A file in the charter language, or - for standard input.", completion: .file())
        var file: String
        @OptionGroup var kept: KeptWishes
        @Option(name: .long, help: "The charter to hold them against. Default: those of the application's keys.")
        var charter: String?

        func run() async throws {
            let stacks = try await kept.options.settings().stacks(of: kept.whose.application, charter: charter)
            let data =
                file == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
            guard let data else {
                throw CommandFailure(
                    .negative, "\(WrappedText.plain(file)) can't be read. Check its path and permissions.")
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw CommandFailure(.negative, "\(WrappedText.plain(file)) is not text in UTF-8.")
            }
            let set = try await kept.with { wishes, person in
                do throws(WishesError) {
                    return try await wishes.set(text, of: person, at: Settings.now(), under: stacks)
                } catch .unfit(let diagnostics) {
                    throw CommandFailure(
                        .negative, "nothing was kept, and what was kept before stays.\n" + diagnostics.rendered())
                } catch .tooLong(let bytes) {
                    throw CommandFailure(.negative, WishesError.tooLong(bytes: bytes).description)
                }
            }
            if !set.warnings.isEmpty { Terminal.error.line(set.warnings.rendered()) }
            Terminal.output.line("Kept. They hold from the next message on.")
        }
    }

    /// `trellis wishes erase`.
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erase what a person wishes, for good.",
            discussion: """
                Example:
                  trellis wishes erase --person ada --application homework
                Exit code 1 when there was nothing. More: docs/consents.md.
                """)

        @OptionGroup var kept: KeptWishes

        func run() async throws {
            guard try await kept.with({ wishes, person in try await wishes.erase(person) }) else {
                throw CommandFailure(.negative, "there were no wishes to erase.")
            }
            Terminal.output.line("Erased.")
        }
    }
}

/// Where one person's wishes are kept.
struct KeptWishes: ParsableArguments {
    @OptionGroup var whose: PersonOptions
    @OptionGroup(title: "Configuration") var options: SettingsOptions

    /// Does something with the wishes of the person that the options name.
    func with<Result>(_ work: (WishesStore, PersonKey) async throws -> Result) async throws -> Result {
        try await options.settings().withPeople { kept in try await work(kept.wishes, kept.key(whose)) }
    }
}
