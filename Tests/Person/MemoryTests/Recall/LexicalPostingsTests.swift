import Foundation
import Testing

@testable import Memory

@Suite("Words are weighed by BM25")
struct LexicalPostingsTests {
    static func scores(_ postings: LexicalPostings, _ wanted: [LexicalPostings.Wanted]) -> ([Float], [UInt64]) {
        var scores = [Float](repeating: 0, count: postings.slotCount)
        var masks = [UInt64](repeating: 0, count: postings.slotCount)
        scores.withUnsafeMutableBufferPointer { scores in
            masks.withUnsafeMutableBufferPointer { masks in postings.score(wanted, scores: scores, masks: masks) }
        }
        return (scores, masks)
    }

    static func wanted(_ terms: [Vocabulary.Term], _ postings: LexicalPostings) -> [LexicalPostings.Wanted] {
        terms.map { LexicalPostings.Wanted(term: $0, weight: postings.rarity($0)) }
    }

    @Test("as calculated by hand")
    func byHand() {
        // Three items: "a b", "a a c", "d". N = 3, average length 2.
        var postings = LexicalPostings()
        for words in [[0, 1], [0, 0, 2], [3]] as [[Vocabulary.Term]] {
            var words = words
            postings.append(&words)
        }
        for posted in [false, true] {
            if posted { postings.post() }
            #expect(abs(postings.rarity(0) - 0.470_003_6) < 1e-6)  // ln(1 + 1.5 / 2.5)
            #expect(abs(postings.rarity(1) - 0.980_829_3) < 1e-6)  // ln(1 + 2.5 / 1.5)
            #expect(abs(postings.rarity(9) - 2.079_441_5) < 1e-6)  // ln(1 + 3.5 / 0.5)
            let (scores, masks) = Self.scores(postings, Self.wanted([0, 1], postings))
            // k1 = 0.9, b = 0.4: "a b" has length 2: 1.9 / (1 + 0.9) for each word.
            #expect(abs(scores[0] - 1.450_832_9) < 1e-5)
            // "a a c" has length 3: 2 × 1.9 / (2 + 0.9 × (0.6 + 0.4 × 1.5)) = 1.233_766
            #expect(abs(scores[1] - 0.579_874_6) < 1e-5)
            #expect(scores[2] == 0)
            #expect(masks == [3, 1, 0])
        }
    }

    @Test("as a slow and plain calculation says, whatever was added and removed in between")
    func reference() {
        var generator = RecallSeed(seed: 11)
        for round in 0..<40 {
            var postings = LexicalPostings()
            var items: [[Vocabulary.Term]?] = []
            for _ in 0..<Int.random(in: 1...200, using: &generator) {
                if Int.random(in: 0..<5, using: &generator) == 0,
                    let slot = items.indices.randomElement(using: &generator),
                    items[slot] != nil
                {
                    _ = postings.remove(slot: slot)
                    items[slot] = nil
                    continue
                }
                var words: [Vocabulary.Term] = []
                for _ in 0..<Int.random(in: 0...12, using: &generator) {
                    let isCommon = Bool.random(using: &generator)
                    words.append(isCommon ? 0 : Vocabulary.Term.random(in: 0..<30, using: &generator))
                }
                var terms = words
                postings.append(&terms)
                items.append(words)
                switch Int.random(in: 0..<8, using: &generator) {
                case 0: postings.post()
                case 1...4: postings.settle()
                default: break
                }
            }
            if round % 4 == 0 {
                postings.keep { items[$0] != nil }
                items.removeAll { $0 == nil }
            }
            let question = (0..<5).map { _ in Vocabulary.Term.random(in: 0..<32, using: &generator) }
            let (scores, masks) = Self.scores(postings, Self.wanted(question, postings))
            let slow = Self.slow(items, question)
            for slot in items.indices {
                #expect(abs(Double(scores[slot]) - slow[slot].score) < 1e-4)
                #expect(masks[slot] == slow[slot].mask)
            }
        }
    }

