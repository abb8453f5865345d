import Consents
import Foundation

/// One look at all items with one question: what speaks for each of them.
struct RecallLook {
    let slots: UnsafeBufferPointer<RecallSlot>
    /// BM25 as a share of the best, by slot.
    let lexical: UnsafeBufferPointer<Float>
    /// Standardized cosines, by slot.
    let meaning: UnsafeBufferPointer<Float>
    /// Which wanted words an item holds, by slot.
    let masks: UnsafeBufferPointer<UInt64>
    let question: Question
    let query: RecallQuery
    let bounds: RecallBounds
    let ranking: Ranking

    /// An item and its sum.
    struct Scored {
        var score: Float
        var slot: Int32
    }

    /// See ``RecallSlot/mayCome(_:)``.
    @inline(__always)
    func mayCome(_ slot: Int) -> Bool { slots[slot].mayCome(bounds) }

    // MARK: Signs

    /// What speaks for an item.
    @inline(__always)
    func signs(_ slot: Int) -> Signs {
        var signs = Signs()
        let item = slots[slot]
        signs.lexical = lexical[slot]
        signs.meaning = meaning[slot]
        var window = masks[slot]
        if item.before >= 0 {
            let before = Int(item.before)
            signs.lexicalBefore = lexical[before]
            signs.meaningBefore = meaning[before]
            window |= masks[before]
            if slots[before].flags.contains(.isQuestion), mayCome(before) { signs.answersQuestion = 1 }
            let two = Int(slots[before].before)
            if two >= 0 {
                signs.lexicalTwoBefore = lexical[two]
                signs.meaningTwoBefore = meaning[two]
            }
        }
        if item.after >= 0 {
            let after = Int(item.after)
            signs.lexicalAfter = lexical[after]
            signs.meaningAfter = meaning[after]
            window |= masks[after]
            let two = Int(slots[after].after)
            if two >= 0 {
                signs.lexicalTwoAfter = lexical[two]
                signs.meaningTwoAfter = meaning[two]
            }
        }
        signs.coverage = coverage(masks[slot])
        signs.windowCoverage = window == masks[slot] ? signs.coverage : coverage(window)
        if !question.speakers.isEmpty, item.speaker >= 0 {
            signs.speaker = question.speakers.contains(item.speaker) ? 1 : -1
        }
        if !question.times.isEmpty { signs.time = item.timeMatch(question.times) }
        if item.flags.contains(.tellsTime) {
            if question.asksWhen { signs.tellsAskedTime = 1 } else { signs.tellsTime = 1 }
        }
        if item.flags.contains(.isQuestion) { signs.isQuestion = 1 }
        if item.flags.contains(.holdsQuestion) { signs.holdsQuestion = 1 }
        signs.length = item.length
        return signs
    }

    @inline(__always)
    private func coverage(_ mask: UInt64) -> Float {
        guard mask != 0 else { return 0 }
        var rest = mask
        var sum: Float = 0
        while rest != 0 {
            sum += question.wanted[rest.trailingZeroBitCount].weight
            rest &= rest - 1
        }
        return sum / question.totalWeight
    }

    /// What was set by hand: kind, what is due, the conversation, what is over, doubt, pins.
    @inline(__always)
    private func extra(_ slot: Int) -> Float {
        let item = slots[slot]
        var extra = ranking.doubt * (1 - item.confidence)
        if item.kind.isReflective {
            extra += ranking.reflective
            if isDue(item) { extra += ranking.due }
        }
        if item.conversation >= 0, item.conversation == question.conversation { extra += ranking.sameConversation }
        if item.validUntil != RecallSlot.never, item.validUntil <= query.at, question.times.isEmpty {
            extra += ranking.ended
        }
        if item.flags.contains(.isPinned) { extra += ranking.pinned }
        return extra
    }

    private func isDue(_ item: RecallSlot) -> Bool {
        guard item.due != RecallSlot.never else { return false }
        let (days, _) = (item.due - query.at).quotientAndRemainder(dividingBy: CalendarDay.milliseconds)
        return (-2...7).contains(days)
    }

    /// Everything that speaks for an item, weighed.
    @inline(__always)
    func score(_ slot: Int) -> Float { ranking.sum(signs(slot)) + extra(slot) }

    /// The sum as a likelihood.
    func likelihood(_ score: Float) -> Double {
        Double(1 / (1 + exp(-(ranking.steepness * score + ranking.offset))))
    }

    /// Why an item came.
    func reasons(_ slot: Int) -> Set<Recalled.Reason> {
        let signs = signs(slot)
        var reasons: Set<Recalled.Reason> = []
        if masks[slot] != 0 { reasons.insert(.lexical) }
        if signs.meaning >= 1 { reasons.insert(.meaning) }
        if signs.time > 0 || signs.tellsAskedTime > 0 { reasons.insert(.time) }
        if ranking.neighbours(signs) >= 0.5 { reasons.insert(.neighbour) }
        if signs.speaker > 0 { reasons.insert(.speaker) }
        let item = slots[slot]
        if item.kind.isReflective {
            reasons.insert(.kind)
            if isDue(item) { reasons.insert(.time) }
        }
        if item.flags.contains(.isPinned) { reasons.insert(.pinned) }
        return reasons
    }

    // MARK: The best

    /// Whether an item stands before another: by score, then the newer, then by id.
    func isBefore(_ left: Scored, _ right: Scored) -> Bool {
        if left.score != right.score { return left.score > right.score }
        let (one, other) = (slots[Int(left.slot)], slots[Int(right.slot)])
        if one.recordedAt != other.recordedAt { return one.recordedAt > other.recordedAt }
        return one.id > other.id
    }

    /// The best items, in order.
    ///
    /// A heap of so many keeps the worst of them on top, and most items are turned away there.
    ///
    /// - Complexity: O(items × log number) at worst, about O(items) as they come.
    func best(_ number: Int) -> [Scored] {
        var heap: [Scored] = []
        heap.reserveCapacity(min(number, slots.count))
        for slot in 0..<slots.count where mayCome(slot) {
            let scored = Scored(score: score(slot), slot: Int32(slot))
            if heap.count < number {
                heap.append(scored)
                siftUp(&heap)
            } else if scored.score >= heap[0].score, isBefore(scored, heap[0]) {
                heap[0] = scored
                siftDown(&heap)
            }
        }
        heap.sort(by: isBefore)
        return heap
    }

    private func siftUp(_ heap: inout [Scored]) {
        var child = heap.count - 1
        while child > 0, case let parent = (child - 1) / 2, isBefore(heap[parent], heap[child]) {
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private func siftDown(_ heap: inout [Scored]) {
        var parent = 0
        while case var child = 2 * parent + 1, child < heap.count {
            if child + 1 < heap.count, isBefore(heap[child], heap[child + 1]) { child += 1 }
            guard isBefore(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
