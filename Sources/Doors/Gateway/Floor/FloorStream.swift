import Charters
import Counsel
import DequeModule
import Models
import NIOCore

/// A streamed reply under the eyes of the floor: whole events wait until no text in them can become part of a breach.
///
/// Events go on byte for byte and in their order; tool calls, usage and fields that nobody here knows are untouched.
/// Every choice is watched by itself. Text is the only thing that is looked at: the arguments of a tool call are for a
/// program, not for a person.
final class FloorStream {
    /// What becomes of the stream after some events.
    enum Course {
        /// It goes on.
        case on
        /// It ends here: the last words have been said.
        case cut
        /// Nothing of the reply has been shown, and the model may write it once more.
        case revise(FloorFinding, draft: String)
    }

    private struct Held {
        var bytes: ByteBuffer
        /// Up to where the text of each choice reaches with this event.
        var marks: [(choice: Int, end: Int)] = []
        var step = FloorStreamStep.other
    }

    private struct Choice {
        var watch: FloorWatch
        /// Bytes of text that were handed to the watch, and how many of them may be shown.
        var taken = 0
        var free = 0
        var text = ""
        /// How many bytes a guard model has been asked about and how many it has cleared, and the pieces since.
        var asked = 0
        var cleared = 0
        var pieces = 0
        var isEnded = false
        var isOver = false
        var isShown = false
    }

    private let floor: FloorEnforcement
    private let dialect: Upstream.Dialect
    private let choicesAsked: Int
    private let isGuarded: Bool
    private var mayRevise: Bool
    private var held = Deque<Held>()
    private var choices: [Int: Choice] = [:]
    private var settled: [FloorFinding] = []
    private var noted: [FloorFinding] = []
    /// The members of the latest chunk around its choices.
    private var frame = JSONObject()
    /// What the client has seen of Anthropic's structure.
    private var seen = FloorStreamProgress()
    private var isCut = false

    init(_ floor: FloorEnforcement, dialect: Upstream.Dialect, choices: Int, mayRevise: Bool) {
        self.floor = floor
        self.dialect = dialect
        choicesAsked = choices
        isGuarded = floor.guardian?.watches(.output) == true
        self.mayRevise = mayRevise && choices == 1
    }

    /// What was found so far, and what was done about it.
    var findings: [FloorFinding] {
        let notes = choices.sorted { $0.key < $1.key }.flatMap { $0.value.watch.findings }.filter {
            $0.strictness == .note
        }
        return notes + noted + settled
    }

    /// The reason to finish that the client was told in place of the upstream's.
    private(set) var finishReason: String?

    // MARK: Events come

    /// Takes whole events and gives those that can go on.
    func take(_ events: ByteBuffer) -> (out: ByteBuffer, course: Course) {
        var out = ByteBuffer()
        for bytes in FloorStreamStep.split(events) {
            guard !isCut else { break }
            let course = take(event: bytes, &out)
            if case .on = course { continue }
            return (out, course)
        }
        release(&out)
        return (out, .on)
    }

    /// The stream is over, perhaps without the marks that should have ended it.
    func finish() -> (out: ByteBuffer, course: Course) {
        var out = ByteBuffer()
        guard !isCut else { return (out, .on) }
        for index in choices.keys.sorted() {
            let course = end(index, &out)
            if case .on = course { continue }
            return (out, course)
        }
        release(&out)
        return (out, .on)
    }

    /// The model writes the reply once more: what the client has already seen of its frame isn't said twice.
    func restart() {
        settled += choices.values.flatMap { $0.watch.findings }.filter { $0.strictness == .revise }
        held.removeAll()
        choices.removeAll()
        mayRevise = false
    }

    // MARK: A guard model

    /// Text that a guard model is to judge before it goes on.
    struct Window: Sendable {
        let choice: Int
        /// What was not judged yet, with some of what stands before it.
        let text: String
        let from: Int
        let to: Int
    }

    /// Whether everything that came has gone on.
    var isDrained: Bool { held.isEmpty }

    /// Whether text waits that no guard was asked about.
    var hasUnasked: Bool { isGuarded && !isCut && choices.values.contains { $0.asked < $0.taken && !$0.isOver } }

    /// The next window for the guard: a full one, the end of a choice, or, when time is up, whatever waits.
    func nextWindow(timeIsUp: Bool) -> Window? {
        guard isGuarded, !isCut, let terms = floor.guardian?.terms else { return nil }
        for (index, choice) in choices.sorted(by: { $0.key < $1.key })
        where choice.asked < choice.taken && !choice.isOver {
            guard choice.isEnded || timeIsUp || choice.pieces >= terms.windowTokens else { continue }
            let start = max(0, choice.asked - terms.contextBytes)
            let text = String(decoding: choice.text.utf8.dropFirst(start), as: UTF8.self)
            let window = Window(choice: index, text: text, from: choice.asked, to: choice.taken)
            choices[index]?.asked = choice.taken
            choices[index]?.pieces = 0
            return window
        }
        return nil
    }

    /// Takes the guard's answer about a window.
    func take(_ found: [FloorFinding], about window: Window) -> (out: ByteBuffer, course: Course) {
        var out = ByteBuffer()
        guard !isCut, choices[window.choice]?.isOver != true else { return (out, .on) }
        noted += found.filter { $0.strictness == .note }
        if let first = found.first(where: { $0.strictness > .note }) {
            let course = breach(first, in: window.choice, at: nil, &out)
            if case .on = course { release(&out) }
            return (out, course)
        }
        choices[window.choice]?.cleared = window.to
        release(&out)
        return (out, .on)
    }

