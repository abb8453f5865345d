import ArgumentParser
import Charters
import Counsel
import Foundation
import Gateway
import Store

/// `trellis key`.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make, list and revoke the keys that applications show.",
        discussion: """
            A key is bound to one application and, if you say so, to a charter, a role and limits. Trellis keeps only \
            its SHA-256, so a key is shown once. A running Trellis notices changes within a second.

            Examples:
              trellis key create --application homework --charter commons/tutor --requests-per-minute 60
              trellis key list
              trellis key revoke key_9w3k7c2m4xqz
            More: docs/keys-and-limits.md.
            """,
        subcommands: [Create.self, List.self, Revoke.self])

    /// `trellis key create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key. It is shown once and can't be shown again.",
            discussion: """
                The key goes to standard output, alone, and everything else to standard error. The charter is checked \
                first: a key for a charter that can't be used isn't made.

                Examples:
                  trellis key create --application homework --charter commons/tutor
                  trellis key create -a homework --requests-per-minute 60 --tokens-per-day 200000 --concurrent 4
                  trellis key create -a homework --label "Class 7b" --json
                More: docs/keys-and-limits.md.
                """)

        @Option(name: [.short, .long], help: "The application that the key speaks for, as in `homework`.")
        var application: String

        @Option(name: .long, help: "The charter that governs it: a commons name or a path. Default: the operator's.")
        var charter: String?

        @Option(name: .long, help: "The role within the charter.")
        var role: String?

        @Option(name: .long, help: "What you want to call the key.")
        var label: String?

        @Option(name: .long, help: "Requests a minute at most.")
        var requestsPerMinute: Int?

        @Option(name: .long, help: "Tokens a day at most, in and out, by UTC.")
        var tokensPerDay: Int?

        @Option(name: .long, help: "Requests at the same time at most.")
        var concurrent: Int?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        struct Report: Encodable {
            let key: String
            let record: KeyReport

            func encode(to encoder: any Encoder) throws {
                try record.encode(to: encoder)
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(key, forKey: .key)
            }

            enum CodingKeys: CodingKey { case key }
        }

        func run() async throws {
            let settings = try await options.settings()
            var reference: CharterReference?
            if let charter {
                let named = settings.reference(charter) {
                    Settings.absolute($0, from: FileManager.default.currentDirectoryPath)
                }
                reference = named
                // As the server will read it, with its parents: a role may be theirs.
                do {
                    _ = try CharterSource.compiled(named.description, role: role, settings.gateway.library)
                } catch let failure as CommandFailure {
                    throw CommandFailure(failure.code, "no key was made: \(failure.message)")
                }
            }
            let order = KeyTable.Order(
                application: application, charter: reference, role: role,
                limits: KeyLimits(
                    requestsPerMinute: requestsPerMinute, tokensPerDay: tokensPerDay, concurrent: concurrent),
                label: label)
            if let problem = order.problem {
                throw ValidationError(problem.prefix(1).uppercased() + problem.dropFirst() + ".")
            }
            let made = try settings.withKeys { keys in try keys.create(order) }
            if json {
                Terminal.output.line(
                    try Printed.json(Report(key: made.key.reveal(), record: KeyReport(made.record, tokensToday: 0))))
            } else {
                Terminal.output.line(made.key.reveal())
                Terminal.error.line(
                    "This is \(made.record.id), for \(made.record.application). Keep it now: it can't be shown again.")
            }
        }
    }

    /// `trellis key list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List all keys, with what each may and did use.",
            discussion: """
                Shows each key's first characters, never the key.

                Examples:
                  trellis key list
                  trellis key list --json
                More: docs/keys-and-limits.md.
                """)

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            let keys = try await options.settings().withKeys { keys in try keys.all() }
            let reports = keys.map { KeyReport($0.record, tokensToday: $0.tokensToday) }
            guard !json else {
                Terminal.output.line(try Printed.json(reports))
                return
            }
            guard !reports.isEmpty else {
                Terminal.error.line("There are no keys yet. `trellis key create --application NAME` makes one.")
                return
            }
            var table = Table(head: [
                "ID", "KEY", "APPLICATION", "CHARTER", "LIMITS", "TODAY", "CREATED", "STATE", "LABEL",
            ])
            for report in reports { table.rows.append(report.row) }
            for line in table.lines { Terminal.output.line(line) }
        }
    }

    /// `trellis key revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a key for good. A running Trellis refuses it within a second.",
            discussion: """
                The record stays, so that old receipts still lead somewhere.

                Example:
                  trellis key revoke key_9w3k7c2m4xqz
                Exit code 1 when there is no such key. More: docs/keys-and-limits.md.
                """)

        @Argument(help: "The key's id, as `trellis key list` shows it.")
        var id: String

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            guard !id.hasPrefix(APIKey.prefix) else {
                throw CommandFailure(
                    .negative,
                    "that is a key, and now it is in your shell's history: revoke it by its id, which `trellis key list` shows beside its first characters."
                )
            }
            let id = id
            guard let record = try await options.settings().withKeys({ keys in try keys.revoke(id: id) }) else {
                throw CommandFailure(.negative, "there is no key \(id). `trellis key list` shows them all.")
            }
            if json {
                Terminal.output.line(try Printed.json(KeyReport(record, tokensToday: nil)))
            } else {
                Terminal.output.line("Revoked \(record.id) of \(record.application).")
            }
        }
    }
}

/// A key as the command line shows it.
struct KeyReport: Encodable {
    let id: String
    let hint: String
    let application: String
    let charter: String?
    let role: String?
    let label: String?
    let requestsPerMinute: Int?
    let tokensPerDay: Int?
    let concurrent: Int?
    let tokensToday: Int?
    let created: String
    let revoked: String?

    init(_ record: KeyRecord, tokensToday: Int?) {
        id = record.id
        hint = record.hint
        application = record.application
        charter = record.charter?.description
        role = record.role
        label = record.label
        requestsPerMinute = record.limits.requestsPerMinute
        tokensPerDay = record.limits.tokensPerDay
        concurrent = record.limits.concurrent
        self.tokensToday = tokensToday
        created = WrittenMoment.text(record.createdAt)
        revoked = record.revokedAt.map { WrittenMoment.text($0) }
    }

    /// The key as a row of a table.
    var row: [String] {
        let limits = [
            requestsPerMinute.map { "\($0)/min" }, tokensPerDay.map { "\($0) tokens/day" },
            concurrent.map { "\($0) at once" },
        ].compactMap { $0 }
        return [
            id, hint, application, (charter ?? "-") + (role.map { " (\($0))" } ?? ""),
            limits.isEmpty ? "-" : limits.joined(separator: ", "), "\(tokensToday ?? 0)",
            String(created.prefix(16)), revoked == nil ? "good" : "revoked", label ?? "",
        ]
    }
}
