import Flourishing

/// Turns the values of a file into a charter, and notes everything that is wrong on the way.
///
/// Each part is read in a function of its own that returns nil, or leaves something out, when it noted an error. So
/// one pass finds every problem, and what is returned is used only when there was none.
struct CharterReader {
    var log: DiagnosticLog
    /// Whether parts of the file couldn't be read, so that what seems to be missing may stand in them.
    let isPartial: Bool

    init(log: DiagnosticLog) {
        self.log = log
        isPartial = log.hasErrors
    }

    /// The sections that this version reads.
    static let sections = [
        "charter", "version", "community", "purpose", "goods", "roles", "floor", "memory", "amendment", "dissent",
    ]

    /// The sections of the language that this version can't carry out, with what each would do. They are refused, never
    /// skipped: a charter must not promise what nobody keeps.
    static let laterSections = [
        "extends": "build on another charter",
        "without": "leave out a good that another charter has",
        "tensions": "say who decides when two goods pull apart",
        "dispositions": "name the attitudes behind a reply",
        "contexts": "make a clause depend on the situation",
        "guidance": "steer a person who has consented",
    ]

    mutating func charter(from root: SourceNode?) -> Charter? {
        guard let root, case .map = root.form else {
            if isPartial { return nil }
            let root = root ?? SourceNode(form: .empty, span: 0..<0)
            log.error(
                "wrong-type", at: root.span, "A charter file is a mapping of sections, and this is \(root.kind).",
                help:
                    "Start with `charter: owner/name`, then `version:`, `purpose:`, `goods:` and so on, each on a line of its own."
            )
            return nil
        }
        let fields = fields(of: root, in: "a charter", known: Self.sections, later: Self.laterSections)
        let id = charterID(fields)
        let version = self.version(fields)
        let community = fields["community"].flatMap { sentence($0, "community") }
        let purpose = requiredSentence(
            fields, "purpose", of: "a charter",
            help:
                "Say in a sentence what the model is here for: `purpose: Help pupils become people who can learn without us.`"
        )
        let goods = named(fields["goods"], "goods") { $0.good($1) }
        let roles = named(fields["roles"], "roles") { $0.role($1) }
        let floor = named(fields["floor"], "floor") { $0.floorClause($1) }
        let memory = fields["memory"].flatMap { self.memory($0) }
        let amendment = fields["amendment"].flatMap { self.amendment($0) }
        let dissent = self.dissent(fields["dissent"])
        if goods.isEmpty, !fields.isPresent("goods"), !isPartial {
            log.warning(
                "no-goods", at: root.span,
                "This charter names no goods, so it only forbids and never draws toward anything.",
                help: "Add `goods:` with at least one good: a name, and under it `says:` with one sentence.")
        }
        guard let id, let version, let purpose else { return nil }
        var layer = CharterLayer()
        layer.purpose = purpose
        layer.goods = goods.sorted { $0.id < $1.id }
        layer.roles = roles.sorted { $0.id < $1.id }
        layer.floor = floor.sorted { $0.id < $1.id }
        layer.memory = memory
        return Charter(
            id: id, version: version, community: community, extends: [], layer: layer, amendment: amendment,
            dissent: dissent)
    }

    private mutating func charterID(_ fields: Fields) -> CharterID? {
        guard let entry = fields["charter"] else {
            if !fields.isPresent("charter") {
                missing(
                    at: fields.span, "This charter has no name.",
                    help: "Start the file with `charter: owner/name`, as in `charter: riverside/tutor`.")
            }
            return nil
        }
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

    private mutating func version(_ fields: Fields) -> SemanticVersion? {
        guard let entry = fields["version"] else {
            if !fields.isPresent("version") {
                missing(
                    at: fields.span, "This charter has no version.",
                    help: "Write `version: 0.1.0`, and raise it when the charter changes.")
            }
            return nil
        }
        guard let text = sentence(entry, "version") else { return nil }
        guard let version = SemanticVersion(text) else {
            log.error(
                "bad-version", at: entry.value.span, "`\(text.prefix(80))` is not a version.",
                help: "Write three numbers with points between them, as in `1.0.0` (Semantic Versioning, semver.org).")
            return nil
        }
        return version
    }
}
