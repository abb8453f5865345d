import Charters
import Counsel
import NIOCore

/// A stream whose text a guard model judges, window by window.
///
/// Several windows may be with the guard at once, so that a slow one holds a reply back by one judgement and not by one
/// for every window. What it says counts in the order of the text: nothing goes on before its own verdict and those of
/// all that stands before it.
extension FloorStream {
    /// Text that a guard model is to judge before it goes on.
    struct Window: Sendable {
        let strand: FloorStrand.Key
        /// What was not judged yet, with some of what stands before it.
        let text: String
        let from: Int
        let to: Int
        /// The model's try that it belongs to.
        let attempt: Int
    }

    /// Whether everything that came has gone on.
    var isDrained: Bool { held.isEmpty }

    /// Whether text waits that no guard was asked about.
    var hasUnasked: Bool { isGuarded && !isCut && strands.values.contains { $0.hasUnasked } }

    /// The next window for the guard, if one more may be there: a full one, the end of a text, or, when time is up,
    /// whatever waits.
    func nextWindow(timeIsUp: Bool = false) -> Window? {
        guard isGuarded, !isCut, let terms = floor.guardian?.terms else { return nil }
        if timeIsUp { isDue = true }
        guard windowsOut < terms.windowsAtOnce else { return nil }
        for strand in inOrder where strand.hasUnasked && (isDue || strand.isFull(terms.windowTokens)) {
            let window = strand.window(context: terms.contextBytes)
            windowsOut += 1
            return Window(
                strand: strand.key, text: window.text, from: window.from, to: window.to, attempt: attempt)
        }
        isDue = false
        return nil
    }

    /// Takes the guard's answer about a window; nil when it is about a try that nobody will see.
    func take(_ found: [FloorFinding], about window: Window) -> (out: ByteBuffer, course: Course)? {
        guard window.attempt == attempt else { return nil }
        windowsOut -= 1
        var out = ByteBuffer()
        guard !isCut, let strand = strands[window.strand], !strand.choice.isOver else { return (out, .on) }
        strand.heed(found, upTo: window.to)
        while let found = strand.nextVerdict() {
            for note in found where note.strictness == .note { self.note(note, in: strand) }
            guard let first = found.first(where: { $0.strictness > .note }) else { continue }
            let course = breach(first, in: strand, &out)
            if case .on = course { release(&out) }
            return (out, course)
        }
        release(&out)
        return (out, .on)
    }

    /// Notes a finding once for each text: windows overlap, so that the same words are judged several times.
    private func note(_ finding: FloorFinding, in strand: FloorStrand) {
        if strand.noted.insert(finding.clause + " " + finding.detector).inserted {
            noted.append(finding.within(strand.key.field.name))
        }
    }
}
