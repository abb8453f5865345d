import Charters
import Counsel
import DequeModule
import Models
import NIOCore

/// A streamed reply under the eyes of the floor: whole events wait until no text in them can become part of a breach.
///
/// Events go on byte for byte and in their order; tool calls, usage and fields that nobody here knows are untouched.
/// Every choice is watched by itself, and in it what is said and what stands beside it, such as reasoning, each as a text
/// of its own. Text is the only thing that is looked at: the arguments of a tool call are for a program, not for a person.
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

    /// Up to where a text reaches with an event.
    struct Mark {
        let strand: FloorStrand
        let end: Int
    }

    struct Held {
        var bytes: ByteBuffer
        var step = FloorStreamStep.other
        /// Nearly every event has text of one choice at most.
        var mark: Mark?
        var furtherMarks: [Mark] = []

        mutating func add(_ added: Mark) {
            if mark == nil { mark = added } else { furtherMarks.append(added) }
        }

        mutating func dropMarks(of choice: FloorChoice) {
            if mark?.strand.choice === choice { mark = nil }
            furtherMarks.removeAll { $0.strand.choice === choice }
        }

        func allMarks(_ hold: (Mark) -> Bool) -> Bool { mark.map(hold) ?? true && furtherMarks.allSatisfy(hold) }
    }

    let floor: FloorEnforcement
    /// What the person speaks, where it is known.
    let language: String?
    let dialect: Upstream.Dialect
    let choicesAsked: Int
    let isGuarded: Bool
    var mayRevise: Bool
    var held = Deque<Held>()
    private(set) var strands: [FloorStrand.Key: FloorStrand] = [:]
    /// The text that was written last, found without looking it up.
    private var latest: FloorStrand?
    private var reading = FloorStreamReading()
    /// Whether all that came with the present bytes is held as it came, and nothing else.
    var isUntouched = false
    var settled: [FloorFinding] = []
    var noted: [FloorFinding] = []
    /// The latest chunk: a chunk of our own repeats its members around the choices.
    private(set) var chunk: ByteBuffer?
    /// What the client has seen of Anthropic's structure.
    private(set) var seen = FloorStreamProgress()
    var isCut = false
    /// Which try of the model it is, how many windows of it are with a guard, and whether what waits is due to go there.
    private(set) var attempt = 0
    var windowsOut = 0
    var isDue = false

    init(
        _ floor: FloorEnforcement, dialect: Upstream.Dialect, choices: Int, mayRevise: Bool, language: String? = nil
    ) {
        self.floor = floor
        self.language = language
        self.dialect = dialect
        choicesAsked = choices
        isGuarded = floor.guardian?.watches(.output) == true
        self.mayRevise = mayRevise && choices == 1
    }

    /// What was found so far, and what was done about it.
    var findings: [FloorFinding] {
        let notes = inOrder.flatMap { strand in
            strand.watch.findings.filter { $0.strictness == .note }.map { $0.within(strand.key.field.name) }
        }
        return notes + noted + settled
    }

    /// The reason to finish that the client was told in place of the upstream's.
    var finishReason: String?

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
        for choice in choices {
            let course = end(choice, &out)
            if case .on = course { continue }
            return (out, course)
        }
        release(&out)
        return (out, .on)
    }

    /// The model writes the reply once more, for what was found in it: what the client has already seen of its frame isn't
    /// said twice.
    func restart(for finding: FloorFinding) {
        settled.append(finding)
        // Nobody sees what these were about.
        noted.removeAll()
        held.removeAll()
        strands.removeAll()
        latest = nil
        attempt += 1
        windowsOut = 0
        isDue = false
        mayRevise = false
    }

    // MARK: Choices and their texts

    /// All texts, choice by choice.
    var inOrder: [FloorStrand] {
        strands.values.sorted { ($0.key.choice, $0.key.field) < ($1.key.choice, $1.key.field) }
    }

    /// The texts of one choice.
    private func texts(of choice: Int) -> [FloorStrand] {
        FloorField.allCases.compactMap { strands[FloorStrand.Key(choice: choice, field: $0)] }
    }

    private var choices: [FloorChoice] {
        var choices: [FloorChoice] = []
        for strand in inOrder where choices.last !== strand.choice { choices.append(strand.choice) }
        return choices
    }

    func strand(_ index: Int, _ field: FloorField = .content) -> FloorStrand {
        if let latest, latest.key.choice == index, latest.key.field == field { return latest }
        let key = FloorStrand.Key(choice: index, field: field)
        let strand: FloorStrand
        if let known = strands[key] {
            strand = known
        } else {
            let choice = texts(of: index).first?.choice ?? FloorChoice(index)
            strand = FloorStrand(field, of: choice, floor.watch, keepsText: mayRevise || isGuarded)
            strands[key] = strand
        }
        latest = strand
        return strand
    }

    // MARK: One event

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
        var ended: [FloorChoice] = []
        for place in reading.parts.indices {
            let part = reading.parts[place]
            let strand = strand(part.choice, part.field)
            let choice = strand.choice
            if choice.isOver {
                guard leaveOut(choice, &item) else { return .on }
                continue
            }
            if choice.speaking != part.field, let course = pause(part, choice, &out) {
                guard case .on = course, leaveOut(choice, &item) else { return course }
                item.dropMarks(of: choice)
                continue
            }
            if let verdict = take(part, strand) {
                item.add(Mark(strand: strand, end: strand.taken))
                switch verdict {
                case .release(let upTo): strand.free = upTo
                case .breach(let finding):
                    isUntouched = false
                    let course = breach(finding, in: strand, &out)
                    // Other choices go on, in this event too.
                    guard case .on = course, leaveOut(choice, &item) else { return course }
                    item.dropMarks(of: choice)
                    continue
                }
            }
            if part.ends { ended.append(choice) }
        }
        if reading.endsAll { ended = choices }
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

    /// Another text of the choice begins to speak, or a break comes: what spoke until now waits for nothing any more.
    ///
    /// - Returns: what becomes of the stream, if that shows a breach.
    private func pause(
        _ part: FloorStreamReading.Part, _ choice: FloorChoice, _ out: inout ByteBuffer
    ) -> Course? {
        guard !part.text.isEmpty || part.breaksText else { return nil }
        defer { if !part.text.isEmpty { choice.speaking = part.field } }
        guard let field = choice.speaking,
            let spoken = strands[FloorStrand.Key(choice: choice.index, field: field)], let verdict = spoken.rest()
        else { return nil }
        switch verdict {
        case .release(let upTo):
            spoken.free = upTo
            return nil
        case .breach(let finding):
            isUntouched = false
            return breach(finding, in: spoken, &out)
        }
    }

    /// Hands a part's words to the watch of its text; nil when it has none.
    private func take(_ part: FloorStreamReading.Part, _ strand: FloorStrand) -> FloorVerdict? {
        // A break in the text: what stands before a call or at a block's end is a sentence of its own.
        let verdict = part.breaksText ? strand.rest() : nil
        guard !part.text.isEmpty else { return verdict }
        return reading.text.withUnsafeBufferPointer { strand.take(UnsafeBufferPointer(rebasing: $0[part.text])) }
    }

    /// Takes a choice that is over out of an event; false when nothing of the event is left.
    private func leaveOut(_ choice: FloorChoice, _ item: inout Held) -> Bool {
        isUntouched = false
        guard let rest = FloorStreamChunk(item.bytes)?.without(choice.index) else { return false }
        item.bytes = rest
        return true
    }

    /// Decides on the held text of a choice whose reply is over.
    private func end(_ choice: FloorChoice, _ out: inout ByteBuffer) -> Course {
        guard !choice.isOver else { return .on }
        choice.isEnded = true
        for strand in texts(of: choice.index) {
            switch strand.finish() {
            case .release(let upTo): strand.free = upTo
            case .breach(let finding):
                isUntouched = false
                return breach(finding, in: strand, &out)
            }
        }
        return .on
    }

    // MARK: Letting go

    /// Lets go of the events at the front whose text is free.
    func release(_ out: inout ByteBuffer, upTo limit: (strand: FloorStrand, byte: Int)? = nil) {
        while let first = held.first, isFree(first, upTo: limit) {
            held.removeFirst()
            pass(first)
            out.writeImmutableBuffer(first.bytes)
        }
    }

    private func isFree(_ item: Held, upTo limit: (strand: FloorStrand, byte: Int)? = nil) -> Bool {
        item.allMarks { mark in
            if isGuarded, mark.end > mark.strand.cleared { return false }
            if let limit, limit.strand === mark.strand { return mark.end <= limit.byte }
            return mark.end <= mark.strand.free
        }
    }

    /// An event goes on to the client.
    private func pass(_ item: Held) {
        seen.note(item.step)
        if let mark = item.mark { show(mark.strand) }
        for mark in item.furtherMarks { show(mark.strand) }
    }

    private func show(_ strand: FloorStrand) {
        guard !strand.isShown else { return }
        strand.isShown = true
        strand.choice.isShown = true
        // Words that were shown can't be written once more.
        if !isGuarded { strand.dropText() }
    }
}
