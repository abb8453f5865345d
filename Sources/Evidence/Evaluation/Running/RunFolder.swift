import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a run's folder can't be used.
public enum RunFolderError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another run is at work in it.
    case inUse(String)
    /// It holds a run with another plan; what differs.
    case otherPlan(String, differs: [String])
    /// It holds no run.
    case noRun(String)
    /// It holds a run of the other kind.
    case otherKind(String, isAttractor: Bool)
    /// Its manifest can't be read, and why.
    case unreadable(String, String)
    /// Something can't be written or read; the system's reason.
    case trouble(String, String)
    /// A line that isn't the last can't be read.
    case damaged(String, line: Int)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .inUse(let path):
            "Another evaluation is at work in \(path). Wait for it, or choose another folder."
        case .otherPlan(let path, let differs):
            "\(path) holds a run with another plan. What differs: \(differs.joined(separator: ", ")). Choose another folder, or go on with that run as it was begun."
        case .noRun(let path):
            "\(path) holds no run: there is no manifest.json. Name the folder that --out named when the run was begun."
        case .otherKind(let path, let isAttractor):
            isAttractor
                ? "\(path) holds a run of `trellis evaluate attractor`, and a run of suites is asked for."
                : "\(path) holds a run of suites, and a run of `trellis evaluate attractor` is asked for."
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .trouble(let path, let reason):
            "\(path): \(reason.hasSuffix(".") ? String(reason.dropLast()) : reason). What was finished is kept; begin again when that is put right."
        case .damaged(let path, let line):
            "\(path):\(line): this line can't be read. Take it away, and the run does that conversation again."
        }
    }
}

/// What a folder's records follow from: the manifest that stands in it.
public protocol RecordPlan: Hashable, Sendable, Codable {
    /// One finished conversation with what was judged of it.
    associatedtype Record: Sendable, Codable
    /// The file that holds the records, as in `samples.jsonl`.
    static var recordsFile: String { get }
    /// Whether this version of Trellis can go on with such a folder.
    var isOfKnownForm: Bool { get }
    /// What another plan says otherwise, in a few words each.
    func differences(from other: Self) -> [String]
}

/// The folder of a run of suites.
public typealias RunFolder = RecordFolder<RunPlan>

/// A run's folder: `manifest.json`, and a file with a line for each finished conversation, as `samples.jsonl`.
///
/// A line is written whole with one call to the system, so that what was finished outlives the program's death; a line
/// that was cut off is done again. One process at a time writes.
public final class RecordFolder<Plan: RecordPlan>: Sendable {
    /// Where it is.
    public let path: String
    /// The plan of the run.
    public let plan: Plan
    private let samples: Mutex<Int32>
    private let lock: Int32

