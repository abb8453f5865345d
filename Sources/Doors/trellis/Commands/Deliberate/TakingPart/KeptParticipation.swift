import Deliberation
import Foundation

/// What a person keeps of a conversation that they take part in: where it is, and by what they are known there.
///
/// It lies in `taking-part` in the data folder, in a file that this user alone may read.
struct KeptParticipation {
    /// The address of the Trellis that holds the conversation. The secret is sent nowhere else.
    let url: String
    /// The number under which the person takes part.
    let participant: Int64
    let secret: ConversationSecret

    private struct Written: Codable {
        let conversation: String
        let url: String
        let participant: Int64
        let secret: String
    }

    /// Where it lies for a conversation.
    static func path(of id: ConversationID, in data: String) -> String { "\(data)/taking-part/\(id).json" }

    /// What is kept for a conversation; nil where the person doesn't take part.
    ///
    /// - Throws: ``CommandFailure`` for a file that others may read, or that can't be read.
    static func read(_ id: ConversationID, in data: String) throws -> KeptParticipation? {
        let path = path(of: id, in: data)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        let shown = WrappedText.plain(path)
        // A join that was broken off leaves an empty file.
        if attributes[.size] as? Int == 0 { return nil }
        if let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 != 0 {
            throw CommandFailure(
                .negative,
                "\(shown) holds your secret, and others may read it. `chmod 600` it, and use it only if nobody else had it."
            )
        }
        guard let bytes = FileManager.default.contents(atPath: path),
            let written = try? JSONDecoder().decode(Written.self, from: bytes),
            let secret = ConversationSecret(written.secret, .participant)
        else {
            throw CommandFailure(
                .negative,
                "\(shown) can't be read, or was changed. Put it back from a copy; `trellis deliberate leave \(id) --forget` takes it away."
            )
        }
        return KeptParticipation(url: written.url, participant: written.participant, secret: secret)
    }

    /// Makes room for a secret before it is asked for: it is told only once.
    static func reserve(_ id: ConversationID, in data: String) throws {
        let path = path(of: id, in: data)
        if let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size == 0 { return }
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .failed,
                "\(WrappedText.plain(data)) can't be written, so your secret couldn't be kept and nobody joined. Name another folder with --data."
            )
        }
        try CharterFileWriting.create(path, with: "", mode: 0o600)
    }

    /// Keeps it in the room that was made.
    func write(_ id: ConversationID, in data: String) throws {
        try CharterFileWriting.replace(
            Self.path(of: id, in: data),
            with: try Printed.json(
                Written(
                    conversation: id.description, url: url, participant: participant, secret: secret.reveal())) + "\n")
    }

    /// Takes it away.
    ///
    /// - Returns: whether anything was there.
    @discardableResult
    static func remove(_ id: ConversationID, in data: String) -> Bool { unlink(path(of: id, in: data)) == 0 }

    /// Takes away the room that was made for a secret that never came.
    static func release(_ id: ConversationID, in data: String) {
        let path = path(of: id, in: data)
        if let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size == 0 { unlink(path) }
    }
}
