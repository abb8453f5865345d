import Charters
import Counsel
import Foundation
import Models
import NIOCore
import Testing

@testable import Gateway

@Suite("A stream that a guard model judges")
struct FloorStreamGuardTests {
    private struct Safe: GuardModel {
        func categories(of text: String, inReplyTo question: String?) async throws(GuardUnavailable) -> Set<String> {
            []
        }
    }

    private func stream(
        _ severity: String = "replace", choices: Int = 1, mayRevise: Bool = false, tokens: Int = 2, atOnce: Int = 3
    ) throws -> FloorStream {
        let text = """
            charter: a/b
            version: 1.0.0
            community: C
            purpose: P.
            goods: { g: { says: G. } }
            floor:
              f: { says: F., severity: \(severity), detect: { guard: [violence] }, instead: No more. }
              p: { says: P., severity: revise, detect: { phrases: [blue moon] }, instead: Not that. }
            """
        let charter = try Charter.read(Data(text.utf8), file: "c").charter
        let terms = GuardTerms(windowTokens: tokens, contextBytes: 8, windowsAtOnce: atOnce)
        let floor = try #require(FloorEnforcement(try charter.compiled(role: nil), guardedBy: Safe(), terms: terms))
        return FloorStream(floor, dialect: .openAI, choices: choices, mayRevise: mayRevise)
    }

    private func text(_ words: String, choice: Int = 0, field: String = "content") -> ByteBuffer {
        ByteBuffer(
            string: #"data: {"choices":[{"index":\#(choice),"delta":{"\#(field)":"\#(words)"},"finish_reason":null}]}"#
                + "\n\n")
    }

    private func finding(_ severity: FloorClause.Severity = .replace, at: Int = 0) -> FloorFinding {
        FloorFinding(clause: "f", severity: severity, side: .output, detector: "guard:violence", at: at)
    }

