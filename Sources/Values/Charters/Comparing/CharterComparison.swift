import Flourishing

/// Finds what changed from one charter to another, section by section.
struct CharterComparison {
    private(set) var changes: [CharterChange] = []
    /// Whether what comes into force is compared too, so that nothing need be guessed from a parent's name.
    var knowsWhole = false

    typealias Kind = CharterChange.Kind
    typealias Audience = CharterChange.Audience
    typealias Effect = CharterChange.Effect

    /// What each charter says itself.
    mutating func charters(_ old: Charter, _ new: Charter) {
        heading(old, new)
        layers(old.layer, new.layer)
        sayThatMore(from: old, to: new)
    }

    /// What comes into force, with all that each charter builds on.
    mutating func whole(_ old: (charter: Charter, stack: CharterStack), _ new: (charter: Charter, stack: CharterStack))
    {
        knowsWhole = true
        heading(old.charter, new.charter)
        let named = Set(changes.map(\.path).filter { $0.hasPrefix("without/") }.map { String($0.dropFirst(8)) })
        var own = CharterComparison()
        own.layers(old.charter.layer, new.charter.layer)
        let ownClauses = Set(own.changes.map(\.path.clause))
        var inForce = CharterComparison()
        inForce.layers(old.stack.composed, new.stack.composed)
        let changed = Set(inForce.changes.map(\.path.clause))
        for var change in inForce.changes {
            let clause = change.path.clause
            change.origin = ownClauses.contains(clause) || named.contains(clause) ? .charter : .parents
            changes.append(change)
        }
        parentVersions(old.stack, new.stack)
        let silent = ownClauses.subtracting(changed).sorted()
        if !silent.isEmpty {
            let names = silent.prefix(8).joined(separator: ", ") + (silent.count > 8 ? ", …" : "")
            note(
                "charter", .changed, .auditors,
                "It says something else itself in \(silent.count) clause\(silent.count == 1 ? "" : "s"), and what it builds on makes up for it: nothing changes there (\(names)).",
                .patch)
        }
        sayThatMore(from: old.charter, to: new.charter)
    }

    /// The charters below that stand there in another version.
    private mutating func parentVersions(_ old: CharterStack, _ new: CharterStack) {
        let before = Dictionary(old.layers.map { ($0.name, $0) }) { first, _ in first }
        for layer in new.layers where layer.kind == .parent {
            guard let old = before[layer.name], old.kind == .parent, old.fingerprint != layer.fingerprint else {
                continue
            }
            note(
                "extends", .changed, .auditors,
                "\(layer.name), on which it builds, is now version \(layer.version ?? "") (\(layer.fingerprint.short)); it was \(old.version ?? "") (\(old.fingerprint.short)).",
                .patch, before: old.fingerprint.description, after: layer.fingerprint.description)
        }
    }

    private mutating func heading(_ old: Charter, _ new: Charter) {
        if old.id != new.id {
            note(
                "charter", .changed, .auditors, "It has another name: \(new.id), not \(old.id).", .major,
                before: old.id.description, after: new.id.description)
        }
        text("community", old.community, new.community, .community, .patch) {
            "The community that answers for it is now given as \($0 ?? "nobody")."
        }
        parents(old, new)
        amendment(old.amendment, new.amendment)
        dissent(old.dissent, new.dissent)
    }

    /// Nothing may pass unsaid, however unlikely: entries that stand twice, for instance.
    private mutating func sayThatMore(from old: Charter, to new: Charter) {
        guard changes.isEmpty else { return }
        let renumbered = Charter(
            id: old.id, version: old.version, community: new.community, extends: new.extends, layer: new.layer,
            amendment: new.amendment, dissent: new.dissent)
        if renumbered != old {
            note(
                "charter", .changed, .auditors, "Something differs that these words don't tell: compare the files.",
                .minor)
        }
    }

    // MARK: Noting

    mutating func note(
        _ path: String, _ kind: Kind, _ audience: Audience, _ words: String, _ level: VersionLevel,
        _ effect: Effect? = nil, before: String? = nil, after: String? = nil
    ) {
        changes.append(
            CharterChange(
                path: path, kind: kind, audience: audience, words: words, effect: effect, level: level, before: before,
                after: after))
    }

