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

    mutating func dissent(_ entry: SourceEntry?) -> [Dissent] {
        items(entry, "dissent") { reader, node in
            guard let fields = reader.mapping(node, as: Grammar.dissent) else { return nil }
            let says = fields["says"].flatMap { reader.sentence($0, "says") }
            let heldBy = fields["held-by"].flatMap { reader.share($0, "held-by") }
            return says.map { Dissent(says: $0, heldBy: heldBy) }
        }
    }
}
