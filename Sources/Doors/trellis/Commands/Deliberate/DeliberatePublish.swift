import ArgumentParser
import Charters
import Deliberation
import Foundation

extension DeliberateCommand {
    /// `trellis deliberate publish`.
    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish a charter with all that anybody needs to check how it came about.",
            discussion: """
                The folder gets the votes (under new numbers, in an order drawn by chance, without times, and without \
                answers that hardly anybody gave), the slate with its certificate, the draft, the second vote, the \
                charter, what changed, the signatures, and a manifest with the SHA-256 of each, signed with your key. \
                --codes writes which row is whose: give everybody their own number, then destroy the file.

                Published rows are no anonymous data: who knows a few votes of a person can often find the rest. \
                --without-votes leaves the rows out; then nobody can reckon the slate again.

                Examples:
                  trellis deliberate publish round --into public --key ama.key --as "Ama Okoye" --codes codes.csv
                  trellis deliberate publish round --into public --key ama.key --as "Ama Okoye" --without-votes
                More: docs/deliberation.md.
                """)

        @Argument(help: "The folder of the round, from draft or amend.", completion: .directory)
        var folder: String

        @Option(name: .long, help: "The folder to make.", completion: .directory)
        var into: String

        @Option(name: .long, help: "The file of the key to sign with. Nobody but you may read it.", completion: .file())
        var key: String

        @Option(name: .customLong("as"), help: "Who publishes it, in your own words.")
        var publisher: String

        @Option(name: .long, help: "A new file that says which row is whose.", completion: .file())
        var codes: String?

        @Flag(name: .long, help: "Don't publish who voted what, row by row.")
        var withoutVotes = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let charter: String
            let version: String
            let fingerprint: String
            let key: String
            let files: [String]
            /// What was held back of the votes. Nil for a change without a conversation.
            let heldBack: PublishableConversation.HeldBack?
            let ballotsHeldBack: Int
        }

        func run() async throws {
            let round = RoundFolder(path: folder)
            let note = try round.note()
            let signing = try KeyFile.read(key)
            var random = SystemRandomNumberGenerator()
            let signatures = try round.signatures()
            let ballots = try ballots(round)
            let publication: Publication
            let charter: Charter
            var heldBack: PublishableConversation.HeldBack?
            var dissentHeldBack = 0
            switch note.kind {
            case .charter:
                let draft = try round.draft()
                heldBack = draft.terms.heldBack
                dissentHeldBack = draft.dissentHeldBack
                (publication, charter) = try RoundFolder.saying {
                    let box = try BallotBox(
                        ballots, file: RoundFolder.ballots, on: draft.subject)
                    let ratification = try Ratification(of: draft.charter, terms: draft.terms, ballots: box)
                    return (
                        try Publication(
                            of: draft, ratified: ratification, ballots: box, signatures: signatures,
                            withVotes: !withoutVotes, ballotsHeldBack: note.ballotsHeldBack, by: publisher,
                            with: signing, using: &random), ratification.charter
                    )
                }
            case .amendment:
                let old = try round.charter(.previous)
                if round.hasConversation {
                    let draft = try round.draft(changing: old)
                    heldBack = draft.terms.heldBack
                    dissentHeldBack = draft.dissentHeldBack
                    (publication, charter) = try RoundFolder.saying {
                        let box = try BallotBox(ballots, file: RoundFolder.ballots, on: draft.subject)
                        let change = try AmendmentRound(of: draft, changing: old, ballots: box)
                        return (
                            try Publication(
                                of: draft, taken: change, from: old, ballots: box, signatures: signatures,
                                withVotes: !withoutVotes, ballotsHeldBack: note.ballotsHeldBack, by: publisher,
                                with: signing, using: &random), change.charter ?? old
                        )
                    }
                    break
                }
                let proposal = try round.charter(.proposal)
                (publication, charter) = try RoundFolder.saying {
                    let box = try BallotBox(
                        ballots, file: RoundFolder.ballots, on: BallotSubject(proposal, changing: old))
                    let change = try AmendmentRound(
                        of: old, proposal: proposal, ballots: box, threshold: note.threshold)
                    return (
                        try Publication(
                            of: change, from: old, proposal: proposal, ballots: box, threshold: note.threshold,
                            signatures: signatures, ballotsHeldBack: note.ballotsHeldBack, by: publisher,
                            with: signing, using: &random), change.charter ?? old
                    )
                }
            }
            // What people signed must be what follows from the votes, whatever was edited since.
            guard try round.charter(.charter).fingerprint == charter.fingerprint else {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(folder))/charter.yaml isn't what people voted for: it was changed since. Count again, and change it by `trellis deliberate amend`."
                )
            }
            try write(publication)
            let report = Report(
                charter: charter.id.description, version: charter.version.description,
                fingerprint: charter.fingerprint.hexadecimal, key: signing.verifyingKey.base64,
                files: publication.files.keys.sorted(), heldBack: heldBack, ballotsHeldBack: note.ballotsHeldBack)
            if json {
                Terminal.output.line(try Printed.json(report))
            } else {
                show(report, dissentHeldBack: dissentHeldBack, isWithoutVotes: withoutVotes)
                Terminal.output.line(
                    "\(report.charter) \(report.version), fingerprint \(charter.fingerprint.short), is published in \(WrappedText.plain(into)) with \(report.files.count) files. Anybody can check it: trellis deliberate verify \(WrappedText.plain(into)) --key \(report.key)"
                )
            }
        }

        /// What isn't in the published files.
        private func show(_ report: Report, dissentHeldBack: Int, isWithoutVotes: Bool) {
            let page = DeliberatePage()
            page.heading("Held back")
            if let heldBack = report.heldBack {
                page.paragraph(heldBack.words, indent: 2)
                if dissentHeldBack > 0 {
                    page.paragraph(
                        "\(page.count(dissentHeldBack, "dissent", "dissents")) of too few people, or without words, \(dissentHeldBack == 1 ? "is" : "are") counted and not told.",
                        indent: 2)
                }
                if isWithoutVotes { page.paragraph("Who voted what isn't published.", indent: 2) }
            }
            page.paragraph(BallotBox.words(heldBack: report.ballotsHeldBack), indent: 2)
            page.gap()
        }

        private func ballots(_ round: RoundFolder) throws -> [UInt8] {
            guard let bytes = try round.readIfThere(RoundFolder.ballots) else {
                throw CommandFailure(
                    .negative,
                    "nothing was taken in \(WrappedText.plain(folder)) yet. Run `trellis deliberate ratify` or `amend` first."
                )
            }
            return bytes
        }

        private func write(_ publication: Publication) throws {
            if let codes {
                var lines = ["file,participant,code"]
                lines += publication.codes.map { code in
                    let name = code.participant.replacing("\"", with: "\"\"")
                    return "\(code.file.rawValue),\"\(name)\",\(code.code)"
                }
                try CharterFileWriting.create(codes, with: lines.joined(separator: "\n") + "\n", mode: 0o600)
            }
            let folder = try RoundFolder.made(into, isPrivate: false)
            for (name, bytes) in publication.files.sorted(by: { $0.key < $1.key }) { try folder.write(bytes, name) }
        }
    }
}
