import Flourishing
import Foundation
import Judges

// How long the local judges take for a reply once its sentences are embedded, and the rules on its words.

let clock = ContinuousClock()

func measured(_ name: String, rounds: Int, _ work: () -> Void) {
    var times: [Double] = []
    for _ in 0..<rounds { times.append(clock.measure(work) / .microseconds(1)) }
    times.sort()
    print(
        String(
            format: "| %@ | %.1f | %.1f | %.1f |", name, times[times.count / 2], times[times.count * 95 / 100],
            times[times.count * 99 / 100]))
}

guard let first = ShippedHeads.all.first else {
    FileHandle.standardError.write(Data("judges: no heads ship with this build\n".utf8))
    exit(1)
}
let width = first.weights.count
let vectors: [[Float]] = (0..<16).map { number in
    (0..<width).map { at in
        let step = (at * 31 + number * 17) % 201
        return Float(step - 100) / 2_000
    }
}
let reader = HeadReader()
var total = 0.0

print("| what | median µs | p95 µs | p99 µs |")
print("|---|---|---|---|")
for sentences in [1, 4, 16] {
    let part = Array(vectors.prefix(sentences))
    measured("\(ShippedHeads.all.count) heads, an appraisal of \(sentences) embedded sentences", rounds: 20_000) {
        total += reader.appraisal(ofSentences: part, at: 0)?.estimates["hope"]?.value ?? 0
    }
}
let replies = ShippedHeads.replies
var next = 0
measured(
    "the rules on words, a reply of the trial set (median \(replies.map(\.reply.utf8.count).sorted()[replies.count / 2]) bytes)",
    rounds: 5_000
) {
    let reply = replies[next % replies.count]
    next += 1
    total += Conduct(of: reply.reply, to: reply.person).readings[0].value
}
let long = replies.prefix(30).map(\.reply).joined(separator: " ")
measured("the rules on words, a reply of \(long.utf8.count) bytes", rounds: 200) {
    total += Conduct(of: long, to: "").readings[0].value
}
// So that nothing is left out as unused.
if total.isNaN { print("not a number") }
