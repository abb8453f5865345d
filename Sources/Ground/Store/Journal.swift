import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A queue of records on disk, for what must not be lost before there is time to sort it in.
///
/// ``append(_:)-(UnsafeRawBufferPointer)`` costs one system call, a few microseconds. Once it has returned, the
/// record survives the death of this process (`kill -9`) in the operating system's page cache; a power cut may take
/// the last seconds. ``drain(batch:_:)`` hands the records on, oldest first, and then forgets them. After a crash
/// between the two it hands some on again, so whoever receives them must not mind that.
///
/// Records stand in segments, files that are only ever added to, each record with a checksum in front. A torn or
/// damaged record is stepped over and counted, and those after it are found again.
public final class Journal: Sendable {
    /// The folder that holds the segments.
    public let directory: String
    /// How long a segment may grow before the next is begun, in bytes.
    public let segmentBytes: Int

    private let system: SystemCalls
    private let guardian: Int32
    private let positionFile: Int32
    private let appending: Mutex<Appending>
    private let draining: Mutex<Draining>
    // Apart from `draining`, which is held for as long as a receiver takes.
    private let drained = Atomic<Int>(0)
    private let damages = Atomic<Int>(0)

    /// The one call that tests replace, to have a full disk without one.
    struct SystemCalls: Sendable {
        var write: @Sendable (Int32, UnsafePointer<iovec>, Int32) -> Int = { writev($0, $1, $2) }
    }

    private struct Appending {
        /// The segment that is being written, or the next one's number while there is none.
        var segment: UInt64
        var file: Int32 = -1
        /// How much of it holds whole records.
        var length = 0
        var appended = 0
        var isClosed = false
    }

    private struct Draining {
        var position: JournalPosition
        var file: Int32 = -1
    }

    /// Opens the journal in a folder, which is made when missing, and takes it for this process alone.
    ///
    /// - Parameter segmentBytes: how long a segment may grow before the next is begun.
    /// - Throws: ``JournalError/inUse(directory:)`` when it is open already, here or in another process.
    public convenience init(directory: String, segmentBytes: Int = 16 << 20) throws(JournalError) {
        try self.init(directory: directory, segmentBytes: segmentBytes, system: SystemCalls())
    }

