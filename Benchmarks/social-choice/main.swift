import Foundation
import SocialChoice

// Measures committee rules and certificates on generated profiles, in exact numbers, with ties broken by index. It
// prints microseconds as JSON lines; peer.py times abcvoting on the same profiles and prints both beside each other.
//
//   social-choice-bench --write FILE    writes the profiles, for other programs
//   social-choice-bench --times FILE    measures, and writes the times

let arguments = CommandLine.arguments
func file(after option: String) -> String? {
    arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}
let profiles = GeneratedProfile.all
if let path = file(after: "--write") {
    try JSONEncoder().encode(profiles).write(to: URL(filePath: path))
    exit(0)
}
let isQuick = ProcessInfo.processInfo.environment["QUICK"] == "1"

/// What is measured, under abcvoting's names.
let rules: [(name: String, rule: CommitteeRule)] = [
    ("seqpav", .sequentialThiele(.proportional)), ("seqslav", .sequentialThiele(.sainteLague)),
    ("seqcc", .sequentialThiele(.chamberlinCourant)), ("revseqpav", .reverseSequentialThiele(.proportional)),
    ("seqphragmen", .phragmen), ("equal-shares", .equalShares(.phragmen)), ("greedy-monroe", .greedyMonroe),
    ("av", .approvalVoting),
]
let smallRules: [(name: String, rule: CommitteeRule)] = [
    ("pav", .thiele(.proportional)), ("cc", .thiele(.chamberlinCourant)),
]

let rulesWithTies = rules.filter { ["seqpav", "seqphragmen", "equal-shares"].contains($0.name) }

struct Time: Codable {
    var profile: Int
    var rule: String
    var microseconds: Double
    var committee: [Int]?
}

/// The middle of many runs' processor time, each long enough for the clock.
func microseconds(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
    let start = now()
    try body()
    let once = max(now() - start, 0.1)
    let batch = max(1, Int(1_000 / once))
    var times: [Double] = []
    for _ in 0..<(isQuick ? 3 : 11) {
        let start = now()
        for _ in 0..<batch { try body() }
        times.append((now() - start) / Double(batch))
    }
    times.sort()
    return times[times.count / 2]
}

// Nothing that is measured may be optimised away because its result isn't used.
var kept = 0
var times: [Time] = []
for (index, generated) in profiles.enumerated() {
    let profile = try ApprovalProfile(candidateCount: generated.candidates, ballots: generated.ballots)
    for (name, rule) in generated.ballots.count < 50 ? rules + smallRules : rules {
        let chosen = try rule.outcome(of: profile, seats: generated.seats, ties: .byIndex).committees[0].members
        let time = try microseconds {
            kept &+= try rule.outcome(of: profile, seats: generated.seats, ties: .byIndex).committees.count
        }
        times.append(Time(profile: index, rule: name, microseconds: time, committee: chosen))
    }
    // All tied committees, where there are few enough voters that the peer can walk through every tie as well.
    for (name, rule) in generated.ballots.count < 50 ? rulesWithTies : [] {
        let time = try microseconds {
            kept &+= try rule.outcome(of: profile, seats: generated.seats).committees.count
        }
        times.append(Time(profile: index, rule: name + ", all ties", microseconds: time, committee: nil))
    }
    let committee = try CommitteeRule.equalShares(.phragmen).outcome(
        of: profile, seats: generated.seats, ties: .byIndex
    )
    .committees[0].members
    let time = try microseconds {
        if case .holds = try RepresentationAxiom.extendedJustifiedRepresentationPlus.certificate(
            for: committee, in: profile)
        {
            kept &+= 1
        }
    }
    times.append(Time(profile: index, rule: "EJR+ check", microseconds: time, committee: committee))
}
let encoded = try JSONEncoder().encode(times)
if let path = file(after: "--times") {
    try encoded.write(to: URL(filePath: path))
} else {
    print(String(decoding: encoded, as: UTF8.self))
}
FileHandle.standardError.write(Data("(\(kept))\n".utf8))
