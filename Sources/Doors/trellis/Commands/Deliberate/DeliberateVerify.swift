import ArgumentParser
import Charters
import Deliberation
import Foundation

extension DeliberateCommand {
    /// `trellis deliberate verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reckon a published charter again from its votes, trusting nobody.",
            discussion: """
                It reckons groups, slate, certificate, dissent, draft, the second vote, the charter and what changed \
                from the published votes, compares each byte by byte with what was published, and checks every \
                signature. Name keys that you trust with --key, or a file of them with --signers; the publisher's must \
                be among them, or anybody could have published it.

                Examples:
                  trellis deliberate verify public --key ama.key.pub
                  trellis deliberate verify public --signers signers.txt --json
                  trellis deliberate verify changed --previous public --key ama.key.pub
                  trellis deliberate verify public --code 438092638646     and what stands in my own row

                Exit code 0 when every step is as it should be, 1 otherwise. More: docs/deliberation.md.
                """)

        @Argument(help: "The folder that was published.", completion: .directory)
        var folder: String

        @Option(name: .customLong("key"), help: "A public key that you trust: a file, or base64. May be repeated.")
        var keys: [String] = []

        @Option(name: .long, help: "A file of keys that you trust, a line for each: NAME KEY.", completion: .file())
        var signers: String?

        @Option(name: .long, help: "The number of your own row: show what is published under it. May be repeated.")
        var code: [String] = []

        @Option(
            name: .long,
            help:
                "For a change to a charter: the folder in which that charter was published. Repeat it, the earliest first, where that was a change too.",
            completion: .directory)
        var previous: [String] = []

        @Flag(
            name: .long,
            help: "Be content where something can't be checked: votes that weren't published, or what came before.")
        var allowUnchecked = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let charter: String?
            let version: String?
            let fingerprint: String?
            let publisher: String?
            let publisherTrustedAs: String?
            let holds: Bool
            let steps: [PublicationCheck.Step]
            /// What is published under the numbers that were asked for.
            let rows: [PublishedRow]
        }

        func run() async throws {
            let files = try files(folder)
            let trusted = try TrustedSigners(keys: keys, file: signers)
            var before: PublicationCheck?
            for earlier in previous {
                before = PublicationCheck(try self.files(earlier), trusting: trusted, after: before)
            }
            let check = PublicationCheck(files, trusting: trusted, after: before)
            let isTrusted = keys.isEmpty && signers == nil || check.publisher?.trustedAs != nil
            let isWhole = allowUnchecked ? check.holdsAsFarAsPublished : check.holds
            let rows = code.flatMap { PublishedRow.all($0, in: files) }
            let report = Report(
                charter: check.charter?.id.description, version: check.charter?.version.description,
                fingerprint: check.charter?.fingerprint.hexadecimal, publisher: check.publisher?.name,
                publisherTrustedAs: check.publisher?.trustedAs, holds: isWhole && isTrusted, steps: check.steps,
                rows: rows)
            if json {
                Terminal.output.line(try Printed.json(report))
            } else {
                show(check)
                show(rows)
            }
            guard isWhole else {
                let failed = check.steps.count { $0.finding == .failed }
                throw CommandFailure(
                    .negative,
                    failed > 0
                        ? "\(failed) of \(check.steps.count) steps failed. Don't rely on this publication."
                        : "not everything could be checked. --allow-unchecked is content with that."
                )
            }
            guard isTrusted else {
                throw CommandFailure(
                    .negative, "everything fits, but it wasn't published with a key that you trust.")
            }
        }

        private func show(_ check: PublicationCheck) {
            let page = DeliberatePage()
            if let charter = check.charter { page.title("\(charter.id) \(charter.version)") }
            for step in check.steps {
                let mark =
                    switch step.finding {
                    case .ok: Terminal.output.styled("ok", .green)
                    case .failed: Terminal.output.styled("FAILED", .red)
                    case .unchecked: "not checked"
                    }
                page.paragraph("\(mark)  \(step.name): \(DeliberatePage.line(step.words))", indent: 2)
            }
            guard check.holds else { return }
            page.gap()
            page.paragraph(
                "The charter follows from the published votes. That these are the votes that people cast, each of them can check by the number of their row."
            )
            if keys.isEmpty, signers == nil {
                page.paragraph("No key was named, so it isn't known who published it: name one with --key.")
            }
        }

        private func show(_ rows: [PublishedRow]) {
            let page = DeliberatePage()
            for code in code where !rows.contains(where: { $0.code == code }) {
                page.heading("Nothing is published under \(WrappedText.plain(code)).")
            }
            for row in rows {
                page.heading("\(row.file), row \(row.code)")
                if let on = row.on {
                    page.paragraph("Cast on \(DeliberatePage.line(on)), as the first row of the file says.", indent: 2)
                }
                for answer in row.answers {
                    page.paragraph("\(answer.said): \(DeliberatePage.line(answer.of))", indent: 2)
                }
            }
        }

        private func files(_ folder: String) throws -> [String: [UInt8]] {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue,
                let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
            else {
                throw CommandFailure(
                    .negative, "there is no folder \(WrappedText.plain(folder)). Name the folder that was published.")
            }
            guard names.count <= 100 else {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(folder)) has \(names.count) files, and a publication has at most 16. Name the folder that was published."
                )
            }
            var files: [String: [UInt8]] = [:]
            for name in names {
                files[name] = try PolisFolder.bytes(at: (folder as NSString).appendingPathComponent(name))
            }
            return files
        }
    }
}
