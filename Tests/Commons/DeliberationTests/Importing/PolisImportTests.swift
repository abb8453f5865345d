import Deliberation
import Foundation
import Testing

@Suite("Polis's export")
struct PolisImportTests {
    private static let comments = """
        timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
        3,x,7,1,9,9,1,"Trees, and ""shade"", please
        and benches"
        1,x,2,1,0,0,-1,Spam
        2,x,3,1,0,0,0,مقاعد e\u{301}
        """
    private static let matrix = """
        participant,group-id,n-comments,n-votes,n-agree,n-disagree,2,3,7
        10,0,0,3,1,1,-1,1,0
        4,,0,1,1,0,,,1
        """

    private func read(
        matrix: String? = nil, votes: String? = nil, comments: String? = nil, summary: String? = nil
    ) throws -> PolisConversation {
        try PolisConversation(
            PolisConversation.Files(
                participantsVotes: matrix.map { Array($0.utf8) }, votes: votes.map { Array($0.utf8) },
                comments: comments.map { Array($0.utf8) }, summary: summary.map { Array($0.utf8) }))
    }

    private func problem(_ reading: () throws -> PolisConversation) throws -> ImportProblem {
        try #require(throws: ImportProblem.self) { _ = try reading() }
    }

    @Test("votes, words and decisions come together by the ids of the export")
    func whole() throws {
        let read = try read(
            matrix: Self.matrix, comments: Self.comments, summary: "topic,\"Parks, and more\"\nurl,x\n")
        #expect(read.topic == "Parks, and more")
        #expect(read.statements.map(\.id) == [2, 3, 7])
        #expect(read.statements[2].text == "Trees, and \"shade\", please\nand benches")
        #expect(read.statements[1].text.unicodeScalars.contains("\u{301}"))
        #expect(read.statements.map(\.decision) == [.rejected, .undecided, .accepted])
        #expect(read.participants == [10, 4])
        #expect(read.publishedGroups == [0, -1])
        #expect(read.votes[0, 0] == .disagree)
        #expect(read.votes[0, 1] == .agree)
        #expect(read.votes[0, 2] == .pass)
        #expect(read.votes[1, 0] == nil)
        #expect(read.votes[1, 2] == .agree)
        #expect(read.moderation().rejected == [0])
        #expect(read.moderation(strict: true).rejected == [0, 1])
        #expect(read.remarks.isEmpty)
    }

    @Test("of a person's votes on a statement the last in time counts, wherever it stands in the file")
    func lastVote() throws {
        let votes = "timestamp,datetime,comment-id,voter-id,vote\n9,x,1,5,-1\n2,x,1,5,1\n3,x,1,6,0\n3,x,1,6,1\n"
        let read = try read(votes: votes)
        #expect(read.participants == [5, 6])
        #expect(read.votes[0, 0] == .disagree)
        #expect(read.votes[1, 0] == .agree)
        #expect(read.votes.voteCount == 2)
    }

    @Test("where the two files of votes differ, the matrix counts and a remark says so")
    func differing() throws {
        let votes = "timestamp,datetime,comment-id,voter-id,vote\n1,x,2,10,1\n1,x,3,99,1\n"
        let read = try read(matrix: Self.matrix, votes: votes, comments: Self.comments)
        #expect(read.votes[0, 0] == .disagree)
        #expect(read.remarks.contains { $0.contains("differ in 4 votes") })
        #expect(read.remarks.contains { $0.contains("one person who isn't") })
    }

    @Test("a byte order mark, Windows line ends, empty lines and a missing last line end are taken")
    func shapes() throws {
        let same = "\u{FEFF}" + Self.matrix.replacingOccurrences(of: "\n", with: "\r\n\r\n")
        #expect(try read(matrix: same).votes.votes == read(matrix: Self.matrix).votes.votes)
    }

    @Test("people and statements without a single vote are read too")
    func empty() throws {
        let read = try read(matrix: "participant,1,2\n5,,\n")
        #expect(read.votes.participantCount == 1)
        #expect(read.votes.statementCount == 2)
        #expect(try self.read(matrix: "participant\n").participants.isEmpty)
    }

    @Test(
        "what can't be read is refused at its place, with what to do",
        arguments: [
            ("participant,1\n5,2\n", "2:3", "is no vote"),
            ("participant,1\n5,1.0\n", "2:3", "is no vote"),
            ("participant,1\n5,\u{202E}1\n", "2:3", "is no vote"),
            ("participant,1\n5,1\n5,1\n", "3:1", "two rows"),
            ("participant,1,1\n5,1,1\n", "1:15", "two columns"),
            ("participant,1\n5\n", "2:1", "1 fields"),
            ("participant,1\n5,1,1\n", "2:5", "more fields"),
            ("participant,1\n5,\"1\n", "2:3", "never ends"),
            ("participant,1\n5,\"1\"1\n", "2:6", "has ended"),
            ("participant,1\n5,1\"\n", "2:4", "inside a field"),
            ("participant,1\né,1\n", "2:1", "no participant"),
            ("participant,1\n-5,1\n", "2:1", "no participant"),
            ("participant,1\n99999999999999999999,1\n", "2:1", "no participant"),
            ("person,1\n5,1\n", "1:1", "no column participant"),
            ("", "1:1", "empty"),
        ])
    func refused(text: String, place: String, words: String) throws {
        let problem = try problem { try read(matrix: text) }
        #expect("\(problem)".hasPrefix("participants-votes.csv:\(place): "), "\(problem)")
        #expect(problem.message.contains(words), "\(problem)")
        #expect(!problem.help.isEmpty)
    }

