import Deliberation
import Foundation
import SocialChoice
import Testing

@Suite("Files of ranked ballots")
struct RankedBallotFileTests {
    private func read(_ text: String) throws -> RankedBallotFile {
        try RankedBallotFile(Array(text.utf8), name: "ballots")
    }

    private func problem(_ text: String) throws -> ImportProblem {
        try #require(throws: ImportProblem.self) { _ = try RankedBallotFile(Array(text.utf8), name: "ballots") }
    }

    @Test("a table has a rank in each cell, ties, gaps and how many cast the ballot")
    func table() throws {
        let file = try read("voter,Trees,\"A \"\"stage\"\"\",Benches,ballots\nx,1,,2,40\ny,2,1,2,25\n")
        #expect(file.candidates == ["Trees", "A \"stage\"", "Benches"])
        #expect(
            file.profile.ballots == [
                RankedBallot(tiers: [[0], [2]], weight: 40), RankedBallot(tiers: [[1], [0, 2]], weight: 25),
            ])
    }

    @Test("PrefLib's format gives the same")
    func prefLib() throws {
        let file = try read(
            "# FILE NAME: x.toi\r\n# ALTERNATIVE NAME 1: Trees\r\n# ALTERNATIVE NAME 2: Stage\r\n# ALTERNATIVE NAME 3: Benches\r\n\r\n40: 1,3\r\n25: 2, {1,3}\r\n"
        )
        #expect(file.candidates == ["Trees", "Stage", "Benches"])
        #expect(
            file.profile.ballots == [
                RankedBallot(tiers: [[0], [2]], weight: 40), RankedBallot(tiers: [[1], [0, 2]], weight: 25),
            ])
        #expect(try read("# no names\n2: 2,1\n").candidates == ["1", "2"])
    }

    @Test(
        "what is wrong is told with its place and what to do",
        arguments: [
            ("a,b\n1,x\n", "ballots:2:3: 'x' is no rank."), ("a,b\n1,0\n", "ballots:2:3: '0' is no rank."),
            ("a,a\n1,2\n", "ballots:1:3: 'a' stands twice"), ("a,b\n1\n", "ballots:2:1: This row has 1 fields"),
            ("a,b,ballots\n1,2,0\n", "ballots:2:5: '0' is no number of ballots."),
            ("a,b\n", "ballots:1:1: There are no ballots."), ("", "ballots:1:1: The file is empty."),
            ("# x\n3: 1,{2\n", "ballots:2:8: Here should stand a closing brace."),
            ("# x\n3 1,2\n", "ballots:2:3: Here should stand a colon."),
            ("# x\n0: 1\n", "ballots:2:1: Here should stand how many people cast this ballot"),
            ("# x\n3: 1,1\n", "ballots:2:1: Ballot 0 ranks candidate 0 twice"),
            ("# x\n3: 9999999\n", "ballots:2:4: There can be no candidate number 9999999."),
            ("# ALTERNATIVE NAME x: y\n1: 1\n", "ballots:1:1: This names no candidate."),
            ("# ALTERNATIVE NAME 1: y\n# ALTERNATIVE NAME 1: z\n1: 1\n", "ballots:2:1: Candidate 1 is named twice."),
            ("# x\n1: 1 2\n", "ballots:2:6: Something stands here after the ballot's end."),
        ])
    func wrong(text: String, start: String) throws {
        let problem = try problem(text)
        #expect(problem.description.hasPrefix(start), "\(problem)")
        #expect(!problem.help.isEmpty)
    }

    @Test("no bytes make it crash (fuzz)")
    func fuzz() {
        let seconds = ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"].flatMap(Double.init) ?? 0
        let seeds = [
            "voter,Trees,Stage,ballots\nx,1,,40\ny,2,1,25\n",
            "# ALTERNATIVE NAME 1: Trees\n# ALTERNATIVE NAME 2: b\n40: 1,{2,3}\n25: 2\n",
        ].map { Array($0.utf8) }
        let pieces = ["#", "{", "}", ",", ":", "\n", "\"", "9", "0", "\u{FEFF}", "# ALTERNATIVE NAME ", "-"].map {
            Array($0.utf8)
        }
        var draws = Draws(5)
        let end = Date().addingTimeInterval(seconds)
        var rounds = 0
        while rounds < 3_000 || Date() < end {
            rounds += 1
            var bytes = seeds[Int.random(in: 0..<2, using: &draws)]
            for _ in 0..<Int.random(in: 1...6, using: &draws) {
                let place = Int.random(in: 0...bytes.count, using: &draws)
                switch Int.random(in: 0..<3, using: &draws) {
                case 0: bytes.insert(contentsOf: pieces.randomElement(using: &draws) ?? [], at: place)
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &draws), at: place)
                default: if place < bytes.count { bytes.remove(at: place) }
                }
            }
            guard let file = try? RankedBallotFile(bytes, name: "f") else { continue }
            #expect(file.candidates.count == file.profile.candidateCount)
            #expect(!file.profile.ballots.isEmpty)
        }
    }
}
