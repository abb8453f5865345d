import Charters

/// What can be wrong with a parent that a charter names, told where it names it.
struct ParentProblem {
    let parent: Extension
    /// The charter that names it.
    let charter: Charter
    /// The charters on the way here, from the one that was asked for.
    let chain: [String]

    private var name: String { parent.text }

    func cycle(_ next: String) -> CharterError {
        error(
            "cycle", "This charter builds on itself: \((chain + [next]).joined(separator: " → ")).",
            "Take `\(name)` out of `extends` in one of them.")
    }

    var tooDeep: CharterError {
        error(
            "too-deep",
            "More than \(CharterLibrary.maximumDepth) charters stand above each other: \(chain.joined(separator: " → ")) → \(name).",
            "Put some of them together.")
    }

    var tooMany: CharterError {
        error(
            "too-many", "This charter builds on more than \(CharterLibrary.maximumParents) others.",
            "Put some of them together.")
    }

    func notFound(among names: [String]) -> CharterError {
        error(
            "not-found", "The commons has no `\(parent.reference)`.",
            nearMiss(of: parent.reference, among: names).map { "Did you mean `\($0)`?" }
                ?? "It has: \(names.joined(separator: ", ")).")
    }

    func notInRegistry(_ registries: [String]) -> CharterError {
        let owner = parent.reference.split(separator: "/").first ?? ""
        return error(
            "not-found", "There is no `\(name)` in any registry.",
            registries.isEmpty
                ? "No registry is named. Name a folder that holds `\(parent.reference).yaml`, or write the charter's path, as in `./base.yaml`."
                : "Looked for `\(parent.reference).yaml` and `\(parent.reference)@VERSION.yaml` in \(registries.joined(separator: ", ")). Is the owner `\(owner)` right?"
        )
    }

    var pathFromAfar: CharterError {
        error(
            "path-from-afar", "A charter that is no file can't name a path.",
            "In a charter at an address, write the parent's whole address.")
    }

    func outside(_ root: String) -> CharterError {
        error("outside", "The path `\(parent.reference)` leads out of \(root).", "Put the parent into that folder.")
    }

    func refused(_ refusal: CharterAddress.Refusal) -> CharterError {
        error("address-refused", "`\(parent.reference)` isn't fetched: \(refusal.reason).", refusal.help)
    }

    func notFetched(_ reason: String) -> CharterError {
        error(
            "not-fetched", "`\(parent.reference)` didn't come: \(reason).",
            "Try its address in a browser; or save the charter beside this one and name its path.")
    }

    /// Nothing pins the parents of a file, and something must.
    func noLock(beside file: String) -> CharterError {
        error(
            "no-lock", "`\(name)` isn't pinned: there is no \(CharterLock.fileName) beside \(file).",
            "Here every charter that builds on others must have one: look at what it builds on, then run `trellis charter lock \(file)`."
        )
    }

    func keptInstead(of reason: String, _ fingerprint: CharterFingerprint) -> Diagnostic {
        warning(
            "kept-copy",
            "`\(parent.reference)` didn't come (\(reason)), so what it sent last holds (\(fingerprint.short)).",
            "`trellis charter lock` pins it; then nobody needs to ask for it.")
    }

    func changedUnpinned(from last: CharterFingerprint, to now: CharterFingerprint) -> Diagnostic {
        warning(
            "changed-unpinned",
            "`\(parent.reference)` isn't what it was when it was last read here: then it was \(last.short), and now it is \(now.short).",
            "Nothing pins it, so the new one holds. Look at what changed; with `trellis charter lock` nothing changes unseen."
        )
    }

    func otherName(_ id: CharterID, in file: String) -> CharterError {
        error("other-name", "\(file) holds the charter \(id).", "Name it by its own name, or put it where it belongs.")
    }

    func otherVersion(_ version: SemanticVersion) -> CharterError {
        error(
            "other-version", "`\(parent.reference)` is version \(version), and `\(name)` asks for another.",
            "Write `\(parent.reference)@\(version.major)`, or get the version that is asked for.")
    }

    func twoOfOneName(_ key: String, _ other: CharterLock.Entry, _ charter: Charter) -> CharterError {
        error(
            "two-of-one-name",
            "Two different charters go by `\(key)` here: one has the fingerprint \(other.fingerprint.short), the other \(charter.fingerprint.short).",
            "Give one of them another version or name: a lock can't tell them apart.")
    }

    func notPinned(_ key: String) -> CharterError {
        error(
            "not-pinned", "`\(key)` isn't in \(CharterLock.fileName).",
            "Look at what it says, then run `trellis charter lock`.")
    }

    func changed(_ key: String, _ entry: CharterLock.Entry, _ charter: Charter) -> CharterError {
        error(
            "changed",
            "`\(key)` isn't what \(CharterLock.fileName) pins: there it is version \(entry.version) (\(entry.fingerprint.short)), and here is \(charter.version) (\(charter.fingerprint.short)).",
            "Look at what changed with `trellis charter diff`, then run `trellis charter lock`.")
    }

    /// A parent that was found and can't be used: its own problems, and who names it.
    func unsound(_ error: CharterError) -> CharterError {
        let first = self.error("bad-parent", "The parent `\(name)` can't be used.", "Its problems stand below.")
        return CharterError(diagnostics: first.diagnostics + error.diagnostics)
    }

    /// A problem where the file names the parent.
    private func error(_ code: String, _ message: String, _ help: String) -> CharterError {
        CharterError(diagnostics: [charter.problem(naming: parent, code: code, message: message, help: help)])
    }

    private func warning(_ code: String, _ message: String, _ help: String) -> Diagnostic {
        charter.problem(.warning, naming: parent, code: code, message: message, help: help)
    }
}
