import Foundation

/// Writing charters and what belongs to them: at once or not at all.
enum CharterFileWriting {
    /// Writes a new file.
    ///
    /// - Throws: ``CommandFailure`` when there is one of that name already: nobody's work is ever overwritten.
    static func create(_ path: String, with text: String, mode: mode_t = 0o644) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw CommandFailure(
                errno == EEXIST ? .negative : .failed,
                errno == EEXIST
                    ? "\(path) is there already, and nothing was written. Name another file, or move it away."
                    : "\(path) can't be written: \(reason). Check its folder and permissions.")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(text.utf8))
            try file.close()
        } catch {
            unlink(path)
            throw CommandFailure(.failed, "\(path) can't be written. Is the disk full?")
        }
    }

    /// Writes a file anew. Whoever reads it meanwhile sees the old one or the new one, never a part.
    static func replace(_ path: String, with text: String) throws {
        // A link stays a link: what it points to is written.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.uint32Value ?? 0o644
        let draft = target + ".\(UInt64.random(in: 0 ... .max)).part"
        try create(draft, with: text, mode: mode_t(mode))
        guard chmod(draft, mode_t(mode)) == 0, rename(draft, target) == 0 else {
            let reason = reason
            unlink(draft)
            throw CommandFailure(.failed, "\(path) can't be written: \(reason). Check its folder and permissions.")
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
