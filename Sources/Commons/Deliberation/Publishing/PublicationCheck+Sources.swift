// Whether the files that everything is reckoned from hold nothing but what is reckoned with.
extension PublicationCheck {
    /// What is wrong with the sources: statements that moderators rejected, or anything in a file that wouldn't be there
    /// had it been written here, as a further column. Nil where nothing is.
    ///
    /// - Parameter published: As it was read, so that rows are compared in the order in which they stand.
    func oddities(_ published: PolisConversation, _ conversation: PublishableConversation) -> String? {
        if let rejected = published.statements.first(where: { $0.decision == .rejected }) {
            return
                "comments.csv marks statement #\(rejected.id) as rejected by moderators. Such a statement isn't published."
        }
        let row = Dictionary(uniqueKeysWithValues: conversation.participants.enumerated().map { ($1, $0) })
        var groups = [Int](repeating: -1, count: conversation.participants.count)
        for (participant, group) in zip(published.participants, published.publishedGroups) {
            if let place = row[participant] { groups[place] = group }
        }
        let written = conversation.files(
            order: published.participants.compactMap { row[$0] }, names: conversation.participants, groups: groups)
        let sources: [(PublicationFile, [UInt8])] = [
            (.votes, written.votes), (.statements, written.comments), (.summary, written.summary),
        ]
        for (file, bytes) in sources where files[file.rawValue] != nil && files[file.rawValue] != bytes {
            return
                "\(file.rawValue) holds something else than what is read from it: a further column or row, or another way of writing. A publication has neither."
        }
        return nil
    }
}
