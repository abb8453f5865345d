import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is written piece by piece beside its place and moved there when it is whole: whoever is interrupted leaves
/// the old file or none, never half of one.
public enum StreamedFile {
    /// Writes a file.
    ///
    /// - Parameters:
    ///   - path: Where it ends up. What is there is replaced.
    ///   - body: Is given something to write with.
    /// - Throws: ``RunFolderError/trouble(_:_:)``, or what the body throws.
    public static func write(_ path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
        let partial = path + ".partial-\(getpid())"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw RunFolderError.trouble(path, "it can't be written (\(RunFolder.reason()))") }
        do {
            var waiting = Data()
            func flush() throws {
                do { try handle.write(contentsOf: waiting) } catch {
                    throw RunFolderError.trouble(path, "it can't be written (\(error.localizedDescription))")
                }
                waiting.removeAll(keepingCapacity: true)
            }
            try body { piece in
                waiting.append(contentsOf: piece.utf8)
                if waiting.count > 1 << 20 { try flush() }
            }
            try flush()
            try handle.close()
            guard rename(partial, path) == 0 else {
                throw RunFolderError.trouble(path, "it can't be written (\(RunFolder.reason()))")
            }
        } catch {
            try? handle.close()
            unlink(partial)
            throw error
        }
    }
}
