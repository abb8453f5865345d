import Charters
import Testing

@testable import Counsel

@Suite("The floor's watch over texts")
struct FloorWatchTests {
    static func clause(
        _ id: String, _ severity: FloorClause.Severity = .block, phrases: [String] = [],
        detectors: [FloorDetector] = [],
        sides: Set<FloorClause.Detection.Side> = []
    ) -> FloorClause {
        FloorClause(
            id: id, sayings: ["A rule."], severity: severity,
            detection: FloorClause.Detection(phrases: phrases, detectors: detectors.map(\.rawValue), sides: sides))
    }

    private func isFound(_ phrase: String, in text: String) -> Bool {
        !FloorWatch([Self.clause("c", phrases: [phrase])]).output(text).isEmpty
    }

    @Test(
        "phrases are found in any case, accents, width, look-alike letters and spacing",
        arguments: [
            "blue moon", "BLUE MOON", "Blue  \n moon", "blüé møòn", "ｂｌｕｅ ｍｏｏｎ", "blue-moon", "bluе mооn",
            "b\u{200D}lue mo\u{00AD}on",
            "𝐛𝐥𝐮𝐞 𝕞𝕠𝕠𝕟", "a “blue moon”.", "b l u e  m o o n", "b.l.u.e m.o.o.n", "blu3 m00n", "blue... moon",
            "'blue moon'", "the blue moon",
            "ⓑⓛⓤⓔ ⓜⓞⓞⓝ",
        ])
    func folding(text: String) {
        #expect(isFound("Blue moon", in: text))
    }

    @Test("a detector that isn't known fails closed: no text of its side can be held to the clause")
    func unknownDetector() {
        let clause = FloorClause(
            id: "c", sayings: ["A rule."], severity: .block,
            detection: FloorClause.Detection(detectors: ["selfharm-method", "claims-human", "telepathy"]))
        var watch = FloorWatch([clause])
        #expect(watch.watchesOutput && !watch.watchesInput)
        #expect(watch.output("Good morning.").map(\.detector) == [FloorFinding.unknownDetector])
        #expect(watch.output("") == [])
        guard case .breach(let finding) = watch.take("Go") else {
            Issue.record("the reply went on")
            return
        }
        #expect(finding.clause == "c" && finding.isUnjudged && finding.at == 0)
        let noted = FloorWatch([
            FloorClause(
                id: "n", sayings: ["A rule."], severity: .note,
                detection: FloorClause.Detection(detectors: ["telepathy"], sides: [.input]))
        ])
        #expect(noted.watchesInput && !noted.watchesOutput)
        #expect(noted.input("Hello").map(\.action) == [.noted])
        // Beside a known detector, a clause that can be checked is.
        let known = Self.clause("k", detectors: [.claimsHuman])
        #expect(FloorWatch([known]).output("Good morning.") == [])
    }

    @Test(
        "phrases are not found inside words, across sentences, or in numbers",
        arguments: [
            "blue moons", "trueblue moon", "It was blue. Moon and stars", "blue\n\nmoon", "bluemoon", "blue moonlight",
            "blue full moon",
        ])
    func edges(text: String) {
        #expect(!isFound("blue moon", in: text))
    }

    @Test("a number is not read as a word, nor a word as a number")
    func numbers() {
        #expect(!isFound("sos", in: "The answer is 505."))
        #expect(isFound("sos", in: "s0s"))
        #expect(isFound("room 101", in: "Come to room 101!"))
        #expect(!isFound("room 101", in: "Come to room ioi!"))
    }

    @Test("scripts without spaces need no word edges")
    func unspaced() {
        #expect(isFound("自杀", in: "他想自杀了"))
        #expect(isFound("自杀", in: "他想自 杀了"))
        #expect(isFound("자살", in: "자살을 생각"))
        #expect(isFound("AI模型", in: "这是AI模型吗"))
        #expect(!isFound("مرحبا", in: "مرحبابكم"))
        #expect(isFound("أَهْلًا", in: "قال اهلا لنا"))
    }

    @Test("apostrophes join letters and don't hide them")
    func apostrophes() {
        #expect(isFound("don't go", in: "Please don’t go!"))
        #expect(isFound("don't go", in: "dont go"))
        #expect(isFound("rock 'n' roll", in: "rock 'n' roll"))
        #expect(!isFound("human", in: "the human's right"))
        #expect(isFound("human", in: "so-called 'human'"))
    }

