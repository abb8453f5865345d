import Foundation

/// A folder of its own for one test, with files of charters. It is gone when the test is.
final class CharterFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "trellis-charters-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.resolvingSymlinksInPath().path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a charter: its name and version, and what else it says.
    @discardableResult
    func write(
        _ file: String, charter name: String, version: String = "1.0.0", extends: [String] = [], _ sections: String = ""
    ) throws -> String {
        var text = "charter: \(name)\nversion: \(version)\n"
        if !sections.contains("purpose:") { text += "purpose: Help people.\n" }
        if !extends.isEmpty {
            text += "extends:\n" + extends.map { "  - \"\($0)\"\n" }.joined()
        }
        return try write(file, text: text + sections + (sections.hasSuffix("\n") ? "" : "\n"))
    }

    @discardableResult
    func write(_ file: String, text: String) throws -> String {
        let whole = path + "/" + file
        try FileManager.default.createDirectory(
            atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: whole, atomically: true, encoding: .utf8)
        return whole
    }
}
