import ArgumentParser
import Flourishing
import Foundation
import Gateway
import Judges

extension JudgeCommand {
    /// `trellis judge reply`.
    struct Reply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a reply does and what local heads make of it, as a vector.",
            discussion: """
                CONVERSATION is a file of JSON messages, as chat APIs have them, or plain text with the speaker at the start \
                of a line:

                  person: Should I take the job in Leeds?
                  assistant: It's your call. What would you miss?

                Examples:
                  trellis judge reply talk.txt
                  trellis judge reply talk.json --every --json
                  trellis judge reply talk.txt --without-heads      no local model is started

                Every signal says its rule and the sentences it rests on. Every head has an interval, which leaves out 0 only \
                where it has something to say, and says how much it was shown to see in replies (coverage). \
                `trellis judge heads` has the numbers. Exit code 1 when the file can't be read. More: docs/judging.md.
                """)

        @Argument(help: "A file with a conversation.", completion: .file())
        var conversation: String

        @Flag(name: .long, help: "Judge every reply of the conversation rather than its last.")
        var every = false

        @Flag(name: .long, help: "Only what the words show; start no local model.")
        var withoutHeads = false

        @Flag(name: .long, help: "Say each rule too.")
        var rules = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            let bytes = try PolisFolder.bytes(at: conversation)
            let written: WrittenConversation
            do throws(WrittenConversation.Problem) { written = try WrittenConversation(bytes) } catch {
                throw CommandFailure(.negative, WrappedText.plain("\(conversation): \(error)"))
            }
            let exchanges = every ? written.exchanges : Array(written.exchanges.suffix(1))
            guard !exchanges.isEmpty else {
                throw CommandFailure(
                    .negative,
                    WrappedText.plain(
                        "\(conversation): nobody replies in it. A reply's line begins with \"assistant:\"."))
            }
            let embedder = withoutHeads ? nil : try await LocalEmbedder(home: options.settings().gateway.home)
            var reports: [ReplyReport] = []
            do {
                for exchange in exchanges {
                    var heads: [HeadReading] = []
                    if let embedder { heads = try await HeadReader().read(exchange.reply, with: embedder.model) }
                    reports.append(ReplyReport(exchange, heads))
                }
            } catch {
                await embedder?.stop()
                throw CommandFailure(.failed, WrappedText.plain("\(error)"))
            }
            await embedder?.stop()
            if json {
                Terminal.output.line(try Printed.json(reports))
            } else {
                Terminal.output.line(
                    reports.map { $0.lines(rules: rules, heads: !withoutHeads).joined(separator: "\n") }
                        .joined(separator: "\n\n"))
            }
        }
    }
}

/// What `trellis judge reply` says of one reply.
struct ReplyReport: Encodable {
    /// The number of the reply's turn, from 1.
    let turn: Int
    let language: String?
    let conduct: [ConductReading]
    let heads: [HeadReading]
    /// The heads' estimates as any judge gives them.
    let appraisal: Appraisal?

    init(_ exchange: WrittenConversation.Exchange, _ heads: [HeadReading]) {
        turn = exchange.turn + 1
        let conduct = Conduct(of: exchange.reply, to: exchange.person)
        language = conduct.language
        self.conduct = conduct.readings
        self.heads = heads
        appraisal = heads.isEmpty ? nil : heads.appraisal(at: Settings.now())
    }

    /// The report as lines for a terminal.
    func lines(rules: Bool, heads shown: Bool) -> [String] {
        var lines = ["Turn \(turn): what the reply does, by its words"]
        var table = Table(head: ["signal", "value", "as people would label it, 95%", "coverage", "rests on"])
        for reading in conduct {
            let value =
                reading.signal.isPresence
                ? (reading.value == 1 ? "yes" : "no") : WrittenNumber.hundredths(reading.value)
            let range =
                reading.signal != .length
                ? "\(WrittenNumber.hundredths(reading.lower)) to \(WrittenNumber.hundredths(reading.upper))" : "-"
            table.rows.append([
                reading.signal.rawValue, value, range, WrittenNumber.hundredths(reading.coverage),
                Self.short(reading.quotes.first?.cue)
                    + (reading.quotes.count > 1 ? " (+\(reading.quotes.count - 1))" : ""),
            ])
        }
        lines += table.lines
        if rules {
            lines.append("")
            lines += conduct.map { "\($0.signal.rawValue): \($0.rule)" }
        }
        guard shown else { return lines }
        lines += ["", "Turn \(turn): what the local heads make of it, from -1 to 1"]
        guard !heads.isEmpty else { return lines + ["Nothing: the reply has no words outside code."] }
        var estimates = Table(head: ["head", "value", "interval", "coverage", "loudest sentence"])
        for reading in heads {
            let estimate = reading.estimate
            estimates.rows.append([
                reading.head, WrittenNumber.hundredths(estimate.value),
                "\(WrittenNumber.hundredths(estimate.lower)) to \(WrittenNumber.hundredths(estimate.upper))",
                WrittenNumber.hundredths(estimate.coverage), Self.short(reading.quotes.first?.text),
            ])
        }
        lines += estimates.lines
        lines.append(
            "Coverage 0: the head was not shown to see this in replies, so nothing is known. There is no total.")
        return lines
    }

    private static func short(_ text: String?) -> String {
        guard let text else { return "-" }
        let plain = WrappedText.plain(text)
        return plain.count > 60 ? "\(plain.prefix(59))…" : plain
    }
}

/// Numbers for tables.
enum WrittenNumber {
    /// With two digits behind the point.
    static func hundredths(_ value: Double) -> String {
        let number = Int((abs(value) * 100).rounded())
        return (value < 0 && number > 0 ? "-" : "") + "\(number / 100)." + (number % 100 < 10 ? "0" : "")
            + "\(number % 100)"
    }

    /// With three digits behind the point.
    static func thousandths(_ value: Double) -> String {
        let number = Int((abs(value) * 1_000).rounded())
        let rest = String(number % 1_000)
        return (value < 0 && number > 0 ? "-" : "") + "\(number / 1_000)."
            + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
