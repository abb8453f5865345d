import Consents

/// What an index keeps of one item beside its words and its vector.
struct RecallSlot: Sendable {
    /// A moment that isn't there.
    static let never = Int64.min

    var id: MemoryItem.ID
    var validFrom: Int64
    var validUntil: Int64
    var closedAt: Int64
    var due: Int64
    var recordedAt: Int64
    /// The first time that its words speak of, seen from when it was said; empty when there is none.
    var mentioned: TimeSpan
    var tokens: Int32
    /// The items of the turns before and after it, −1 where there is none.
    var before: Int32 = -1
    var after: Int32 = -1
    var conversation: Int32
    var turn: Int32
    var speaker: Int32
    /// Which table of vectors and which row of it; −1 without a vector.
    var table: Int32 = -1
    var row: Int32 = -1
    var confidence: Float
    var length: Float
    var kind: MemoryItem.Kind
    var flags: Flags

    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        static let isLive = Flags(rawValue: 1)
        static let isPinned = Flags(rawValue: 2)
        static let tellsTime = Flags(rawValue: 4)
        static let isQuestion = Flags(rawValue: 8)
        static let holdsQuestion = Flags(rawValue: 16)
    }

    var isLive: Bool { flags.contains(.isLive) }

    /// Whether the person lets an item of this kind come, and it is still held.
    @inline(__always)
    func mayCome(_ bounds: RecallBounds) -> Bool {
        isLive && bounds.kinds & (1 << UInt16(kind.number)) != 0
            && (closedAt == Self.never || closedAt > bounds.at)
    }

    /// When it was so, or happened. What happened took a day; anything else lasts until we hear otherwise.
    var span: TimeSpan {
        let from = validFrom == Self.never ? (kind == .episode ? recordedAt : Int64.min / 4) : validFrom
        if validUntil != Self.never { return TimeSpan(from: from, until: validUntil) }
        return TimeSpan(from: from, until: kind == .episode ? from + CalendarDay.milliseconds : Int64.max / 4)
    }

    /// How well it fits in time, from −1 to 1.
    func timeMatch(_ asked: [TimeSpan]) -> Float {
        var best: Float = -1
        for asked in asked {
            if mentioned.length > 0, mentioned.distance(to: asked) == 0 { return 1 }
            let span = span
            let distance = span.distance(to: asked)
            // What lasts touches every question about its time, so that says less.
            let most: Float = span.length > 400 * CalendarDay.milliseconds ? 0.3 : 1
            let far = Float(distance) / Float(Self.forgiving + asked.length / 2)
            best = max(best, most - min(2, far * 2))
        }
        return max(-1, best)
    }

    /// So far from the time asked about, an item counts as neither here nor there: people tell of things days later.
    private static let forgiving = 14 * CalendarDay.milliseconds
}

/// What may come at all, in a form that is quick to check.
struct RecallBounds: Sendable {
    /// A bit for each kind, at its number.
    let kinds: UInt16
    /// The moment of asking.
    let at: Int64

    init(_ query: RecallQuery) {
        kinds = query.kinds.map { $0.reduce(0) { $0 | 1 << UInt16($1.number) } } ?? .max
        at = query.at
    }
}
