import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A number beside the database that every process on it can see change: how one process tells the others at once that
/// what they keep in memory may be over.
///
/// Eight bytes in the file `trellis.sqlite-mark`. Whoever has committed a change that others must hear of writes a new
/// random number there; whoever is about to use something from memory reads it, which is one system call and a fifth
/// of a microsecond. The bytes are read and written in place and never mapped, so that no accident to the file can end
/// the process. It says that something changed and not what, holds nothing of anybody, and needs no backup.
final class ChangeMark: Sendable {
    private let file: Int32?
    /// Stands in for the file of a database in memory.
    private let own = Mutex<UInt64>(0)
    private let isInMemory: Bool

    /// The mark of the database at `path`; for a database in memory, one of this process alone.
    /// - Parameter isReadOnly: whether the mark is only looked at.
    init(ofDatabase path: String, isReadOnly: Bool = false) {
        isInMemory = path == ":memory:"
        guard !isInMemory else {
            file = nil
            return
        }
        let name = path + "-mark"
        let found = isReadOnly ? open(name, O_RDONLY | O_CLOEXEC) : open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        file = found >= 0 ? found : nil
        // Written and not only made longer, so that there is room for it whenever the disk is full later.
        if !isReadOnly, value == nil { _ = change() }
    }

    deinit { if let file { close(file) } }

    /// The number as it is now; nil when it can't be read, and then nobody knows whether something changed.
    var value: UInt64? {
        if isInMemory { return own.withLock { $0 } }
        guard let file else { return nil }
        var number: UInt64 = 0
        let count = withUnsafeMutableBytes(of: &number) { pread(file, $0.baseAddress, $0.count, 0) }
        return count == MemoryLayout<UInt64>.size ? number : nil
    }

    /// Says that something was changed. Call it after the change was committed.
    ///
    /// Of two that do so at once either number may stay; both differ from the one before, and a reader that sees the
    /// first sees the second come.
    /// - Returns: whether it could be written. When not, others notice by asking the database now and then.
    @discardableResult
    func change() -> Bool {
        var number = UInt64.random(in: 1 ... .max)
        if isInMemory {
            own.withLock { $0 = number }
            return true
        }
        guard let file else { return false }
        return withUnsafeBytes(of: &number) { pwrite(file, $0.baseAddress, $0.count, 0) } == MemoryLayout<UInt64>.size
    }
}
