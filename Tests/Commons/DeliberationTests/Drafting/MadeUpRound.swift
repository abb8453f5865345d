import Charters
import Deliberation

/// A conversation with known answers, and the way from it to a publication.
enum MadeUpRound {
    /// Sixty people and seven statements: forty of one mind, twenty of another, all for benches. One statement was
    /// rejected, one has three votes, and two people alone disagree with benches.
    static func export(order: [Int] = Array(0..<60)) -> PolisConversation.Files {
        let statements = [
            "Open the library on Sundays.", "Keep cars out of the square.", "We need benches, “real” ones.",
            "Parking must stay free.", "The old mill should become flats.", "Spam", "Nobody saw this.",
        ]
        var votes = "participant,group-id," + statements.indices.map { "\($0 + 10)" }.joined(separator: ",") + "\n"
        for person in order {
            let cells = statements.indices.map { statement -> String in
                switch statement {
                case 2: return person % 30 == 7 ? "-1" : "1"
                case 5: return "1"
                case 6: return person < 3 ? "1" : ""
                default:
                    return ((person < 40) == (statement < 2)) != ((person * 7 + statement * 11) % 17 == 0) ? "1" : "-1"
                }
            }
            votes += "\(person + 100),," + cells.joined(separator: ",") + "\n"
        }
        var comments = "comment-id,moderated,comment-body\n"
        for (number, text) in statements.enumerated() {
            comments += "\(number + 10),\(number == 5 ? -1 : 1),\"\(text)\"\n"
        }
        return PolisConversation.Files(
            participantsVotes: Array(votes.utf8), comments: Array(comments.utf8),
            summary: Array("topic,\"Square, mill\"\n".utf8))
    }

    static func conversation(order: [Int] = Array(0..<60), settings: PublishableConversation.Settings = .init()) throws
        -> PublishableConversation
    {
        PublishableConversation(try PolisConversation(export(order: order)), settings: settings)
    }

    static func terms(_ seats: Int = 3, clauses: [PlannedClause] = []) -> DraftTerms {
        DraftTerms(
            charter: "riverside/square", version: "0.1.0", community: "Riverside", purpose: "Help Riverside decide.",
            conversation: "Square, mill", seats: seats, threshold: 5,
            amendment: .init(by: "deliberation", quorum: 10, consensus: "0.6", review: 180), clauses: clauses)
    }

    static func draft(clauses: [PlannedClause] = []) throws -> CharterDraft {
        let open = try conversation()
        var terms = terms(clauses: clauses)
        terms.heldBack = open.heldBack
        return try CharterDraft(open, terms: terms)
    }

    /// Ballots: of `voters` people, those for whom `says` gives an answer.
    static func ballots(
        on subject: BallotSubject, voters: Int = 30, says: (_ voter: Int, _ question: Int) -> String = { _, _ in "yes" }
    ) throws -> BallotBox {
        var text = String(decoding: subject.form, as: UTF8.self)
        for voter in 0..<voters {
            text += "v\(voter)," + subject.questions.indices.map { says(voter, $0) }.joined(separator: ",") + "\n"
        }
        return try BallotBox(Array(text.utf8), on: subject)
    }

    /// Ballots on a draft.
    static func ballots(
        on draft: CharterDraft, voters: Int = 30, says: (_ voter: Int, _ question: Int) -> String = { _, _ in "yes" }
    ) throws -> BallotBox {
        try ballots(on: BallotSubject(draft.charter, terms: draft.terms), voters: voters, says: says)
    }

    /// Ballots on a change to a charter.
    static func ballots(
        on proposal: Charter, changing old: Charter, voters: Int = 30, says: (_ voter: Int) -> String = { _ in "yes" }
    ) throws -> BallotBox {
        try ballots(on: BallotSubject(proposal, changing: old), voters: voters) { voter, _ in says(voter) }
    }

    static func key(_ number: UInt8 = 7) throws -> SigningKey {
        try require(SigningKey(seed: [UInt8](repeating: number, count: 32)))
    }

    static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }

    struct Missing: Error {}
}

/// Chance that can be repeated (SplitMix64).
struct SeededChance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
