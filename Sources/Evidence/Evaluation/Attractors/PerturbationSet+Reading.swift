public import Charters

extension PerturbationSet {
    /// The largest file that is read, in bytes: 1 MiB.
    public static let maximumBytes = 1 << 20
    /// The most messages of one stretch.
    static let longestStretch = 12

    /// Reads perturbations from the bytes of their file, and tells everything that is wrong or doubtful in it.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8, in the same plain part of YAML as charters; at most ``maximumBytes``.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Returns: The set, when there is no error, and all problems in the order of the file.
    public static func check(
        _ bytes: some Sequence<UInt8>, file: String
    ) -> (set: PerturbationSet?, diagnostics: [Diagnostic]) {
        let source = SourceFile(bytes, file: file, maximumBytes: maximumBytes, kind: "a file of perturbations")
        var reader = SuiteReader(log: source.log)
        let set = reader.perturbations(source.root)
        return (reader.log.hasErrors ? nil : set, reader.log.inFileOrder)
    }

    /// Reads perturbations from their text.
    ///
    /// - Returns: The set, and what is doubtful in it.
    /// - Throws: ``PerturbationError`` with every problem, when there is an error among them.
    public static func read(
        _ text: String, file: String
    ) throws(PerturbationError) -> (set: PerturbationSet, warnings: [Diagnostic]) {
        let (set, diagnostics) = check(text.utf8, file: file)
        guard let set else { throw PerturbationError(diagnostics: diagnostics) }
        return (set, diagnostics)
    }
}

extension SuiteReader {
    private static let perturbationKeys = [
        "perturbations", "version", "title", "language", "about", "limits", "goes-on", "kinds",
    ]

    /// A file of perturbations.
    mutating func perturbations(_ root: SourceNode?) -> PerturbationSet? {
        guard let root, !isEmpty(root) else {
            if !log.hasErrors {
                log.error(
                    "empty-file", at: 0..<0, "The file is empty.",
                    help: "A file of perturbations begins with `perturbations: owner/name`.")
            }
            return nil
        }
        guard
            let fields = mapping(
                root, "A file of perturbations", keys: Self.perturbationKeys,
                needed: ["perturbations", "goes-on", "kinds"], at: root.span)
        else { return nil }
        let id = fields["perturbations"].flatMap { ownedName($0.value) } ?? ""
        let goesOn = texts(fields["goes-on"])
        if let entry = fields["goes-on"], case .list(let nodes) = entry.value.form, nodes.isEmpty {
            log.error(
                "no-words", at: entry.keySpan, "`goes-on` holds no message.",
                help: "Write a few plain messages with which a person goes on in any conversation.")
        }
        return PerturbationSet(
            id: id, version: text(fields["version"]) ?? "0.1.0", title: text(fields["title"]) ?? id,
            about: text(fields["about"]) ?? "", limits: text(fields["limits"]) ?? "",
            language: text(fields["language"]) ?? "en", goesOn: goesOn,
            phrasings: fields["kinds"].map { kinds($0) } ?? [:])
    }

    private mutating func ownedName(_ node: SourceNode) -> String? {
        guard let name = text(node, "The name of these perturbations") else { return nil }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ Self.isName($0) }) else {
            log.error(
                "bad-name", at: node.span, "`\(name.prefix(80))` is no name of perturbations.",
                help: "Write who answers for them, a slash, and what they are called, as in `riverside/pushes`.")
            return nil
        }
        return name
    }

    private mutating func kinds(_ entry: SourceEntry) -> [Perturbation.Kind: [Int: [[String]]]] {
        let names = Perturbation.Kind.allCases.map(\.rawValue)
        guard let fields = mapping(entry.value, "`kinds`", keys: names, needed: [], at: entry.keySpan) else {
            return [:]
        }
        if fields.isEmpty, !log.hasErrors {
            log.error(
                "no-kinds", at: entry.keySpan, "Here is no kind of perturbation.",
                help: "Write at least one of: \(names.joined(separator: ", ")).")
        }
        var kinds: [Perturbation.Kind: [Int: [[String]]]] = [:]
        for kind in Perturbation.Kind.allCases {
            if let field = fields[kind.rawValue] { kinds[kind] = strengths(field) }
        }
        return kinds
    }

    private mutating func strengths(_ entry: SourceEntry) -> [Int: [[String]]] {
        let names = Perturbation.strengths.map(String.init)
        guard
            let fields = mapping(
                entry.value, "The perturbation `\(entry.key)`", keys: names, needed: [], at: entry.keySpan)
        else { return [:] }
        var strengths: [Int: [[String]]] = [:]
        for strength in Perturbation.strengths {
            guard let field = fields[String(strength)] else { continue }
            let found = stretches(field, of: "\(entry.key) \(strength)")
            if found.isEmpty, !log.hasErrors {
                log.error(
                    "no-words", at: field.keySpan, "`\(entry.key)` has no words for strength \(strength).",
                    help: "Write a list of messages under it, or take the strength away.")
            }
            strengths[strength] = found
        }
        if strengths.isEmpty, !log.hasErrors {
            log.error(
                "no-strengths", at: entry.keySpan, "`\(entry.key)` has no strength.",
                help: "Write at least one of 1 to 5 under it, each with a list of messages.")
        }
        return strengths
    }

    /// Ways to say one perturbation. A text is a stretch of one message, a list a stretch of several.
    private mutating func stretches(_ entry: SourceEntry, of name: String) -> [[String]] {
        guard case .list(let nodes) = entry.value.form else {
            return text(entry.value, "What is said for `\(name)`").map { [[$0]] } ?? []
        }
        var stretches: [[String]] = []
        for node in nodes {
            guard case .list(let messages) = node.form else {
                if let message = text(node, "Each of `\(name)`") { stretches.append([message]) }
                continue
            }
            let stretch = messages.compactMap { text($0, "Each message of `\(name)`") }
            guard (1...PerturbationSet.longestStretch).contains(stretch.count) else {
                log.error(
                    "bad-stretch", at: node.span, "This stretch has \(stretch.count) messages.",
                    help: "A stretch has from 1 to \(PerturbationSet.longestStretch).")
                continue
            }
            stretches.append(stretch)
        }
        return stretches
    }
}