    @Test("input and output are watched apart, and a clause without sides watches output")
    func sides() {
        let watch = FloorWatch([
            Self.clause("in", phrases: ["alpha"], sides: [.input]), Self.clause("out", phrases: ["beta"]),
            Self.clause("both", .note, phrases: ["gamma"], sides: [.input, .output]),
        ])
        #expect(watch.input("alpha beta gamma").map(\.clause) == ["in", "both"])
        #expect(watch.output("alpha beta gamma").map(\.clause) == ["out", "both"])
        #expect(watch.output("alpha beta gamma").map(\.at) == [6, 11])
    }

    @Test("a charter without detection is watched for nothing and delays nothing")
    func nothing() {
        var watch = FloorWatch([Self.clause("c")])
        #expect(!watch.watchesInput && !watch.watchesOutput)
        #expect(watch.input("anything") == [])
        #expect(watch.take("any") == .release(upTo: 3))
        #expect(watch.take("thing") == .release(upTo: 8))
        #expect(watch.finish() == .release(upTo: 8))
    }

    @Test("only what may become a breach is held back")
    func held() {
        var watch = FloorWatch([Self.clause("c", phrases: ["blue moon rising"])])
        #expect(watch.take("See the ") == .release(upTo: 8))
        #expect(watch.take("blu") == .release(upTo: 8))
        #expect(watch.take("e mo") == .release(upTo: 8))
        #expect(watch.take("od. ") == .release(upTo: 19))
        #expect(watch.take("Blue moon ris") == .release(upTo: 19))
        guard case .breach(let finding) = watch.take("ing!") else {
            Issue.record("the phrase was not found")
            return
        }
        #expect(finding.at == 19)
        #expect(finding.action == .blocked)
        #expect(watch.take("more") == .breach(finding))
        #expect(watch.finish() == .breach(finding))
    }

    @Test("a phrase at the very end is found when the reply ends")
    func end() {
        var watch = FloorWatch([Self.clause("c", phrases: ["blue moon"])])
        #expect(watch.take("a blue moon") == .release(upTo: 2))
        guard case .breach = watch.finish() else {
            Issue.record("the phrase was not found")
            return
        }
    }

    @Test("notes don't stop a reply, and the strictest clause of a phrase decides")
    func severities() {
        var watch = FloorWatch([
            Self.clause("note", .note, phrases: ["alpha"]), Self.clause("replace", .replace, phrases: ["beta"]),
            Self.clause("block", .block, phrases: ["beta"]),
        ])
        #expect(watch.take("alpha, ") == .release(upTo: 7))
        guard case .breach(let finding) = watch.take("beta.") else {
            Issue.record("nothing was found")
            return
        }
        #expect(finding.clause == "block")
        #expect(watch.findings.map(\.clause).sorted() == ["block", "note", "replace"])
    }

    // MARK: Laws

    private static let phrases = [
        "blue moon", "blue moon rising", "moon", "a", "ab ab ac", "自杀", "don't go", "ünder", "x 1 y", "the end. of it",
        "abab",
    ]

    /// Texts made of pieces of phrases, so that matches, near matches and overlaps are common.
    static func text(_ random: inout some RandomNumberGenerator) -> String {
        let pieces = [
            "blue", " ", "moon", "rising", "a", "b", "ab", "ac", "自", "杀", "don", "'", "’", "t", " go", "und", "er",
            "ü", "x", "1", "y", ".", "! ",
            "\n", "\n\n", "\u{200B}", "é", "🙂", "e\u{301}", "the end", "of it", "…", "\"", "M", "OO", "N", "m00n", "-",
            "，", "。", "k",
        ]
        return (0..<Int.random(in: 0...24, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    /// The watch of a whole text in pieces of random bytes; the releases, and the last verdict.
    private func streamed(
        _ text: String, _ watch: FloorWatch, _ random: inout some RandomNumberGenerator
    ) -> (releases: [(shown: Int, taken: Int)], last: FloorVerdict, findings: [FloorFinding]) {
        var watch = watch
        var releases: [(Int, Int)] = []
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...7, using: &random))
            let verdict = bytes[start..<end].withUnsafeBufferPointer { watch.take($0) }
            start = end
            guard case .release(let upTo) = verdict else { return (releases, verdict, watch.findings) }
            releases.append((upTo, end))
        }
        return (releases, watch.finish(), watch.findings)
    }

