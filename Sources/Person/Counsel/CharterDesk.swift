public import Charters
public import Logging
import Synchronization

/// A charter in force: compiled for one role, with its brief made ready for the wire.
public final class GoverningCharter: Sendable {
    /// The reference that it was loaded by: `commons/tutor`, or a path.
    public let reference: String
    /// What governs.
    public let compiled: CompiledCharter

    init(reference: String, compiled: CompiledCharter) {
        self.reference = reference
        self.compiled = compiled
    }
}

/// Where charters are looked up, compiled once, and kept until one of their files changes.
///
/// A reference is the name of a commons charter (`commons/advisor`) or the path of a file; a ``CharterLibrary`` finds it
/// and everything that it builds on. When a file changes to something that can't come into force, what was in force
/// stays in force, and the log says why: a typing mistake must not leave a school without its floor.
public final class CharterDesk: Sendable {
    private struct Place: Hashable {
        let reference: String
        let role: String?
    }

    private struct PersonalPlace: Hashable {
        let place: Place
        let person: CharterFingerprint
    }

    private struct Desk {
        /// What was read, by reference.
        var stacks: [String: CharterStack] = [:]
        /// Every file that a reference was read from, as it was then.
        var stamps: [String: [String: String]] = [:]
        var charters: [Place: GoverningCharter] = [:]
        /// Charters with one person's wishes on top; the newest last.
        var personal: [PersonalPlace: GoverningCharter] = [:]
        var personalOrder: [PersonalPlace] = []
    }

    private let desk = Mutex(Desk())
    private let library: CharterLibrary
    private let logger: Logger
    /// Called once for every charter that comes into force, before it governs anything.
    private let onLoad: @Sendable (GoverningCharter) -> Void

    /// How many charters with somebody's wishes on top are kept ready; then the oldest half is let go.
    static let mostPersonal = 512

    /// How many are kept ready now.
    var personalCount: Int { desk.withLock { $0.personal.count } }

    /// An empty desk. `onLoad` hears of every charter before it governs anything, so that its brief can be kept for
    /// the receipts. It doesn't hear of those with a person's wishes on top: what it keeps is not under anybody's key.
    public init(
        logger: Logger, library: CharterLibrary = CharterLibrary(),
        onLoad: @escaping @Sendable (GoverningCharter) -> Void = { _ in }
    ) {
        self.logger = logger
        self.library = library
        self.onLoad = onLoad
    }

    /// The charter in force for `reference` and `role`. Reads and compiles it the first time; afterwards a lookup.
    ///
    /// - Parameter person: one person's wishes, to stand on top. They are composed the first time, and only this
    ///   person's lookups see them.
    /// - Throws: ``CharterUnavailable`` if it was never in force and can't come into force now.
    public func charter(
        _ reference: String, role: String?, person: PersonLayer? = nil
    ) throws(CharterUnavailable) -> GoverningCharter {
        let place = Place(reference: reference, role: role)
        if let person { return try personal(place, person) }
        if let known = desk.withLock({ $0.charters[place] }) { return known }
        let stack = try stack(reference)
        let made = try compiled(stack, place)
        onLoad(made)
        return desk.withLock { desk in
            if let first = desk.charters[place] { return first }
            // A reload may have come in between; then the next lookup compiles what it read.
            if desk.stacks[reference] == stack { desk.charters[place] = made }
            return made
        }
    }

    /// The layers of the charter in force for `reference`, without any person's. Reads it the first time.
    ///
    /// - Throws: ``CharterUnavailable`` if it was never in force and can't come into force now.
    public func stack(_ reference: String) throws(CharterUnavailable) -> CharterStack {
        if let known = desk.withLock({ $0.stacks[reference] }) { return known }
        let loaded = try library.load(reference)
        tell(loaded.diagnostics, about: reference)
        return desk.withLock { desk in
            if let first = desk.stacks[reference] { return first }
            desk.stacks[reference] = loaded.stack
            desk.stamps[reference] = loaded.stamps
            return loaded.stack
        }
    }

    private func personal(_ place: Place, _ person: PersonLayer) throws(CharterUnavailable) -> GoverningCharter {
        let personal = PersonalPlace(place: place, person: person.fingerprint)
        if let known = desk.withLock({ $0.personal[personal] }) { return known }
        // Sees to it that the charter itself is read, compiled and told of.
        _ = try charter(place.reference, role: place.role)
        guard let stack = desk.withLock({ $0.stacks[place.reference] }) else {
            throw CharterUnavailable(reference: place.reference, reason: "it was just taken out of force; ask again")
        }
        let made = try compiled(stack.adding(person), place)
        return desk.withLock { desk in
            if let first = desk.personal[personal] { return first }
            guard desk.stacks[place.reference] == stack else { return made }
            if desk.personalOrder.count >= Self.mostPersonal {
                let half = desk.personalOrder.count / 2
                for old in desk.personalOrder.prefix(half) { desk.personal[old] = nil }
                desk.personalOrder.removeFirst(half)
            }
            desk.personal[personal] = made
            desk.personalOrder.append(personal)
            return made
        }
    }

