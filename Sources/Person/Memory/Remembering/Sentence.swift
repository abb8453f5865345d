import Foundation

/// A sentence with its letters folded for comparing, and the way back to the person's own.
struct Sentence {
    private let letters: [Character]
    private let folded: [Character]
    /// Whether it ends with a question mark.
    let isQuestion: Bool

    /// The sentences of a text, without code, quotations, quoted lines, and texts that are only brought to be worked on.
    static func all(in text: String) -> [Sentence] {
        var sentences: [Sentence] = []
        var letters: [Character] = []
        var inCode = false
        var quote: Character?
        func end(_ mark: Character?) {
            let sentence = Sentence(letters, mark: mark)
            if !sentence.letters.isEmpty { sentences.append(sentence) }
            letters.removeAll(keepingCapacity: true)
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let content = line.drop(while: \.isWhitespace)
            if content.hasPrefix("```") {
                inCode.toggle()
                continue
            }
            if inCode || content.hasPrefix(">") { continue }
            var previous: Character = " "
            let characters = Array(line)
            for (index, character) in characters.enumerated() {
                defer { previous = character }
                let next = index + 1 < characters.count ? characters[index + 1] : " "
                if let open = quote {
                    // What somebody is quoted with stands in the words, but begins no sentence.
                    letters.append(character)
                    if character == Self.closing(open), open != "'" || !next.isLetter { quote = nil }
                    continue
                }
                if Self.closing(character) != nil, previous.isWhitespace || "([".contains(previous),
                    character != "'" || Self.isClosed(characters[(index + 1)...])
                {
                    quote = character
                    letters.append(character)
                    continue
                }
                let endsHere =
                    Self.endsSentence(character)
                    || (character == "." && (next.isWhitespace || "\"”»)".contains(next))
                        && !Self.isAbbreviation(letters))
                if endsHere { end(character) } else { letters.append(character) }
            }
            quote = nil
            end(nil)
            // "Translate this:" — what follows is somebody's text, and asks nothing of us.
            if content.hasSuffix(":"), Self.bringsText(content) { break }
        }
        return sentences
    }

    private static func endsSentence(_ character: Character) -> Bool {
        switch character {
        case "!", "?", "…", ";", "。", "！", "？": true
        default: false
        }
    }

    private static func closing(_ open: Character) -> Character? {
        switch open {
        case "\"": "\""
        case "“": "”"
        case "„": "“"
        case "«": "»"
        case "»": "«"
        case "‘": "’"
        case "'": "'"
        default: nil
        }
    }

    /// Whether an apostrophe that begins a word is a quotation mark: another one ends a word later on.
    private static func isClosed(_ rest: ArraySlice<Character>) -> Bool {
        rest.indices.contains { place in
            rest[place] == "'" && place > rest.startIndex && !rest[place - 1].isWhitespace
                && (place + 1 == rest.endIndex || !rest[place + 1].isLetter)
        }
    }

    /// Words of a line that ends with a colon and brings a text to be translated, corrected, told on or summed up.
    private static let tasks: Set<String> = Set(
        """
        translate translation correct proofread rewrite rephrase paraphrase summarize summarise edit improve analyse analyze
        text story essay poem homework exercise email letter song lyrics quote dialogue paragraph sentence sentences
        übersetze übersetz übersetzen korrigiere korrigier verbessere umschreibe zusammen text geschichte aufsatz gedicht
        hausaufgabe hausaufgaben aufgabe brief lied zitat satz sätze absatz dialog
        traduce traducir corrige corregir reescribe resume resumir analiza texto historia cuento ensayo poema deberes
        ejercicio carta canción cita frase frases párrafo diálogo
        traduis traduire traduisez corriger corrigez reformule résume résumer résumez analyse texte histoire rédaction poème
        devoirs devoir exercice lettre chanson citation phrase phrases paragraphe dialogue
        traduci correggi riscrivi riassumi testo storia tema compiti esercizio lettera canzone
        traduz traduza corrija reescreve reescreva resuma história redação dever exercício música
        """.split(whereSeparator: \.isWhitespace).map { String(folded(String($0))) })

    private static func bringsText(_ line: Substring) -> Bool {
        words(of: folded(String(line))[...]).contains(where: tasks.contains)
    }

