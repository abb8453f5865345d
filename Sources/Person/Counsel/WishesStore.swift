public import Charters
public import Consents
import Dispatch
public import Store

/// Keeps each person's own wishes (``/Charters/PersonLayer``), sealed under that person's key.
///
/// A wish is the person's alone: it stands above every charter in their conversations and in nobody else's, and it goes
/// with them when they are erased. The text is kept as they wrote it, comments and all, and only the last one: what
/// somebody took back is nobody's business. It is read from memory while a conversation lasts.
///
/// ```swift
/// try await wishes.set("wishes: 1\navoid: [celebrate]\n", of: ada, at: now)
/// let layer = try wishes.layer(of: ada)
/// ```
public final class WishesStore: Sendable {
    /// How long a person's wishes may be: 64 KiB of UTF-8.
    public static let maximumBytes = 64 << 10

    private let store: DataStore
    private let seal: Seal
    private let cache: RevisedCache<PersonKey, PersonLayer?>
    private let queue = DispatchQueue(label: "trellis.wishes")

    /// Wishes in a store that was opened with ``CounselMigrations/all`` and `Seal.migrations`.
    /// - Parameter capacity: whose wishes are kept in memory, and as many again that were not met lately.
    public init(store: DataStore, seal: Seal, capacity: Int = 2_000) {
        self.store = store
        self.seal = seal
        cache = RevisedCache(
            store: store, capacity: capacity, revision: { session in try Self.revision(session) },
            load: { person, session in
                // What was read well once and isn't read now (by an older Trellis) must not stop a conversation.
                try Self.text(of: person, seal: seal, in: session).flatMap {
                    PersonLayer.check($0, file: Self.file).wishes
                }
            })
    }

    // MARK: Reading

    /// What the person wishes, ready to be laid on a stack; nil when they wish nothing. From memory; the first time for
    /// a person, one read of the store on the calling thread.
    /// - Throws: ``WishesError/store(_:)`` when the store can't be read.
    public func layer(of person: PersonKey) throws(WishesError) -> PersonLayer? {
        do { return try cache.value(of: person) } catch { throw WishesError(any: error) }
    }

    /// What the person wrote, word for word; nil when they wrote nothing.
    public func text(of person: PersonKey) async throws(WishesError) -> String? {
        let seal = seal
        return try await offThread { store in try store.read { try Self.text(of: person, seal: seal, in: $0) } }
    }

    // MARK: Writing

    /// Keeps what the person wishes in place of what they wished before.
    ///
    /// - Parameter stacks: the charters that govern this person, each with everything that it builds on. The wishes are
    ///   laid on each, and what only shows then counts too: a wish that the floor will refuse is a doubt, one that no
    ///   charter can be composed with is an error.
    /// - Returns: the wishes as they were read, and what is doubtful in them.
    /// - Throws: ``WishesError/tooLong(bytes:)``, or ``WishesError/unfit(_:)`` with every problem of the text; then what
    ///   was kept before stays.
    @discardableResult
    public func set(
        _ text: String, of person: PersonKey, at moment: Int64, under stacks: [CharterStack] = []
    ) async throws(WishesError) -> (wishes: PersonLayer, warnings: [Diagnostic]) {
        let read = try Self.checked(text, under: stacks)
        let seal = seal
        let revision = try await offThread { store in
            try store.write { session in
                let sealed = try seal.seal(
                    Array(text.utf8), for: Self.owner(person), context: Self.context(person), in: session)
                try session.run(
                    """
                    INSERT INTO wishes (application, person, changed_at, sealed) VALUES (?, ?, ?, ?)
                    ON CONFLICT (application, person) DO UPDATE SET
                        changed_at = excluded.changed_at, sealed = excluded.sealed
                    """, .text(person.application), .text(person.person), .integer(moment), .blob(sealed))
                return try Self.raiseRevision(in: session)
            }
        }
        cache.wrote(person, revision: revision)
        return read
    }

    /// Reads wishes and holds them against the charters that they are to stand on, without keeping them.
    /// - Throws: as ``set(_:of:at:under:)``.
    public static func checked(
        _ text: String, under stacks: [CharterStack]
    ) throws(WishesError) -> (wishes: PersonLayer, warnings: [Diagnostic]) {
        guard text.utf8.count <= Self.maximumBytes else { throw .tooLong(bytes: text.utf8.count) }
        let read: (wishes: PersonLayer, warnings: [Diagnostic])
        do throws(CharterError) { read = try PersonLayer.read(text, file: Self.file) } catch {
            throw .unfit(error.diagnostics)
        }
        var found: [Diagnostic] = []
        for stack in stacks {
            for diagnostic in stack.doubts(about: read.wishes) where !found.contains(diagnostic) {
                found.append(diagnostic)
            }
        }
        guard !found.contains(where: { $0.severity == .error }) else { throw .unfit(read.warnings + found) }
        return (read.wishes, read.warnings + found)
    }

