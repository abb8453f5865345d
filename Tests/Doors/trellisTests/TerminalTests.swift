import Foundation
import Logging
import Testing

@testable import trellis

@Suite("Text in a terminal")
struct TerminalTests {
    private func wrapped(_ text: String, width: Int?, inPieces size: Int = 1) -> String {
        var wrap = WrappedText(width: width)
        var shown = ""
        var rest = Substring(text)
        while !rest.isEmpty {
            shown += wrap.add(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return shown + wrap.end()
    }

    @Test("lines break at spaces and no word is torn")
    func breaks() {
        #expect(wrapped("one two three four", width: 9) == "one two\nthree\nfour")
        #expect(wrapped("  indented code\n\nand more", width: 40) == "  indented code\n\nand more")
    }

    @Test("however the pieces fall, the text comes out the same, no line is too long and no word is lost")
    func pieces() {
        var generator = Seeded(state: 4)
        let words = ["a", "trellis", "holds", "a-plant", "漢字かな", "🌱", "é", "internationalisation", "\n", "\n\n"]
        for _ in 0..<200 {
            let text = (0..<40).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            let width = Int.random(in: 8...60, using: &generator)
            let whole = wrapped(text, width: width, inPieces: 10_000)
            #expect(wrapped(text, width: width, inPieces: Int.random(in: 1...9, using: &generator)) == whole)
            for line in whole.split(separator: "\n") {
                let columns = line.reduce(0) { $0 + WrappedText.columns(of: $1) }
                #expect(columns <= width + 1)
            }
            #expect(whole.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
        }
    }

    @Test("without a width the text stays as it is, to the last space between words")
    func unwrapped() {
        let text = "a  b\n\n    code   here\nlast"
        #expect(wrapped(text, width: nil) == text)
    }

    @Test("a model can't move the cursor, change colours or ring the bell")
    func controls() {
        let shown = wrapped("red \u{1B}[31mtext\u{7} \u{9B}2J done\r", width: 80)
        #expect(!shown.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || (0x7F...0x9F).contains($0.value) })
        #expect(shown.contains("␛[31m"))
    }

    @Test("colours show only where a person looks and hasn't refused them")
    func colours() {
        #expect(Terminal.allowsColour([:]))
        #expect(!Terminal.allowsColour(["NO_COLOR": "1"]))
        #expect(Terminal.allowsColour(["NO_COLOR": ""]))
        #expect(!Terminal.allowsColour(["TERM": "dumb"]))
    }

    @Test("a table's columns are as wide as their widest text")
    func table() {
        let table = Table(head: ["A", "LONG"], rows: [["wide one", "x"], ["y", ""]])
        #expect(table.lines == ["A         LONG", "wide one  x", "y"])
    }

    @Test(
        "moments are written as the calendar has them",
        arguments: [
            (Int64(0), "1970-01-01 00:00:00"), (951_782_399_999, "2000-02-28 23:59:59"),
            (951_782_400_000, "2000-02-29 00:00:00"), (4_107_542_400_000, "2100-03-01 00:00:00"),
            (-1, "1969-12-31 23:59:59"), (1_795_458_602_000, "2026-11-23 18:30:02"),
        ])
    func moments(milliseconds: Int64, expected: String) {
        #expect(WrittenMoment.text(milliseconds) == expected)
    }
}

@Suite("Log lines")
struct LogOutputTests {
    private let nobody = Terminal(descriptor: -1)

    private func line(_ message: String, _ metadata: Logger.Metadata, _ format: Settings.LogFormat) -> String {
        LogOutput.line(
            .warning, message, metadata, label: "trellis", at: 1_795_458_602_007, format: format, terminal: nobody)
    }

    @Test("a text line says when, how grave, what, and the rest by name")
    func text() {
        #expect(
            line("charter reloaded", ["b": "two words", "a": "1"], .text)
                == "18:30:02 warning charter reloaded a=1 b=\"two words\"\n")
    }

    @Test("whatever is logged, a JSON line is one line that any reader of JSON takes")
    func json() throws {
        var generator = Seeded(state: 6)
        for _ in 0..<300 {
            let nasty = String(
                String.UnicodeScalarView(
                    (0..<12).compactMap { _ in
                        Unicode.Scalar(UInt32.random(in: 0...0x2100, using: &generator))
                    }))
            let shown = line(nasty, ["key \(nasty)": "\(nasty)", "message": "mine"], .json)
            #expect(shown.filter { $0 == "\n" || $0 == "\r\n" }.count == 1)
            let read = try #require(
                try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: String])
            #expect(read["message"] == nasty)
            #expect(read["metadata.message"] == "mine")
            #expect(read["time"] == "2026-11-23T18:30:02.007Z")
        }
    }

    @Test("nobody can forge a second line")
    func forged() {
        let shown = line("GET /\n18:30:02 info all is well", ["path": "a\r\nb\u{1B}[2K"], .text)
        #expect(shown.unicodeScalars.filter { $0.value < 32 }.count == 1)
    }
}
