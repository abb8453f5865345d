import Charters
import Foundation

/// One walk from a charter to everything that it builds on.
struct LibraryWalk {
    private let library: CharterLibrary
    private var pins: CharterLock?
    /// Whether what was pinned or kept before counts. Not when a lock is being made: it pins what is there now.
    private var looksBack = true
    private var addresses: [String: Bool] = [:]
    private var lockPath: String?
    private var found = CharterLock()
    private var parents: [Charter] = []
    /// What stands at each place that was visited. Nil where it can't be used.
    private var finished: [String: Charter?] = [:]
    /// What is wrong with parents, of all of them: one that can't be used hides nothing of the others.
    private var problems: [Diagnostic] = []
    /// Every file that was looked at, as it was before it was read: a change in between is then seen at the next look.
    private(set) var stamps: [String: String] = [:]
    private var diagnostics: [Diagnostic] = []

    init(library: CharterLibrary) {
        self.library = library
    }

    /// Where a charter was found, so that what it names can be found from there.
    struct Place {
        /// What tells it from every other place: a path without symbolic links, an address, a name of the commons.
        let identity: String
        /// The name to put in front of problems.
        let name: String
        /// The folder of its file. Nil when it is no file.
        let folder: String?
        /// The folder that its paths may not lead out of.
        let root: String?
        /// `commons`, `registry`, `file`, or a host.
        let source: String
        let bytes: [UInt8]
        /// The address that just sent it. Nil for what was at hand.
        var sentBy: URL?
    }

    // MARK: The walk

    mutating func load(_ reference: String, pinned: Bool) throws(CharterError) -> LoadedCharter {
        looksBack = pinned
        let place = try top(reference)
        if let folder = place.folder {
            let path = folder + "/" + CharterLock.fileName
            lockPath = path
            stamps[path] = PlainFile.stamp(of: path)
            if pinned, FileManager.default.fileExists(atPath: path) {
                pins = try CharterLock.read(try bytes(at: path), file: path)
            }
        }
        let charter = try readTop(place)
        if pinned, library.settings.requiresLock, pins == nil, place.folder != nil, let parent = charter.extends.first {
            throw ParentProblem(parent: parent, charter: charter, chain: []).noLock(beside: place.name)
        }
        visit(charter, at: place, chain: [(place.identity, "\(charter.id)")])
        let stack = CharterStack(charter: charter, parents: parents)
        guard problems.isEmpty else {
            // What only shows when the layers lie on each other stands below, as far as it doesn't hang on what is
            // missing.
            let others = stack.check().filter { !Self.needsEveryLayer.contains($0.code) && !problems.contains($0) }
            throw CharterError(diagnostics: problems + others)
        }
        return LoadedCharter(
            charter: charter, parents: parents, stack: stack, lock: found,
            lockPath: lockPath, addresses: addresses, stamps: stamps, diagnostics: diagnostics)
    }

    /// Problems that a layer which couldn't be read may solve.
    private static let needsEveryLayer: Set<String> = [
        "unknown-name", "no-purpose", "withdraws-nothing", "choice-without-effect",
    ]

    private mutating func bytes(at path: String) throws(CharterError) -> [UInt8] {
        stamps[path] = PlainFile.stamp(of: path)
        return try PlainFile.bytes(at: path)
    }

    private mutating func read(_ place: Place) throws(CharterError) -> Charter {
        let (charter, warnings) = try Charter.read(place.bytes, file: place.name)
        diagnostics += warnings
        return charter
    }

    /// The charter itself. What is sound in one with errors is looked at too, so that one pass tells everything.
    private mutating func readTop(_ place: Place) throws(CharterError) -> Charter {
        do throws(CharterError) {
            return try read(place)
        } catch {
            guard let part = Charter.soundPart(of: place.bytes, file: place.name) else { throw error }
            problems = error.diagnostics
            return part
        }
    }

    private mutating func visit(_ charter: Charter, at place: Place, chain: [(identity: String, name: String)]) {
        for parent in charter.extends where finished.count <= CharterLibrary.maximumParents {
            do throws(CharterError) {
                try visit(parent, of: charter, at: place, chain: chain)
            } catch {
                for problem in error.diagnostics where !problems.contains(problem) { problems.append(problem) }
            }
        }
    }