    @Test("a statement of 10 MB is refused with its size, and one with a byte 0 or no UTF-8 with its place")
    func statements() throws {
        let head = "comment-id,moderated,comment-body\n"
        let large = try problem {
            try read(matrix: "participant\n", comments: head + "1,1," + String(repeating: "a", count: 10_000_000))
        }
        #expect(large.message == "Statement 1 has 10000000 bytes; the most is 20000.")
        let zero = try problem { try read(matrix: "participant\n", comments: head + "1,1,a\u{0}b") }
        #expect((zero.line, zero.column) == (2, 6))
        let latin = try problem {
            try PolisConversation(
                PolisConversation.Files(
                    participantsVotes: Array("participant\n".utf8),
                    comments: Array((head + "1,1,").utf8) + [0x63, 0xE9]))
        }
        #expect(latin.message.contains("UTF-8"))
        let twice = try problem { try read(matrix: "participant\n", comments: head + "1,1,a\n1,1,b\n") }
        #expect(twice.message.contains("two rows"))
        let decision = try problem { try read(matrix: "participant\n", comments: head + "1,2,a\n") }
        #expect(decision.message.contains("no decision"))
    }

    @Test("without votes there is nothing to read")
    func nothing() throws {
        #expect(try problem { try read(comments: Self.comments) }.message == "There are no votes.")
    }

    @Test("no bytes make it crash, and what it reads is within what the bytes can hold")
    func fuzz() throws {
        var random = Bytes(seed: 20_261_128)
        let pieces = [
            Self.matrix, Self.comments, "timestamp,datetime,comment-id,voter-id,vote\n1,x,2,10,1\n", "topic,x\n",
        ]
        .map { Array($0.utf8) }
        let hostile: [UInt8] = [0, 0x22, 0x2C, 0x0A, 0x0D, 0x2D, 0x31, 0xEF, 0xBB, 0xBF, 0xFF, 0xE2, 0x80, 0xAE]
        for _ in 0..<600 {
            let files = pieces.map { piece in
                var bytes = piece
                for _ in 0..<random.below(4) where !bytes.isEmpty {
                    let place = random.below(bytes.count)
                    switch random.below(4) {
                    case 0: bytes.remove(at: place)
                    case 1: bytes.insert(hostile[random.below(hostile.count)], at: place)
                    case 2: bytes[place] = UInt8(random.below(256))
                    default: bytes.removeLast(random.below(bytes.count))
                    }
                }
                return bytes
            }
            do throws(ImportProblem) {
                let read = try PolisConversation(
                    PolisConversation.Files(
                        participantsVotes: files[0], votes: random.below(2) == 0 ? files[2] : nil, comments: files[1],
                        summary: files[3]))
                #expect(read.votes.participantCount == read.participants.count)
                #expect(read.votes.statementCount == read.statements.count)
                #expect(read.statements.map(\.id) == read.statements.map(\.id).sorted())
            } catch {
                #expect(error.line >= 1 && error.column >= 1 && !error.help.isEmpty)
            }
        }
    }

    @Test(
        "the published conversations are read whole: both files of votes say the same, and nothing is doubtful",
        .enabled(if: PolisExport.isHere),
        arguments: PolisExport.names.filter {
            LongTests.areWanted || !["vtaiwan.uberx", "football-concussions"].contains($0)
        })
    func published(name: String) throws {
        let bytes = { (file: String) in Array(try ReferenceData.data("polis-opendata/\(name)/\(file)")) }
        let read = try PolisConversation(
            PolisConversation.Files(
                participantsVotes: try bytes("participants-votes.csv"),
                votes: name == "vtaiwan.uberx" ? nil : try bytes("votes.csv"), comments: try bytes("comments.csv"),
                summary: try bytes("summary.csv")))
        #expect(read.remarks.isEmpty)
        #expect(!read.topic.isEmpty)
        // One conversation has statements without words.
        #expect(read.statements.count { $0.text.isEmpty } <= 3)
        let other = try PolisExport(name)
        #expect(read.publishedGroups == other.groups)
        #expect(read.votes.voteCount == other.votes.voteCount)
    }
}

/// SplitMix64, so that a failure can be repeated.
private struct Bytes {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, limit)))
    }
}
