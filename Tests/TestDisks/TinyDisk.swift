import Foundation

/// A disk that is soon full, mounted in memory for one test where this user may mount. It is gone when the test lets go.
public final class TinyDisk: Sendable {
    /// Where it is mounted.
    public let path: String

    /// Whether this user may mount one, so that a test can be skipped by name where not.
    public static let isPossible: Bool = (try? TinyDisk(size: "256k")) != nil

    /// Mounts a disk.
    ///
    /// - Parameter size: as `mount` takes it, as in `512k` or `8m`.
    /// - Throws: when this user may not mount.
    public init(size: String = "512k") throws {
        path = NSTemporaryDirectory() + "trellis-tiny-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path) else {
            try? FileManager.default.removeItem(atPath: path)
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    deinit {
        _ = Self.run("umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func run(_ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
