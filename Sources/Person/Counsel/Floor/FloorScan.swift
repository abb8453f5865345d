import Charters

/// Reads one text scalar by scalar and finds what breaks the floor.
///
/// Everything is decided from the scalars in their order, never from the pieces that they came in: any chunking gives
/// the same findings.
struct FloorScan: Sendable {
    private struct Symbol {
        var byte = 0
        var word: Int32 = 0
        var isGap = false
        var isDigit = false
    }

    /// A phrase that was found, while a harmless phrase that overlaps it is still possible.
    private struct Pending {
        let rule: Int
        let end: Int
        let byte: Int
    }

    private enum Last { case letter, unspaced }

    private let side: FloorSide
    /// Whether the scan ends at the first finding of severity revise or above.
    private let stopsAtBreach: Bool
    private(set) var findings: [FloorFinding] = []
    /// The finding that ended the scan.
    private(set) var breach: FloorFinding?
    /// Whether there is one: asked for every scalar, and cheaper to ask than ``breach``.
    private var isOver = false
    /// Bytes taken in.
    private(set) var count = 0

    // Decoding.
    private var decoder = UTF8Steps()

    // Folding.
    private var last = Last.letter
    private var isInWord = false
    private var gapPending = true
    private var dots = 0
    private var marks = 0
    private var wideMark = false
    private var spaceAfterMark = false
    private var newlines = 0
    private var invisible = 0
    private var apostropheAt: Int?

    // Matching.
    private var node = PhraseAutomaton.root
    private var ring: [Symbol]
    private let mask: Int
    private var symbols = 0
    private var pending: [Pending] = []
    /// The harmless phrases seen last, by rule, and where each ended.
    private var exceptions: [(rule: Int, end: Int)] = []

    // Words and quotations.
    private var word: Int32 = 0
    private var sentence: Int32 = 1
    private var hash = WordHash()
    private var wordBits = [UInt64](repeating: 0, count: 16)
    private var quotation = QuotationState()

    private var tokens: TokenScan
    private let hasTokens: Bool
    private var shape: WorkShape?

    init(_ side: FloorSide, stopsAtBreach: Bool) {
        self.side = side
        self.stopsAtBreach = stopsAtBreach
        var capacity = 4
        while capacity < side.automaton.longest + 2 { capacity *= 2 }
        ring = Array(repeating: Symbol(), count: capacity)
        mask = capacity - 1
        tokens = TokenScan(personalData: !side.personalData.isEmpty, secrets: !side.secrets.isEmpty)
        hasTokens = !side.personalData.isEmpty || !side.secrets.isEmpty
        if !side.finishedWork.isEmpty { shape = WorkShape() }
    }

