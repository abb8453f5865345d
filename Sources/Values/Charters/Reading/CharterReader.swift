import Flourishing

/// Turns the values of a file into a charter or a person's wishes, and notes everything that is wrong on the way.
///
/// Each part is read in a function of its own that returns nil, or leaves something out, when it noted an error. So
/// one pass finds every problem, and what is returned is used only when there was none.
struct CharterReader {
    var log: DiagnosticLog
    /// Whether parts of the file couldn't be read, so that what seems to be missing may stand in them.
    let isPartial: Bool
    /// Whether the file stands above others, so that names which it doesn't declare may stand there.
    var hasLowerLayers = false
    /// The names that the file declares, for checking what refers to them.
    var declared: [NameKind: DeclaredNames] = [:]
    /// What is compared across clauses at the end.
    var deeds = Deeds()
    var scenes = Scenes()
    /// Where the clauses stand, for problems that only show beside other layers.
    var places: [SourcePlaces.Entry] = []

    init(log: DiagnosticLog) {
        self.log = log
        isPartial = log.hasErrors
    }

    mutating func charter(from root: SourceNode?) -> Charter? {
        if let root, root.has("wishes"), !root.has("charter") {
            log.error(
                "wrong-file", at: root.span, "This is a file of somebody's own wishes, not a charter.",
                help:
                    "A charter starts with `charter: owner/name`. Wishes are named where a person's layer is asked for."
            )
            return nil
        }
        guard let fields = sections(refusingConflicts(in: root), as: Grammar.charter) else { return nil }
        hasLowerLayers = fields.isPresent("extends")
        if let entry = fields["charter"] { note(.heading, "", at: entry.keySpan) }
        let id = fields["charter"].flatMap { charterID($0) }
        let version = fields["version"].flatMap { self.version($0) }
        let community = fields["community"].flatMap { sentence($0, "community") }
        let extends = extensions(fields["extends"], of: id)
        let layer = layer(fields)
        let amendment = fields["amendment"].flatMap { self.amendment($0) }
        let dissent = self.dissent(fields["dissent"])
        if !hasLowerLayers, layer.goods.isEmpty, !fields.isPresent("goods"), !isPartial {
            log.warning(
                "no-goods", at: fields.span,
                "This charter names no goods, so it only forbids and never draws toward anything.",
                help: "Add `goods:` with at least one good: a name, and under it `says:` with one sentence.")
        }
        guard let id, let version else { return nil }
        return Charter(
            id: id, version: version, community: community, extends: extends, layer: layer, amendment: amendment,
            dissent: dissent, places: SourcePlaces(places, log: log))
    }

    mutating func wishes(from root: SourceNode?) -> PersonLayer? {
        if let root, root.has("charter"), !root.has("wishes") {
            log.error(
                "wrong-file", at: root.span, "This is a charter, not a file of somebody's own wishes.",
                help: "A file of wishes starts with `wishes: 1`. A charter is named where a charter is asked for.")
            return nil
        }
        guard let fields = sections(refusingConflicts(in: root), as: Grammar.wishes) else { return nil }
        hasLowerLayers = true
        if let entry = fields["wishes"], let form = sentence(entry, "wishes"), form != "1" {
            log.error(
                "bad-version", at: entry.value.span,
                "This version of Trellis doesn't know wishes in form `\(form.prefix(80))`.",
                help: "Write `wishes: 1`.")
        }
        var layer = layer(fields)
        layer.avoids = avoids(fields["avoid"])
        layer.choices = choices(fields["choices"])
        return PersonLayer(layer: layer, places: SourcePlaces(places, log: log))
    }

    /// The sections of a file, when it has any.
    private mutating func sections(_ root: SourceNode?, as shape: Grammar.Shape) -> Fields? {
        let root = root ?? SourceNode(form: .empty, span: 0..<0)
        guard case .map = root.form else {
            if !isPartial {
                log.error(
                    "wrong-type", at: root.span, "A charter file is a mapping of sections, and this is \(root.kind).",
                    help: "Start with \(shape.example).")
            }
            return nil
        }
        return mapping(root, as: shape)
    }

    /// Everything in the file that composes with other layers, but for what only wishes hold.
    private mutating func layer(_ fields: Fields) -> CharterLayer {
        for kind in NameKind.allCases { declared[kind] = DeclaredNames(fields, kind.rawValue) }
        var layer = CharterLayer()
        layer.purpose = fields["purpose"].flatMap { sentence($0, "purpose") }
        layer.withdrawals = withdrawals(fields["without"]).sorted { $0.id < $1.id }
        layer.goods = named(fields["goods"], "goods") { $0.good($1) }.inOrderOfNames
        layer.dispositions = named(fields["dispositions"], "dispositions") { $0.disposition($1) }.inOrderOfNames
        layer.tensions = tensions(fields["tensions"])
        layer.roles = named(fields["roles"], "roles") { $0.role($1) }.inOrderOfNames
        layer.topics = named(fields["topics"], "topics") { $0.topic($1) }.inOrderOfNames
        layer.resources = named(fields["resources"], "resources") { $0.resource($1) }.inOrderOfNames
        let roles = layer.tensions.contains { $0.decide == .person } ? layer.roles.map(\.layingOut) : layer.roles
        layer.contexts = contexts(fields["contexts"], roles: roles)
        layer.guidance = named(fields["guidance"], "guidance") { $0.guidance($1, roles: roles) }.inOrderOfNames
        layer.memory = fields["memory"].flatMap { memory($0) }
        layer.critique = fields["critique"].flatMap { critique($0) }
        layer.floor = named(fields["floor"], "floor") { $0.floorClause($1) }.inOrderOfNames
        compareDeeds()
        return layer
    }
}

extension SourceNode {
    /// Whether it is a mapping with the key.
    func has(_ key: String) -> Bool {
        guard case .map(let entries) = form else { return false }
        return entries.contains { $0.key == key }
    }
}