    private mutating func visit(
        _ parent: Extension, of charter: Charter, at place: Place, chain: [(identity: String, name: String)]
    ) throws(CharterError) {
        let problem = ParentProblem(parent: parent, charter: charter, chain: chain.map(\.name))
        guard chain.count <= CharterLibrary.maximumDepth else { throw problem.tooDeep }
        let next = try self.place(of: parent, from: place, problem)
        if chain.contains(where: { $0.identity == next.identity }) { throw problem.cycle(next.name) }
        // Each reference is held to what it asks for and to its pin, also where the charter itself was read already.
        if let known = finished[next.identity] {
            guard let known else { return }
            try hold(known, to: parent, at: next, problem)
            return
        }
        finished[next.identity] = .some(nil)
        guard finished.count <= CharterLibrary.maximumParents else { throw problem.tooMany }
        let read: Charter
        do throws(CharterError) { read = try self.read(next) } catch { throw problem.unsound(error) }
        try hold(read, to: parent, at: next, problem)
        finished[next.identity] = read
        keep(read, next, problem)
        visit(read, at: next, chain: chain + [(next.identity, "\(read.id)")])
        parents.append(read)
    }

    /// Holds what was found to its name, to the version that is asked for, and to the lock.
    private mutating func hold(
        _ found: Charter, to parent: Extension, at place: Place, _ problem: ParentProblem
    ) throws(CharterError) {
        guard CharterID(parent.reference) == nil || CharterID(parent.reference) == found.id else {
            throw problem.otherName(found.id, in: place.name)
        }
        guard parent.fits(found.version) else { throw problem.otherVersion(found.version) }
        try pin(found, parent, at: place, problem)
    }

    /// Notes what a lock would pin, and holds the charter to what the lock pins.
    private mutating func pin(
        _ charter: Charter, _ parent: Extension, at place: Place, _ problem: ParentProblem
    ) throws(CharterError) {
        let key = self.key(of: parent, at: place, charter)
        if let other = found.charters[key], other.fingerprint != charter.fingerprint {
            throw problem.twoOfOneName(key, other, charter)
        }
        found.charters[key] = CharterLock.Entry(
            version: charter.version.description, fingerprint: charter.fingerprint, source: place.source)
        guard let pins else { return }
        guard let entry = pins.charters[key] else { throw problem.notPinned(key) }
        guard entry.fingerprint == charter.fingerprint else { throw problem.changed(key, entry, charter) }
    }

    /// Keeps what an address just sent and what was found sound, and says when nothing pins it and it changed.
    private mutating func keep(_ charter: Charter, _ place: Place, _ problem: ParentProblem) {
        guard let url = place.sentBy, let kept = library.kept else { return }
        if looksBack, pins == nil, let last = kept.last(from: url), last != charter.fingerprint {
            diagnostics.append(problem.changedUnpinned(from: last, to: charter.fingerprint))
        }
        addresses[url.absoluteString] = kept.keep(place.bytes, charter.fingerprint, from: url)
    }

    /// The name of a parent in the lock. Paths are written from the lock's folder, so that a charter and its parents can
    /// move together. A path inside a registry says nothing outside it, so there the charter's own name and version stand.
    private func key(of parent: Extension, at place: Place, _ charter: Charter) -> String {
        guard parent.reference.hasPrefix(".") else { return parent.text }
        guard place.source == "file", let folder = lockPath.map({ PlainFile.folder(of: $0) }) else {
            return "\(charter.id)@\(charter.version)"
        }
        let path = PlainFile.path(from: PlainFile.resolved(folder), to: place.identity)
        return parent.version.map { "\(path)@\($0)" } ?? path
    }

    // MARK: Finding

    private mutating func top(_ reference: String) throws(CharterError) -> Place {
        if reference.hasPrefix("commons/"), !reference.hasSuffix(".yaml") {
            guard let source = Commons.source(reference) else {
                throw .one(
                    reference, "not-found",
                    "there is no such commons charter; there are \(Commons.names.joined(separator: ", "))",
                    nearMiss(of: reference, among: Commons.names).map { "Did you mean `\($0)`?" } ?? "Take one of them."
                )
            }
            return commons(reference, source)
        }
        if !library.settings.registries.isEmpty, CharterID(reference) != nil,
            !FileManager.default.fileExists(atPath: reference),
            let place = try registry(Extension(reference: reference))
        {
            return place
        }
        let path = PlainFile.resolved(reference)
        // No path leads out of the root, the first one included.
        if let root = library.settings.root, !PlainFile.isInside(path, PlainFile.resolved(root)) {
            throw .one(reference, "outside", "the path leads out of \(root)", "Put the charter into that folder.")
        }
        return Place(
            identity: path, name: reference, folder: PlainFile.folder(of: path),
            root: library.settings.root.map(PlainFile.resolved), source: "file",
            bytes: try bytes(at: path))
    }

    private mutating func place(
        of parent: Extension, from place: Place, _ problem: ParentProblem
    ) throws(CharterError) -> Place {
        let reference = parent.reference
        if reference.hasPrefix("https://") { return try address(parent, problem) }
        if reference.hasPrefix(".") { return try file(reference, from: place, problem) }
        if reference.hasPrefix("commons/") {
            guard let source = Commons.source(reference) else { throw problem.notFound(among: Commons.names) }
            return commons(reference, source)
        }
        guard let found = try registry(parent) else { throw problem.notInRegistry(library.settings.registries) }
        return found
    }

