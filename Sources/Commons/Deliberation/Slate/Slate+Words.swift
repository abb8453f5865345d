public import SocialChoice

extension Slate {
    /// What a certificate of this slate says: `holds`, `fails` or `undecided`, and a sentence that names statements.
    ///
    /// - Parameter name: what a statement is called, such as `#12`.
    public func words(
        of certificate: Certificate, naming name: (Int) -> String
    ) -> (result: String, words: String) {
        switch certificate {
        case .holds(let proof):
            let words = proof.words.replacing("candidates outside the committee", with: "statements outside the slate")
                .replacing("candidates", with: "statements").replacing("no member", with: "nothing in the slate")
                .replacing("fewer members", with: "fewer statements of the slate")
            return ("holds", words)
        case .fails(let witness):
            let words = witness.words(noun: (one: "statement", many: "statements"))
                .replacing("the whole committee", with: "the whole slate")
            let named = statements(of: witness).map(name).joined(separator: ", ")
            return ("fails", words + (named.isEmpty ? "" : " (\(named))"))
        case .undecided(let nodes):
            return ("undecided", "After looking at \(nodes) sets of statements neither was shown.")
        }
    }
}
