import ArgumentParser
import Deliberation
import Gateway

extension DeliberateCommand {
    /// `trellis deliberate terms`.
    struct Terms: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See what holds in a conversation, and change it.",
            discussion: """
                What you don't name stays as it is. A running Trellis takes a change up at once. Who is in stays in, \
                whatever the ways in are.

                Examples:
                  trellis deliberate terms cv_…
                  trellis deliberate terms cv_… --topic "Our square and its trees" --strict
                  trellis deliberate terms cv_… --join proof-of-work --proof-bits 20
                  trellis deliberate terms cv_… --join none
                Exit code 1 when it can't hold. More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Option(name: .long, help: "What it is about, on one line.")
        var topic: String?

        @Option(name: .long, help: "What people are told of it; nothing if it is empty.")
        var description: String?

        @Option(
            name: .customLong("join"),
            help:
                "A way in, in place of those that there are: invitation, proof-of-work or oidc. May be given several times. none: nobody new comes in."
        )
        var ways: [OfferedWay] = []

        @Flag(inversion: .prefixedNo, exclusivity: .exclusive, help: "Let people say how much a vote matters to them.")
        var importance: Bool?

        @Flag(
            inversion: .prefixedNo, exclusivity: .exclusive,
            help: "Show a statement only once a moderator has accepted it.")
        var strict: Bool?

        @Option(name: .long, help: "How many leading bits of a proof of work are zero: 12 to 30.")
        var proofBits: Int?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        /// A way in, or that there is none.
        enum OfferedWay: ExpressibleByArgument, Equatable {
            case none
            case way(JoiningWay)

            init?(argument: String) {
                if argument == "none" {
                    self = .none
                } else {
                    guard let way = JoiningWay(rawValue: argument) else { return nil }
                    self = .way(way)
                }
            }

            static var allValueStrings: [String] { JoiningWay.allCases.map(\.rawValue) + ["none"] }
        }

        func validate() throws {
            if ways.contains(.none), ways.count > 1 {
                throw ValidationError(
                    "--join none stands alone: either nobody new comes in, or by the ways that you name.")
            }
            if let proofBits, !ConversationTerms.proofRange.contains(proofBits) {
                throw ValidationError(
                    "--proof-bits is a number from \(ConversationTerms.proofRange.lowerBound) to \(ConversationTerms.proofRange.upperBound)."
                )
            }
        }

        private var changes: Bool {
            topic != nil || description != nil || !ways.isEmpty || importance != nil || strict != nil
                || proofBits != nil
        }

        /// What holds, as JSON.
        struct Report: Encodable {
            let id: String
            let topic: String
            let description: String
            let language: String
            let joining: [String]
            let importance: Bool
            let strict: Bool
            let proofBits: Int

            init(_ id: ConversationID, _ terms: ConversationTerms) {
                self.id = id.description
                topic = terms.topic
                description = terms.about
                language = terms.language
                joining = terms.ways.map(\.rawValue).sorted()
                importance = terms.takesImportance
                strict = terms.isStrict
                proofBits = terms.proofBits
            }
        }

        func run() async throws {
            let settings = try await held.options.settings()
            let named = Set(
                ways.compactMap { way -> JoiningWay? in
                    if case .way(let way) = way { way } else { nil }
                })
            if named.contains(.identity), settings.gateway.deliberation.identity == nil {
                throw CommandFailure(
                    .negative,
                    "nobody can join by oidc here: no issuer is configured. Name one under deliberation.oidc first.")
            }
            let terms = try await settings.withConversations { conversations in
                if changes {
                    let (topic, about) = (topic, description)
                    let (importance, strict, proofBits) = (importance, strict, proofBits)
                    let isJoining = !ways.isEmpty
                    try await conversations.change(held.id, by: .operator(name: OperatorName.own)) { terms in
                        try terms.changed(
                            topic: topic, about: about, ways: isJoining ? named : nil, takesImportance: importance,
                            isStrict: strict, proofBits: proofBits)
                    }
                }
                return try await conversations.terms(of: held.id)
            }
            let report = Report(held.id, terms)
            if json {
                Terminal.output.line(try Printed.json(report))
                return
            }
            if changes { Terminal.output.line("Changed. Now holds:") }
            show(report)
        }

        private func show(_ report: Report) {
            let rows = [
                ("topic", DeliberatePage.line(report.topic)),
                ("description", report.description.isEmpty ? "none" : DeliberatePage.line(report.description)),
                ("language", WrappedText.plain(report.language)),
                (
                    "join by",
                    report.joining.isEmpty ? "none: nobody new comes in" : report.joining.joined(separator: ", ")
                ),
                ("importance", report.importance ? "people may say how much a vote matters" : "not asked for"),
                ("strict", report.strict ? "statements wait for a moderator" : "statements are shown until rejected"),
                ("proof bits", "\(report.proofBits)"),
            ]
            for (name, value) in rows {
                Terminal.output.line(name + String(repeating: " ", count: 13 - name.count) + value)
            }
        }
    }
}