    /// One text that may have changed.
    mutating func text(
        _ path: String, _ old: String?, _ new: String?, _ audience: Audience, _ level: VersionLevel,
        _ effect: Effect? = nil, words: (String?) -> String
    ) {
        guard old != new else { return }
        let kind: Kind = old == nil ? .added : new == nil ? .removed : .changed
        note(path, kind, audience, words(new), level, effect, before: old, after: new)
    }

    /// A list of texts: each one that is new and each one that is gone, and otherwise a new order.
    mutating func texts(
        _ path: String, _ old: [String], _ new: [String], _ audience: Audience, added: String, removed: String,
        level: VersionLevel = .minor, removalLevel: VersionLevel? = nil, addedEffect: Effect? = nil,
        removedEffect: Effect? = nil
    ) {
        guard old != new else { return }
        let (olds, news) = (Set(old), Set(new))
        for text in new where !olds.contains(text) {
            note(path, .added, audience, "\(added) “\(text)”.", level, addedEffect, after: text)
        }
        for text in old where !news.contains(text) {
            note(path, .removed, audience, "\(removed) “\(text)”.", removalLevel ?? level, removedEffect, before: text)
        }
        if olds == news {
            note(path, .changed, .auditors, "The same entries stand in another order or number.", .patch)
        }
    }

    /// The clauses of a section by their names.
    mutating func clauses<Clause: Identifiable & Hashable>(
        _ old: [Clause], _ new: [Clause],
        added: (inout CharterComparison, Clause) -> Void, removed: (inout CharterComparison, Clause) -> Void,
        changed: (inout CharterComparison, Clause, Clause) -> Void
    ) where Clause.ID == String {
        let olds = Dictionary(old.map { ($0.id, $0) }) { first, _ in first }
        let news = Dictionary(new.map { ($0.id, $0) }) { first, _ in first }
        for clause in old where news[clause.id] == nil { removed(&self, clause) }
        for clause in new {
            guard let before = olds[clause.id] else {
                added(&self, clause)
                continue
            }
            if before != clause { changed(&self, before, clause) }
        }
    }

    /// When a clause applies.
    mutating func condition(_ path: String, _ old: Condition?, _ new: Condition?, of what: String) {
        guard old != new else { return }
        let words =
            switch (old, new) {
            case (nil, .some(let new)): "\(what) now counts only \(new.words)."
            case (.some, nil): "\(what) now counts always."
            case (.some(let old), .some(let new)): "\(what) now counts \(new.words); it counted \(old.words)."
            case (nil, nil): ""
            }
        note(
            path + "/when", old == nil ? .added : new == nil ? .removed : .changed, .persons, words,
            old == nil ? .major : .minor, before: old?.words, after: new?.words)
    }

    /// What a clause came from.
    mutating func origins(_ path: String, _ old: [ClauseOrigin], _ new: [ClauseOrigin]) {
        text(
            path + "/from", old.isEmpty ? nil : old.map(\.sentence).joined(separator: " "),
            new.isEmpty ? nil : new.map(\.sentence).joined(separator: " "), .auditors, .patch
        ) { "What \(path.clauseWords) came from is given anew: \($0 ?? "it isn't said any more.")" }
    }

    mutating func examples(_ path: String, _ old: [Example], _ new: [Example]) {
        guard old != new else { return }
        note(
            path + "/examples", old.isEmpty ? .added : new.isEmpty ? .removed : .changed, .community,
            "The scenes that explain \(path.clauseWords) change: there were \(old.count), there are \(new.count).",
            .patch)
    }
}

extension String {
    /// The clause of a path: `goods/own-thinking/says` is part of `goods/own-thinking`.
    fileprivate var clause: String { split(separator: "/").prefix(2).joined(separator: "/") }

    /// The last part of a path as words: `goods/own-thinking` as `own thinking`.
    var clauseWords: String {
        let name = split(separator: "/").last.map { String($0) } ?? self
        return name.replacing("-", with: " ").replacing("~", with: " and ")
    }

    /// The text without a mark at its end, to stand inside a sentence.
    var inSentence: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }
}