    /// Whether a full stop after these letters ends no sentence: "z. B.", "e.g.", "Dr.", "3." before a month.
    private static func isAbbreviation(_ letters: [Character]) -> Bool {
        let word = letters.reversed().prefix { !$0.isWhitespace }.reversed()
        if word.count == 1 || (word.count <= 2 && word.allSatisfy(\.isNumber)) { return true }
        let text = String(word).lowercased()
        return text.contains(".")
            || ["dr", "mr", "mrs", "ms", "st", "sr", "sra", "vs", "etc", "bzw", "ca"].contains(text)
    }

    private init(_ all: [Character], mark: Character?) {
        var rest = all[...]
        while let first = rest.first, first.isWhitespace || "-*•–—·,.([¿¡".contains(first) { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace || ",.".contains(last) { rest.removeLast() }
        letters = Array(rest)
        folded = letters.map(Self.folded)
        isQuestion = mark == "?" || mark == "？"
    }

    // MARK: Letters

    /// A letter without case and accents, and one apostrophe for all.
    static func folded(_ character: Character) -> Character {
        if let ascii = character.asciiValue { return lowerCased[Int(ascii)] }
        if "’‘ʼ´`".contains(character) { return "'" }
        if character.isWhitespace { return " " }
        let lower = character.lowercased().decomposedStringWithCanonicalMapping
        return lower.unicodeScalars.first.map(Character.init) ?? character
    }

    /// Every ASCII character without case: making a string of each would be most of what reading a message costs.
    private static let lowerCased: [Character] = (UInt8(0)..<128).map { byte in
        Character(Unicode.Scalar((0x41...0x5A).contains(byte) ? byte | 0x20 : byte))
    }

    static func folded(_ text: String) -> [Character] { text.map(folded) }

    /// The letters and digits that some folded letters begin with.
    static func firstWord(of folded: ArraySlice<Character>) -> String {
        String(folded.prefix { $0.isLetter || $0.isNumber })
    }

    /// The words of some folded letters; an apostrophe ends one.
    static func words(of folded: ArraySlice<Character>) -> [String] {
        folded.split { !($0.isLetter || $0.isNumber) }.map { String($0) }
    }

    /// The letters and digits that stand at a place.
    func firstWord(at start: Int) -> String { Self.firstWord(of: folded[min(start, folded.count)...]) }

    /// The folded words from a place on, in their order.
    func wordList(at start: Int) -> [String] { Self.words(of: folded[min(start, folded.count)...]) }

    /// The folded words from a place on.
    func words(at start: Int) -> Set<String> { Set(wordList(at: start)) }

    /// Whether these letters stand at a place, and a word ends after them.
    func has(_ pattern: [Character], at start: Int) -> Bool {
        let end = start + pattern.count
        guard end <= folded.count, folded[start..<end].elementsEqual(pattern) else { return false }
        guard let last = pattern.last, end < folded.count else { return true }
        return !(last.isLetter || last.isNumber) || !(folded[end].isLetter || folded[end].isNumber)
    }

    /// The place of the next word.
    func pastGap(_ start: Int) -> Int {
        var at = start
        while at < folded.count, folded[at].isWhitespace || ",:;–—-".contains(folded[at]) { at += 1 }
        return at
    }

    /// The person's words from a place on.
    func words(from start: Int) -> String { String(letters[min(start, letters.count)...]) }

    /// Whether nothing but politeness or "now" follows.
    func restIsPolite(from start: Int) -> Bool {
        var at = pastGap(start)
        while at < folded.count {
            guard let word = StatementOpening.endings.first(where: { has($0, at: at) }) else { return false }
            at = pastGap(at + word.count)
        }
        return true
    }

    // MARK: Somebody else's speech

    private static let speaking: Set<String> = Set(
        """
        said says whispered cried shouted replied answered asked told thought sang
        sagte sagt flüsterte rief antwortete fragte dachte schrie
        dijo dice susurró gritó respondió contestó preguntó pensó
        dit murmura cria répondit demanda pensa chuchota
        disse sussurrò gridò rispose sussurrou gritou respondeu
        """.split(whereSeparator: \.isWhitespace).map { String(folded(String($0))) })

    /// Whether it ends as a story tells speech: "…, she whispered", "…, sagte er".
    func endsAsSpeech(from start: Int) -> Bool {
        guard start < folded.count, let comma = folded[start...].lastIndex(of: ",") else { return false }
        let tail = Self.words(of: folded[comma...])
        return tail.count <= 4 && tail.prefix(3).contains(where: Self.speaking.contains)
    }
}
