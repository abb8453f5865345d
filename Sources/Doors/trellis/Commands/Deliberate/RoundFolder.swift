import Charters
import Deliberation
import Foundation

/// A folder in which a charter comes about, from draft to publication. It holds people's votes under the names that the
/// conversation has for them, so nobody else may look into it.
struct RoundFolder {
    /// What a round remembers beside its files.
    struct Note: Codable {
        var kind: PublicationFile.Kind
        var threshold: Int
        var ballotsHeldBack = 0
    }

    let path: String

    /// The files of the votes, as the conversation has them.
    private static let votes = "votes"
    private static let note = "round.json"
    /// The ballots as they were handed in.
    static let ballots = "ballots.csv"
    /// The first row of a file of ballots, which names what is voted on.
    static let ballotForm = "ballot.csv"

    func place(_ name: String) -> String { (path as NSString).appendingPathComponent(name) }

    /// Makes the folder.
    ///
    /// - Throws: ``CommandFailure`` when it is there already.
    static func made(_ path: String, isPrivate: Bool) throws -> RoundFolder {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .negative,
                "\(WrappedText.plain(path)) is there already, and nothing was written. Name another folder, or move it away."
            )
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: isPrivate ? [.posixPermissions: 0o700] : nil)
        } catch {
            throw CommandFailure(.failed, "\(WrappedText.plain(path)) can't be made: \(error.localizedDescription)")
        }
        return RoundFolder(path: path)
    }

    /// Writes a file of the folder; one that is there is replaced.
    func write(_ bytes: [UInt8], _ name: String, mode: Int = 0o644) throws {
        let whole = place(name)
        do {
            let data = Data(bytes)
            let part = whole + ".part"
            guard FileManager.default.createFile(atPath: part, contents: data, attributes: [.posixPermissions: mode])
            else { throw CommandFailure(.failed, "\(WrappedText.plain(whole)) can't be written.") }
            if FileManager.default.fileExists(atPath: whole) { try FileManager.default.removeItem(atPath: whole) }
            try FileManager.default.moveItem(atPath: part, toPath: whole)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .failed, "\(WrappedText.plain(whole)) can't be written: \(error.localizedDescription)")
        }
    }

    /// A file that has to be there.
    func read(_ name: String) throws -> [UInt8] { try PolisFolder.bytes(at: place(name)) }

    /// A file that may be there.
    func readIfThere(_ name: String) throws -> [UInt8]? { try PolisFolder.bytes(name, in: path) }

    // MARK: What a round keeps

    func write(_ note: Note) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try write(Array(try encoder.encode(note)), Self.note)
    }

    func note() throws -> Note {
        guard FileManager.default.fileExists(atPath: place(Self.note)),
            let note = try? JSONDecoder().decode(Note.self, from: Data(try read(Self.note)))
        else {
            throw CommandFailure(
                .negative,
                "\(WrappedText.plain(path)) isn't the folder of a round. `trellis deliberate draft` or `amend` makes one."
            )
        }
        return note
    }

    /// Keeps the votes that a draft follows from, for the owner's eyes alone.
    func keep(_ conversation: PublishableConversation) throws {
        let files = conversation.polisFiles
        let folder = RoundFolder(path: place(Self.votes))
        try FileManager.default.createDirectory(
            atPath: folder.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try folder.write(files.participantsVotes ?? [], "participants-votes.csv", mode: 0o600)
        try folder.write(files.comments ?? [], "comments.csv", mode: 0o600)
        try folder.write(files.summary ?? [], "summary.csv", mode: 0o600)
    }

    /// Whether a conversation is kept here, from which a draft follows.
    var hasConversation: Bool { FileManager.default.fileExists(atPath: place(Self.votes)) }

    /// The terms and the draft that follows from them and the kept votes.
    ///
    /// - Parameter old: The charter that it changes.
    func draft(changing old: Charter? = nil) throws -> CharterDraft {
        guard let terms = DraftTerms(canonical: try read(PublicationFile.terms.rawValue)) else {
            throw CommandFailure(
                .negative,
                "\(place(PublicationFile.terms.rawValue)) was changed by hand and can't be read. Draft again.")
        }
        let kept = try PolisFolder.conversation(place(Self.votes))
        let draft = try Self.saying {
            try CharterDraft(
                PublishableConversation(published: kept, heldBack: terms.heldBack), terms: terms, changing: old)
        }
        let file = old == nil ? PublicationFile.draft : .proposal
        // People read this file: what is counted must be what they read.
        guard try charter(file).fingerprint == draft.charter.fingerprint else {
            throw CommandFailure(
                .negative,
                "\(WrappedText.plain(place(file.rawValue))) isn't the draft that follows from the votes: it was changed by hand since. Put it back, or draft again with your words in the file of --clauses and let people vote on that."
            )
        }
        return draft
    }

    /// A charter of the folder.
    func charter(_ file: PublicationFile) throws -> Charter {
        try CharterSource.charter(place(file.rawValue)).charter
    }

    /// The signatures beside the charter.
    func signatures() throws -> CharterSignatures {
        guard let bytes = try readIfThere(PublicationFile.signatures.rawValue) else { return CharterSignatures() }
        guard let signatures = CharterSignatures(json: bytes) else {
            throw CommandFailure(
                .negative, "\(place(PublicationFile.signatures.rawValue)) holds no signatures that can be read.")
        }
        return signatures
    }

    /// Does something in a room below and says what it throws as a failure of the command.
    static func saying<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let failure as CommandFailure {
            throw failure
        } catch let error as CharterError {
            throw CommandFailure(.negative, error.diagnostics.rendered())
        } catch {
            throw CommandFailure(.negative, WrappedText.plain("\(error)"))
        }
    }

    /// Says if somebody who didn't agree to publication isn't there: a slip of the pen must not publish somebody.
    static func note(strangers withheld: Set<String>, among names: some Sequence<String>, of file: String?) {
        let strangers = withheld.subtracting(names)
        guard let file, !strangers.isEmpty else { return }
        Terminal.error.line(
            "note: \(strangers.count == 1 ? "one name" : "\(strangers.count) names") of \(WrappedText.plain(file)) \(strangers.count == 1 ? "isn't" : "aren't") here, so nothing of theirs was left out. Check that none is misspelt."
        )
    }

    /// The people, one a line, who didn't agree to publication.
    static func withheld(_ path: String?) throws -> Set<String> {
        guard let path else { return [] }
        let text = String(decoding: try PolisFolder.bytes(at: path), as: UTF8.self)
        return Set(
            text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { !$0.isEmpty && !$0.hasPrefix("#") })
    }
}
