import Deliberation

/// A conversation and the statements of it that take part, with the words to show them in.
struct DeliberatedConversation {
    let conversation: PolisConversation
    let moderation: StatementModeration

    /// A statement with its words.
    struct Named: Encodable, Equatable {
        /// What Polis calls it.
        let id: Int
        /// Its words as they were written; empty where the export has none.
        let text: String
    }

    /// The size of the conversation.
    struct Size: Encodable {
        let topic: String
        let people: Int
        let statements: Int
        let rejectedStatements: Int
        let votes: Int
    }

    /// The size of the conversation.
    var size: Size {
        Size(
            topic: conversation.topic, people: conversation.votes.participantCount,
            statements: conversation.statements.count - moderation.rejected.count,
            rejectedStatements: moderation.rejected.count, votes: conversation.votes.voteCount)
    }

    /// A statement by its column.
    func named(_ statement: Int) -> Named {
        let own = conversation.statements[statement]
        return Named(id: own.id, text: own.text)
    }

    /// What stands at the top of a page, and what is doubtful on standard error.
    func printHead() {
        let size = size
        let page = DeliberatePage()
        if !size.topic.isEmpty { page.title(size.topic) }
        let left = size.rejectedStatements
        page.paragraph(
            "\(page.count(size.people, "person", "people")), \(page.count(size.statements, "statement", "statements"))"
                + (left > 0 ? " (and \(left) that moderation left out), " : ", ")
                + page.count(size.votes, "vote", "votes") + ".")
        for remark in conversation.remarks { Terminal.error.line("note: \(WrappedText.plain(remark))") }
    }
}
