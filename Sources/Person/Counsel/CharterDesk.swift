public import Charters
import Foundation
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

/// Where charters are looked up, compiled once, and kept until their file changes.
///
/// A reference is the name of a commons charter (`commons/advisor`) or the path of a file. When a file changes to
/// something that can't be read, the charter that was in force stays in force, and the log says why: a typing
/// mistake must not leave a school without its floor.
public final class CharterDesk: Sendable {
    private struct Place: Hashable {
        let reference: String
        let role: String?
    }

    private struct Entry {
        let charter: GoverningCharter
        /// Size and modification time of the file when it was read; `nil` for the commons.
        let stamp: String?
    }

    private let entries = Mutex<[Place: Entry]>([:])
    private let logger: Logger
    /// Called once for every charter that comes into force, before it governs anything.
    private let onLoad: @Sendable (GoverningCharter) -> Void

    /// An empty desk. `onLoad` hears of every charter before it governs anything, so that its brief can be kept for
    /// the receipts.
    public init(logger: Logger, onLoad: @escaping @Sendable (GoverningCharter) -> Void = { _ in }) {
        self.logger = logger
        self.onLoad = onLoad
    }

    /// The charter in force for `reference` and `role`. Reads and compiles it the first time; afterwards a lookup.
    ///
    /// - Throws: ``CharterUnavailable`` if it was never in force and can't be read now.
    public func charter(_ reference: String, role: String?) throws(CharterUnavailable) -> GoverningCharter {
        let place = Place(reference: reference, role: role)
        if let known = entries.withLock({ $0[place]?.charter }) { return known }
        let entry = try load(place)
        onLoad(entry.charter)
        return entries.withLock { entries in
            if let first = entries[place] { return first.charter }
            entries[place] = entry
            return entry.charter
        }
    }

    /// Reads again every file that changed since it was read.
    ///
    /// - Returns: What could not be reloaded; the old charter stays in force there.
    @discardableResult
    public func reloadChanged() -> [CharterUnavailable] {
        var refused: [CharterUnavailable] = []
        for (place, entry) in entries.withLock({ $0 }) {
            guard let stamp = entry.stamp, Self.stamp(of: place.reference) != stamp else { continue }
            do throws(CharterUnavailable) {
                let fresh = try load(place)
                guard fresh.charter.compiled != entry.charter.compiled else {
                    entries.withLock { $0[place] = Entry(charter: entry.charter, stamp: fresh.stamp) }
                    continue
                }
                onLoad(fresh.charter)
                entries.withLock { $0[place] = fresh }
                logger.notice(
                    "charter reloaded",
                    metadata: [
                        "charter": "\(fresh.charter.compiled.id)", "version": "\(fresh.charter.compiled.version)",
                        "fingerprint": "\(fresh.charter.compiled.fingerprint.short)",
                    ])
            } catch {
                // Told once for each state of the file, not at every look.
                let seen = Entry(charter: entry.charter, stamp: Self.stamp(of: place.reference) ?? "missing")
                entries.withLock { $0[place] = seen }
                logger.error(
                    "charter not reloaded; the one before stays in force",
                    metadata: ["charter": "\(place.reference)", "reason": "\(error)"])
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

    private func load(_ place: Place) throws(CharterUnavailable) -> Entry {
        let isCommons = place.reference.hasPrefix("commons/") && !place.reference.hasSuffix(".yaml")
        // The stamp is taken before the file is read: a change in between is then seen at the next look.
        let stamp = isCommons ? nil : Self.stamp(of: place.reference)
        var bytes: Data?
        if !isCommons {
            bytes = FileManager.default.contents(atPath: place.reference)
            guard bytes != nil else {
                throw CharterUnavailable(
                    reference: place.reference, reason: "the file can't be read; check its path and permissions")
            }
        }
        let found: CompiledCharter?
        do throws(CharterError) {
            let charter =
                if let bytes { try Charter.read(bytes, file: place.reference).charter as Charter? } else {
                    try Commons.charter(place.reference)
                }
            found = try charter?.compiled(role: place.role)
        } catch {
            throw CharterUnavailable(reference: place.reference, error: error)
        }
        guard let found else {
            throw CharterUnavailable(
                reference: place.reference,
                reason: "there is no such commons charter; there are \(Commons.names.joined(separator: ", "))")
        }
        return Entry(charter: GoverningCharter(reference: place.reference, compiled: found), stamp: stamp)
    }

    private static func stamp(of path: String) -> String? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        let size = attributes[.size] as? Int ?? 0
        let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let number = attributes[.systemFileNumber] as? Int ?? 0
        return "\(size) \(changed) \(number)"
    }
}

/// A charter that can't come into force, and why.
public struct CharterUnavailable: Error, Sendable, CustomStringConvertible {
    /// The name or path that was asked for.
    public let reference: String
    /// What is wrong, in words; for a broken file, its first problem with line and column.
    public let reason: String
    /// Every problem of the file.
    public let diagnostics: [Diagnostic]

    init(reference: String, reason: String) {
        self.reference = reference
        self.reason = reason
        diagnostics = []
    }

    init(reference: String, error: CharterError) {
        self.reference = reference
        diagnostics = error.diagnostics
        let first = error.diagnostics.first.map { "\($0.file):\($0.line):\($0.column): \($0.message) \($0.help)" }
        let more = error.diagnostics.count > 1 ? " (and \(error.diagnostics.count - 1) more)" : ""
        reason = (first ?? "it is not a charter") + more
    }

    /// Which charter, and what is wrong with it.
    public var description: String { "The charter \(reference) can't be used: \(reason)" }
}
