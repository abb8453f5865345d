/// A kind of thing that clauses refer to by name. Its raw value is the section that declares it.
enum NameKind: String, CaseIterable {
    case goods, roles, topics, resources

    /// One of them, in words.
    var one: String {
        switch self {
        case .goods: "good"
        case .roles: "role"
        case .topics: "topic"
        case .resources: "resource"
        }
    }
}

/// The names that a file declares in one section. They are put in order only when something refers to them.
struct DeclaredNames {
    private let entries: [SourceEntry]
    /// False when the section can't be read, so that nothing can be said about what stands in it.
    let isReadable: Bool
    private var set: Set<String>?

    init(_ fields: Fields, _ section: String) {
        if case .map(let entries) = fields[section]?.value.form {
            self.entries = entries
            isReadable = true
        } else {
            entries = []
            isReadable = !fields.isPresent(section)
        }
    }

    mutating func contains(_ name: String) -> Bool {
        let names = set ?? Set(entries.map(\.key))
        set = names
        return names.contains(name)
    }

    /// The names, as they stand in the file: at most as many as can be looked through for each of a hundred problems.
    var names: [String] { entries.prefix(1_000).map(\.key) }
}

extension CharterReader {
    /// Notes a name that nothing declares, with the name that was probably meant.
    ///
    /// When the file stands above others, the name may stand there, and the stack says so if it doesn't.
    mutating func refer(to name: String, _ kind: NameKind, at span: Range<Int>) {
        if kind == .topics, KnownTopic(rawValue: name) != nil { return }
        // Whom Trellis's own floor names as help stands beneath every charter.
        if kind == .resources, BaseFloor.resourceNames.contains(name) { return }
        if declared[kind]?.contains(name) == true { return }
        guard !hasLowerLayers else {
            note(.reference(kind), name, at: span)
            return
        }
        guard !isPartial, declared[kind]?.isReadable != false else { return }
        log.error(
            "unknown-name", at: span, "There is no \(kind.one) `\(name)` in this charter.",
            help: log.isFull ? "" : help(for: name, kind))
    }

    private func help(for name: String, _ kind: NameKind) -> String {
        let own = declared[kind]?.names ?? []
        let names =
            switch kind {
            case .topics: own + KnownTopic.names
            case .resources: own + BaseFloor.resourceNames.subtracting(own).sorted()
            case .goods, .roles: own
            }
        if let near = nearMiss(of: name, among: names) { return "Did you mean `\(near)`?" }
        let declare = "Declare it under `\(kind.rawValue):`"
        if names.isEmpty { return declare + "." }
        return names.count <= 30
            ? declare + ", or name one of these: \(names.map { $0.prefix(64) }.joined(separator: ", "))."
            : declare + ", or name one that stands there."
    }
}