    @Test("any chunking gives the verdict of the whole, and nothing of a breach is released")
    func chunking() {
        var random = SeededGenerator(seed: 11)
        let blocked = FloorWatch(Self.phrases.enumerated().map { Self.clause("c\($0)", phrases: [$1]) })
        let noted = FloorWatch(Self.phrases.enumerated().map { Self.clause("c\($0)", .note, phrases: [$1]) })
        var breaches = 0
        for _ in 0..<3_000 {
            let text = Self.text(&random)
            let whole = blocked.output(text)
            let (releases, last, _) = streamed(text, blocked, &random)
            if let first = whole.min(by: { $0.at < $1.at }) {
                breaches += 1
                guard case .breach(let finding) = last else {
                    Issue.record("no breach in pieces: \(text.debugDescription)")
                    continue
                }
                #expect(whole.contains(finding))
                for release in releases {
                    #expect(release.shown <= min(first.at, finding.at), "released a breach: \(text.debugDescription)")
                }
            } else {
                #expect(last == .release(upTo: text.utf8.count), "\(text.debugDescription)")
            }
            for (before, after) in zip(releases, releases.dropFirst()) { #expect(before.shown <= after.shown) }
            let notes = streamed(text, noted, &random).findings
            #expect(notes.sorted { $0.clause < $1.clause } == noted.output(text).sorted { $0.clause < $1.clause })
        }
        #expect(breaches > 300, "the texts must hold breaches for the test to mean anything")
    }

    @Test("detectors too give one verdict for any chunking")
    func detectorChunking() {
        var random = SeededGenerator(seed: 12)
        for texts in LabelledTexts.all where texts.side == .output {
            let watch = FloorWatch([Self.clause("c", detectors: [texts.detector])])
            for text in texts.breaches + texts.harmless {
                let whole = watch.output(text)
                for _ in 0..<4 {
                    let (releases, last, _) = streamed(text, watch, &random)
                    if case .breach(let finding) = last {
                        #expect(whole.contains(finding), "\(text)")
                        // Shape is seen late; everything else is held back from its first letter on.
                        guard texts.detector != .finishedWork else { continue }
                        #expect(releases.allSatisfy { $0.shown <= finding.at }, "\(text) \(releases) \(finding.at)")
                    } else {
                        #expect(whole.isEmpty, "\(text)")
                        #expect(last == .release(upTo: text.utf8.count))
                    }
                }
            }
        }
    }

    @Test("held-back text is no longer than the longest phrase, however the text goes on")
    func bounded() {
        var random = SeededGenerator(seed: 13)
        let phrases = ["alpha beta gamma delta", "alpha alpha", "beta gamma"]
        let watch = FloorWatch([Self.clause("c", .note, phrases: phrases)])
        let words = ["alpha", "beta", "gamma", "delta", "omega", "al"]
        // Spaced out, every letter brings its own separator.
        let longest = 2 * (phrases.map(\.utf8.count).max() ?? 0) + 2
        for _ in 0..<300 {
            var watch = watch
            var taken = 0
            for _ in 0..<40 {
                let piece = (words.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "")
                taken += piece.utf8.count
                guard case .release(let shown) = watch.take(piece) else { continue }
                #expect(taken - shown <= longest)
            }
        }
        // Unseen characters and runs of separators can't make it longer for ever.
        for filler in ["\u{200B}", " ", "."] {
            var watch = watch
            _ = watch.take("alpha")
            _ = watch.take(String(repeating: filler, count: 6_000))
            guard case .release(let shown) = watch.take(" x ") else { continue }
            #expect(shown >= 6_000)
        }
    }

    @Test("text without candidates is never delayed")
    func undelayed() {
        var watch = FloorWatch([Self.clause("c", phrases: ["zebra crossing", "自杀"])])
        var taken = 0
        for piece in [
            "Good", " morn", "ing, ", "how ", "are", " you? ", "你好", "。 ", "Fine", "!\n\n", "crossing", " here ",
        ] {
            taken += piece.utf8.count
            #expect(watch.take(piece) == .release(upTo: taken), "\(piece)")
        }
    }

    @Test("the automaton finds exactly what looking for each phrase by itself finds")
    func reference() {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<2_000 {
            let text = Self.text(&random)
            let together = FloorWatch(Self.phrases.enumerated().map { Self.clause("c\($0)", .note, phrases: [$1]) })
            let found = Set(together.output(text).map(\.clause))
            for (place, phrase) in Self.phrases.enumerated() {
                #expect(
                    found.contains("c\(place)") == NaiveSearch.contains(phrase, in: text),
                    "\(phrase) in \(text.debugDescription)")
            }
        }
    }

    @Test("any bytes are read without a crash")
    func anyBytes() {
        var random = SeededGenerator(seed: 15)
        let all = FloorWatch([
            Self.clause("c", .note, phrases: Self.phrases, detectors: FloorDetector.allCases, sides: [.input, .output])
        ])
        for _ in 0..<300 {
            var watch = all
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : "sk-@4111+.( \"'x9".utf8.randomElement(using: &random) ?? 0
            }
            guard case .release(let shown) = bytes.withUnsafeBufferPointer({ watch.take($0) }) else { continue }
            #expect((0...bytes.count).contains(shown))
            #expect(watch.finish() == .release(upTo: bytes.count))
        }
    }
}

