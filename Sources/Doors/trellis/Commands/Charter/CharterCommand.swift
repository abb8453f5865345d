import ArgumentParser
import Charters
import Counsel
import Foundation

/// `trellis charter`.
struct CharterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "charter",
        abstract: "Write, check, compare, merge, sign and show charters.",
        discussion: """
            Examples:
              trellis charter init                                  # a first charter to fill in
              trellis charter check charter.yaml
              trellis charter show charter.yaml --for person
              trellis charter diff old.yaml charter.yaml
            More: docs/charter-language.md.
            """,
        subcommands: [
            Init.self, Check.self, Test.self, Show.self, Compile.self, Diff.self, Merge.self, Fork.self, Lock.self,
            Sign.self, Verify.self, Schema.self, Format.self, List.self,
        ])
}

/// One charter with all that it builds on, in one of its roles.
struct CharterOptions: ParsableArguments {
    @Argument(help: "A charter file, or a name in the commons.", completion: .file(extensions: ["yaml", "yml"]))
    var charter: String

    @Option(name: .long, help: "The role within the charter.")
    var role: String?

    @OptionGroup(title: "Parents") var parents: LibraryOptions

    /// The charter with all that it builds on.
    func load() throws -> LoadedCharter { try CharterSource.load(charter, parents.library) }

    /// The charter compiled for the role.
    func compiled() throws -> CompiledCharter { try CharterSource.compiled(charter, role: role, parents.library) }
}

/// Where charters that others build on may be found.
struct LibraryOptions: ParsableArguments {
    @Option(
        name: .customLong("registry"),
        help: "A folder that holds charters as OWNER/NAME.yaml. May be given several times.")
    var registries: [String] = []

    @Option(
        name: .customLong("host"), help: "A host that may be asked over https for parents. May be given several times.")
    var hosts: [String] = []

    /// The library that these options describe.
    var library: CharterLibrary {
        CharterLibrary(CharterLibrary.Settings(registries: registries, hosts: Set(hosts)))
    }
}
