extension ConversationTerms {
    /// The terms with what somebody wants otherwise; nil leaves a thing as it is.
    ///
    /// Only what changes is checked: a conversation that was brought in may say more than one that is opened here.
    ///
    /// - Throws: ``ConversationError/unfit(_:_:)`` with the field and what to do.
    public func changed(
        topic: String? = nil, about: String? = nil, ways: Set<JoiningWay>? = nil, takesImportance: Bool? = nil,
        isStrict: Bool? = nil, proofBits: Int? = nil
    ) throws(ConversationError) -> ConversationTerms {
        let fit = try ConversationTerms(
            topic: topic ?? "as it is", about: about ?? "", ways: ways ?? [], proofBits: proofBits ?? self.proofBits)
        var changed = self
        if topic != nil { changed.topic = fit.topic }
        if about != nil { changed.about = fit.about }
        if ways != nil { changed.ways = fit.ways }
        changed.takesImportance = takesImportance ?? self.takesImportance
        changed.isStrict = isStrict ?? self.isStrict
        changed.proofBits = fit.proofBits
        return changed
    }
}