    /// Erases what the person wished, for good.
    /// - Returns: whether there was anything.
    @discardableResult
    public func erase(_ person: PersonKey) async throws(WishesError) -> Bool {
        let (existed, revision) = try await offThread { store in
            let result = try store.write { session in
                let deleted = try session.run(
                    "DELETE FROM wishes WHERE application = ? AND person = ?", .text(person.application),
                    .text(person.person))
                return (deleted > 0, try Self.raiseRevision(in: session))
            }
            // What was deleted is overwritten in the file, and must not be left in the write-ahead log either.
            try store.compactLog()
            return result
        }
        cache.wrote(person, revision: revision)
        return existed
    }

    // MARK: Underneath

    /// The name that problems of the text are told under.
    static let file = "wishes"

    /// The same owner as of the words in this person's receipts, so that one key's end is the end of all.
    private static func owner(_ person: PersonKey) -> String { "person/\(person.person)" }

    private static func context(_ person: PersonKey) -> String { "wishes/\(person.application)/\(person.person)" }

    private static func revision(_ session: borrowing Session) throws -> Int64 {
        try session.firstRow("SELECT number FROM wishes_revision WHERE id = 1")?.integer("number") ?? 0
    }

    private static func raiseRevision(in session: borrowing Session) throws -> Int64 {
        try session.run("UPDATE wishes_revision SET number = number + 1 WHERE id = 1")
        return try revision(session)
    }

    /// Nil also when the key it was sealed under is gone: then the person was erased.
    private static func text(of person: PersonKey, seal: Seal, in session: borrowing Session) throws -> String? {
        let row = try session.firstRow(
            "SELECT sealed FROM wishes WHERE application = ? AND person = ?", .text(person.application),
            .text(person.person))
        guard let row else { return nil }
        let sealed = try row.blob("sealed")
        do throws(SealError) {
            return String(decoding: try seal.open(sealed, context: context(person), in: session), as: UTF8.self)
        } catch SealError.keyDestroyed {
            return nil
        }
    }

    private func offThread<Value: Sendable>(
        _ body: @escaping @Sendable (DataStore) throws -> Value
    ) async throws(WishesError) -> Value {
        let store = store
        let result: Result<Value, WishesError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result(catching: { try body(store) }).mapError { WishesError(any: $0) })
            }
        }
        return try result.get()
    }
}

extension CharterStack {
    /// What only shows when a person's wishes lie on this stack: what the wishes bring along, and nothing that was
    /// doubtful before.
    public func doubts(about wishes: PersonLayer) -> [Diagnostic] {
        let before = Set(check())
        return adding(wishes).check().filter { !before.contains($0) }
    }
}

/// What can go wrong with a person's wishes, each with what to do next in its ``description``.
public enum WishesError: Error, Hashable, Sendable {
    /// The text is longer than ``WishesStore/maximumBytes``.
    case tooLong(bytes: Int)
    /// The text is not in the charter language, or asks for what wishes can't. Every problem, with its place.
    case unfit([Diagnostic])
    /// The sealed text can't be opened.
    case seal(SealError)
    /// The store failed. Nothing was changed.
    case store(StoreError)

    init(any error: any Error) {
        switch error {
        case let error as WishesError: self = error
        case let error as SealError: self = .seal(error)
        case let error as StoreError: self = .store(error)
        default: self = .store(.sql(code: 0, message: "\(error)", statement: nil))
        }
    }
}

extension WishesError: CustomStringConvertible {
    /// The whole story for a person: what happened, and what to do next.
    public var description: String {
        switch self {
        case .tooLong(let bytes):
            "These wishes are \(bytes) bytes long; at most \(WishesStore.maximumBytes) are kept. Say it in fewer words."
        case .unfit(let diagnostics):
            diagnostics.filter { $0.severity == .error }
                .map { ($0.line > 0 ? "line \($0.line): " : "") + "\($0.message) \($0.help)" }
                .joined(separator: "\n")
        case .seal(let error): error.description
        case .store(let error): error.description
        }
    }
}
