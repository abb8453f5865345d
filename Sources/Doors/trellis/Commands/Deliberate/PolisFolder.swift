import Deliberation
import Foundation

/// Polis's export as it lies in a folder.
enum PolisFolder {
    /// The largest file that is read: 1 GiB.
    static let sizeLimit = 1 << 30

    /// Reads the export.
    ///
    /// - Throws: ``CommandFailure`` that says what is missing or wrong, and where.
    static func conversation(_ folder: String) throws -> PolisConversation {
        let shown = WrappedText.plain(folder)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            throw CommandFailure(
                .negative,
                "there is no folder \(shown). Name the folder into which Polis's export was unpacked, or the id of a conversation that is held here."
            )
        }
        guard isFolder.boolValue else {
            throw CommandFailure(
                .negative,
                "\(shown) is a file. Name the folder that holds participants-votes.csv and comments.csv of the export.")
        }
        let files = PolisConversation.Files(
            participantsVotes: try bytes("participants-votes.csv", in: folder),
            votes: try bytes("votes.csv", in: folder), comments: try bytes("comments.csv", in: folder),
            summary: try bytes("summary.csv", in: folder))
        guard files.participantsVotes != nil || files.votes != nil else {
            throw CommandFailure(
                .negative,
                "\(shown) holds neither participants-votes.csv nor votes.csv. Unpack Polis's export there, with the names as they are."
            )
        }
        do throws(ImportProblem) {
            return try PolisConversation(files)
        } catch {
            throw CommandFailure(.negative, WrappedText.plain("\(folder)/\(error)"))
        }
    }

    /// The bytes of a file, or nil if there is none.
    static func bytes(_ name: String, in folder: String) throws -> [UInt8]? {
        let path = (folder as NSString).appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try bytes(at: path)
    }

    /// The bytes of a file that has to be there.
    static func bytes(at path: String) throws -> [UInt8] {
        let shown = WrappedText.plain(path)
        let found = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        guard let found else {
            throw CommandFailure(.negative, "there is no file \(shown). Check the name.")
        }
        guard found[.type] as? FileAttributeType == .typeRegular else {
            throw CommandFailure(.negative, "\(shown) is no file with bytes to read. Name a file.")
        }
        if let size = found[.size] as? Int, size > sizeLimit {
            throw CommandFailure(
                .negative, "\(shown) has \(size) bytes; at most \(sizeLimit) are read. Is it the right file?")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.negative, "\(shown) can't be read. Check who may read it.")
        }
        return Array(data)
    }
}