/// A plain search for one phrase: folds the text into a list of symbols and compares at every place.
private enum NaiveSearch {
    static func contains(_ phrase: String, in text: String) -> Bool {
        guard let folded = FoldedPhrase(phrase) else { return false }
        let forms = [folded, folded.spacedOut].compactMap { $0 }
        let (symbols, digits, edges) = symbols(of: text)
        return forms.contains { form in
            guard symbols.count >= form.symbols.count else { return false }
            return (0...symbols.count - form.symbols.count).contains { start in
                let end = start + form.symbols.count
                guard Array(symbols[start..<end]) == form.symbols, !form.endsWord || edges[end - 1] else {
                    return false
                }
                return numbersFit(form, Array(digits[start..<end]))
            }
        }
    }

    private static func numbersFit(_ phrase: FoldedPhrase, _ digits: [Bool]) -> Bool {
        var words: [(text: Bool, phrase: Bool)] = []
        var isInside = false
        for (place, symbol) in phrase.symbols.enumerated() {
            guard symbol > PhraseAutomaton.stop else {
                isInside = false
                continue
            }
            if !isInside { words.append((true, true)) }
            isInside = true
            if !digits[place] { words[words.count - 1].text = false }
            if phrase.digits?[place] != true { words[words.count - 1].phrase = false }
        }
        return words.allSatisfy { $0.text == $0.phrase }
    }

    /// The text's symbols, which were digits, and after which of them a word ends.
    private static func symbols(of text: String) -> (symbols: [UInt32], digits: [Bool], edges: [Bool]) {
        enum Item { case visible(UInt32, spaced: Bool, digit: Bool), separator(Unicode.Scalar), apostrophe }
        var items: [Item] = []
        for scalar in text.unicodeScalars {
            let folded = FoldedScalar.folded(scalar.value)
            switch folded.kind {
            case .nothing: break
            case .separator, .terminator: items.append(.separator(scalar))
            case .apostrophe: items.append(.apostrophe)
            case .letter: items.append(.visible(folded.symbol, spaced: true, digit: false))
            case .digit: items.append(.visible(folded.symbol, spaced: true, digit: true))
            case .unspaced: items.append(.visible(folded.symbol, spaced: false, digit: false))
            case .pair:
                items.append(.visible(folded.letters.0, spaced: true, digit: false))
                items.append(.visible(folded.letters.1, spaced: true, digit: false))
            }
        }
        var result: (symbols: [UInt32], digits: [Bool], edges: [Bool]) = ([], [], [])
        func push(_ symbol: UInt32, _ digit: Bool) {
            result.symbols.append(symbol)
            result.digits.append(digit)
            result.edges.append(false)
        }
        var separators: [Unicode.Scalar] = [" "]
        var wasSpaced = true
        for (index, item) in items.enumerated() {
            switch item {
            case .separator(let scalar): separators.append(scalar)
            case .apostrophe:
                // Joins only when letters stand on both sides of this one mark.
                var joins = false
                if separators.isEmpty, index + 1 < items.count, case .visible = items[index + 1] { joins = true }
                if !joins { separators.append("'") }
            case .visible(let symbol, let spaced, let digit):
                if !separators.isEmpty {
                    if !result.edges.isEmpty { result.edges[result.edges.count - 1] = true }
                    let ends = endsSentence(separators)
                    if ends { push(PhraseAutomaton.stop, false) }
                    if ends || wasSpaced || spaced { push(PhraseAutomaton.gap, false) }
                } else if wasSpaced != spaced {
                    result.edges[result.edges.count - 1] = true
                    push(PhraseAutomaton.gap, false)
                }
                separators = []
                wasSpaced = spaced
                push(symbol, digit)
            }
        }
        if !result.edges.isEmpty { result.edges[result.edges.count - 1] = true }
        return result
    }

    private static func endsSentence(_ run: [Unicode.Scalar]) -> Bool {
        var dots = 0
        var marks = 0
        var isSpaced = false
        for scalar in run {
            if FoldedScalar.folded(scalar.value).kind == .terminator {
                if scalar == "." { dots += 1 } else { marks += 1 }
                if scalar.value > 0x7F { return true }
            } else if scalar == " " || scalar == "\n" {
                if scalar == "\n" || dots + marks > 0 { isSpaced = true }
            }
        }
        return run.filter { $0 == "\n" }.count >= 2 || isSpaced && (dots == 1 || marks > 0)
    }
}
