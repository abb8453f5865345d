import ArgumentParser
import Counsel
import Foundation
import Gateway

/// `trellis receipt`.
struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Say why one reply came out as it did.",
        discussion: """
            Every reply carries its receipt's id in the header Trellis-Receipt. This reads the data folder, beside a \
            running Trellis or without one.

            Examples:
              trellis receipt rcp_01JDQZ4T0XW6E8V1S3YB5N7RKM
              trellis receipt rcp_01JDQZ4T0XW6E8V1S3YB5N7RKM --brief     also the very words that the model was told
              trellis receipt rcp_01JDQZ4T0XW6E8V1S3YB5N7RKM --bodies    also what was said, and the drafts before it
              trellis receipt rcp_01JDQZ4T0XW6E8V1S3YB5N7RKM --json

            Exit code 1 when there is no such receipt. More: docs/receipts.md.
            """)

    @Argument(help: "The receipt's id.")
    var id: String

    @Flag(name: .long, help: "Show what the model was told.")
    var brief = false

    @Flag(name: .long, help: "Show what was said, and the drafts before it, where they are kept.")
    var bodies = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Configuration") var options: SettingsOptions

    func run() async throws {
        guard let name = ReceiptID(id) else {
            throw CommandFailure(
                .negative, "\(WrappedText.plain(id)) is no receipt's id: those are rcp_ and 26 letters and digits.")
        }
        let settings = try await options.settings()
        guard let receipt = try settings.withReceipts(opensBodies: bodies, { try $0.receipt(name) }) else {
            throw CommandFailure(
                .negative,
                "there is no receipt \(name) in \(settings.gateway.dataDirectory). Is it the data folder of the Trellis that replied (--data)?"
            )
        }
        if json {
            Terminal.output.line(try Printed.json(receipt))
            return
        }
        let out = Terminal.output
        let head = "\(receipt.id), \(WrittenMoment.text(receipt.at)) UTC, for \(receipt.application)"
        out.line(out.styled(WrappedText.plain(head), .bold))
        var wrapped = WrappedText(width: out.isInteractive ? out.columns - 1 : nil)
        out.line(wrapped.add(Why(receipt).text) + wrapped.end())
        if brief, let text = receipt.brief?.text {
            out.line(out.styled("\nWhat the model was told:", .bold))
            out.line(text)
        }
        for part in bodies ? Self.said(receipt) : [] {
            out.line(out.styled("\n\(part.title)", .bold))
            out.line(part.words)
        }
    }

    /// What was said and what was written on the way to it, in the order in which it came about, as far as it is there.
    static func said(_ receipt: Receipt) -> [(title: String, words: String)] {
        var parts: [(title: String, words: String)] = []
        if let said = receipt.bodies { parts.append(("The request:", said.request)) }
        if let workings = receipt.workings {
            for (number, draft) in workings.drafts.enumerated() {
                parts.append((number == 0 ? "The first draft:" : "Draft \(number + 1):", draft))
                if workings.criticisms.indices.contains(number) {
                    parts.append(("What the critic said of it:", workings.criticisms[number]))
                }
            }
        }
        if let said = receipt.bodies { parts.append(("The reply:", said.reply)) }
        return parts
    }
}

/// `trellis receipts`.
struct ReceiptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipts",
        abstract: "List the newest receipts.",
        discussion: """
            Examples:
              trellis receipts --last 20
              trellis receipts --application homework --json
            """)

    @Option(name: .shortAndLong, help: "How many at most, 1 to 1000.")
    var last = 20

    @Option(name: [.short, .long], help: "Only those of this application.")
    var application: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Configuration") var options: SettingsOptions

    func validate() throws {
        guard (1...1000).contains(last) else { throw ValidationError("--last is a number from 1 to 1000.") }
    }

    func run() async throws {
        let settings = try await options.settings()
        let receipts = try settings.withReceipts(opensBodies: false) {
            try $0.latest(last, application: application)
        }
        guard !json else {
            Terminal.output.line(try Printed.json(receipts))
            return
        }
        guard !receipts.isEmpty else {
            Terminal.error.line(
                "There are no receipts yet. Every reply of `trellis serve` or `trellis chat` leaves one.")
            return
        }
        var table = Table(head: ["ID", "WHEN (UTC)", "APPLICATION", "CHARTER", "MODEL", "TOKENS", "TOOK", "ENDED"])
        for receipt in receipts { table.rows.append(Self.row(receipt)) }
        for line in table.lines { Terminal.output.line(line) }
    }

    /// A receipt as a row of a table.
    static func row(_ receipt: Receipt) -> [String] {
        let tokens =
            receipt.usage.source == .unknown
            ? "-" : "\(receipt.usage.input.map(String.init) ?? "?")/\(receipt.usage.output.map(String.init) ?? "?")"
        let took = receipt.timings.total.map { $0 < 10_000_000 ? "\($0 / 1000) ms" : "\($0 / 1_000_000) s" } ?? "-"
        let ended = receipt.outcome == .complete ? receipt.finishReason ?? "complete" : receipt.outcome.kind
        return [
            receipt.id.description, WrittenMoment.text(receipt.at), receipt.application,
            receipt.charter.map { "\($0.id) \($0.version)" } ?? "-",
            receipt.modelServed ?? receipt.modelRequested ?? "-", tokens, took, ended,
        ].map { WrappedText.plain($0) }
    }
}
