import Deliberation
import Foundation
import SocialChoice
import Testing

@Suite("Files of approvals")
struct ApprovalBallotFileTests {
    private func read(_ text: String) throws -> ApprovalBallotFile {
        try ApprovalBallotFile(Array(text.utf8), name: "ballots")
    }

    @Test("a table has 1 for each approval, how many cast the ballot, and what each of them weighs")
    func table() throws {
        let file = try read(
            "voter,Trees,\"A \"\"stage\"\"\",Benches,ballots,weight\nx,1,,0,40,\ny,,1,1,25,0.5\nz,,,,1,2.25\n")
        #expect(file.candidates == ["Trees", "A \"stage\"", "Benches"] && file.voters == 66)
        #expect((0..<3).map(file.profile.ballot) == [[0], [1, 2], []])
        #expect(file.unit == 4 && file.profile.weights == [160, 50, 9])
        #expect(try read("a,b\n1,\n,1\n").profile == ApprovalProfile(candidateCount: 2, ballots: [[0], [1]]))
    }

    @Test(
        "what is wrong is told with its place and what to do",
        arguments: [
            ("a,b\n1,x\n", "ballots:2:3: 'x' is no approval."), ("a,b\n1,2\n", "ballots:2:3: '2' is no approval."),
            ("a,a\n1,1\n", "ballots:1:3: 'a' stands twice"), ("a,\n1,1\n", "ballots:1:3: This candidate has no name."),
            ("a,b\n1\n", "ballots:2:1: This row has 1 fields"), ("a,ballots\n1,0\n", "ballots:2:3: '0' is no number"),
            ("a,weight\n1,0\n", "ballots:2:3: '0' is no weight."),
            ("a,weight\n1,-1\n", "ballots:2:3: '-1' is no weight."),
            ("a,weight\n1,0.00001\n", "ballots:2:3: '0.00001' is no weight."),
            ("a,weight\n1,1.\n", "ballots:2:3: '1.' is no weight."), ("a,b\n", "ballots:1:1: There are no ballots."),
            ("ballots\n1\n", "ballots:1:1: The first row names no candidates."),
            ("", "ballots:1:1: The file is empty."),
            ("a,ballots,weight\n1,999999999,999999999\n", "ballots:2:1: There is more than can be counted here"),
        ])
    func wrong(text: String, start: String) throws {
        let problem = try #require(throws: ImportProblem.self) { try read(text) }
        #expect(problem.description.hasPrefix(start), "\(problem)")
        #expect(!problem.help.isEmpty)
    }

    @Test("no bytes make it crash (fuzz)")
    func fuzz() {
        let seed = Array("voter,Trees,Stage,ballots,weight\nx,1,,40,0.5\ny,0,1,25,\n".utf8)
        let pieces = [",", "\n", "\"", "1", "0", ".", "\u{FEFF}", "999999999", "-"].map { Array($0.utf8) }
        var draws = Draws(7)
        for _ in 0..<3_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &draws) {
                let place = Int.random(in: 0...bytes.count, using: &draws)
                switch Int.random(in: 0..<3, using: &draws) {
                case 0: bytes.insert(contentsOf: pieces.randomElement(using: &draws) ?? [], at: place)
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &draws), at: place)
                default: if place < bytes.count { bytes.remove(at: place) }
                }
            }
            guard let file = try? ApprovalBallotFile(bytes, name: "f") else { continue }
            #expect(file.candidates.count == file.profile.candidateCount && file.voters > 0)
        }
    }
}
