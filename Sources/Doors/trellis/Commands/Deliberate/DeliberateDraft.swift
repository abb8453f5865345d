import ArgumentParser
import Charters
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate draft`.
    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a draft of a charter from what people agree on.",
            discussion: """
                The statements of a slate become clauses in their own words, each with how people voted on it; what \
                groups hold and the slate leaves out becomes dissent with its share. --clauses names a file that says \
                which statement becomes which kind of clause. A model may draft wording (--model): people vote on every \
                word afterwards. Nothing enters that no chosen statement stands behind.

                With --amends a charter, the same makes a proposal to change it: its clauses and all that is held against it \
                stay, a chosen statement that it says already adds nothing, and the rest become new clauses. The charter's own \
                section amendment decides (`trellis deliberate amend ROUND BALLOTS`).

                Everything is reckoned from what can be published: without the votes of people who didn't agree to \
                publication (--withhold), and without answers that fewer than --threshold people gave. Where that \
                changes what is chosen, you are told.

                Examples:
                  trellis deliberate draft my-export --seats 5 --charter riverside/fares --purpose "Help people get about." \\
                    --quorum 30 --consensus 0.6 --into round
                  trellis deliberate draft my-export --seats 5 --charter riverside/fares --purpose "…" --quorum 30 \\
                    --consensus 0.6 --clauses clauses.csv --model gpt-4o --into round
                  trellis deliberate draft next-export --amends charter.yaml --seats 3 --into change
                More: docs/deliberation.md.
                """)

        @OptionGroup var options: ConversationOptions

        @Option(name: .shortAndLong, help: "How many statements to choose.")
        var seats: Int

        @Option(
            name: .long,
            help:
                "A charter to change: propose what was chosen as new clauses of it. Its name, purpose and rules stay.",
            completion: .file(extensions: ["yaml", "yml"]))
        var amends: String?

        @Option(name: .long, help: "The charter's name, as in riverside/fares.")
        var charter: String?

        @Option(name: .long, help: "The version that it gets when it is ratified. Default: 0.1.0.")
        var version: String?

        @Option(name: .long, help: "What a model is here for, in a sentence to it.")
        var purpose: String?

        @Option(name: .long, help: "Who you are, in your own words.")
        var community: String?

        @Option(name: .long, help: "What the conversation is called in each clause. Default: its topic.")
        var conversation: String?

        @Option(name: .long, help: "So many must take part in a vote on the charter, now and later.")
        var quorum: Int?

        @Option(name: .long, help: "Such a share of those who take part must say yes, as in 0.6.")
        var consensus: String?

        @Option(name: .long, help: "How the charter is changed, in your words. Default: deliberation.")
        var by: String?

        @Option(name: .long, help: "After how many days the charter is looked at again.")
        var review: Int?

        @Option(name: .long, help: "A file that says what statements become.", completion: .file(extensions: ["csv"]))
        var clauses: String?

        @Option(
            name: .long, help: "A file of people, one a line, who didn't agree to publication.", completion: .file())
        var withhold: String?

        @Option(name: .long, help: "An answer that fewer people gave is held back.")
        var threshold = 5

        @Option(name: .long, help: "What the search for groups follows from.")
        var seed = 1

        @Option(name: .long, help: "A model that drafts wording.")
        var model: String?

        @Option(name: .long, help: "The OpenAI-compatible address of the model. Default: as configured.")
        var url: String?

        @Option(name: .long, help: "The environment variable that holds the address's key.")
        var keyEnv: String?

        @Option(name: .long, help: "The folder to make.", completion: .directory)
        var into: String

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            for (name, number) in [("--seats", seats), ("--threshold", threshold)] {
                guard DraftTerms.limits.contains(number) else {
                    throw ValidationError("\(name) is a number from 1 to \(DraftTerms.limits.upperBound).")
                }
            }
            guard seed >= 0 else { throw ValidationError("--seed is a number from 0.") }
            if url != nil || keyEnv != nil, model == nil { throw ValidationError("--url goes with --model.") }
            if amends != nil {
                guard [charter, version, purpose, community, consensus, by].allSatisfy({ $0 == nil }), quorum == nil,
                    review == nil
                else {
                    throw ValidationError(
                        "With --amends, name, purpose, community, version and rules are those of the charter: leave out --charter, --version, --purpose, --community, --quorum, --consensus, --by and --review."
                    )
                }
                return
            }
            for (name, value) in [("--charter", charter), ("--purpose", purpose), ("--consensus", consensus)] {
                guard value != nil else { throw ValidationError("A new charter needs \(name).") }
            }
            guard let quorum, (1...1_000_000_000).contains(quorum) else {
                throw ValidationError("--quorum is a number from 1 to 1000000000.")
            }
            guard consensus.flatMap(Share.init) != nil else {
                throw ValidationError("--consensus is a share from 0 to 1, as in 0.6.")
            }
            guard version.map({ SemanticVersion($0)?.prerelease.isEmpty == true }) ?? true else {
                throw ValidationError("--version is three numbers, as in 0.1.0.")
            }
        }

        func run() async throws {
            let source = try await options.load()
            let withheld = try RoundFolder.withheld(withhold)
            let numbers = Set(withheld.compactMap { Int($0) })
            guard numbers.count == withheld.count else {
                let odd = withheld.first { Int($0) == nil } ?? ""
                throw CommandFailure(
                    .negative,
                    "\(withhold ?? ""): `\(WrappedText.plain(String(odd.prefix(40))))` is no participant of this conversation. Write the numbers of participants, one a line."
                )
            }
            RoundFolder.note(
                strangers: withheld, among: source.conversation.participants.map(String.init), of: withhold)
            let open = PublishableConversation(
                source.conversation,
                settings: .init(threshold: threshold, withheld: numbers, isStrict: options.strict))
            let old = try amends.map { try CharterSource.charter($0).charter }
            let topic = source.conversation.topic
            let title = conversation ?? (topic.isEmpty ? charter ?? old?.id.description ?? "" : topic)
            var terms = try terms(of: open, called: title, changing: old)
            var draft = try RoundFolder.saying { try CharterDraft(open, terms: terms, changing: old) }
            var refused: [String: ModelWording.Refusal] = [:]
            if let model {
                let found = try await worded(draft, by: model)
                terms = draft.terms
                (terms.clauses, refused) = (found.clauses, found.kept)
                draft = try RoundFolder.saying { try CharterDraft(open, terms: terms, changing: old) }
            }
            let folder = try RoundFolder.made(into, isPrivate: true)
            try write(draft, to: folder)
            let report = DraftReport(draft, of: source, everybody: whole(source), refused: refused)
            if json { Terminal.output.line(try Printed.json(report)) } else { report.show(into) }
        }

        private func terms(
            of open: PublishableConversation, called title: String, changing old: Charter?
        ) throws -> DraftTerms {
            let clauses = try plan(open)
            if let old {
                return DraftTerms(
                    changing: old, conversation: title, seats: seats, seed: seed, threshold: threshold,
                    clauses: clauses, heldBack: open.heldBack)
            }
            return DraftTerms(
                charter: charter ?? "", version: version ?? "0.1.0", community: community, purpose: purpose ?? "",
                conversation: title, seats: seats, seed: seed, threshold: threshold,
                amendment: .init(
                    by: by ?? "deliberation", quorum: quorum ?? 1, consensus: consensus ?? "", review: review),
                clauses: clauses, heldBack: open.heldBack)
        }

        private func plan(_ open: PublishableConversation) throws -> [PlannedClause] {
            guard let clauses else { return [] }
            let bytes = try PolisFolder.bytes(at: clauses)
            return try RoundFolder.saying {
                try ClausePlan(bytes, file: clauses) { id in open.column(of: id).map { open.statements[$0] } }.clauses
            }
        }

        /// What would be chosen from everybody's votes, by their numbers. Nil where nothing could be.
        private func whole(_ source: DeliberatedConversation) -> Set<Int>? {
            (try? Slate(of: source.conversation.votes, moderation: source.moderation, seats: seats)).map { slate in
                Set(slate.entries.map { source.conversation.statements[$0.statement].id })
            }
        }

        private func worded(
            _ draft: CharterDraft, by name: String
        ) async throws -> (clauses: [PlannedClause], kept: [String: ModelWording.Refusal]) {
            let drafting =
                if let url {
                    try DirectModel(name, at: url, keyEnv: keyEnv)
                } else {
                    try await DirectModel(name, of: try await options.configuration.settings(readsSecrets: true))
                }
            do {
                let found = try await ModelWording(drafting.model, named: name)
                    .wording(draft.terms.clauses, in: draft.conversation)
                await drafting.stop()
                return found
            } catch {
                await drafting.stop()
                throw CommandFailure(
                    .unreachable, "the model \(WrappedText.plain(name)) didn't answer: \(error). Nothing was written.")
            }
        }

        private func write(_ draft: CharterDraft, to folder: RoundFolder) throws {
            let files = draft.files
            for file in files.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                try folder.write(files[file] ?? [], file.rawValue)
            }
            try folder.write(draft.subject.form, RoundFolder.ballotForm)
            try folder.keep(draft.conversation)
            if let old = draft.previous {
                let diff = CharterDiff(from: old, to: draft.charter)
                try folder.write(Array((diff.text + "\n").utf8), PublicationFile.diff.rawValue)
            }
            try folder.write(
                RoundFolder.Note(kind: draft.previous == nil ? .charter : .amendment, threshold: threshold))
        }
    }
}
