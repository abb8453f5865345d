import Consents
import Foundation
import Memory

/// How long recall takes without the embedding, how long an index takes to be built, and how much room it needs.
enum Speed {
    static func report(quick: Bool) throws -> String {
        var lines = [
            "| items | index built, quickest | middle | recall p50 | p95 | p99 | p95 on the clock | bytes of the index | resident |",
            "|---|---|---|---|---|---|---|---|---|",
        ]
        for count in quick ? [10_000] : [200, 10_000, 50_000] {
            lines.append(try line(count, builds: quick ? 3 : 9, questions: quick ? 300 : 3_000))
        }
        return lines.joined(separator: "\n") + """


            Generated items of 5 to 25 words from a vocabulary of 20,000 with the frequencies of Zipf's law, with vectors of 384 \
            numbers, in conversations of 30 turns; questions of 3 to 12 words with a vector, limit 10, budget 1,000 tokens. \
            Processor time of one thread, but for the column on the clock; the index is built from items and vectors in \
            memory. Everything was asked once before anything was measured.
            """
    }

    private static func line(_ count: Int, builds: Int, questions: Int) throws -> String {
        var generator = SplitMix(seed: UInt64(count))
        let words = Words(&generator)
        let items = try (0..<count).map { number in
            (
                item: try MemoryItem(
                    id: MemoryItem.ID(at: Int64(number) * 60_000, using: &generator), kind: .episode,
                    words: words.sentence(5...25, &generator),
                    origin: MemoryItem.Origin(conversation: "c\(number / 30)", turn: number % 30),
                    speaker: number % 2 == 0 ? "Ada" : nil, validFrom: Int64(number) * 60_000,
                    recordedAt: Int64(number) * 60_000),
                vector: Optional(vector(&generator))
            )
        }
        let queries = (0..<questions).map { _ in
            RecallQuery(
                words: words.sentence(3...12, &generator), vector: vector(&generator), at: Int64(count) * 60_000,
                kinds: [.episode, .fact, .goal])
        }
        var built: [Duration] = []
        var index = RecallIndex()
        let before = residentBytes()
        for _ in 0..<builds {
            index = RecallIndex()
            let start = processorTime()
            index.insert(items)
            built.append(processorTime() - start)
        }
        built.sort()
        let resident = residentBytes() - before
        for query in queries.prefix(50) { _ = index.recall(query) }
        var times: [Duration] = []
        var clock: [Duration] = []
        var found = 0
        for query in queries {
            let wall = ContinuousClock.now
            let start = processorTime()
            found += index.recall(query).count
            times.append(processorTime() - start)
            clock.append(ContinuousClock.now - wall)
        }
        guard found > 0 else { throw Dialogue.Malformed(what: "nothing was recalled") }
        times.sort()
        clock.sort()
        func percentile(_ times: [Duration], _ share: Double) -> String {
            readable(times[min(times.count - 1, Int(Double(times.count) * share))])
        }
        return """
            | \(count) | \(readable(built[0])) | \(readable(built[built.count / 2])) | \(percentile(times, 0.5)) | \
            \(percentile(times, 0.95)) | \(percentile(times, 0.99)) | \(percentile(clock, 0.95)) | \
            \(mebibytes(index.byteCount)) | \(mebibytes(max(0, resident))) |
            """
    }

    private static func readable(_ time: Duration) -> String { String(format: "%.2f ms", time / .milliseconds(1)) }

    private static func mebibytes(_ bytes: Int) -> String { String(format: "%.1f MiB", Double(bytes) / 1_048_576) }

    private static func vector(_ generator: inout SplitMix) -> [Float] {
        (0..<384).map { _ in Float.random(in: -1...1, using: &generator) }
    }

    /// The time of this thread alone, so that other programs count only as far as they crowd its caches.
    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return pages * 4_096
    }

    /// Words whose frequencies fall with their rank.
    private struct Words {
        private let words: [String]
        private let sums: [Double]

        init(_ generator: inout SplitMix) {
            let letters = Array("etaoinshrdlucmfwypvbgk")
            words = (0..<20_000).map { rank in
                String(
                    (0..<(2 + min(9, rank / 40 % 9))).map { _ in letters[Int.random(in: 0..<22, using: &generator)] })
            }
            var sum = 0.0
            sums = (0..<20_000).map { rank in
                sum += 1 / Double(rank + 3)
                return sum
            }
        }

        func sentence(_ lengths: ClosedRange<Int>, _ generator: inout SplitMix) -> String {
            (0..<Int.random(in: lengths, using: &generator)).map { _ in word(&generator) }.joined(separator: " ")
        }

        private func word(_ generator: inout SplitMix) -> String {
            let wanted = Double.random(in: 0..<(sums.last ?? 1), using: &generator)
            var (low, high) = (0, sums.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] < wanted { low = middle + 1 } else { high = middle }
            }
            return words[low]
        }
    }
}
