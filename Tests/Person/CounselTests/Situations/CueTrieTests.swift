import Testing

@testable import Counsel

@Suite("Finding phrases in one walk")
struct CueTrieTests {
    /// A literal, looked for at every place where a phrase may start.
    private func plain(_ phrases: [CueLexicon.Phrase], _ text: FoldedText) -> Set<[Int]> {
        var found: Set<[Int]> = []
        for (number, phrase) in phrases.enumerated() {
            for literal in phrase.places[0].literals {
                for start in text.starts.map(Int.init) where text.bytes[start...].starts(with: literal.bytes) {
                    let end = start + literal.bytes.count
                    let isEdge =
                        end == text.bytes.count || FoldedText.isSeparator(text.bytes[end])
                        || FoldedText.isSeparator(text.bytes[end - 1])
                    if isEdge || literal.isOpen { found.insert([number, start, end]) }
                }
            }
        }
        return found
    }

    @Test("finds exactly what a plain search finds")
    func same() {
        var generator = SeededGenerator(seed: 5)
        func letters(_ count: ClosedRange<Int>) -> String {
            let length = Int.random(in: count, using: &generator)
            return String((0..<length).map { _ in "abcd e".randomElement(using: &generator) ?? "a" })
        }
        var hits = 0
        for _ in 0..<200 {
            var lexicon = CueLexicon()
            for number in 0..<Int.random(in: 1...40, using: &generator) {
                let open = Bool.random(using: &generator) ? "*" : ""
                lexicon.add("= g\(number): x .5\nen: a\(letters(0...5))b\(open)")
            }
            let trie = CueTrie(lexicon.phrases)
            for _ in 0..<10 {
                let text = FoldedText(letters(0...80))
                let found = trie.hits(in: text).map { [Int($0.phrase), $0.range.lowerBound, $0.range.upperBound] }
                #expect(Set(found) == plain(lexicon.phrases, text))
                hits += found.count
            }
        }
        #expect(hits > 500)
        #expect(CueTrie([]).hits(in: FoldedText("nothing")).isEmpty)
    }
}
