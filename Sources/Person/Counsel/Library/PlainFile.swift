import Charters
import Foundation

/// Files of charters, read with care: only plain files, and not more than a charter may have.
enum PlainFile {
    /// The bytes of a file. A device, a pipe or a folder is refused before it is opened: reading one could last forever.
    static func bytes(at path: String) throws(CharterError) -> [UInt8] {
        let resolved = resolved(path)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else {
            throw .one(path, "unreadable", "there is no such file", "Check the path, or put the file there.")
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw .one(path, "unreadable", "this is not a file that can be read", "Name the charter's file.")
        }
        guard let file = FileHandle(forReadingAtPath: resolved) else {
            throw .one(
                path, "unreadable", "the file is there and can't be read",
                "Check its permissions: whoever runs Trellis must be allowed to read it.")
        }
        defer { try? file.close() }
        // One byte too many is enough for reading to say that it is too large.
        return (try? file.read(upToCount: Charter.maximumBytes + 1)).flatMap { $0 }.map(Array.init) ?? []
    }

    /// What changes when a file changes: its size, time and number; `missing` when there is none.
    static func stamp(of path: String) -> String {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved(path)) else {
            return "missing"
        }
        let size = attributes[.size] as? Int ?? 0
        let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let number = attributes[.systemFileNumber] as? Int ?? 0
        return "\(size) \(changed) \(number)"
    }

    /// The absolute path, without symbolic links and without `..`.
    static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// The folder that a path names a file in.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// A path from a folder, as people would write it.
    static func joined(_ folder: String, _ path: String) -> String {
        let path = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return folder == "." ? path : folder + "/" + path
    }

    /// Whether a resolved path lies in a resolved folder.
    static func isInside(_ path: String, _ folder: String) -> Bool {
        folder == "/" || path.hasPrefix(folder + "/")
    }

    /// The way from a resolved folder to a resolved path, as in `./base.yaml` or `../other/base.yaml`.
    static func path(from folder: String, to path: String) -> String {
        let start = folder.split(separator: "/")
        let end = path.split(separator: "/")
        let shared = zip(start, end).prefix { $0 == $1 }.count
        let up = Array(repeating: Substring(".."), count: start.count - shared)
        return (up.isEmpty ? "./" : "") + (up + end.dropFirst(shared)).joined(separator: "/")
    }
}

extension CharterError {
    /// One problem with a file as a whole.
    static func one(_ file: String, _ code: String, _ message: String, _ help: String) -> CharterError {
        CharterError(diagnostics: [
            Diagnostic(severity: .error, file: file, line: 0, column: 0, code: code, message: message, help: help)
        ])
    }
}
