import Charters
import Counsel
import Foundation
import Models

// How long the cue reader and the rules take for a message: the messages of a file of situations, each many times.

struct Entry: Decodable {
    let turns: [[String: String]]
}

let path = CommandLine.arguments.dropFirst().first ?? "Tests/Person/CounselTests/Situations/development.json"
let entries = try JSONDecoder().decode([Entry].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
let conversations = entries.map { entry in
    Conversation(turns: entry.turns.compactMap { turn in turn["user"].map { ChatTurn(.user, $0) } })
}
guard let charter = try Commons.charter("commons/tutor")?.compiled(role: nil) else { exit(1) }
let clock = ContinuousClock()
var made: CueReader?
let start = clock.measure { made = CueReader() }
guard let reader = made else { exit(1) }

func measured(_ name: String, _ conversations: [Conversation], rounds: Int) {
    var times: [Double] = []
    for _ in 0..<rounds {
        for conversation in conversations {
            let time = clock.measure {
                let situation = reader.reading(of: conversation, known: Circumstances(), charter: charter)
                _ = MoveRules.choose(situation: situation, charter: charter)
            }
            times.append(time / .microseconds(1))
        }
    }
    times.sort()
    let bytes = conversations.compactMap { $0.message?.utf8.count }.sorted()
    print(
        String(
            format: "%@ (median %d bytes): median %.0f µs, p95 %.0f µs, p99 %.0f µs", name, bytes[bytes.count / 2],
            times[times.count / 2], times[times.count * 95 / 100], times[times.count * 99 / 100]))
}

print("\nTime to read by cues and to choose a move, release build, one core:")
print(String(format: "making the lexicon ready, once: %.0f ms", start / .milliseconds(1)))
measured("messages of the suite", conversations, rounds: 20)
let long = conversations.compactMap(\.message).joined(separator: " ")
for letters in [1_000, 4_000] {
    measured(
        "messages of \(letters) letters",
        stride(from: 0, to: long.count - letters, by: 2_000).map { from in
            Conversation(turns: [ChatTurn(.user, String(long.dropFirst(from).prefix(letters)))])
        }, rounds: 20)
}
measured(
    "messages of the suite after six others",
    conversations.indices.dropFirst(6).map { place in
        Conversation(turns: conversations[(place - 6)...place].compactMap(\.message).map { ChatTurn(.user, $0) })
    }, rounds: 20)