    private func commons(_ name: String, _ source: String) -> Place {
        Place(identity: name, name: name, folder: nil, root: nil, source: "commons", bytes: Array(source.utf8))
    }

    private mutating func address(_ parent: Extension, _ problem: ParentProblem) throws(CharterError) -> Place {
        let address: CharterAddress
        do throws(CharterAddress.Refusal) {
            address = try CharterAddress(parent.reference, hosts: library.settings.hosts)
        } catch {
            throw problem.refused(error)
        }
        let url = address.url
        func place(_ bytes: [UInt8], sentBy: URL? = nil) -> Place {
            Place(
                identity: url.absoluteString, name: parent.reference, folder: nil, root: nil, source: address.host,
                bytes: bytes, sentBy: sentBy)
        }
        addresses[url.absoluteString] = false
        // What is pinned is known to the last word: who has it needn't ask for it.
        if let pinned = pins?.charters[parent.text]?.fingerprint, let document = library.kept?.document(pinned) {
            addresses[url.absoluteString] = true
            return place(document)
        }
        do throws(CharterFetch.Failure) {
            return place(try library.fetch(address), sentBy: url)
        } catch {
            // Without a lock, what governed last is better than nothing; with one, only what it pins would do.
            guard looksBack, pins == nil, let last = library.kept?.last(from: url),
                let document = library.kept?.document(last)
            else { throw problem.notFetched(error.reason) }
            diagnostics.append(problem.keptInstead(of: error.reason, last))
            addresses[url.absoluteString] = true
            return place(document)
        }
    }

    private mutating func file(
        _ path: String, from place: Place, _ problem: ParentProblem
    ) throws(CharterError) -> Place {
        guard let folder = place.folder else { throw problem.pathFromAfar }
        let resolved = PlainFile.resolved(folder + "/" + path)
        if let root = place.root, !PlainFile.isInside(resolved, root) { throw problem.outside(root) }
        let bytes: [UInt8]
        do throws(CharterError) { bytes = try self.bytes(at: resolved) } catch { throw problem.unsound(error) }
        return Place(
            identity: resolved, name: PlainFile.joined(PlainFile.folder(of: place.name), path),
            folder: PlainFile.folder(of: resolved), root: place.root, source: place.source, bytes: bytes)
    }

    /// The charter of a name in the registries: the pinned version, else the highest that fits. Nil when none has it.
    private mutating func registry(_ parent: Extension) throws(CharterError) -> Place? {
        guard let id = CharterID(parent.reference) else { return nil }
        let pinned = pins?.charters[parent.text]?.version
        for registry in library.settings.registries {
            let root = PlainFile.resolved(registry)
            let folder = "\(root)/\(id.owner)"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            var versions: [(version: SemanticVersion, file: String)] = []
            for name in names where name.hasPrefix(id.name + "@") && name.hasSuffix(".yaml") {
                let text = String(name.dropFirst(id.name.count + 1).dropLast(5))
                if let version = SemanticVersion(text), parent.fits(version) || text == pinned {
                    versions.append((version, name))
                }
            }
            let best = versions.max { first, second in
                if (first.version.description == pinned) != (second.version.description == pinned) {
                    return second.version.description == pinned
                }
                return first.version.isLower(than: second.version)
            }
            let plain = id.name + ".yaml"
            guard let file = best?.file ?? (names.contains(plain) ? plain : nil) else { continue }
            let path = PlainFile.resolved("\(folder)/\(file)")
            guard PlainFile.isInside(path, root) else {
                throw .one(
                    "\(folder)/\(file)", "outside", "This link leads out of the registry \(registry).",
                    "Put the charter itself there.")
            }
            return Place(
                identity: path, name: "\(registry)/\(id.owner)/\(file)", folder: PlainFile.folder(of: path),
                root: root, source: "registry", bytes: try bytes(at: path))
        }
        return nil
    }
}

extension SemanticVersion {
    /// Whether it comes before another (Semantic Versioning 2.0.0, clause 11, as far as registries need it: versions
    /// before a release come before it, and among themselves in the order of their names).
    fileprivate func isLower(than other: SemanticVersion) -> Bool {
        if (major, minor, patch) != (other.major, other.minor, other.patch) {
            return (major, minor, patch) < (other.major, other.minor, other.patch)
        }
        if prerelease.isEmpty != other.prerelease.isEmpty { return !prerelease.isEmpty }
        return prerelease < other.prerelease
    }
}
