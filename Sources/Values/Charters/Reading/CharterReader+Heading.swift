extension CharterReader {
    mutating func charterID(_ entry: SourceEntry) -> CharterID? {
        guard let text = sentence(entry, "charter") else { return nil }
        guard let id = CharterID(text) else {
            let parts = text.split(separator: "/").compactMap(\.asIdentifier)
            let example = parts.count == 2 ? parts.joined(separator: "/") : "riverside/tutor"
            log.error(
                "bad-id", at: entry.value.span, "`\(text.prefix(80))` is not the name of a charter.",
                help: "Write `owner/name` in lower-case letters, digits and hyphens, as in `\(example)`.")
            return nil
        }
        return id
    }

    mutating func version(_ entry: SourceEntry) -> SemanticVersion? {
        guard let text = sentence(entry, "version") else { return nil }
        guard let version = SemanticVersion(text) else {
            log.error(
                "bad-version", at: entry.value.span, "`\(text.prefix(80))` is not a version.",
                help: "Write three numbers with points between them, as in `1.0.0` (Semantic Versioning, semver.org).")
            return nil
        }
        return version
    }

    /// The charters that a charter builds on.
    mutating func extensions(_ entry: SourceEntry?, of id: CharterID?) -> [Extension] {
        var seen: Set<String> = []
        let extends = sentences(entry, "extends").compactMap { text, span -> Extension? in
            guard let parent = Extension(text) else {
                log.error(
                    "bad-reference", at: span, "`\(text.prefix(80))` doesn't name a charter to build on.",
                    help: Self.help(forReference: text))
                return nil
            }
            if let id, parent.reference == id.description {
                log.error(
                    "cycle", at: span, "This charter builds on itself.",
                    help: "Name another charter, or give this one a name of its own.")
                return nil
            }
            guard seen.insert(parent.reference).inserted else {
                log.error(
                    "duplicate-id", at: span, "`\(parent.reference.prefix(80))` stands here a second time.",
                    help: "Name each parent once: the version that you want.")
                return nil
            }
            note(.parent, parent.text, at: span)
            return parent
        }
        if extends.count > Self.maximumParents, let entry {
            log.error(
                "too-many", at: entry.keySpan, "A charter may build on at most \(Self.maximumParents) others.",
                help: "Let one charter gather some of them, and build on that one.")
        }
        return extends
    }

    /// The most charters that one may name as its parents.
    static let maximumParents = 16

    private static func help(forReference text: String) -> String {
        if text.hasPrefix("http://") { return "Write `https://`: what a charter says must not be changed on the way." }
        if text.hasPrefix("/") || text.hasPrefix("~") {
            return
                "Write the path from the charter's own folder, as in `./base.yaml`, so that it is the same on every machine."
        }
        if text.hasSuffix(".yaml") || text.hasSuffix(".yml") {
            return "Write `./` before a file's name: `./\(text.prefix(80))`."
        }
        return
            "Write a name (`commons/tutor@1`), a file (`./base.yaml`) or an address (`https://charters.example/x.yaml@2.1`); behind the @ one to three numbers."
    }

    /// What the file leaves out of lower layers.
    mutating func withdrawals(_ entry: SourceEntry?) -> [Withdrawal] {
        guard let entry else { return [] }
        guard case .map(let entries) = entry.value.form else {
            wrongType(
                entry.value, "`without` is a mapping of names",
                help: "Under `without:`, further in, write what is left out and why: `comfort: because …`.")
            return []
        }
        if !hasLowerLayers {
            log.warning(
                "never-applies", at: entry.keySpan,
                "This charter builds on no other, so there is nothing to leave out.",
                help: "Name the charter that it builds on under `extends:`, or take `without` away.")
        }
        var first: [String: Range<Int>] = [:]
        return entries.compactMap { entry in
            let path = withdrawalPath(entry)
            let because = sentence(entry, entry.key.prefix(80).description)
            guard let path else { return nil }
            let id = "\(path.section.rawValue)/\(path.clause)"
            if let span = first.updateValue(entry.keySpan, forKey: id) {
                first[id] = span
                duplicate(entry, of: span)
                return nil
            }
            note(.withdrawal, id, at: entry.keySpan)
            return because.map { Withdrawal(section: path.section, clause: path.clause, because: $0) }
        }
    }

    private mutating func withdrawalPath(_ entry: SourceEntry) -> (section: Withdrawal.Section, clause: String)? {
        let parts = entry.key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            guard entry.key.isIdentifier else {
                badIdentifier(entry.key, at: entry.keySpan)
                return nil
            }
            return (.goods, entry.key)
        }
        guard let section = Withdrawal.Section(rawValue: parts[0]) else {
            if parts[0].lowercased() == "floor" {
                log.error(
                    "floor-refuses", at: entry.keySpan, "The floor can't be left out.",
                    help: "Take the line away. A layer may add to the floor or make it stricter, and nothing more.")
            } else {
                let words = Withdrawal.Section.allCases.map(\.rawValue)
                log.error(
                    "unknown-word", at: entry.keySpan,
                    "There is no section `\(parts[0].prefix(80))` to leave something out of.",
                    help: nearMiss(of: parts[0], among: words).map { "Did you mean `\($0)`?" }
                        ?? "The sections are: \(words.joined(separator: ", ")).")
            }
            return nil
        }
        guard section == .tensions else {
            guard parts[1].isIdentifier else {
                badIdentifier(parts[1], at: entry.keySpan)
                return nil
            }
            return (section, parts[1])
        }
        let goods = parts[1].split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard goods.count == 2, goods.allSatisfy(\.isIdentifier), goods[0] != goods[1] else {
            log.error(
                "bad-id", at: entry.keySpan, "`\(parts[1].prefix(80))` is not the name of a tension.",
                help: "Write its two goods with a tilde between: `tensions/comfort~understanding`.")
            return nil
        }
        return (section, goods.sorted().joined(separator: "~"))
    }
}
