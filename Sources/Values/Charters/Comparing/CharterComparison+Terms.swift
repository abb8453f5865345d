extension CharterComparison {
    mutating func floor(_ old: [FloorClause], _ new: [FloorClause]) {
        clauses(old, new) { comparison, clause in
            if let base = BaseFloor.clause(clause.id) {
                comparison.aboutBase(clause, base)
            } else {
                comparison.note(
                    "floor/\(clause.id)", .added, .persons,
                    "Whatever is asked, this now holds: “\(clause.says)” (\(clause.severity.consequence)).", .minor,
                    .addsToFloor)
            }
        } removed: { comparison, clause in
            if let base = BaseFloor.clause(clause.id) {
                comparison.noLongerAboutBase(clause, base)
            } else {
                comparison.note(
                    "floor/\(clause.id)", .removed, .persons,
                    "This no longer holds whatever is asked: “\(clause.says)”", .major, .weakensFloor)
            }
        } changed: { comparison, old, new in
            comparison.floorClause(old, new)
        }
    }

    /// A charter by itself begins to say something about a clause of Trellis's own floor, which holds without it.
    private mutating func aboutBase(_ clause: FloorClause, _ base: FloorClause) {
        let rewords = clause.sayings.contains { !base.sayings.contains($0) } || !clause.instead.isEmpty
        let adds = clause.severity > base.severity || !clause.detection.isEmpty
        note(
            "floor/\(clause.id)", .added, .persons,
            "To what Trellis's own floor says (“\(base.says)”) it now adds: “\(([clause.says] + clause.instead(in: nil)).joined(separator: " "))” (\(max(clause.severity, base.severity).consequence)).",
            .minor, rewords ? .rewordsFloor : adds ? .strengthensFloor : .addsToFloor)
    }

    /// A charter by itself no longer says anything about a clause of Trellis's own floor, which stays.
    private mutating func noLongerAboutBase(_ clause: FloorClause, _ base: FloorClause) {
        let wasMore = clause.severity > base.severity || !clause.detection.isEmpty || !clause.to.isEmpty
        note(
            "floor/\(clause.id)", .removed, .persons,
            "It adds nothing any more to what Trellis's own floor says: “\(base.says)” It added: “\(([clause.says] + clause.instead(in: nil)).joined(separator: " "))”",
            wasMore ? .major : .minor, wasMore ? .weakensFloor : .rewordsFloor)
    }

    private mutating func floorClause(_ old: FloorClause, _ new: FloorClause) {
        let path = "floor/\(new.id)"
        text(path + "/says", old.says, new.says, .persons, .minor, .rewordsFloor) {
            "What holds whatever is asked is said anew: “\($0 ?? "")” It was: “\(old.says)”"
        }
        let isStricter = new.severity > old.severity
        text(
            path + "/severity", old.severity.rawValue, new.severity.rawValue, .persons, isStricter ? .minor : .major,
            isStricter ? .strengthensFloor : .weakensFloor
        ) { _ in
            "For a reply that breaks “\(new.says.inSentence)”: \(new.severity.consequence); before, \(old.severity.consequence)."
        }
        origins(path, old.origins, new.origins)
        let (before, after) = (old.detection, new.detection)
        for (key, olds, news) in [
            ("phrases", before.phrases, after.phrases), ("detectors", before.detectors, after.detectors),
            ("guard", before.guardCategories, after.guardCategories),
        ] {
            texts(
                "\(path)/detect/\(key)", olds, news, .auditors, added: "A breach of \(new.id) is now noticed by",
                removed: "A breach of \(new.id) is no longer noticed by", removalLevel: .major,
                addedEffect: .strengthensFloor, removedEffect: .weakensFloor)
        }
        // No side written means the output.
        let (oldSides, newSides) = (
            before.sides.isEmpty ? [.output] : before.sides, after.sides.isEmpty ? [.output] : after.sides
        )
        for side in FloorClause.Detection.Side.allCases where oldSides.contains(side) != newSides.contains(side) {
            let isNew = newSides.contains(side)
            let what = side == .input ? "what people say" : "what the model says"
            note(
                path + "/detect/in", isNew ? .added : .removed, .persons,
                "For \(new.id), \(what) is \(isNew ? "now" : "no longer") looked at.", isNew ? .minor : .major,
                isNew ? .strengthensFloor : .weakensFloor)
        }
        if before.sides != after.sides, oldSides == newSides {
            note(path + "/detect/in", .changed, .auditors, "The same side is looked at, written differently.", .patch)
        }
        wording(path + "/instead", old, new)
        texts(
            path + "/to", old.to, new.to, .persons, added: "Who breaks it is now pointed to",
            removed: "Nobody is pointed any more to", removalLevel: .major, removedEffect: .weakensFloor)
        examples(path, old.examples, new.examples)
    }

    /// What is said in place of a reply, for everybody and in each language.
    private mutating func wording(_ path: String, _ old: FloorClause, _ new: FloorClause) {
        texts(
            path, old.instead.map(\.text), new.instead.map(\.text), .persons,
            added: "In place of a reply that breaks it people now read",
            removed: "In place of a reply that breaks it people no longer read", level: .minor,
            addedEffect: .rewordsFloor, removedEffect: .rewordsFloor)
        for language in Set((old.instead + new.instead).flatMap(\.byLanguage.keys)).sorted() {
            texts(
                "\(path)/\(language)", old.instead.compactMap { $0.byLanguage[language] },
                new.instead.compactMap { $0.byLanguage[language] }, .persons,
                added: "In place of a reply that breaks it whoever speaks \(language) now reads",
                removed: "In place of a reply that breaks it whoever speaks \(language) no longer reads", level: .minor,
                addedEffect: .rewordsFloor, removedEffect: .rewordsFloor)
        }
    }

    mutating func memory(_ old: MemoryTerms, _ new: MemoryTerms) {
        texts(
            "memory/purposes", old.purposes ?? [], new.purposes ?? [], .persons,
            added: "What is remembered about people may now also serve",
            removed: "What is remembered about people may no longer serve", level: .major, removalLevel: .minor,
            addedEffect: .keepsMore, removedEffect: .keepsLess)
        if old.retentionDays != new.retentionDays {
            // A charter that names no time keeps the longest.
            let isLonger = (new.retentionDays ?? .max) > (old.retentionDays ?? .max)
            text(
                "memory/retention", old.retentionDays.map { "\($0)d" }, new.retentionDays.map { "\($0)d" }, .persons,
                isLonger ? .major : .minor, isLonger ? .keepsMore : .keepsLess
            ) {
                $0.map { "What is remembered about people is kept for \($0.dropLast()) days." }
                    ?? "No time is named any more after which what is remembered about people goes."
            }
        }
        let (before, after) = (old.receipts ?? .facts, new.receipts ?? .facts)
        text(
            "memory/receipts", before.rawValue, after.rawValue, .persons, after == .bodies ? .major : .minor,
            after == .bodies ? .keepsMore : .keepsLess
        ) { _ in
            after == .bodies
                ? "Receipts now keep the messages themselves, sealed."
                : "Receipts no longer keep the messages themselves, only facts about replies."
        }
    }

    mutating func critique(_ old: CritiqueTerms?, _ new: CritiqueTerms?) {
        guard old != new else { return }
        switch (old, new) {
        case (nil, .some(let new)):
            note(
                "critique", .added, .persons,
                "Replies are now drafted, criticised and revised (\(new.rounds) time\(new.rounds == 1 ? "" : "s"), at most \(new.seconds) seconds) before people see them.",
                .minor)
        case (.some, nil):
            note("critique", .removed, .persons, "Replies are no longer criticised and revised first.", .minor)
        case (.some(let old), .some(let new)):
            note(
                "critique", .changed, .community,
                "Replies are criticised and revised within other bounds: \(new.rounds) rounds, \(new.seconds) seconds, \(new.tokens) tokens.",
                .patch, before: "\(old.rounds), \(old.seconds) s, \(old.tokens) tokens",
                after: "\(new.rounds), \(new.seconds) s, \(new.tokens) tokens")
        case (nil, nil): break
        }
    }

    mutating func parents(_ old: Charter, _ new: Charter) {
        let olds = Dictionary(old.extends.map { ($0.reference, $0) }) { first, _ in first }
        let news = Dictionary(new.extends.map { ($0.reference, $0) }) { first, _ in first }
        for parent in new.extends {
            guard let before = olds[parent.reference] else {
                note("extends", .added, .community, "It now builds on \(parent.text).", .minor, after: parent.text)
                continue
            }
            text("extends", before.version, parent.version, .community, .minor) {
                "It now builds on \($0.map { "version \($0)" } ?? "any version") of \(parent.reference)."
            }
        }
        for parent in old.extends where news[parent.reference] == nil {
            // Without looking at what stood there, the worst must be taken to be so.
            note(
                "extends", .removed, .community,
                "It no longer builds on \(parent.text): nothing that stands there holds through it.",
                knowsWhole ? .minor : .major, knowsWhole ? nil : .weakensFloor, before: parent.text)
        }
        if Set(old.extends) == Set(new.extends), old.extends != new.extends {
            note(
                "extends", .changed, .community, "Its parents stand in another order: the later one goes first.", .minor
            )
        }
        clauses(old.layer.withdrawals, new.layer.withdrawals) { comparison, withdrawal in
            comparison.note(
                "without/\(withdrawal.id)", .added, .persons,
                "It leaves out \(withdrawal.clause.clauseWords), which its parents hold: “\(withdrawal.because)”",
                comparison.knowsWhole ? .minor : .major)
        } removed: { comparison, withdrawal in
            comparison.note(
                "without/\(withdrawal.id)", .removed, .persons,
                "It no longer leaves out \(withdrawal.clause.clauseWords), which its parents hold.", .minor)
        } changed: { comparison, old, new in
            comparison.text("without/\(new.id)", old.because, new.because, .community, .patch) {
                "The reason for leaving out \(new.clause.clauseWords) is said anew: “\($0 ?? "")”"
            }
        }
    }

    mutating func amendment(_ old: Amendment?, _ new: Amendment?) {
        text("amendment", old?.sentence, new?.sentence, .community, .minor) {
            $0.map { "The charter is now changed \($0)." } ?? "It no longer says how it is changed."
        }
    }

    mutating func dissent(_ old: [Dissent], _ new: [Dissent]) {
        let olds = Dictionary(old.map { ($0.says, $0) }) { first, _ in first }
        let news = Dictionary(new.map { ($0.says, $0) }) { first, _ in first }
        for dissent in new {
            guard let before = olds[dissent.says] else {
                note("dissent", .added, .community, "This is held against it: “\(dissent.says)”", .minor)
                continue
            }
            text("dissent", before.heldBy?.decimal, dissent.heldBy?.decimal, .community, .patch) {
                "“\(dissent.says.inSentence)” is now held by \($0 ?? "an unknown share") of the community."
            }
            origins("dissent", [before.origin].compactMap { $0 }, [dissent.origin].compactMap { $0 })
        }
        for dissent in old where news[dissent.says] == nil {
            note(
                "dissent", .removed, .community,
                "It no longer records what part of the community held against it: “\(dissent.says)”", .minor,
                .dropsDissent)
        }
        if Set(old) == Set(new), old != new {
            note("dissent", .changed, .auditors, "The dissents stand in another order or number.", .patch)
        }
    }
}

extension FloorClause.Severity {
    /// What happens to a reply that breaks the clause, as a clause.
    var consequence: String {
        switch self {
        case .note: "it goes out, and the receipt says what was wrong"
        case .revise: "it is rewritten before it goes out"
        case .replace: "it is replaced by the charter's own words"
        case .handOver: "it is replaced, and somebody who can help is named"
        case .block: "it doesn't go out"
        }
    }
}

extension Amendment {
    /// How the charter is changed, to follow "changed".
    var sentence: String {
        var text = "by \(by)"
        if let quorum { text += ", with at least \(quorum) taking part" }
        if let consensus { text += ", when a share of \(consensus.decimal) agrees" }
        if let reviewDays { text += ", and looked at again after \(reviewDays) days" }
        return text
    }
}