    init(directory: String, segmentBytes: Int, system: SystemCalls) throws(JournalError) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .cannotOpen(path: directory, reason: "the folder can't be made")
        }
        let guardian = open(directory + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard guardian >= 0 else {
            throw .cannotOpen(path: directory + "/lock", reason: JournalSegment.lastReason())
        }
        guard flock(guardian, LOCK_EX | LOCK_NB) == 0 else {
            close(guardian)
            throw .inUse(directory: directory)
        }
        do {
            let position = JournalPosition.recorded(in: directory)
            let path = JournalPosition.path(in: directory)
            let leftovers = try JournalSegment.numbers(in: directory)
            var waiting = 0
            try Self.forEachRecord(inDirectory: directory) { _ in waiting += 1 }
            let positionFile = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard positionFile >= 0 else {
                throw JournalError.cannotOpen(path: path, reason: JournalSegment.lastReason())
            }
            // Never after what a crash may have torn: every opening begins a segment of its own.
            let next = max(leftovers.last ?? 0, position.segment) + 1
            self.directory = directory
            self.segmentBytes = segmentBytes
            self.system = system
            self.guardian = guardian
            appending = Mutex(Appending(segment: next, appended: waiting))
            draining = Mutex(Draining(position: position))
            self.positionFile = positionFile
        } catch {
            close(guardian)
            throw error as? JournalError ?? .cannotOpen(path: directory, reason: "\(error)")
        }
    }

    deinit {
        appending.withLock { if $0.file >= 0 { close($0.file) } }
        draining.withLock { if $0.file >= 0 { close($0.file) } }
        close(positionFile)
        close(guardian)
    }

    /// Numbers about this journal since it was opened.
    public var counts: Counts {
        // Drained first: a record drained between the two looks waiting for a moment, never less than none.
        let drained = drained.load(ordering: .acquiring)
        return Counts(
            appended: appending.withLock { $0.appended }, drained: drained,
            damages: damages.load(ordering: .relaxed))
    }

    // MARK: Appending

    /// Appends a record. Any thread may; records of one thread keep their order.
    /// - Throws: ``JournalError/full(directory:)`` and others. The record is then not kept, and the next may be.
    public func append(_ record: [UInt8]) throws(JournalError) {
        var failure: JournalError?
        record.withUnsafeBytes { bytes in
            do throws(JournalError) { try append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Appends a record. Any thread may; records of one thread keep their order.
    /// - Throws: ``JournalError/full(directory:)`` and others. The record is then not kept, and the next may be.
    public func append(_ record: UnsafeRawBufferPointer) throws(JournalError) {
        guard record.count <= JournalFrame.longestRecord else { throw .recordTooLong(length: record.count) }
        var header: (UInt32, UInt32, UInt32) = (0, 0, 0)
        var failure: JournalError?
        withUnsafeMutableBytes(of: &header) { header in
            JournalFrame.writeHeader(for: record, into: header)
            do throws(JournalError) { try append(header: UnsafeRawBufferPointer(header), record) } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private func append(header: UnsafeRawBufferPointer, _ record: UnsafeRawBufferPointer) throws(JournalError) {
        try appending.withLock { appending throws(JournalError) in
            if appending.isClosed { throw .closed(directory: directory) }
            if appending.length >= segmentBytes { leaveSegment(&appending) }
            if appending.file < 0 { try beginSegment(&appending) }
            let length = header.count + record.count
            let written = write(header, record, to: appending.file)
            guard written == length else {
                let code = errno
                // What was written of it is taken back; where even that fails, the segment ends with a torn record.
                if written != 0, ftruncate(appending.file, off_t(appending.length)) != 0 { leaveSegment(&appending) }
                throw error(code: written < 0 ? code : ENOSPC, segment: appending.segment)
            }
            appending.length += length
            appending.appended += 1
        }
    }

    /// One write of both, so that no other record comes between them.
    private func write(_ header: UnsafeRawBufferPointer, _ record: UnsafeRawBufferPointer, to file: Int32) -> Int {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { parts in
            parts.initializeElement(
                at: 0, to: iovec(iov_base: UnsafeMutableRawPointer(mutating: header.baseAddress), iov_len: header.count)
            )
            parts.initializeElement(
                at: 1, to: iovec(iov_base: UnsafeMutableRawPointer(mutating: record.baseAddress), iov_len: record.count)
            )
            guard let start = parts.baseAddress else { return 0 }
            while true {
                let written = system.write(file, start, 2)
                if written >= 0 || errno != EINTR { return written }
            }
        }
    }

    private func beginSegment(_ appending: inout Appending) throws(JournalError) {
        let path = JournalSegment.path(of: appending.segment, in: directory)
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw error(code: errno, segment: appending.segment) }
        appending.file = file
        appending.length = 0
    }

    private func leaveSegment(_ appending: inout Appending) {
        guard appending.file >= 0 else { return }
        close(appending.file)
        appending.file = -1
        appending.length = 0
        appending.segment += 1
    }

    private func error(code: Int32, segment: UInt64) -> JournalError {
        switch code {
        case ENOSPC, EDQUOT: .full(directory: directory)
        default:
            .cannotWrite(
                path: JournalSegment.path(of: segment, in: directory), reason: String(cString: strerror(code)))
        }
    }

    // MARK: Draining

    /// Hands on every record that was appended before this call, oldest first, in batches, and forgets each batch
    /// once `body` has returned.
    ///
    /// When `body` throws, its batch and what follows stay, and the error is passed on. One drain runs at a time.
    /// - Parameter batch: how many records a batch has at most.
    /// - Returns: how many records were handed on.
    @discardableResult
    public func drain(batch: Int = 512, _ body: ([[UInt8]]) throws -> Void) throws -> Int {
        let batch = max(1, batch)
        return try draining.withLock { draining in
            let before = drained.load(ordering: .relaxed)
            let end = appending.withLock { JournalPosition(segment: $0.segment, offset: $0.length) }
            while draining.position < end {
                if draining.position.segment == end.segment {
                    guard try openSegment(&draining) else { break }
                    try drainSegment(&draining, until: end.offset, batch: batch, body)
                    break
                }
                if try openSegment(&draining) {
                    let path = JournalSegment.path(of: draining.position.segment, in: directory)
                    let length = try JournalSegment.length(of: draining.file, path: path)
                    try drainSegment(&draining, until: length, batch: batch, body)
                }
                try leaveDrainedSegment(&draining, last: end.segment)
            }
            return drained.load(ordering: .relaxed) - before
        }
    }

    /// Ends the current segment, so that the next drain leaves nothing of it on the disk.
    public func rotate() {
        appending.withLock { appending in
            if appending.length > 0 { leaveSegment(&appending) }
        }
    }

    /// Takes no more records. What waits can still be drained, now or at the next opening.
    public func finish() {
        appending.withLock { appending in
            leaveSegment(&appending)
            appending.isClosed = true
        }
    }

    private func openSegment(_ draining: inout Draining) throws(JournalError) -> Bool {
        if draining.file >= 0 { return true }
        let path = JournalSegment.path(of: draining.position.segment, in: directory)
        guard let file = try JournalSegment.openForReading(path) else { return false }
        draining.file = file
        return true
    }

    private func drainSegment(
        _ draining: inout Draining, until end: Int, batch: Int, _ body: ([[UInt8]]) throws -> Void
    ) throws {
        let path = JournalSegment.path(of: draining.position.segment, in: directory)
        var window = 1 << 20
        while draining.position.offset < end {
            let start = draining.position.offset
            let range = start..<min(end, start + window)
            let bytes = try JournalSegment.bytes(of: draining.file, in: range, path: path)
            // A file that ends before the end that was promised has lost what is missing.
            let isEnd = range.upperBound == end || bytes.count < range.count
            let contents = bytes.withUnsafeBytes { JournalFrame.contents(of: $0, isEnd: isEnd) }
            if contents.length == 0, !isEnd {
                // One record is longer than the window.
                window *= 2
                continue
            }
            var rest = contents.records[...]
            while let last = rest.prefix(batch).last {
                let ranges = rest.prefix(batch)
                try body(
                    bytes.withUnsafeBytes { bytes in
                        ranges.map { [UInt8](UnsafeRawBufferPointer(rebasing: bytes[$0])) }
                    })
                drained.add(ranges.count, ordering: .releasing)
                rest = rest.dropFirst(ranges.count)
                draining.position.offset = start + last.upperBound
                record(draining.position)
            }
            damages.add(contents.damages, ordering: .relaxed)
            draining.position.offset = contents.length == 0 ? end : start + contents.length
        }
        record(draining.position)
    }

    private func leaveDrainedSegment(_ draining: inout Draining, last: UInt64) throws(JournalError) {
        let drained = draining.position.segment
        let next = try JournalSegment.numbers(in: directory).first { $0 > drained } ?? last
        if draining.file >= 0 { close(draining.file) }
        draining.file = -1
        draining.position = JournalPosition(segment: min(next, last), offset: 0)
        // The place first: a segment that is gone must not be waited for.
        record(draining.position)
        unlink(JournalSegment.path(of: drained, in: directory))
    }

    /// A place that can't be recorded is no error: the records before it are handed on again after a crash.
    private func record(_ position: JournalPosition) {
        let bytes = position.bytes
        _ = bytes.withUnsafeBytes { pwrite(positionFile, $0.baseAddress, $0.count, 0) }
    }
}
