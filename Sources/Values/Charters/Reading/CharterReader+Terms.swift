// Terms and records: what may be kept, how replies are revised, how the charter is changed, and who disagrees.
extension CharterReader {
    mutating func memory(_ entry: SourceEntry) -> MemoryTerms? {
        guard let fields = mapping(entry.value, as: Grammar.memory, named: entry.keySpan) else { return nil }
        let purposes = fields["purposes"].map { identifiers($0, "purposes") }
        let retention = fields["retention"].flatMap { days($0, "retention") }
        let receipts = choice(fields["receipts"], "receipts", of: MemoryTerms.Receipts.self)
        guard purposes != nil || retention != nil || receipts != nil else { return nil }
        return MemoryTerms(purposes: purposes, retentionDays: retention, receipts: receipts)
    }

    mutating func critique(_ entry: SourceEntry) -> CritiqueTerms? {
        guard let fields = mapping(entry.value, as: Grammar.critique, named: entry.keySpan) else { return nil }
        var terms = CritiqueTerms()
        for (key, field, allowed) in [
            ("rounds", \CritiqueTerms.rounds, CritiqueTerms.roundsAllowed),
            ("seconds", \.seconds, CritiqueTerms.secondsAllowed),
            ("tokens", \.tokens, CritiqueTerms.tokensAllowed),
        ] {
            if let entry = fields[key], let number = wholeNumber(entry, key, in: allowed) {
                terms[keyPath: field] = number
            }
        }
        return terms
    }

    mutating func amendment(_ entry: SourceEntry) -> Amendment? {
        guard let fields = mapping(entry.value, as: Grammar.amendment, named: entry.keySpan) else { return nil }
        let by = fields["by"].flatMap { sentence($0, "by") }
        let quorum = fields["quorum"].flatMap { wholeNumber($0, "quorum") }
        let consensus = fields["consensus"].flatMap { share($0, "consensus") }
        let review = fields["review"].flatMap { days($0, "review") }
        return by.map { Amendment(by: $0, quorum: quorum, consensus: consensus, reviewDays: review) }
    }

    /// What a clause came from: none or one.
    mutating func origin(_ entry: SourceEntry?) -> [ClauseOrigin] {
        guard let entry, let fields = mapping(entry.value, as: Grammar.origin, named: entry.keySpan) else { return [] }
        let conversation = fields["conversation"].flatMap { sentence($0, "conversation") }
        let written = sentences(fields["statements"], "statements")
        if let list = fields["statements"], case .list(let nodes) = list.value.form, nodes.isEmpty {
            emptyList(list, "statements")
        }
        let statements = written.compactMap { text, span in
            wholeNumber(text, "statements", at: span, in: ClauseOrigin.allowed)
        }
        let agree = fields["agree"].flatMap { wholeNumber($0, "agree", in: ClauseOrigin.allowed) }
        let disagree = fields["disagree"].flatMap { wholeNumber($0, "disagree", in: ClauseOrigin.allowed) }
        let of = fields["of"].flatMap { wholeNumber($0, "of") }
        guard let conversation, !statements.isEmpty, statements.count == written.count, let agree, let of else {
            return []
        }
        guard agree + (disagree ?? 0) <= of else {
            log.error(
                "bad-number", at: fields["of"]?.value.span ?? entry.keySpan,
                "More people agree or disagree here than voted.",
                help: "Everybody who agrees or disagrees has voted: write at least `of: \(agree + (disagree ?? 0))`.")
            return []
        }
        return [
            ClauseOrigin(conversation: conversation, statements: statements, agree: agree, disagree: disagree, of: of)
        ]
    }

    mutating func dissent(_ entry: SourceEntry?) -> [Dissent] {
        items(entry, "dissent") { reader, node in
            guard let fields = reader.mapping(node, as: Grammar.dissent) else { return nil }
            let says = fields["says"].flatMap { reader.sentence($0, "says") }
            let heldBy = fields["held-by"].flatMap { reader.share($0, "held-by") }
            let origin = reader.origin(fields["from"]).first
            return says.map { Dissent(says: $0, heldBy: heldBy, origin: origin) }
        }
    }
}
