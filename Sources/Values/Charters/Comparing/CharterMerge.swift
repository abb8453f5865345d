/// Two versions of a charter, or of a person's wishes, put together by their clauses, on the ground of the version that both come from.
///
/// What only one side changed is taken from it; what both changed alike is taken once; what both changed differently is a
/// conflict, which is written into the file under `conflicts:` and has to be decided by people before the charter can
/// be used. The file keeps the comments of our side where the clause stays as it is there. Two exceptions need nobody's
/// decision: of two versions the higher one counts, and lists of texts take additions and removals from both sides.
public struct CharterMerge: Sendable {
    /// Something that both sides changed differently.
    public struct Conflict: Hashable, Sendable {
        /// The clause and the part of it, as in `goods/understanding/says`.
        public let path: String
        /// What stood there before. Nil: nothing.
        public let base: String?
        /// What our side says. Nil: nothing.
        public let ours: String?
        /// What the other side says. Nil: nothing.
        public let theirs: String?
    }

    /// What both sides changed differently, in the order of the file.
    public let conflicts: [Conflict]
    /// The merged file, in form. With conflicts in it, reading it fails and says which.
    public let text: String

    /// Merges two versions.
    ///
    /// - Parameters:
    ///   - base: The version that both come from.
    ///   - ours: Our version. Its comments are kept where they still fit.
    ///   - theirs: The other version.
    ///   - source: The file of our version, for its comments and its order. Nil: no comments.
    /// - Throws: ``CharterError`` when `source` is not the file of `ours`.
    /// - Complexity: O(*n* log *n*) in the size of the charters, but for lists that both sides changed, which take
    ///   O(*m*²) for *m* entries.
    public init(base: Charter, ours: Charter, theirs: Charter, source: String? = nil) throws(CharterError) {
        let name = ours.id.description + ".yaml"
        if let source, try Charter.read(source, file: name).charter != ours {
            throw CharterError(diagnostics: [.notTheSource(file: name)])
        }
        let version = ours.version.precedes(theirs.version) ? theirs.version : ours.version
        try self.init(
            base.written, ours.written, theirs.written, source: source.map { ($0, name) },
            decided: ("version", .text(version.description, isQuoted: false)))
    }

    /// Merges two versions of one person's wishes, as from two of their devices.
    ///
    /// - Parameters:
    ///   - base: The version that both come from.
    ///   - ours: Our version. Its comments are kept where they still fit.
    ///   - theirs: The other version.
    ///   - source: The file of our version, for its comments and its order. Nil: no comments.
    /// - Throws: ``CharterError`` when `source` is not the file of `ours`.
    public init(
        base: PersonLayer, ours: PersonLayer, theirs: PersonLayer, source: String? = nil
    ) throws(CharterError) {
        let name = "wishes.yaml"
        if let source, try PersonLayer.read(source, file: name).wishes != ours {
            throw CharterError(diagnostics: [.notTheSource(file: name)])
        }
        try self.init(base.written, ours.written, theirs.written, source: source.map { ($0, name) })
    }

    /// - Parameter decided: A key whose value is known whatever the sides say.
    private init(
        _ base: WrittenNode, _ ours: WrittenNode, _ theirs: WrittenNode, source: (text: String, name: String)?,
        decided: (key: String, value: WrittenNode)? = nil
    ) throws(CharterError) {
        var merging = Merging()
        var merged = merging.merged(base.mergeable, ours.mergeable, theirs.mergeable)
        if let decided { merged = merged.replacing(decided.key, with: decided.value) }
        conflicts = merging.conflicts.map(\.conflict)

        var header: [String] = []
        if let source {
            let written = try CharterForm.written(source.text.utf8, file: source.name)
            header = written.header
            merged = merged.withComments(of: written.node.inForm.mergeable)
        }
        if !merging.conflicts.isEmpty {
            let entries = merging.conflicts.map { conflict in
                WrittenEntry(
                    key: conflict.conflict.path,
                    value: .map([("base", conflict.base), ("ours", conflict.ours), ("theirs", conflict.theirs)]),
                    notes: WrittenNotes())
            }
            merged = merged.replacing("conflicts", with: WrittenNode(form: .map(entries)), above: Self.instruction)
        }
        let node = merged.unmergeable.inForm
        text = WrittenFile(source == nil ? node.withSpacedSections : node, header: header).text
    }

    /// Whether nothing is left to decide.
    public var isClean: Bool { conflicts.isEmpty }

    private static let instruction = [
        "# Both sides changed these differently, and above stands what our side says. For each, write above what it",
        "# should be, and take its entry away; a side that isn't there has taken the thing out. When none is left, take",
        "# the section away.",
    ]
}

extension Diagnostic {
    fileprivate static func notTheSource(file: String) -> Diagnostic {
        Diagnostic(
            severity: .error, file: file, line: 0, column: 0, code: "not-the-source",
            message: "The file for the comments says something else than the charter that is merged.",
            help: "Give the file that the charter was read from.")
    }
}

extension WrittenNode {
    /// The sections that are lists of clauses, each of which is named by its two goods.
    private static let namedByGoods = ["tensions", "choices"]

    /// The same as a tree in which everything that can change on its own has a key: lists of named clauses as mappings by
    /// their names.
    var mergeable: WrittenNode {
        guard case .map(let entries) = form else { return self }
        var node = self
        node.form = .map(
            entries.map { entry in
                var entry = entry
                if Self.namedByGoods.contains(entry.key) { entry.value = entry.value.byName { $0.tensionName } }
                if entry.key == "without" { entry.value = entry.value.withWholePaths }
                return entry
            })
        return node
    }

    /// The same with those mappings as lists again.
    fileprivate var unmergeable: WrittenNode {
        guard case .map(let entries) = form else { return self }
        var node = self
        node.form = .map(
            entries.map { entry in
                var entry = entry
                if Self.namedByGoods.contains(entry.key), case .map(let named) = entry.value.form {
                    entry.value.form = .list(named.map { WrittenItem(value: $0.value, notes: $0.notes) })
                }
                return entry
            })
        return node
    }

    private func byName(_ name: (WrittenNode) -> String) -> WrittenNode {
        guard case .list(let items) = form else { return self }
        var node = self
        node.form = .map(items.map { WrittenEntry(key: name($0.value), value: $0.value, notes: $0.notes) })
        node.isFlow = false
        return node
    }

    private var tensionName: String {
        guard case .list(let goods)? = self["between"]?.form else { return "" }
        return goods.compactMap { if case .text(let good) = $0.value.form { good.onOneLine } else { nil } }
            .sorted().joined(separator: "~")
    }

    /// `comfort` and `goods/comfort` are one name.
    private var withWholePaths: WrittenNode {
        guard case .map(let entries) = form else { return self }
        var node = self
        node.form = .map(
            entries.map { entry in
                var entry = entry
                if entry.key.hasPrefix("goods/") { entry.key = String(entry.key.dropFirst(6)) }
                return entry
            })
        return node
    }

    /// The mapping with another value behind a key, at its place or at the end.
    fileprivate func replacing(_ key: String, with value: WrittenNode, above: [String] = []) -> WrittenNode {
        guard case .map(var entries) = form else { return self }
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value = value
        } else {
            entries.append(
                WrittenEntry(
                    key: key, value: value, notes: WrittenNotes(hasBlankAbove: !above.isEmpty, above: above)))
        }
        var node = self
        node.form = .map(entries)
        return node
    }
}
