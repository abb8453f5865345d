import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Conversations that a run's folder holds, so that they can be judged without being held again. Only where each lies is in
/// memory.
public final class HeldConversations: Sendable {
    private let places: [SampleKey: (start: off_t, count: Int)]
    private let descriptor: Int32

    /// Looks through a folder.
    ///
    /// - Parameters:
    ///   - path: The run's folder.
    ///   - isWanted: Whether a sample's conversation is one. The last of each key counts.
    /// - Throws: ``RunFolderError``.
    public init(in path: String, where isWanted: (Sample) -> Bool = { _ in true }) throws(RunFolderError) {
        let file = path + "/" + RunPlan.recordsFile
        var places: [SampleKey: (start: off_t, count: Int)] = [:]
        var start: off_t = 0
        try LineReading.forEachLine(of: file) { (line, number, isWhole) throws(RunFolderError) in
            guard isWhole else { return }
            guard let sample = try? JSONDecoder().decode(Sample.self, from: line) else {
                throw RunFolderError.damaged(file, line: number)
            }
            places[sample.key] = !sample.turns.isEmpty && isWanted(sample) ? (start, line.count) : nil
            start += off_t(line.count + 1)
        }
        self.places = places
        descriptor = places.isEmpty ? -1 : open(file, O_RDONLY | O_CLOEXEC)
        guard places.isEmpty || descriptor >= 0 else { throw .trouble(file, RunFolder.reason()) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// How many there are.
    public var count: Int { places.count }

    /// The conversation of a key, with what was made of it before. Nil when there is none.
    func sample(_ key: SampleKey) -> Sample? {
        guard let place = places[key] else { return nil }
        var bytes = [UInt8](repeating: 0, count: place.count)
        guard pread(descriptor, &bytes, place.count, place.start) == place.count else { return nil }
        return try? JSONDecoder().decode(Sample.self, from: Data(bytes))
    }
}
