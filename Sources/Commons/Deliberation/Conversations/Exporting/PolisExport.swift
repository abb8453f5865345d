import Foundation

/// A conversation in the files that Polis exports, so that whatever reads those reads it.
///
/// Votes are those that count, the last one of each participant on each statement. Times are cut to the hour: the moment of
/// a vote could tell who cast it. Where the conversation asks how much votes matter, `votes.csv` has one more column,
/// `importance`, from 1 to 255.
public struct PolisExport: Sendable {
    /// One file of the export.
    public enum File: String, Sendable, CaseIterable {
        /// One row a person, one column a statement.
        case participantsVotes = "participants-votes.csv"
        /// One row a vote.
        case votes = "votes.csv"
        /// The statements.
        case comments = "comments.csv"
        /// What the conversation is about.
        case summary = "summary.csv"
    }

    let terms: ConversationTerms
    let statements: [HeldStatement]
    let participants: [Int64]
    /// By participant and statement, in the order of both.
    let votes: [VoteRows.Kept]

    /// The bytes of a file.
    public func bytes(of file: File) -> [UInt8] {
        switch file {
        case .participantsVotes: participantsVotes
        case .votes: votesFile
        case .comments: comments
        case .summary: summary
        }
    }

    /// All files, as they are read again.
    public var files: PolisConversation.Files {
        PolisConversation.Files(
            participantsVotes: participantsVotes, votes: votesFile, comments: comments, summary: summary)
    }

    private func by<Key: Hashable>(_ key: (VoteRows.Kept) -> Key) -> [Key: VoteTally] {
        var tallies: [Key: VoteTally] = [:]
        for vote in votes { tallies[key(vote), default: .zero][vote.stance] += 1 }
        return tallies
    }

    private var participantsVotes: [UInt8] {
        var out = Array("participant,group-id,n-comments,n-votes,n-agree,n-disagree".utf8)
        for statement in statements { out += Array(",\(statement.number)".utf8) }
        out += Array("\n".utf8)
        let tallies = by(\.participant)
        var written: [Int64: Int] = [:]
        for statement in statements { if let author = statement.author { written[author, default: 0] += 1 } }
        var next = 0
        for participant in participants {
            let own = tallies[participant] ?? .zero
            out += Array(
                "\(participant),,\(written[participant] ?? 0),\(own.seen),\(own.agreed),\(own.disagreed)".utf8)
            for statement in statements {
                out.append(UInt8(ascii: ","))
                guard next < votes.count, votes[next].participant == participant,
                    votes[next].statement == statement.number
                else { continue }
                out += Array("\(votes[next].stance.rawValue)".utf8)
                next += 1
            }
            out.append(UInt8(ascii: "\n"))
        }
        return out
    }

    private var votesFile: [UInt8] {
        var out = Array("timestamp,datetime,comment-id,voter-id,vote".utf8)
        if terms.takesImportance { out += Array(",importance".utf8) }
        out += Array("\n".utf8)
        var hours = WrittenHours()
        for vote in votes {
            out += Array("\(hours.text(vote.at)),\(vote.statement),\(vote.participant),\(vote.stance.rawValue)".utf8)
            if terms.takesImportance { out += Array(",\(vote.importance.map { "\($0.steps)" } ?? "")".utf8) }
            out.append(UInt8(ascii: "\n"))
        }
        return out
    }

    private var comments: [UInt8] {
        var out = Array(
            "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n".utf8)
        let tallies = by(\.statement)
        var hours = WrittenHours()
        for statement in statements {
            let own = tallies[statement.number] ?? .zero
            out += Array(
                "\(hours.text(statement.at)),\(statement.number),\(statement.author.map { "\($0)" } ?? ""),".utf8)
            out += Array("\(own.agreed),\(own.disagreed),\(statement.standing.decision.rawValue),".utf8)
            out += Self.quoted(statement.words)
            out.append(UInt8(ascii: "\n"))
        }
        return out
    }

    private var summary: [UInt8] {
        var out = Array("topic,".utf8) + Self.quoted(terms.topic)
        out += Array("\nvoters,\(Set(votes.map(\.participant)).count)\ncomments,\(statements.count)\n".utf8)
        out += Array("conversation-description,".utf8) + Self.quoted(terms.about) + Array("\n".utf8)
        return out
    }

    /// A text between quotes, with quotes inside of it doubled (RFC 4180).
    private static func quoted(_ text: String) -> [UInt8] {
        var out = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
        return out
    }
}

/// Moments as an export writes them, cut to the hour: milliseconds since 1970, and a date.
private struct WrittenHours {
    private static let hour: Int64 = 3_600_000
    private var known: [Int64: String] = [:]

    mutating func text(_ moment: Int64) -> String {
        let start = max(0, moment - moment % Self.hour)
        if let text = known[start] { return text }
        let date = Date(timeIntervalSince1970: Double(start) / 1_000).formatted(.iso8601)
        known[start] = "\(start),\(date)"
        return "\(start),\(date)"
    }
}
