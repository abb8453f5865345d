import ArgumentParser
import Consents
import Counsel
import Foundation
import Gateway
import Store

/// `trellis consent`.
struct ConsentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent",
        abstract: "See, keep, take back and audit people's consents.",
        discussion: """
            A charter may hold guidance: ways of steering a person beyond answering well. Each is off until that person \
            says yes to the charter's own question, and off again when they take it back or the time is over. This \
            works on the data folder, beside a running Trellis, which notices at once.

            Examples:
              trellis consent list --person ada --application homework --charter my-charter.yaml
              trellis consent revoke challenge-procrastination --person ada --application homework
              trellis consent audit
            More: docs/consents.md.
            """,
        subcommands: [List.self, Grant.self, Revoke.self, Audit.self])

    /// What a list prints as JSON, as `GET /trellis/v1/consents` answers.
    struct Report: Encodable {
        let charter: String
        let consents: [ConsentOverview]
    }

    /// `trellis consent list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how a person stands to every guidance of a charter.",
            discussion: """
                Example:
                  trellis consent list --person ada --application homework --charter my-charter.yaml
                More: docs/consents.md.
                """)

        @OptionGroup var whose: PersonOptions
        @Option(name: .long, help: "The charter: a commons name or a path. Default: the configuration's.")
        var charter: String?
        @Flag(name: .long, help: "Print JSON.")
        var json = false
        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            let settings = try await options.settings()
            let (charter, questions) = try settings.questions(of: charter)
            let all = try await settings.withPeople { kept in
                ConsentOverview.all(
                    questions, try await kept.consents.standings(of: kept.key(whose)), at: Settings.now())
            }
            guard !json else {
                Terminal.output.line(try Printed.json(Report(charter: charter, consents: all)))
                return
            }
            guard !all.isEmpty else {
                Terminal.error.line("The charter \(charter) has no guidance, so there is nothing to consent to.")
                return
            }
            var table = Table(head: ["GUIDANCE", "STATE", "SINCE (UTC)", "UNTIL (UTC)", "QUESTION"])
            for one in all { table.rows.append(Self.row(one)) }
            for line in table.lines { Terminal.output.line(line) }
        }

        /// A guidance as a row of a table.
        static func row(_ one: ConsentOverview) -> [String] {
            [
                one.guidance, one.state.rawValue, one.since.map { String(WrittenMoment.text($0).prefix(16)) } ?? "-",
                one.until.map { String(WrittenMoment.text($0).prefix(16)) } ?? "-", one.question,
            ].map { WrappedText.plain($0) }
        }
    }

    /// `trellis consent grant`.
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a person's yes to a guidance, on their behalf.",
            discussion: """
                Only when the person has read the charter's question and said yes to you: what is kept says that it came \
                by the command line.

                Example:
                  trellis consent grant challenge-procrastination --person ada -a homework --days 7
                Exit code 1 when the charter has no such guidance. More: docs/consents.md.
                """)

        @Argument(help: "The guidance's id, as `trellis consent list` shows it.")
        var guidance: String
        @OptionGroup var whose: PersonOptions
        @Option(name: .long, help: "The charter: a commons name or a path. Default: the configuration's.")
        var charter: String?
        @Option(name: .long, help: "For how many days. Default and maximum: what the charter says.")
        var days: Int?
        @Flag(name: .long, help: "Print JSON.")
        var json = false
        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func validate() throws {
            if let days, !(1...36_500).contains(days) { throw ValidationError("--days is a number from 1 to 36500.") }
        }

        func run() async throws {
            let settings = try await options.settings()
            let (charter, questions) = try settings.questions(of: charter)
            guard let question = questions.first(where: { $0.guidance == guidance }) else {
                let names = questions.map(\.guidance).joined(separator: ", ")
                throw CommandFailure(
                    .negative,
                    "the charter \(charter) has no guidance \(WrappedText.plain(guidance)). "
                        + (names.isEmpty ? "It has none at all." : "It has \(names)."))
            }
            let now = Settings.now()
            let until = days.map { now + Int64($0) * 86_400_000 }
            if let until, until > now + question.period {
                throw CommandFailure(
                    .negative, "the charter lets this consent hold \(question.period / 86_400_000) days at most.")
            }
            let kept = try await settings.withPeople { kept in
                let person = kept.key(whose)
                try await kept.consents.grant(question, by: person, at: now, until: until, through: .commandLine)
                return ConsentOverview.all([question], try await kept.consents.standings(of: person), at: now)
            }
            if json {
                Terminal.output.line(try Printed.json(kept.first))
            } else {
                let end = kept.first?.until.map { WrittenMoment.text($0) } ?? "-"
                Terminal.output.line("\(guidance) is live until \(end) UTC. They said yes to: \(question.asks)")
            }
        }
    }

    /// `trellis consent revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a person's yes back. It holds from the next message on.",
            discussion: """
                Examples:
                  trellis consent revoke challenge-procrastination --person ada --application homework
                  trellis consent revoke --all --person ada --application homework
                Exit code 1 when there was no live consent. More: docs/consents.md.
                """)

        @Argument(help: "The guidance's id, as `trellis consent list` shows it.")
        var guidance: String?
        @Flag(name: .long, help: "Everything that they ever said yes to in this application, under every charter.")
        var all = false
        @OptionGroup var whose: PersonOptions
        @Option(name: .long, help: "The charter: a commons name or a path. Default: the configuration's.")
        var charter: String?
        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func validate() throws {
            guard (guidance == nil) == all else { throw ValidationError("Name one guidance, or say --all.") }
        }

        func run() async throws {
            let settings = try await options.settings()
            let now = Settings.now()
            guard let guidance else {
                let ended = try await settings.withPeople { kept in
                    try await kept.consents.revokeAll(by: kept.key(whose), at: now, through: .commandLine)
                }
                guard ended > 0 else { throw CommandFailure(.negative, "nothing was live.") }
                Terminal.output.line(ended == 1 ? "Took back one consent." : "Took back \(ended) consents.")
                return
            }
            let charter = try settings.questions(of: charter).charter
            let wasLive = try await settings.withPeople { kept in
                try await kept.consents.revoke(
                    guidance, of: charter, by: kept.key(whose), at: now, through: .commandLine)
            }
            guard wasLive else {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(guidance)) of \(charter) was not live. `trellis consent list` shows what is.")
            }
            Terminal.output.line("Took back \(guidance).")
        }
    }

    /// `trellis consent audit`.
    struct Audit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that every guided reply had a live consent.",
            discussion: """
                Holds what receipts say against what people said, and lists every guided reply without a live consent. \
                What somebody consented to is sealed, so this needs the key-encryption key.

                Examples:
                  trellis consent audit
                  trellis consent audit --application homework --json
                Exit code 1 when a reply lacked one. More: docs/consents.md.
                """)

        @Option(name: [.short, .long], help: "Only replies of this application.")
        var application: String?
        @Option(name: .long, help: "Only replies to this person; needs --application.")
        var person: String?
        @Flag(name: .long, help: "Print JSON.")
        var json = false
        @OptionGroup(title: "Configuration") var options: SettingsOptions

        /// What an audit prints as JSON.
        struct Findings: Encodable {
            struct Violation: Encodable {
                let receipt: String
                let at: Int64
                let guidance: String?
                let why: String
            }
            let uses: Int
            let covered: Int
            let erased: Int
            let violations: [Violation]
        }

        func validate() throws {
            if person != nil, application == nil {
                throw ValidationError("--person means nothing without --application: name both.")
            }
        }

        func run() async throws {
            let settings = try await options.settings()
            let application = application
            // The receipts first: a consent that is given in between is then there all the same.
            var replies = try settings.withReceipts(opensBodies: false, needsKey: true) {
                try $0.guidedReplies(application: application)
            }
            let report = try await settings.withPeople { kept in
                if let person, let application {
                    let options = try PersonOptions.parse(["--person", person, "--application", application])
                    let wanted = kept.key(options).person
                    replies.removeAll { $0.person != wanted }
                }
                let history = try await kept.consents.history(application: application)
                return ConsentAudit.report(
                    on: replies.sorted { $0.receipt < $1.receipt }, events: history.events,
                    erasures: history.erasures)
            }
            if json {
                let found = report.violations.map {
                    Findings.Violation(receipt: $0.receipt, at: $0.at, guidance: $0.guidance, why: "\($0)")
                }
                Terminal.output.line(
                    try Printed.json(
                        Findings(
                            uses: report.uses, covered: report.covered, erased: report.erased, violations: found)))
            } else {
                for violation in report.violations {
                    Terminal.output.line(WrappedText.plain("\(WrittenMoment.text(violation.at)) UTC  \(violation)."))
                }
                Terminal.output.line(Self.words(report))
            }
            if !report.violations.isEmpty { throw CommandFailure(.negative, "") }
        }

        /// An audit in two sentences at most.
        static func words(_ report: ConsentAudit.Report) -> String {
            guard report.uses > 0 else { return "No reply was guided, so none needed a consent." }
            let looked = report.uses == 1 ? "One use of guidance" : "\(report.uses) uses of guidance"
            let erased =
                report.erased == 0
                ? ""
                : " \(report.erased) of people who were erased since: what they had consented to is gone with them."
            guard !report.violations.isEmpty else {
                return "\(looked): every one that can be judged had a live consent.\(erased)"
            }
            return "\(looked), \(report.violations.count) without a live consent.\(erased)"
        }
    }
}