    /// Begins a run in a folder, or goes on with one of the same plan.
    ///
    /// - Throws: ``RunFolderError``.
    public init(_ path: String, plan: Plan) throws(RunFolderError) {
        self.path = path
        self.plan = plan
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .trouble(path, "the folder can't be made (\(error.localizedDescription))")
        }
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .trouble(path, Self.reason()) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .inUse(path)
        }
        do throws(RunFolderError) {
            if FileManager.default.fileExists(atPath: path + "/manifest.json") {
                let kept = try Self.plan(in: path)
                guard kept == plan else {
                    throw RunFolderError.otherPlan(path, differs: plan.differences(from: kept))
                }
            } else {
                try Self.writePlan(plan, in: path)
            }
            samples = Mutex(try Self.openedSamples(in: path))
        } catch {
            close(lock)
            throw error
        }
    }

    deinit {
        samples.withLock { _ = close($0) }
        close(lock)
    }

    /// The plan of the run in a folder.
    ///
    /// - Throws: ``RunFolderError``.
    public static func plan(in path: String) throws(RunFolderError) -> Plan {
        let file = path + "/manifest.json"
        guard let data = FileManager.default.contents(atPath: file) else { throw .noRun(path) }
        guard let plan = try? JSONDecoder().decode(Plan.self, from: data) else {
            // What the other kind of run has and this one hasn't.
            let isRun = (try? JSONDecoder().decode(RunPlan.self, from: data)) != nil
            if isRun { throw .otherKind(path, isAttractor: false) }
            if Plan.self == RunPlan.self, (try? JSONDecoder().decode(AttractorPlan.self, from: data)) != nil {
                throw .otherKind(path, isAttractor: true)
            }
            if let read = try? JSONDecoder().decode(FolderForm.self, from: data), read.form > RunPlan.formVersion {
                throw .unreadable(file, "a newer version of Trellis made this run. Read it with that one.")
            }
            throw .unreadable(
                file, "it is damaged: it can't be read as a run's manifest. Take it from where the run was made.")
        }
        guard plan.isOfKnownForm else {
            throw .unreadable(file, "another version of Trellis made this run. Read it with that one.")
        }
        return plan
    }

    private static func writePlan(_ plan: Plan, in path: String) throws(RunFolderError) {
        let encoder = RunPlan.encoder
        encoder.outputFormatting.insert(.prettyPrinted)
        do {
            try encoder.encode(plan).write(to: URL(fileURLWithPath: path + "/manifest.json"), options: .atomic)
        } catch {
            throw .trouble(path + "/manifest.json", error.localizedDescription)
        }
    }

    /// Opens the samples for writing, behind the last whole line.
    private static func openedSamples(in path: String) throws(RunFolderError) -> Int32 {
        let file = path + "/" + Plan.recordsFile
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .trouble(file, reason()) }
        let size = lseek(descriptor, 0, SEEK_END)
        var end = size
        var byte: UInt8 = 0
        while end > 0, pread(descriptor, &byte, 1, end - 1) == 1, byte != UInt8(ascii: "\n") { end -= 1 }
        guard end == size || ftruncate(descriptor, end) == 0, lseek(descriptor, end, SEEK_SET) == end else {
            let reason = reason()
            close(descriptor)
            throw .trouble(file, reason)
        }
        return descriptor
    }

    static func reason() -> String { String(cString: strerror(errno)) }

    /// Keeps a finished record.
    ///
    /// - Throws: ``RunFolderError/trouble(_:_:)``, as when the disk is full. Then nothing of it is left.
    public func keep(_ sample: Plan.Record) throws(RunFolderError) {
        let file = path + "/" + Plan.recordsFile
        guard var line = try? RunPlan.encoder.encode(sample) else {
            throw .trouble(file, "a conversation holds a number that isn't one")
        }
        line.append(UInt8(ascii: "\n"))
        let problem: String? = samples.withLock { descriptor in
            let start = lseek(descriptor, 0, SEEK_CUR)
            let written = line.withUnsafeBytes { bytes in
                var done = 0
                while done < bytes.count {
                    // A file descriptor that is open, and bytes that live as long as the call.
                    let count = write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { break }
                    done += count
                }
                return done
            }
            guard written < line.count else { return nil }
            let reason = Self.reason()
            _ = ftruncate(descriptor, start)
            _ = lseek(descriptor, start, SEEK_SET)
            return reason
        }
        if let problem { throw .trouble(file, problem) }
    }

    /// Has the disk take what was kept.
    public func flush() { samples.withLock { _ = fsync($0) } }

    /// Calls with every kept record of a folder, in the order in which they were finished. Only one is in memory at a time.
    ///
    /// A conversation that was done again comes again; the later one counts.
    ///
    /// - Throws: ``RunFolderError``.
    public static func forEachSample(in path: String, _ body: (Plan.Record) -> Void) throws(RunFolderError) {
        let file = path + "/" + Plan.recordsFile
        let decoder = JSONDecoder()
        try LineReading.forEachLine(of: file) { (line, number, isWhole) throws(RunFolderError) in
            guard isWhole else { return }
            guard let sample = try? decoder.decode(Plan.Record.self, from: line) else {
                throw RunFolderError.damaged(file, line: number)
            }
            body(sample)
        }
    }
}

/// What every manifest says.
private struct FolderForm: Decodable {
    let form: Int
}

/// Reads a file line by line.
enum LineReading {
    /// Calls with each line without its end; the last may not be whole. A file that isn't there has no lines.
    static func forEachLine(
        of file: String, _ body: (Data, Int, Bool) throws(RunFolderError) -> Void
    ) throws(RunFolderError) {
        guard let handle = FileHandle(forReadingAtPath: file) else { return }
        defer { try? handle.close() }
        var rest = Data()
        var number = 0
        while true {
            let piece: Data?
            do { piece = try handle.read(upToCount: 1 << 20) } catch {
                throw .trouble(file, error.localizedDescription)
            }
            guard let piece, !piece.isEmpty else { break }
            rest.append(piece)
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                try body(Data(rest[rest.startIndex..<end]), number, true)
                rest = rest[(end + 1)...]
            }
            rest = Data(rest)
        }
        if !rest.isEmpty { try body(rest, number + 1, false) }
    }
}
