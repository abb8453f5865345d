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
package final class FloorStream {
    /// What becomes of the stream after some events.
    enum Course {
        /// It goes on.
        case on
        /// It ends here: the last words have been said.
        case cut
        /// Nothing of the reply has been shown, and the model may write it once more.
        case revise(FloorFinding, draft: String)
        /// An event can be read in two ways, so that nobody can say what a client would make of it.
        case unreadable
    }

    /// Up to where the text of a choice reaches with an event.
    private struct Mark {
        let choice: Choice
        let end: Int
    }

    private struct Held {
        var bytes: ByteBuffer
        var step = FloorStreamStep.other
        /// Nearly every event has text of one choice at most.
        var mark: Mark?
        var furtherMarks: [Mark] = []

        mutating func add(_ added: Mark) {
            if mark == nil { mark = added } else { furtherMarks.append(added) }
        }

        mutating func dropMarks(of choice: Choice) {
            if mark?.choice === choice { mark = nil }
            furtherMarks.removeAll { $0.choice === choice }
        }

        func allMarks(_ hold: (Mark) -> Bool) -> Bool { mark.map(hold) ?? true && furtherMarks.allSatisfy(hold) }
    }

    /// One choice of the reply. A class, so that its watch is never copied while it reads.
    private final class Choice {
        let index: Int
        var watch: FloorWatch
        /// Bytes of text that were handed to the watch, and how many of them may be shown.
        var taken = 0
        var free = 0
        /// What was said, as long as somebody may ask for it.
        var text: [UInt8] = []
        var keepsText: Bool
        /// How many bytes a guard model has been asked about and how many it has cleared, and the pieces since.
        var asked = 0
        var cleared = 0
        var pieces = 0
        var isEnded = false
        var isOver = false
        var isShown = false

        init(_ index: Int, _ watch: FloorWatch, keepsText: Bool) {
            self.index = index
            self.watch = watch
            self.keepsText = keepsText
        }

        func take(_ words: UnsafeBufferPointer<UInt8>) -> FloorVerdict {
            taken += words.count
            if keepsText { text.append(contentsOf: words) }
            return watch.take(words)
        }
    }

    private let floor: FloorEnforcement
    private let dialect: Upstream.Dialect
    private let choicesAsked: Int
    private let isGuarded: Bool
    private var mayRevise: Bool
    private var held = Deque<Held>()
    private var choices: [Int: Choice] = [:]
    /// The choice that spoke last, found without looking it up.
    private var latest: Choice?
    private var reading = FloorStreamReading()
    /// Whether all that came with the present bytes is held as it came, and nothing else.
    private var isUntouched = false
    private var settled: [FloorFinding] = []
    private var noted: [FloorFinding] = []
    /// The latest chunk: a chunk of our own repeats its members around the choices.
    private var chunk: ByteBuffer?
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
        isUntouched = held.isEmpty
        var cuts = FloorStreamCuts(events)
        while !isCut, let event = cuts.next() {
            let course = take(event, &out)
            if case .on = course { continue }
            return (out, course)
        }
        if isUntouched, held.allSatisfy({ isFree($0) }) {
            // Nothing waits and nothing was changed: the very bytes that came go on.
            for item in held { pass(item) }
            held.removeAll(keepingCapacity: true)
            return (events, .on)
        }
        release(&out)
        return (out, .on)
    }

    /// The stream is over, perhaps without the marks that should have ended it.
    func finish() -> (out: ByteBuffer, course: Course) {
        var out = ByteBuffer()
        guard !isCut else { return (out, .on) }
        for choice in choices.values.sorted(by: { $0.index < $1.index }) {
            let course = end(choice, &out)
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
        latest = nil
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
            let text = String(decoding: choice.text.dropFirst(start), as: UTF8.self)
            let window = Window(choice: index, text: text, from: choice.asked, to: choice.taken)
            choice.asked = choice.taken
            choice.pieces = 0
            return window
        }
        return nil
    }

    /// Takes the guard's answer about a window.
    func take(_ found: [FloorFinding], about window: Window) -> (out: ByteBuffer, course: Course) {
        var out = ByteBuffer()
        guard !isCut, let choice = choices[window.choice], !choice.isOver else { return (out, .on) }
        noted += found.filter { $0.strictness == .note }
        if let first = found.first(where: { $0.strictness > .note }) {
            let course = breach(first, in: choice, &out)
            if case .on = course { release(&out) }
            return (out, course)
        }
        choice.cleared = window.to
        release(&out)
        return (out, .on)
    }

    private static let textBreak: [UInt8] = [0x0A, 0x0A]

    private func choice(_ index: Int) -> Choice {
        if let latest, latest.index == index { return latest }
        let choice: Choice
        if let known = choices[index] {
            choice = known
        } else {
            choice = Choice(index, floor.watch, keepsText: mayRevise || isGuarded)
            choices[index] = choice
        }
        latest = choice
        return choice
    }

    private func take(_ event: FloorStreamCuts.Cut, _ out: inout ByteBuffer) -> Course {
        reading.read(event, dialect)
        guard reading.isReadable else {
            release(&out)
            return .unreadable
        }
        if reading.isChunk { chunk = event.bytes }
        if seen.repeats(reading.step) {
            isUntouched = false
            return .on
        }
        var item = Held(bytes: event.bytes, step: reading.step)
        var ended: [Choice] = []
        for place in reading.parts.indices {
            let part = reading.parts[place]
            let choice = choice(part.choice)
            if choice.isOver {
                guard leaveOut(choice, &item) else { return .on }
                continue
            }
            if let verdict = take(part, choice) {
                choice.pieces += 1
                item.add(Mark(choice: choice, end: choice.taken))
                switch verdict {
                case .release(let upTo): choice.free = upTo
                case .breach(let finding):
                    isUntouched = false
                    let course = breach(finding, in: choice, &out)
                    guard case .on = course else { return course }
                    // Other choices go on, in this event too.
                    guard leaveOut(choice, &item) else { return .on }
                    item.dropMarks(of: choice)
                    continue
                }
            }
            if part.ends { ended.append(choice) }
        }
        if reading.endsAll { ended = choices.values.sorted { $0.index < $1.index } }
        for choice in ended {
            let course = end(choice, &out)
            guard case .on = course else { return course }
            if !reading.endsAll, choice.isOver, choicesAsked > 1 {
                guard leaveOut(choice, &item) else { return .on }
            }
        }
        held.append(item)
        return .on
    }

    /// Hands a part's words to the watch of its choice; nil when it has none.
    private func take(_ part: FloorStreamReading.Part, _ choice: Choice) -> FloorVerdict? {
        var verdict: FloorVerdict?
        // A break in the text: what stands before a call or at a block's end is a sentence of its own.
        if part.breaksText, choice.taken > 0 { verdict = Self.textBreak.withUnsafeBufferPointer { choice.take($0) } }
        guard !part.text.isEmpty else { return verdict }
        return reading.text.withUnsafeBufferPointer { choice.take(UnsafeBufferPointer(rebasing: $0[part.text])) }
    }

    /// Takes a choice that is over out of an event; false when nothing of the event is left.
    private func leaveOut(_ choice: Choice, _ item: inout Held) -> Bool {
        isUntouched = false
        guard let rest = FloorStreamChunk(item.bytes)?.without(choice.index) else { return false }
        item.bytes = rest
        return true
    }

    /// Decides on the held text of a choice whose reply is over.
    private func end(_ choice: Choice, _ out: inout ByteBuffer) -> Course {
        guard !choice.isOver else { return .on }
        choice.isEnded = true
        switch choice.watch.finish() {
        case .release(let upTo):
            choice.free = upTo
            return .on
        case .breach(let finding):
            isUntouched = false
            return breach(finding, in: choice, &out)
        }
    }

    /// Lets go of the events at the front whose text is free.
    private func release(_ out: inout ByteBuffer, upTo limit: (choice: Choice, byte: Int)? = nil) {
        while let first = held.first, isFree(first, upTo: limit) {
            held.removeFirst()
            pass(first)
            out.writeImmutableBuffer(first.bytes)
        }
    }

    private func isFree(_ item: Held, upTo limit: (choice: Choice, byte: Int)? = nil) -> Bool {
        item.allMarks { mark in
            if isGuarded, mark.end > mark.choice.cleared, !mark.choice.isOver { return false }
            if let limit, limit.choice === mark.choice { return mark.end <= limit.byte }
            return mark.end <= mark.choice.free
        }
    }

    /// An event goes on to the client.
    private func pass(_ item: Held) {
        seen.note(item.step)
        if let mark = item.mark { show(mark.choice) }
        for mark in item.furtherMarks { show(mark.choice) }
    }

    private func show(_ choice: Choice) {
        guard !choice.isShown else { return }
        choice.isShown = true
        // Words that were shown can't be written once more.
        if !isGuarded {
            choice.keepsText = false
            choice.text = []
        }
    }

    // MARK: A breach

    private func breach(_ finding: FloorFinding, in choice: Choice, _ out: inout ByteBuffer) -> Course {
        release(&out, upTo: (choice, finding.at))
        if finding.action == .revised, mayRevise, !choice.isShown {
            return .revise(finding, draft: String(decoding: choice.text, as: UTF8.self))
        }
        let finding = floor.settled(finding)
        settled.append(finding)
        choice.isOver = true
        let finish = FloorWording.finishReason(finding, dialect)
        finishReason = finish
        let words = (choice.isShown ? "\n\n" : "") + floor.words(finding)
        switch dialect {
        case .openAI:
            var said = ByteBuffer()
            let opening: JSONValue =
                choice.isShown ? ["content": .string(words)] : ["role": "assistant", "content": .string(words)]
            let frame = chunk.flatMap { FloorStreamChunk($0) }?.frame ?? JSONObject()
            StreamEvent.write(FloorWording.chunk(choice.index, opening, finish: nil, frame: frame), to: &said)
            StreamEvent.write(FloorWording.chunk(choice.index, [:], finish: finish, frame: frame), to: &said)
            guard choicesAsked > 1 else {
                said.writeString("data: [DONE]\n\n")
                return cut(said, &out)
            }
            drop(choice, after: finding.at)
            held.append(Held(bytes: said))
            return .on
        case .anthropic:
            return cut(seen.ending(words, finish: finish, isShown: choice.isShown), &out)
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
        var finding = finding
        finding.action = .replaced
        settled.removeAll { $0.clause == finding.clause && $0.at == finding.at }
        _ = breach(finding, in: choice(0), &out)
        return out
    }

    /// Takes what is held of one choice out of the events of several.
    private func drop(_ choice: Choice, after byte: Int) {
        held = Deque(
            held.compactMap { item in
                guard !item.allMarks({ $0.choice !== choice || $0.end <= byte }) else { return item }
                guard let rest = FloorStreamChunk(item.bytes)?.without(choice.index) else { return nil }
                var item = item
                item.bytes = rest
                item.dropMarks(of: choice)
                return item
            })
    }
}
