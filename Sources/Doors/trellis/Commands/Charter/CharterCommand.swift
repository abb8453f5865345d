import ArgumentParser
import Charters
import Counsel
import Foundation
import Gateway

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
    func load() async throws -> LoadedCharter { try CharterSource.load(charter, await parents.library()) }

    /// The charter compiled for the role.
    func compiled() async throws -> CompiledCharter {
        try CharterSource.compiled(charter, role: role, await parents.library())
    }
}

/// Where charters that others build on may be found: as the configuration says, and with these flags in its place.
struct LibraryOptions: ParsableArguments {
    @Option(
        name: .customLong("registry"),
        help: "A folder that holds charters as OWNER/NAME.yaml. May be given several times.", completion: .directory)
    var registries: [String] = []

    @Option(
        name: [.customLong("host"), .customLong("charter-host")],
        help: "A host that may be asked over https for parents. May be given several times.")
    var hosts: [String] = []

    @OptionGroup(title: "Configuration") var options: SettingsOptions

    /// The library that these options and the configuration describe: the one that a server with them would use.
    func library() async throws -> CharterLibrary {
        try await options.settings(Self.flags(registries: registries, hosts: hosts, hostFlag: "--host")).gateway.library
    }

    /// The flags as the configuration takes them.
    static func flags(
        registries: [String], hosts: [String], hostFlag: String
    ) -> [(name: String, value: String, flag: String)] {
        var flags: [(name: String, value: String, flag: String)] = []
        if !registries.isEmpty {
            flags.append(("charters.registries", registries.joined(separator: ","), "--registry"))
        }
        if !hosts.isEmpty { flags.append(("charters.hosts", hosts.joined(separator: ","), hostFlag)) }
        return flags
    }
}
