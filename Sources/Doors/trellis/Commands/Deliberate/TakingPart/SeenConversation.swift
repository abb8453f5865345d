/// A conversation as somebody who takes part sees it: what the API answers them.
struct SeenConversation: Codable {
    let id: String
    let topic: String
    let description: String
    let language: String
    /// The ways in, by the words that `--by` takes.
    let joining: [String]
    let importance: Bool
    let strict: Bool
    let open: Bool

    /// A statement.
    struct Statement: Codable {
        let number: Int
        let words: String
        let language: String
        let standing: String
    }

    /// What to vote on next.
    struct Next: Codable {
        /// Nil when nothing is left.
        let statement: Statement?
        let left: Int
    }

    /// What became of a vote.
    struct Vote: Codable {
        let statement: Int
        let stance: String
        let isNew: Bool
        let previous: String?
    }

    /// A statement that was written, and others that say nearly the same.
    struct Written: Codable {
        struct Near: Codable {
            let statement: Int
            let likeness: Double
            let means: String
        }

        let statement: Statement
        let near: [Near]
    }

    /// All that is held of the person who asks.
    struct OwnPart: Codable {
        struct Vote: Codable {
            let statement: Int
            let stance: String
            let importance: Double?
        }

        struct Statement: Codable {
            let statement: SeenConversation.Statement
            let reason: String?
        }

        let participant: Int64
        let votes: [Vote]
        let statements: [Statement]
    }

    struct Statements: Codable {
        let statements: [Statement]
    }

    struct Challenge: Codable {
        let challenge: String
        let bits: Int
    }

    struct Joined: Codable {
        let participant: Int64
        let secret: String
    }
}
