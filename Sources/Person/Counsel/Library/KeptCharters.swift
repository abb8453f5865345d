import Charters
import Foundation

/// Charters that came over the network, kept on this machine, so that the same ones govern after a restart without one.
///
/// Each document stands under its charter's fingerprint, and is held against it whenever it is read: one that was
/// changed on the disk is none. Beside them stands, for each address, what it sent last.
struct KeptCharters: Sendable {
    /// The folder. It is made when the first document is kept, if the folder that it lies in is there: a command that
    /// only looks at charters leaves no data folder behind.
    let folder: String

    /// The document whose charter has that fingerprint; nil when it isn't there or isn't what it was.
    func document(_ fingerprint: CharterFingerprint) -> [UInt8]? {
        let path = place(of: fingerprint)
        guard FileManager.default.fileExists(atPath: path), let bytes = try? PlainFile.bytes(at: path),
            let found = try? Charter.read(bytes, file: path).charter, found.fingerprint == fingerprint
        else { return nil }
        return bytes
    }

    /// The fingerprint of what an address sent last.
    func last(from url: URL) -> CharterFingerprint? {
        let text = FileManager.default.contents(atPath: place(of: url)).flatMap {
            String(validating: $0, as: UTF8.self)
        }
        return text.flatMap { CharterFingerprint($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Keeps a document, and that this address sent it.
    /// - Returns: whether it is kept. False also where there is no data folder to keep it in.
    @discardableResult
    func keep(_ document: [UInt8], _ fingerprint: CharterFingerprint, from url: URL) -> Bool {
        let files = FileManager.default
        if !files.fileExists(atPath: folder) {
            try? files.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        }
        do {
            if self.document(fingerprint) == nil {
                try Data(document).write(to: URL(fileURLWithPath: place(of: fingerprint)), options: .atomic)
            }
            if last(from: url) != fingerprint {
                let text = Data((fingerprint.hexadecimal + "\n").utf8)
                try text.write(to: URL(fileURLWithPath: place(of: url)), options: .atomic)
            }
            return true
        } catch {
            return false
        }
    }

    private func place(of fingerprint: CharterFingerprint) -> String { "\(folder)/\(fingerprint.hexadecimal).yaml" }

    private func place(of url: URL) -> String {
        "\(folder)/\(hexadecimalDigest(of: Array(url.absoluteString.utf8))).address"
    }
}
