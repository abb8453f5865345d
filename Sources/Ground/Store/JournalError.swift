/// What can go wrong with a journal, each with what to do next in its ``description``.
public enum JournalError: Error, Hashable, Sendable {
    /// The disk has no room left. The record was not kept; what was kept before is whole.
    case full(directory: String)
    /// Another Trellis has this journal open.
    case inUse(directory: String)
    /// The folder or a file in it can't be opened.
    case cannotOpen(path: String, reason: String)
    /// The operating system refused a write. The record was not kept; what was kept before is whole.
    case cannotWrite(path: String, reason: String)
    /// The operating system refused a read.
    case cannotRead(path: String, reason: String)
    /// The record is longer than a journal takes, 1 GiB.
    case recordTooLong(length: Int)
    /// The journal was closed.
    case closed(directory: String)
}

extension JournalError: CustomStringConvertible {
    /// The whole story for a person: what happened, where, and what to do next.
    public var description: String {
        switch self {
        case .full(let directory):
            """
            There is no room left on the disk that holds the journal \(directory). Free some space \
            (`df -h \(directory)` shows how much is there); Trellis goes on by itself.
            """
        case .inUse(let directory):
            """
            Another Trellis is using the journal \(directory). Stop it, or give this one a data folder of its own.
            """
        case .cannotOpen(let path, let reason):
            "\(path) can't be opened: \(reason). Check that the folder is there and that this user may write in it."
        case .cannotWrite(let path, let reason):
            "\(path) can't be written: \(reason). Check the disk (`dmesg`) and that this user may write there."
        case .cannotRead(let path, let reason):
            "\(path) can't be read: \(reason). Check the disk (`dmesg`) and that this user may read there."
        case .recordTooLong(let length):
            "A record of \(length) bytes is too long for a journal, which takes up to 1 GiB."
        case .closed(let directory):
            "The journal \(directory) is closed. This is a fault in Trellis; please report it."
        }
    }
}