    private func answer(
        _ stream: FloorStream, _ window: FloorStream.Window?, _ found: [FloorFinding] = []
    ) throws -> String {
        let window = try #require(window)
        return String(buffer: try #require(stream.take(found, about: window)).out)
    }

    @Test("windows go to the guard while earlier ones are there, as many as may, each with what stands before it")
    func overlap() throws {
        let stream = try stream()
        for word in ["a ", "b ", "c ", "d ", "e ", "f ", "g ", "h ", "i "] {
            #expect(stream.take(text(word)).out.readableBytes == 0)
        }
        // One at a time, as events come.
        let first = try #require(stream.nextWindow())
        #expect(first.text == "a b c d e f g h i " && first.from == 0)
        #expect(stream.nextWindow() == nil, "nothing else waits")
        _ = stream.take(text("j "))
        #expect(stream.nextWindow() == nil, "too little for a window")
        _ = stream.take(text("k "))
        let second = try #require(stream.nextWindow())
        #expect(second.text == "f g h i j k " && second.from == 18)
        _ = stream.take(text("l "))
        let third = try #require(stream.nextWindow(timeIsUp: true))
        #expect(third.from == 22)
        for word in ["m ", "n ", "o "] { _ = stream.take(text(word)) }
        #expect(stream.nextWindow(timeIsUp: true) == nil, "no more than three at once")
        #expect(stream.hasUnasked)

        #expect(try answer(stream, second).isEmpty, "what stands before it is not judged yet")
        let fourth = try #require(stream.nextWindow(), "there is room again, and it was due")
        #expect(fourth.text == "i j k l m n o ")
        let out = try answer(stream, first)
        #expect(out.contains(#""a ""#) && out.contains(#""k ""#) && !out.contains(#""l ""#))
        #expect(try answer(stream, fourth).isEmpty)
        #expect(try answer(stream, third).contains(#""o ""#))
        #expect(stream.isDrained && stream.findings.isEmpty)
    }

    @Test("verdicts count in the order of the text: what stands before a breach is heard, nothing behind it")
    func order() throws {
        let stream = try stream(tokens: 1)
        var windows: [FloorStream.Window] = []
        for word in ["one ", "two ", "three "] {
            _ = stream.take(text(word))
            windows.append(try #require(stream.nextWindow()))
        }
        #expect(try answer(stream, windows[2]).isEmpty)
        #expect(try answer(stream, windows[1], [finding(at: windows[1].from)]).isEmpty)
        let result = try #require(stream.take([], about: windows[0]))
        guard case .cut = result.course else {
            Issue.record("it went on")
            return
        }
        let said = String(buffer: result.out)
        #expect(said.contains("one ") && said.contains("No more.") && !said.contains("two") && !said.contains("three"))
        #expect(stream.findings.map(\.action) == [.replaced])
    }

    @Test("any order of verdicts lets go the same text", arguments: 1...30)
    func anyOrder(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let stream = try stream(tokens: Int.random(in: 1...3, using: &random), atOnce: 4)
        let words = (0..<12).map { "w\($0) " }
        let bad = Int.random(in: 0..<16, using: &random)
        let start = words.prefix(bad).joined().utf8.count
        var waiting: [FloorStream.Window] = []
        var out = ""
        var isCut = false
        func settle(_ all: Bool) throws {
            while !waiting.isEmpty, !isCut, all || Bool.random(using: &random) {
                let window = waiting.remove(at: Int.random(in: 0..<waiting.count, using: &random))
                let isBad = bad < words.count && window.from <= start && start < window.to
                let found = isBad ? [finding(at: window.from)] : []
                guard let result = stream.take(found, about: window) else { continue }
                out += String(buffer: result.out)
                if case .cut = result.course { isCut = true }
                while let next = stream.nextWindow() { waiting.append(next) }
            }
        }
        for word in words where !isCut {
            out += String(buffer: stream.take(text(word)).out)
            while let window = stream.nextWindow() { waiting.append(window) }
            try settle(false)
        }
        if !isCut { out += String(buffer: stream.finish().out) }
        while let window = stream.nextWindow(timeIsUp: true) { waiting.append(window) }
        try settle(true)
        #expect(isCut == (bad < words.count))
        #expect(!out.contains("w\(bad) "))
        if !isCut { for word in words { #expect(out.contains(word)) } }
    }

    @Test("a verdict on a first try says nothing of the second")
    func stale() throws {
        let stream = try stream(mayRevise: true, tokens: 1)
        _ = stream.take(text("one "))
        let old = try #require(stream.nextWindow())
        guard case .revise(let finding, _) = stream.take(text("blue moon ")).course else {
            Issue.record("no breach")
            return
        }
        stream.restart(for: finding)
        _ = stream.take(text("two "))
        #expect(stream.take([], about: old) == nil)
        #expect(!stream.isDrained)
        #expect(try answer(stream, stream.nextWindow()).contains("two "))
        #expect(stream.findings.map(\.clause) == ["p"] && stream.findings.map(\.action) == [.revised])
    }

    @Test("what a guard has revised stands among the findings, and a guard that gave no judgement revises nothing")
    func revise() throws {
        for detector in ["guard:violence", FloorFinding.guardUnavailable, FloorFinding.guardMissing] {
            let stream = try stream("revise", mayRevise: true, tokens: 1)
            _ = stream.take(text("one "))
            var found = finding(.revise)
            found.detector = detector
            let window = try #require(stream.nextWindow())
            switch try #require(stream.take([found], about: window)).course {
            case .revise(let finding, let draft):
                #expect(detector == "guard:violence" && draft == "one ")
                stream.restart(for: finding)
                #expect(stream.findings.map(\.action) == [.revised])
            case .cut: #expect(detector != "guard:violence" && stream.findings.map(\.action) == [.replaced])
            default: Issue.record("it went on")
            }
        }
    }

    @Test("a clause that only notes is noted once, however many windows hold the words")
    func note() throws {
        let stream = try stream("note", tokens: 1)
        for word in ["one ", "two ", "three "] {
            _ = stream.take(text(word))
            #expect(try answer(stream, stream.nextWindow(), [finding(.note)]).contains(word))
        }
        #expect(stream.findings.count == 1)
    }

    @Test("thoughts are judged too, by themselves")
    func thoughts() throws {
        let stream = try stream(tokens: 9)
        _ = stream.take(text("why ", field: "reasoning"))
        #expect(stream.nextWindow() == nil)
        _ = stream.take(text("so. "))
        let thought = try #require(stream.nextWindow(), "the thought is over")
        #expect(thought.text.hasPrefix("why") && !thought.text.contains("so."))
        let rest = try #require(stream.nextWindow(timeIsUp: true))
        #expect(rest.text == "so. ")
        #expect(try answer(stream, rest).isEmpty)
        let result = try #require(stream.take([finding()], about: thought))
        guard case .cut = result.course else {
            Issue.record("it went on")
            return
        }
        #expect(stream.findings.first?.within == "reasoning" && !String(buffer: result.out).contains("so. "))
    }

    @Test("of several choices, one that breaks a clause leaves nothing behind that nobody judged")
    func choices() throws {
        let stream = try stream(choices: 2, tokens: 1)
        // The first choice waits, and what the second says waits behind it.
        _ = stream.take(text("zero "))
        let zero = try #require(stream.nextWindow())
        _ = stream.take(text("one "))
        _ = stream.take(text("kept ", choice: 1))
        let unjudged = stream.nextWindow()
        _ = stream.take(text("blue moon! ", choice: 1))
        #expect(unjudged != nil)
        var out = try answer(stream, zero)
        while let window = stream.nextWindow(timeIsUp: true) { out += try answer(stream, window) }
        if let unjudged, let result = stream.take([], about: unjudged) { out += String(buffer: result.out) }
        out += String(buffer: stream.finish().out)
        #expect(out.contains("zero ") && !out.contains("kept ") && !out.contains("moon"))
        #expect(out.contains("Not that."))
    }
}
