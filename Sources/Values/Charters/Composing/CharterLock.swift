import Foundation

/// Which charters a charter was built on when its community last looked: the content of the file `charter.lock`.
///
/// `extends: [commons/tutor@1]` leaves open which 1.x.y it is and what stands in it. The lock pins each parent, and
/// parents' parents, by fingerprint: when one changes, the charter doesn't load until somebody has looked at the change
/// and locked anew. One lock stands for all charters of its folder. It is meant to be kept beside the charter and under version control.
///
/// ```json
/// {
///   "charters" : {
///     "commons/tutor@1" : {
///       "fingerprint" : "9ac5953d7157d0fa36f67e728c87b7e71b8599792aec6e2a1cd986a5a3567a0d",
///       "source" : "commons",
///       "version" : "1.0.0"
///     }
///   },
///   "lock" : 1
/// }
/// ```
public struct CharterLock: Hashable, Sendable {
    /// One parent as it was found.
    public struct Entry: Hashable, Sendable, Codable {
        /// Its version, as in `1.0.0`.
        public var version: String
        /// What it means, in 32 bytes.
        public var fingerprint: CharterFingerprint
        /// Where it was found: `commons`, `registry`, `file` or the address's host. For people; nothing depends on it.
        public var source: String

        /// Notes a parent.
        public init(version: String, fingerprint: CharterFingerprint, source: String) {
            self.version = version
            self.fingerprint = fingerprint
            self.source = source
        }
    }

    /// The file's name, beside the charter.
    public static let fileName = "charter.lock"
    /// The largest file that is read, in bytes.
    public static let maximumBytes = 1 << 20
    /// Every parent, by the reference that names it: a path is written from the lock's own folder.
    public var charters: [String: Entry]

    /// This lock with what another found put in: where both name a charter, what was found now stands.
    ///
    /// Several charters of one folder share its lock, so locking one leaves alone what only the others build on.
    public func merging(_ found: CharterLock) -> CharterLock {
        CharterLock(charters: charters.merging(found.charters) { $1 })
    }

    /// The names that this lock pins to other words than another does.
    public func disagreements(with other: CharterLock) -> [String] {
        charters.filter { name, entry in other.charters[name].map { $0.fingerprint != entry.fingerprint } ?? false }
            .keys.sorted()
    }

    /// Pins charters.
    public init(charters: [String: Entry] = [:]) {
        self.charters = charters
    }
}

extension CharterLock {
    private struct Form: Codable {
        let lock: Int
        let charters: [String: Entry]
    }

    /// Reads a lock from the bytes of its file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Throws: ``CharterError`` when it isn't a lock that this version can read.
    public static func read(_ bytes: some Sequence<UInt8>, file: String) throws(CharterError) -> CharterLock {
        let data = Data(bytes.prefix(maximumBytes + 1))
        guard data.count <= maximumBytes, let form = try? JSONDecoder().decode(Form.self, from: data), form.lock == 1
        else {
            throw CharterError(diagnostics: [
                Diagnostic(
                    severity: .error, file: file, line: 0, column: 0, code: "bad-lock",
                    message: "This is not a lock that this version of Trellis can read.",
                    help: "Look at what changed in it, take it away, and write it anew with `trellis charter lock`.")
            ])
        }
        return CharterLock(charters: form.charters)
    }

    /// The lock as its file holds it: JSON with its keys in order, so that a change shows as few lines.
    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Strings and numbers always encode; should they not, an empty lock pins nothing and says so.
        let data = (try? encoder.encode(Form(lock: 1, charters: charters))) ?? Data(#"{"charters":{},"lock":1}"#.utf8)
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}

extension Extension {
    /// Whether a version is among those that are meant. A version before a release, such as `2.0.0-draft.1`, fits only
    /// where no version is asked for.
    public func fits(_ found: SemanticVersion) -> Bool {
        guard let version else { return true }
        let wanted = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        let numbers = [found.major, found.minor, found.patch]
        guard wanted.count <= 3, found.prerelease.isEmpty else { return false }
        return zip(wanted, numbers).allSatisfy { $0 == $1 }
    }
}