    private func compiled(_ stack: CharterStack, _ place: Place) throws(CharterUnavailable) -> GoverningCharter {
        do throws(CharterError) {
            return GoverningCharter(reference: place.reference, compiled: try stack.compiled(role: place.role))
        } catch {
            throw CharterUnavailable(reference: place.reference, error: error)
        }
    }

    // MARK: Changes

    /// Reads again every charter one of whose files changed since it was read.
    ///
    /// - Returns: What could not be reloaded; the old charter stays in force there.
    @discardableResult
    public func reloadChanged() -> [CharterUnavailable] {
        var refused: [CharterUnavailable] = []
        for (reference, stamps) in desk.withLock({ $0.stamps }) {
            guard stamps.contains(where: { PlainFile.stamp(of: $0.key) != $0.value }) else { continue }
            do throws(CharterUnavailable) {
                let loaded = try library.load(reference)
                let places = desk.withLock { $0.charters.keys.filter { $0.reference == reference } }
                if desk.withLock({ $0.stacks[reference] }) == loaded.stack {
                    desk.withLock { $0.stamps[reference] = loaded.stamps }
                    continue
                }
                // All roles or none: two roles under two versions of one charter would be hard to explain.
                var fresh: [Place: GoverningCharter] = [:]
                for place in places { fresh[place] = try compiled(loaded.stack, place) }
                tell(loaded.diagnostics, about: reference)
                for charter in fresh.values { onLoad(charter) }
                let entering = fresh
                desk.withLock { desk in
                    desk.stacks[reference] = loaded.stack
                    desk.stamps[reference] = loaded.stamps
                    desk.charters = desk.charters.filter { $0.key.reference != reference }
                    desk.charters.merge(entering) { $1 }
                    desk.personal = desk.personal.filter { $0.key.place.reference != reference }
                    desk.personalOrder.removeAll { $0.place.reference == reference }
                }
                let community = loaded.stack.community
                logger.notice(
                    "charter reloaded",
                    metadata: [
                        "charter": "\(community.name)", "version": "\(community.version ?? "")",
                        "fingerprint": "\(community.fingerprint.short)",
                    ])
            } catch {
                // Told once for each state of the files, not at every look. Files that only the refused version names
                // are watched too: putting one of them right must be noticed.
                var seen = stamps.mapValues { _ in "" }
                for path in seen.keys { seen[path] = PlainFile.stamp(of: path) }
                let watched = seen.merging(error.stamps) { $1 }
                desk.withLock { $0.stamps[reference] = watched }
                logger.error(
                    "charter not reloaded; the one before stays in force",
                    metadata: ["charter": "\(reference)", "reason": "\(error)"])
                refused.append(error)
            }
        }
        return refused
    }

    /// Looks for changed files every `interval` until the task is cancelled.
    public func run(every interval: Duration = .seconds(1)) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            reloadChanged()
        }
    }

    private func tell(_ diagnostics: [Diagnostic], about reference: String) {
        for diagnostic in diagnostics where diagnostic.severity == .warning {
            logger.warning(
                "doubt about a charter", metadata: ["charter": "\(reference)", "doubt": "\(diagnostic.description)"])
        }
    }
}

/// A charter that can't come into force, and why.
public struct CharterUnavailable: Error, Sendable, CustomStringConvertible {
    /// The name or path that was asked for.
    public let reference: String
    /// What is wrong, in words; for a broken file, its first problem with line and column.
    public let reason: String
    /// Every problem, of the charter, its parents and all of them together.
    public let diagnostics: [Diagnostic]

    /// Every file that was looked at on the way, as it was then.
    let stamps: [String: String]

    init(reference: String, reason: String) {
        self.reference = reference
        self.reason = reason
        diagnostics = []
        stamps = [:]
    }

    init(reference: String, error: CharterError, stamps: [String: String] = [:]) {
        self.reference = reference
        self.stamps = stamps
        diagnostics = error.diagnostics
        let errors = error.diagnostics.filter { $0.severity == .error }
        let first = errors.first.map { problem in
            let place = problem.line > 0 ? "\(problem.file):\(problem.line):\(problem.column)" : problem.file
            return "\(place): \(problem.message) \(problem.help)"
        }
        let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
        reason = (first ?? "it is not a charter") + more
    }

    /// Which charter, and what is wrong with it.
    public var description: String { "The charter \(reference) can't be used: \(reason)" }
}
