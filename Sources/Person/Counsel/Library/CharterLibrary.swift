public import Charters
import Foundation

/// Where charters and the charters that they build on are found: in files, in folders that serve as registries, in the
/// commons, and at addresses on hosts that whoever runs Trellis has listed.
///
/// ```swift
/// let library = CharterLibrary(CharterLibrary.Settings(registries: ["/srv/charters"]))
/// let loaded = try library.load("school/tutor.yaml")
/// print(loaded.stack.layers.map(\.name))      // trellis/floor, commons/tutor, riverside/tutor
/// ```
///
/// Beside a charter's file, `charter.lock` pins every parent by its fingerprint; when it is there, a parent that
/// changed, or that it doesn't name, is an error. A pinned parent that came over the network once is taken from where it
/// is kept (``Settings/keptIn``), whatever its address says today.
public struct CharterLibrary: Sendable {
    /// What a library may look at.
    public struct Settings: Hashable, Sendable {
        /// Folders that hold charters as `OWNER/NAME.yaml` or `OWNER/NAME@VERSION.yaml`, the first that has one going
        /// first.
        public var registries: [String]
        /// The hosts that may be asked over https, as `charters.example` or `charters.example:8443`. None by default.
        public var hosts: Set<String>
        /// The folder that no path may lead out of. Nil: a path leads where it leads.
        public var root: String?
        /// Whether a file that builds on others must have a lock beside it.
        public var requiresLock = false
        /// How long one address may take.
        public var seconds: Double = 5
        /// The folder where what came over the network is kept, by fingerprint. Nil: nowhere, and every start asks anew.
        public var keptIn: String?

        /// Settings for a library.
        public init(registries: [String] = [], hosts: Set<String> = [], root: String? = nil) {
            self.registries = registries
            self.hosts = Set(hosts.map { $0.lowercased() })
            self.root = root
        }

        /// What is wrong with a host as somebody lists it, and what to write instead; nil when it may be asked.
        public static func problem(ofHost host: String) -> (reason: String, help: String)? {
            do throws(CharterAddress.Refusal) {
                _ = try CharterAddress("https://\(host)/", hosts: [host.lowercased()])
                return nil
            } catch {
                return (error.reason, "Write the host alone, as in `charters.example` or `charters.example:8443`.")
            }
        }
    }

    /// What the library may look at.
    public let settings: Settings
    /// What came over the network before.
    var kept: KeptCharters? { settings.keptIn.map { KeptCharters(folder: $0) } }
    /// Fetches an address that was found to be allowed.
    let fetch: @Sendable (CharterAddress) throws(CharterFetch.Failure) -> [UInt8]

    /// How many charters may stand above each other.
    static let maximumDepth = 16
    /// How many parents one charter may have, theirs included.
    static let maximumParents = 64

    /// A library.
    public init(_ settings: Settings = Settings()) {
        let hosts = settings.hosts
        let fetching = CharterFetch(seconds: settings.seconds, bytes: Charter.maximumBytes) { url in
            do throws(CharterAddress.Refusal) {
                _ = try CharterAddress(url.absoluteString, hosts: hosts)
                return true
            } catch {
                return false
            }
        }
        self.init(settings) { address throws(CharterFetch.Failure) in try fetching.bytes(of: address.url) }
    }

    /// A library that fetches in its own way.
    init(
        _ settings: Settings, fetch: @escaping @Sendable (CharterAddress) throws(CharterFetch.Failure) -> [UInt8]
    ) {
        self.settings = settings
        self.fetch = fetch
    }

    /// Reads a charter and everything that it builds on, and lays it all on each other.
    ///
    /// It reads files and may wait for the network: up to ``Settings/seconds`` for each address.
    ///
    /// - Parameter reference: The name of a commons charter, a path, or, when there is a registry, a name in it.
    /// - Throws: ``CharterUnavailable`` with every problem, when the charter or a parent can't be found, read or pinned,
    ///   or when the stack has an error.
    public func load(_ reference: String) throws(CharterUnavailable) -> LoadedCharter {
        let loaded = try gather(reference, pinned: true)
        let problems = loaded.stack.check()
        guard !problems.contains(where: { $0.severity == .error }) else {
            throw CharterUnavailable(
                reference: reference, error: CharterError(diagnostics: problems), stamps: loaded.stamps)
        }
        return LoadedCharter(
            charter: loaded.charter, parents: loaded.parents, stack: loaded.stack, lock: loaded.lock,
            lockPath: loaded.lockPath, addresses: loaded.addresses, stamps: loaded.stamps,
            diagnostics: loaded.diagnostics + problems)
    }

    /// What a lock would pin now, whatever a lock says that is there: for `trellis charter lock`.
    ///
    /// - Throws: ``CharterUnavailable`` when the charter or a parent can't be found or read.
    public func lock(_ reference: String) throws(CharterUnavailable) -> LoadedCharter {
        try gather(reference, pinned: false)
    }

    private func gather(_ reference: String, pinned: Bool) throws(CharterUnavailable) -> LoadedCharter {
        var walk = LibraryWalk(library: self)
        do throws(CharterError) {
            return try walk.load(reference, pinned: pinned)
        } catch {
            throw CharterUnavailable(reference: reference, error: error, stamps: walk.stamps)
        }
    }
}

/// A charter with everything that it builds on.
public struct LoadedCharter: Sendable {
    /// The charter itself.
    public let charter: Charter
    /// What it builds on, ancestors first.
    public let parents: [Charter]
    /// All of them on Trellis's own floor.
    public let stack: CharterStack
    /// What a lock would pin, as it was found.
    public let lock: CharterLock
    /// Where the lock stands or would stand. Nil for a charter that is no file.
    public let lockPath: String?
    /// What came over the network, now or before: the address, and whether a copy is kept here.
    public let addresses: [String: Bool]
    /// Every file that it was read from, and the lock's, as each was before it was read.
    let stamps: [String: String]
    /// What is doubtful, in the files and about the stack.
    public let diagnostics: [Diagnostic]

    /// Every file that it was read from, and the lock's: when one of them changes, it must be read again.
    public var paths: [String] { stamps.keys.sorted() }
}