    /// Takes a piece of the text. Pieces may be cut anywhere, inside a character too.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        if count == 0, !bytes.isEmpty, !side.uncheckable.isEmpty {
            found(side.uncheckable, FloorFinding.unknownDetector, at: 0)
        }
        for byte in bytes {
            guard !isOver else { return }
            let at = count
            count += 1
            if hasTokens, let hit = tokens.take(byte, at: at) { found(hit) }
            if byte < 0x80, !decoder.isInside {
                take(UInt32(byte), at: at)
                continue
            }
            switch decoder.take(byte) {
            case .none: break
            case .one(let scalar): take(scalar, at: at)
            case .broken(let scalar):
                take(0xFFFD, at: at)
                if let scalar { take(scalar, at: at) }
            }
        }
    }

    /// The text is over.
    mutating func finish() {
        guard !isOver else { return }
        if decoder.isInside { take(0xFFFD, at: count) }
        if hasTokens, !isOver, let hit = tokens.finish() { found(hit) }
        guard !isOver else { return }
        apostropheAt = nil
        if isInWord { endWord() }
        settle(liveStart: .max)
        if !isOver, shape?.isFinishedWork(atEnd: true) == true {
            found(side.finishedWork, .finishedWork, at: count)
        }
    }

    /// How many bytes from the start can't become part of a breach any more.
    var releasable: Int {
        var byte = count - decoder.pendingBytes
        let live = liveStart
        if live < symbols { byte = min(byte, ring[live & mask].byte) }
        for match in pending { byte = min(byte, match.byte) }
        if hasTokens, let held = tokens.heldFrom { byte = min(byte, held) }
        return byte
    }

    // MARK: Folding

    private mutating func take(_ scalar: UInt32, at byte: Int) {
        let folded = FoldedScalar.folded(scalar)
        // Where the scalar begins, not where its last byte lies.
        let start = byte + 1 - UTF8Steps.width(scalar)
        switch folded.kind {
        case .nothing:
            invisible += 1
            // Nobody writes thousands of unseen characters inside a word; held text must stay bounded.
            if invisible > 4_096 { separate(by: 0x20) }
        case .separator, .terminator: separate(by: scalar, isTerminator: folded.kind == .terminator, at: start)
        case .apostrophe:
            if isInWord, apostropheAt == nil {
                apostropheAt = start
            } else {
                separate(by: scalar, at: start)
            }
        case .letter: letter(folded.symbol, isDigit: false, at: start)
        case .digit: letter(folded.symbol, isDigit: true, at: start)
        case .pair:
            letter(folded.letters.0, isDigit: false, at: start)
            if !isOver { letter(folded.letters.1, isDigit: false, at: start) }
        case .unspaced: begin(.unspaced, folded.symbol, isDigit: false, at: start)
        }
        if !pending.isEmpty, !isOver { settle(liveStart: liveStart) }
    }

    private mutating func separate(by scalar: UInt32, isTerminator: Bool = false, at byte: Int = 0) {
        // What ends here is judged before a closing mark is.
        if isInWord { endWord() }
        if apostropheAt != nil {
            apostropheAt = nil
            quotation.close(0x27)
        }
        gapPending = true
        invisible += 1
        if invisible > 4_096 { node = PhraseAutomaton.root }
        if isTerminator {
            if scalar == 0x2E { dots += 1 } else { marks += 1 }
            if scalar > 0x7F { wideMark = true }
            shape?.mark(scalar)
        } else if scalar == 0x0A {
            newlines += 1
            spaceAfterMark = true
            if newlines == 2 {
                quotation = QuotationState()
                if shape != nil, !isOver { endParagraph() }
            }
        } else if scalar == 0x20 || scalar == 0x09 || scalar == 0x0D || scalar == 0xA0 {
            if dots + marks > 0 { spaceAfterMark = true }
        }
        quotation.take(scalar, at: byte)
    }

    private mutating func letter(_ symbol: UInt32, isDigit: Bool, at byte: Int) {
        begin(.letter, symbol, isDigit: isDigit, at: byte)
    }

    private mutating func begin(_ kind: Last, _ symbol: UInt32, isDigit: Bool, at byte: Int) {
        apostropheAt = nil
        if gapPending {
            // One full stop or any other mark, and then space: a new sentence. An ellipsis is none.
            let ends = wideMark || newlines >= 2 || invisible > 4_096 || (spaceAfterMark && (dots == 1 || marks > 0))
            if ends {
                push(PhraseAutomaton.stop, Symbol(byte: byte, word: word, isGap: true))
                sentence = word + 1
            }
            if last == .letter || kind == .letter || ends {
                push(PhraseAutomaton.gap, Symbol(byte: byte, word: word, isGap: true))
            }
            gapPending = false
            dots = 0
            marks = 0
            wideMark = false
            spaceAfterMark = false
            newlines = 0
        } else if last != kind {
            if isInWord { endWord() }
            push(PhraseAutomaton.gap, Symbol(byte: byte, word: word, isGap: true))
        }
        guard !isOver else { return }
        invisible = 0
        if !isInWord {
            isInWord = true
            word &+= 1
            hash = WordHash()
        }
        last = kind
        hash.add(symbol)
        push(symbol, Symbol(byte: byte, word: word, isDigit: isDigit))
        if side.automaton.hasEnd(node) { match(atEdge: false) }
    }

    private mutating func push(_ symbol: UInt32, _ origin: Symbol) {
        ring[symbols & mask] = origin
        symbols += 1
        node = side.automaton.step(node, symbol)
    }

    private mutating func endWord() {
        isInWord = false
        let bits = side.words.isEmpty ? 0 : side.words[hash]
        wordBits[Int(word & 15)] = bits
        shape?.word(hash)
        if side.automaton.hasEnd(node) { match(atEdge: true) }
    }

    // MARK: Matching

    /// Looks at the phrases that end here: those that need a word's end when there is one, otherwise the others.
    private mutating func match(atEdge: Bool) {
        let side = side
        let end = symbols
        side.automaton.forEachEnd(node) { place in
            let pattern = side.patterns[place]
            guard pattern.isException, pattern.phrase.endsWord == atEdge else { return }
            let start = end - pattern.phrase.symbols.count
            pending.removeAll { $0.rule == pattern.rule && $0.end > start }
            exceptions.removeAll { $0.rule == pattern.rule || $0.end < end - side.automaton.longest }
            exceptions.append((pattern.rule, end))
        }
        side.automaton.forEachEnd(node) { place in
            let pattern = side.patterns[place]
            guard !pattern.isException, pattern.phrase.endsWord == atEdge else { return }
            var start = end - pattern.phrase.symbols.count
            guard fitsDigits(pattern.phrase, start: start) else { return }
            if ring[start & mask].isGap { start += 1 }
            guard !exceptions.contains(where: { $0.rule == pattern.rule && $0.end > start }) else { return }
            let origin = ring[start & mask]
            let rule = side.rules[pattern.rule]
            guard !isCancelled(rule, origin) else { return }
            if rule.hasExceptions {
                pending.append(Pending(rule: pattern.rule, end: end, byte: origin.byte))
            } else {
                found(rule.clauses, rule.detector, at: origin.byte)
            }
        }
    }

    /// Digits may stand for letters inside a word, but a word of digits alone is a number, in the phrase and the text.
    private func fitsDigits(_ phrase: FoldedPhrase, start: Int) -> Bool {
        var index = 0
        let symbols = phrase.symbols
        while index < symbols.count {
            if symbols[index] <= PhraseAutomaton.stop {
                index += 1
                continue
            }
            var isNumberInText = true
            var isNumberInPhrase = true
            while index < symbols.count, symbols[index] > PhraseAutomaton.stop {
                if !ring[(start + index) & mask].isDigit { isNumberInText = false }
                if phrase.digits?[index] != true { isNumberInPhrase = false }
                index += 1
            }
            if isNumberInText != isNumberInPhrase { return false }
        }
        return true
    }

    private func isCancelled(_ rule: FloorSide.Rule, _ origin: Symbol) -> Bool {
        if rule.negations != 0 {
            var before = origin.word - 1
            let first = max(sentence, origin.word - Int32(rule.reach))
            while before >= first {
                if wordBits[Int(before & 15)] & rule.negations != 0 { return true }
                before -= 1
            }
        }
        guard rule.skipsQuotations, quotation.isOpen(at: origin.byte) else { return false }
        guard rule.quotationWords != 0 else { return true }
        var before = origin.word - 1
        while before >= max(1, origin.word - 14) {
            if wordBits[Int(before & 15)] & rule.quotationWords != 0 { return true }
            before -= 1
        }
        return false
    }

    /// The first symbol that may still be part of a phrase; ``symbols`` when there is none.
    private var liveStart: Int {
        let automaton = side.automaton
        var longest = 0
        // After an empty line a new sentence begins whatever comes, and no phrase reaches across.
        if !isInWord, newlines >= 2 { return symbols }
        if isInWord || last == .unspaced { longest = Int(automaton.depth[Int(node)]) }
        if !isInWord || apostropheAt != nil {
            let afterGap = automaton.step(node, PhraseAutomaton.gap)
            longest = max(longest, Int(automaton.depth[Int(afterGap)]) - 1)
        }
        guard longest > 0 else { return symbols }
        let start = symbols - longest
        return ring[start & mask].isGap ? start + 1 : start
    }

    /// Decides on what was found, once no harmless phrase can overlap it any more.
    private mutating func settle(liveStart: Int) {
        guard !pending.isEmpty else { return }
        let decided = pending.filter { $0.end <= liveStart }
        guard !decided.isEmpty else { return }
        pending.removeAll { $0.end <= liveStart }
        for match in decided {
            let rule = side.rules[match.rule]
            found(rule.clauses, rule.detector, at: match.byte)
        }
    }

    private mutating func found(_ clauses: [FloorSide.Watched], _ detector: FloorDetector, at byte: Int) {
        found(clauses, detector.rawValue, at: byte)
    }

    private mutating func found(_ clauses: [FloorSide.Watched], _ detector: String, at byte: Int) {
        for watched in clauses {
            // Once a clause is broken, the receipt gains nothing by a second time.
            guard !findings.contains(where: { $0.clause == watched.clause && $0.detector == detector }) else {
                continue
            }
            let finding = FloorFinding(
                clause: watched.clause, severity: watched.severity, side: side.side, detector: detector, at: byte)
            findings.append(finding)
            if stopsAtBreach, watched.severity > .note, watched.severity > breach?.strictness ?? .note {
                breach = finding
                isOver = true
            }
        }
    }

    // MARK: Other detectors

    private mutating func found(_ hit: TokenScan.Hit) {
        switch hit.kind {
        case .personalData: found(side.personalData, .personalData, at: hit.at)
        case .secret: found(side.secrets, .secrets, at: hit.at)
        }
    }

    private mutating func endParagraph() {
        if shape?.endParagraph() == true { found(side.finishedWork, .finishedWork, at: count) }
    }
}
