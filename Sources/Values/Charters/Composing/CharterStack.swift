/// The layers that govern a conversation, lowest first: Trellis's own floor, the charter's parents, the charter, and the
/// person's own wishes, when there are any.
///
/// A stack with a person's layer is a value of its own: it shares nothing that could change with anybody else's.
public struct CharterStack: Sendable {
    /// The layers, lowest first. The first is always Trellis's own floor.
    public let layers: [StackLayer]
    /// What all of them say together (``CharterLayer/composed(with:)``). Whom a layer's floor names as help keeps every
    /// wording that a layer gives.
    public let composed: CharterLayer
    /// The SHA-256 of the layers' names and fingerprints in their order: equal stacks have equal ones.
    public let fingerprint: CharterFingerprint

    /// What all but the person's layer say together. It is kept so that a person's layer costs only its own size.
    let beneathPerson: CharterLayer
    private var compilations: Kept<String?, CompiledCharter>

    /// Lays charters on each other.
    ///
    /// - Parameters:
    ///   - charter: The charter in force.
    ///   - parents: What it builds on, ancestors first. One that stands there twice counts once, at its first place.
    ///   - person: What one person asks for on top of it.
    public init(charter: Charter, parents: [Charter] = [], person: PersonLayer? = nil) {
        var known: Set<CharterFingerprint> = [charter.fingerprint]
        let parents = parents.filter { known.insert($0.fingerprint).inserted }
        let layers =
            [BaseFloor.stackLayer] + parents.map { StackLayer(.parent, $0) } + [StackLayer(.community, charter)]
        self.init(layers: layers, beneathPerson: CharterLayer.composed(layers.map(\.layer)), person: person)
    }

    private init(layers: [StackLayer], beneathPerson: CharterLayer, person: PersonLayer?) {
        self.beneathPerson = beneathPerson
        self.layers = layers + (person.map { [StackLayer($0)] } ?? [])
        var composed = person.map { beneathPerson.composed(with: $0.layer) } ?? beneathPerson
        composed.resources = Self.resources(of: self.layers, composed: composed)
        self.composed = composed
        fingerprint = CharterFingerprint(
            of: CanonicalJSON.list(
                self.layers.map { layer in
                    .list([.text(layer.kind.rawValue), .text(layer.name), .text(layer.fingerprint.hexadecimal)])
                }
            ).bytes)
        compilations = Kept(atMost: 64)
    }

    /// The same stack with a person's layer on top. A stack that has one already gets the new one instead of it.
    ///
    /// - Complexity: O(*n*) in the stack's size, without reading or composing what is beneath again.
    public func adding(_ person: PersonLayer?) -> CharterStack {
        CharterStack(layers: layers.filter { $0.kind != .person }, beneathPerson: beneathPerson, person: person)
    }

    /// The same stack without what it keeps: what it keeps holds on to the stack, and a circle would never be let go.
    var keepingNothing: CharterStack {
        var stack = self
        stack.compilations = Kept(atMost: 2)
        return stack
    }

    /// The charter in force.
    public var community: StackLayer {
        // Both ways of making a stack put one there; the floor stands in for the case that can't be.
        layers.last { $0.kind == .community } ?? BaseFloor.stackLayer
    }

    /// The person's own layer, when there is one.
    public var person: StackLayer? { layers.last { $0.kind == .person } }

    /// The layers that say something about a clause, lowest first: who asked for it.
    ///
    /// - Parameter path: The clause's path, as a brief names it: `goods/understanding`, `floor/not-human`.
    public func layers(saying path: String) -> [StackLayer] {
        layers.filter { $0.layer.says(path) }
    }

    /// Makes the stack ready for a role, once for each role.
    ///
    /// - Parameter role: The name of a role. With nil, the only role of the charter in force; when it has none of its
    ///   own, the only role of its parents; otherwise none.
    /// - Throws: ``CharterError`` when there is no role of that name.
    /// - Complexity: O(*n*) in the size of the stack the first time, then O(1).
    public func compiled(role: String?) throws(CharterError) -> CompiledCharter {
        if let known = compilations[role] { return known }
        let compiled = CompiledCharter(stack: self, role: try played(role))
        return compilations.keep(compiled, for: role)
    }

    private func played(_ role: String?) throws(CharterError) -> Role? {
        guard let role else {
            let own = community.layer.roles
            let only = own.count == 1 ? own.first?.id : composed.roles.count == 1 ? composed.roles.first?.id : nil
            return composed.roles.first { $0.id == only }
        }
        guard let found = composed.roles.first(where: { $0.id == role }) else { throw unknownRole(role) }
        return found
    }

    private func unknownRole(_ role: String) -> CharterError {
        let names = composed.roles.map(\.id)
        let help =
            if let near = nearMiss(of: role, among: names) {
                "Did you mean `\(near)`?"
            } else if names.isEmpty {
                "This charter has no roles. Leave the role out, or add one under `roles:`."
            } else {
                "Its roles are: \(names.joined(separator: ", "))."
            }
        return CharterError(diagnostics: [
            Diagnostic(
                severity: .error, file: community.name, line: 0, column: 0, code: "unknown-role",
                message: "The charter \(community.name) has no role `\(role)`.", help: help)
        ])
    }
}

extension CharterStack: Hashable {
    /// Whether two stacks say the same. Their fingerprints decide.
    public static func == (first: CharterStack, second: CharterStack) -> Bool {
        first.fingerprint == second.fingerprint
    }

    /// Feeds the fingerprint into a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
