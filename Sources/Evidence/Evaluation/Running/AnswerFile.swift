import Foundation
public import Judges
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps judges' answers in a file of a run, so that a run which is begun again pays for none of them twice.
///
/// A line holds an answer, its key and the tokens that it took. The tokens of an answer that an earlier process paid for are
/// told once, to whoever asks for it first: the sample that they belong to was lost with that process. Only where each line lies is in memory. A line that can't be read, as one that was
/// cut off, is as if it weren't there.
public final class AnswerFile: AnswerCache {
    private struct Line: Codable {
        let key: String
        let answer: String
        /// Tokens read. Nil in files of older versions.
        let input: Int?
        /// Tokens written, likewise.
        let output: Int?
    }

    /// Where a line lies, and whether its tokens are counted.
    private struct Place {
        let start: off_t
        let count: Int
        var isCounted: Bool
    }

    private struct State {
        var places: [String: Place] = [:]
        var end: off_t = 0
    }

    private let descriptor: Int32
    private let state: Mutex<State>

    /// Opens the file of a run's folder.
    ///
    /// - Throws: ``RunFolderError/trouble(_:_:)``.
    public init(in folder: String) throws(RunFolderError) {
        let path = folder + "/answers.jsonl"
        var state = State()
        try LineReading.forEachLine(of: path) { (line, _, isWhole) throws(RunFolderError) in
            let length = line.count + (isWhole ? 1 : 0)
            if isWhole, let read = try? JSONDecoder().decode(Line.self, from: line) {
                state.places[read.key] = Place(start: state.end, count: line.count, isCounted: false)
            }
            state.end += off_t(length)
        }
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .trouble(path, RunFolder.reason()) }
        // A line that was cut off is ended, so that the next one stands by itself.
        var last: UInt8 = 0
        if state.end > 0, pread(descriptor, &last, 1, state.end - 1) == 1, last != UInt8(ascii: "\n"),
            pwrite(descriptor, "\n", 1, state.end) == 1
        {
            state.end += 1
        }
        self.state = Mutex(state)
    }

    deinit { close(descriptor) }

    /// See ``AnswerCache/answer(for:)``.
    public func answer(for key: String) -> KeptAnswer? {
        let place = state.withLock { state -> Place? in
            defer { state.places[key]?.isCounted = true }
            return state.places[key]
        }
        guard let place else { return nil }
        var bytes = [UInt8](repeating: 0, count: place.count)
        guard pread(descriptor, &bytes, place.count, place.start) == place.count,
            let line = try? JSONDecoder().decode(Line.self, from: Data(bytes))
        else { return nil }
        guard !place.isCounted else { return KeptAnswer(words: line.answer) }
        return KeptAnswer(
            words: line.answer, inputTokens: max(0, line.input ?? 0), outputTokens: max(0, line.output ?? 0))
    }

    /// See ``AnswerCache/keep(_:for:)``.
    public func keep(_ answer: KeptAnswer, for key: String) {
        let kept = Line(key: key, answer: answer.words, input: answer.inputTokens, output: answer.outputTokens)
        guard var line = try? RunPlan.encoder.encode(kept) else { return }
        line.append(UInt8(ascii: "\n"))
        state.withLock { state in
            let written = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, state.end) }
            guard written == line.count else {
                // A full disk: what was written of the line is written over by the next one.
                _ = ftruncate(descriptor, state.end)
                return
            }
            state.places[key] = Place(start: state.end, count: line.count - 1, isCounted: true)
            state.end += off_t(line.count)
        }
    }
}
