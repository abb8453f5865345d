/// Something that a reply does, as a clause names it.
struct Deed {
    /// The clause that names it.
    let clause: String
    let text: String
    let span: Range<Int>
    /// Whether Trellis knows it of itself, so that it stands nowhere in the file.
    var isKnown = false
}

/// What every clause calls good, poor, or only seemingly good.
struct Deeds {
    var signs: [Deed] = []
    var failures: [Deed] = []
    var nearEnemies: [Deed] = []
}

/// The scenes of a file, by what the person says, and every reply that shows or fails a clause.
struct Scenes {
    fileprivate var first: [UInt64: (example: Example, span: Range<Int>)] = [:]
    fileprivate var shows: [UInt64: (reply: String, span: Range<Int>)] = [:]
    fileprivate var fails: [UInt64: (reply: String, span: Range<Int>)] = [:]
}

// What can only be seen when clauses are held beside each other.
extension CharterReader {
    /// Notes deeds that the charter calls both good and poor.
    mutating func compareDeeds() {
        guard !deeds.signs.isEmpty else { return }
        let failures = Self.byFold(deeds.failures)
        let nearEnemies = Self.byFold(deeds.nearEnemies)
        guard !failures.isEmpty || !nearEnemies.isEmpty else { return }
        for sign in deeds.signs {
            let fold = sign.text.foldHash
            if let failure = Self.match(of: sign, in: failures[fold]) {
                if failure.clause == sign.clause {
                    log.error(
                        "contradiction", at: sign.span,
                        "This stands under `signs` and under `failures` of the same good.",
                        help: "Keep it where it belongs: a reply can't both show a good and fail it by the same deed.")
                } else {
                    let line = log.source.lineNumber(of: failure.span.lowerBound)
                    log.warning(
                        "contradiction", at: sign.span,
                        "This is a sign here, and in line \(line) a failure of `\(failure.clause)`.",
                        help: "Word both so that a reply can keep to them, or say under `tensions:` who decides.")
                }
            }
            if let enemy = Self.match(of: sign, in: nearEnemies[fold]) {
                let line = log.source.lineNumber(of: enemy.span.lowerBound)
                let name = enemy.clause.dropFirst(13)
                log.warning(
                    "contradiction", at: sign.span,
                    enemy.isKnown
                        ? "This is a sign here, and one of the near enemies that `\(name)` has where none are written."
                        : "This is a sign here, and in line \(line) a near enemy of `\(name)`.",
                    help: "A near enemy is what looks like the real thing and isn't: take it out of one of the two.")
            }
        }
    }

    private static func byFold(_ deeds: [Deed]) -> [UInt64: [Deed]] {
        var folds: [UInt64: [Deed]] = Dictionary(minimumCapacity: deeds.count)
        for deed in deeds {
            // A few are enough to say what is wrong: a hostile file repeats one a hundred thousand times.
            if folds[deed.text.foldHash, default: []].count < 4 { folds[deed.text.foldHash, default: []].append(deed) }
        }
        return folds
    }

    /// The same deed, in the same clause if there.
    private static func match(of sign: Deed, in deeds: [Deed]?) -> Deed? {
        guard let deeds else { return nil }
        let fold = sign.text.folded
        let same = deeds.filter { $0.text.folded == fold }
        return same.first { $0.clause == sign.clause } ?? same.first
    }

    /// Notes a scene that stands in the file already, and a reply that is good in one place and poor in another.
    mutating func compare(_ example: Example, at span: Range<Int>) {
        let person = example.person.foldHash
        let earlier = scenes.first[person]
        if earlier == nil { scenes.first[person] = (example, span) }
        let isSame = earlier.map { $0.example.person.folded == example.person.folded } ?? false
        let contradicts =
            isSame
            && (example.shows.folded == earlier?.example.fails?.folded
                || example.fails?.folded == earlier?.example.shows.folded)
        if let earlier, isSame {
            let line = log.source.lineNumber(of: earlier.span.lowerBound)
            if contradicts {
                log.error(
                    "contradiction", at: span,
                    "The example in line \(line) has the same person and calls poor what this one calls good, or the other way round.",
                    help: "Decide which reply shows what you mean: one reply can't be both.")
            } else {
                log.warning(
                    "said-twice", at: span, "The example in line \(line) starts with the same words of a person.",
                    help: "Examples are tests: give each its own scene, or put both under one.")
            }
        }
        // Whoever speaks in them.
        let (shows, fails) = (example.shows.foldHash, example.fails?.foldHash)
        if !contradicts {
            note(example.shows, under: scenes.fails[shows], at: span, "shows the clause here fails one")
            if let reply = example.fails, let fails {
                note(reply, under: scenes.shows[fails], at: span, "fails the clause here shows one")
            }
        }
        if scenes.shows[shows] == nil { scenes.shows[shows] = (example.shows, span) }
        if let reply = example.fails, let fails, scenes.fails[fails] == nil { scenes.fails[fails] = (reply, span) }
    }

    /// Notes a reply that an earlier scene calls the opposite.
    private mutating func note(
        _ reply: String, under other: (reply: String, span: Range<Int>)?, at span: Range<Int>, _ what: String
    ) {
        guard let other, other.reply.folded == reply.folded else { return }
        let line = log.source.lineNumber(of: other.span.lowerBound)
        log.error(
            "contradiction", at: span, "The reply that \(what) in the example in line \(line).",
            help:
                "A reply can't be both. If it depends on what the person said, write each reply so that this can be seen in it."
        )
    }
}