    /// BM25 as the paper writes it.
    private static func slow(
        _ items: [[Vocabulary.Term]?], _ question: [Vocabulary.Term]
    ) -> [(score: Double, mask: UInt64)] {
        let live = items.compactMap { $0 }
        let average = max(1, Double(live.reduce(0) { $0 + $1.count }) / Double(max(1, live.count)))
        let (k1, b) = (Double(LexicalPostings.saturation), Double(LexicalPostings.lengthInfluence))
        return items.map { item in
            guard let item else { return (0, 0) }
            var result: (score: Double, mask: UInt64) = (0, 0)
            for (index, term) in question.enumerated() where item.contains(term) {
                let holding = Double(live.count { $0.contains(term) })
                let rarity = log(1 + (Double(live.count) - holding + 0.5) / (holding + 0.5))
                let count = Double(item.count { $0 == term })
                let relativeLength: Double = Double(item.count) / average
                let damping: Double = k1 * (1 - b + b * relativeLength)
                result.score += rarity * count * (k1 + 1) / (count + damping)
                result.mask |= 1 << UInt64(index)
            }
            return result
        }
    }
}

@Suite("Vectors are compared exactly")
struct VectorRowsTests {
    static func vector(_ dimension: Int, _ generator: inout RecallSeed) -> [Float] {
        (0..<dimension).map { _ in Float.random(in: -1...1, using: &generator) }
    }

    static func cosine(_ left: [Float], _ right: [Float]) -> Double {
        func dot(_ one: [Float], _ two: [Float]) -> Double {
            var sum: Double = 0
            for (left, right) in zip(one, two) { sum += Double(left) * Double(right) }
            return sum
        }
        return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
    }

    @Test("as one number after the other says", arguments: [1, 2, 7, 8, 9, 15, 16, 17, 24, 100, 384, 385, 768, 1023])
    func cosines(_ dimension: Int) {
        var generator = RecallSeed(seed: UInt64(dimension))
        var rows = VectorRows(dimension: dimension)
        let vectors = (0..<20).map { _ in Self.vector(dimension, &generator) }
        for (slot, vector) in vectors.enumerated() {
            let row = rows.append(vector, slot: Int32(19 - slot))
            #expect(row == slot)
        }
        let question = Self.vector(dimension, &generator)
        var cosines = [Float](repeating: 9, count: 20)
        let isDone = cosines.withUnsafeMutableBufferPointer { rows.cosines(to: question, into: $0) }
        #expect(isDone)
        for slot in 0..<20 {
            #expect(abs(Double(cosines[slot]) - Self.cosine(vectors[19 - slot], question)) < 1e-5)
        }
    }

    @Test("a vector without direction, with odd numbers or of another dimension is not taken")
    func odd() {
        var rows = VectorRows(dimension: 3)
        for vector in [[0, 0, 0], [.nan, 0, 1], [.infinity, 0, 0], [1, 2], [1, 2, 3, 4], []] as [[Float]] {
            let row = rows.append(vector, slot: 0)
            #expect(row == nil)
            var cosines: [Float] = [7]
            let isDone = cosines.withUnsafeMutableBufferPointer { rows.cosines(to: vector, into: $0) }
            #expect(!isDone && cosines == [7])
        }
        _ = rows.append([1e-3, 0, 0], slot: 0)
        _ = rows.append([0, 4e30, 0], slot: 1)
        #expect(rows.vector(0) == [1, 0, 0])
        #expect(abs(rows.vector(1)[1] - 1) < 1e-6)
    }

    @Test("what is removed is overwritten, and the others stay as they were")
    func removal() {
        var generator = RecallSeed(seed: 5)
        var rows = VectorRows(dimension: 10)
        var expected: [Int32: [Float]] = [:]
        for slot in 0..<50 {
            let row = rows.append(Self.vector(10, &generator), slot: Int32(slot))
            expected[Int32(slot)] = row.map { rows.vector($0) }
        }
        for _ in 0..<50 {
            let row = Int.random(in: 0..<rows.count, using: &generator)
            expected[rows.slots[row]] = nil
            let last = rows.count - 1
            let moved = rows.remove(row)
            #expect(moved == (row == last ? nil : rows.slots[row]))
            #expect(rows.count == expected.count)
            for row in 0..<rows.count { #expect(rows.vector(row) == expected[rows.slots[row]]) }
        }
    }
}