    private func take(event bytes: ByteBuffer, _ out: inout ByteBuffer) -> Course {
        let event = FloorStreamEvent(bytes, dialect)
        if let known = event.frame { frame = known }
        if seen.repeats(event.step) { return .on }
        var item = Held(bytes: bytes, step: event.step)
        var ended: [Int] = []
        for part in event.parts {
            if choices[part.choice]?.isOver == true {
                guard let rest = event.without(part.choice) else { return .on }
                item.bytes = rest
                continue
            }
            var choice = choices[part.choice] ?? Choice(watch: floor.watch)
            // A break in the text: what stands before a call or at a block's end is a sentence of its own.
            let text = part.breaksText && choice.taken > 0 ? "\n\n" : part.text
            if !text.isEmpty {
                choice.taken += text.utf8.count
                choice.pieces += 1
                if mayRevise || isGuarded { choice.text += text }
                let verdict = choice.watch.take(text)
                choices[part.choice] = choice
                item.marks.append((part.choice, choice.taken))
                switch verdict {
                case .release(let upTo): choices[part.choice]?.free = upTo
                case .breach(let finding):
                    let course = breach(finding, in: part.choice, at: item, &out)
                    if case .on = course { return .on }
                    return course
                }
            } else {
                choices[part.choice] = choice
            }
            if part.ends { ended.append(part.choice) }
        }
        if event.endsAll { ended = choices.keys.sorted() }
        for index in ended {
            let course = end(index, &out)
            guard case .on = course else { return course }
            if !event.endsAll, choices[index]?.isOver == true, choicesAsked > 1 {
                guard let rest = event.without(index) else { return .on }
                item.bytes = rest
            }
        }
        held.append(item)
        return .on
    }

    /// Decides on the held text of a choice whose reply is over.
    private func end(_ index: Int, _ out: inout ByteBuffer) -> Course {
        guard var choice = choices[index], !choice.isOver else { return .on }
        let verdict = choice.watch.finish()
        choice.isEnded = true
        choices[index] = choice
        switch verdict {
        case .release(let upTo):
            choices[index]?.free = upTo
            return .on
        case .breach(let finding): return breach(finding, in: index, at: nil, &out)
        }
    }

    /// Lets go of the events at the front whose text is free.
    private func release(_ out: inout ByteBuffer, upTo limit: (choice: Int, byte: Int)? = nil) {
        while let first = held.first {
            let isFree = first.marks.allSatisfy { mark in
                if isGuarded, mark.end > choices[mark.choice]?.cleared ?? 0, choices[mark.choice]?.isOver != true {
                    return false
                }
                if let limit, limit.choice == mark.choice { return mark.end <= limit.byte }
                return mark.end <= choices[mark.choice]?.free ?? 0
            }
            guard isFree else { return }
            held.removeFirst()
            seen.note(first.step)
            for mark in first.marks { choices[mark.choice]?.isShown = true }
            out.writeImmutableBuffer(first.bytes)
        }
    }

    // MARK: A breach

    private func breach(
        _ finding: FloorFinding, in index: Int, at item: Held?, _ out: inout ByteBuffer
    ) -> Course {
        release(&out, upTo: (index, finding.at))
        if finding.action == .revised, mayRevise, choices[index]?.isShown != true {
            return .revise(finding, draft: choices[index]?.text ?? "")
        }
        let finding = floor.settled(finding)
        settled.append(finding)
        choices[index]?.isOver = true
        let finish = FloorWording.finishReason(finding, dialect)
        finishReason = finish
        let isShown = choices[index]?.isShown == true
        let words = (isShown ? "\n\n" : "") + floor.words(finding)
        switch dialect {
        case .openAI:
            var said = ByteBuffer()
            let opening: JSONValue =
                isShown ? ["content": .string(words)] : ["role": "assistant", "content": .string(words)]
            StreamEvent.write(FloorWording.chunk(index, opening, finish: nil, frame: frame), to: &said)
            StreamEvent.write(FloorWording.chunk(index, [:], finish: finish, frame: frame), to: &said)
            guard choicesAsked > 1 else {
                said.writeString("data: [DONE]\n\n")
                return cut(said, &out)
            }
            drop(index, after: finding.at)
            held.append(Held(bytes: said))
            return .on
        case .anthropic:
            return cut(seen.ending(words, finish: finish, isShown: isShown), &out)
        }
    }

    /// Says the last words.
    private func cut(_ said: ByteBuffer, _ out: inout ByteBuffer) -> Course {
        held.removeAll()
        isCut = true
        out.writeImmutableBuffer(said)
        return .cut
    }

    /// The words that end a stream whose second try failed.
    func instead(of finding: FloorFinding) -> ByteBuffer {
        var out = ByteBuffer()
        mayRevise = false
        if choices[0] == nil { choices[0] = Choice(watch: floor.watch) }
        var finding = finding
        finding.action = .replaced
        settled.removeAll { $0.clause == finding.clause && $0.at == finding.at }
        _ = breach(finding, in: 0, at: nil, &out)
        return out
    }

    /// Takes what is held of one choice out of the events of several.
    private func drop(_ index: Int, after byte: Int) {
        held = Deque(
            held.compactMap { item in
                guard item.marks.contains(where: { $0.choice == index && $0.end > byte }) else { return item }
                guard let rest = FloorStreamEvent(item.bytes, dialect).without(index) else { return nil }
                var item = item
                item.bytes = rest
                item.marks.removeAll { $0.choice == index }
                return item
            })
    }
}
