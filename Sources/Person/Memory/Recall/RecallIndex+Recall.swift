import Consents
import Foundation

extension RecallIndex {
    /// The items that fit a question, the likeliest first, within its limit and token budget.
    ///
    /// An item that conflicts with one that comes is brought too, if its kind is granted: what is held on reflection
    /// stands before the impulse; when there is room for one only, it is the reflective one.
    ///
    /// - Complexity: O(items × dimension); nothing is allocated for an item that doesn't come.
    public func recall(_ query: RecallQuery) -> [Recalled] { recall(query, ranking: .fitted) }

    /// The same with other weights.
    package func recall(_ query: RecallQuery, ranking: Ranking) -> [Recalled] {
        guard count > 0, query.limit > 0, query.tokenBudget > 0 else { return [] }
        var query = query
        query.limit = min(query.limit, count)
        query.at = query.at.asMoment
        return look(query, ranking) { look in
            var reach = max(32, query.limit * 3)
            while true {
                let best = look.best(reach)
                let recalled = assemble(best, query, look)
                // Rare: so many were too long for the budget that the rest has to be looked at.
                if recalled.count >= query.limit || best.count < reach { return recalled }
                reach *= 8
            }
        }
    }

    /// The signs of every item that may come, for fitting.
    package func signs(_ query: RecallQuery, ranking: Ranking = .fitted) -> [MemoryItem.ID: Signs] {
        look(query, ranking) { look in
            var signs: [MemoryItem.ID: Signs] = [:]
            for slot in slots.indices where look.mayCome(slot) { signs[slots[slot].id] = look.signs(slot) }
            return signs
        }
    }

    /// Scores every item and hands the result to `body`.
    private func look<Result>(
        _ query: RecallQuery, _ ranking: Ranking, _ body: (RecallLook) -> Result
    ) -> Result {
        let count = slots.count
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { masks in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: count * 2) { numbers in
                masks.initialize(repeating: 0)
                numbers.initialize(repeating: 0)
                let lexical = UnsafeMutableBufferPointer(rebasing: numbers[0..<count])
                let meaning = UnsafeMutableBufferPointer(rebasing: numbers[count..<count * 2])
                let question = Question(query, in: self, ranking)
                let bounds = RecallBounds(query)
                postings.score(question.wanted, scores: lexical, masks: masks)
                return slots.withUnsafeBufferPointer { slots in
                    // What may not come mustn't speak for its neighbours either.
                    for slot in 0..<count where !slots[slot].mayCome(bounds) { (lexical[slot], masks[slot]) = (0, 0) }
                    if let most = lexical.max(), most > 0 {
                        for slot in 0..<count { lexical[slot] /= most }
                    }
                    if let vector = query.vector, let table = tables.first(where: { $0.dimension == vector.count }),
                        table.cosines(to: vector, into: meaning)
                    {
                        table.standardize(meaning) { slots[Int($0)].mayCome(bounds) }
                    }
                    return body(
                        RecallLook(
                            slots: slots, lexical: UnsafeBufferPointer(lexical),
                            meaning: UnsafeBufferPointer(meaning), masks: UnsafeBufferPointer(masks),
                            question: question, query: query, bounds: bounds, ranking: ranking))
                }
            }
        }
    }

    /// Takes the best items that there is room for, each with what it conflicts with.
    private func assemble(_ best: [RecallLook.Scored], _ query: RecallQuery, _ look: RecallLook) -> [Recalled] {
        var recalled: [Recalled] = []
        var taken: Set<Int32> = []
        var budget = query.tokenBudget
        func take(_ scored: RecallLook.Scored, _ reasons: [Recalled.Reason]) -> Bool {
            let tokens = Int(slots[Int(scored.slot)].tokens)
            guard recalled.count < query.limit, tokens <= budget else { return false }
            budget -= tokens
            taken.insert(scored.slot)
            recalled.append(
                Recalled(
                    item: slots[Int(scored.slot)].id, score: look.likelihood(scored.score), reasons: reasons,
                    tokens: tokens))
            return true
        }
        for scored in best where !taken.contains(scored.slot) {
            if recalled.count >= query.limit { break }
            let reasons = look.reasons(Int(scored.slot))
            guard reasons.isEnough else { continue }
            var group = [scored]
            if !conflicts.isEmpty {
                for other in conflicts.with(slots[Int(scored.slot)].id) {
                    guard let slot = slotOf[other], look.mayCome(Int(slot)) else { continue }
                    group.append(RecallLook.Scored(score: look.score(Int(slot)), slot: slot))
                }
            }
            guard group.count > 1 else {
                _ = take(scored, reasons.listed)
                continue
            }
            let ordered = group.sorted { left, right in
                let (isLeft, isRight) = (isReflective(left), isReflective(right))
                return isLeft == isRight ? look.isBefore(left, right) : isLeft
            }
            for member in ordered where !taken.contains(member.slot) {
                var reasons = look.reasons(Int(member.slot))
                reasons.insert(.conflict)
                _ = take(member, reasons.listed)
            }
        }
        return recalled
    }

    private func isReflective(_ scored: RecallLook.Scored) -> Bool { slots[Int(scored.slot)].kind.isReflective }
}

extension Set<Recalled.Reason> {
    /// Whether an item comes for these reasons.
    fileprivate var isEnough: Bool {
        !isDisjoint(with: [.lexical, .meaning, .time, .neighbour, .conflict])
    }

    /// In their order.
    fileprivate var listed: [Recalled.Reason] { Recalled.Reason.allCases.filter(contains) }
}

extension VectorRows {
    /// Cosines as distances from their mean, in standard deviations, for the slots of this table.
    ///
    /// A few items have no mean to speak of. So twenty imagined ones with the mean and spread that sentences have under
    /// all-MiniLM-L6-v2 are counted in. What may not come isn't counted, and stands at the mean.
    @inline(__always)
    fileprivate func standardize(_ cosines: UnsafeMutableBufferPointer<Float>, where mayCome: (Int32) -> Bool) {
        let (mean, deviation, weight): (Double, Double, Double) = (0.12, 0.13, 20)
        // Sums of whole numbers are the same in every order, so the order in which items came doesn't show.
        var sum: Int64 = 0
        var squares: Int64 = 0
        var counted = 0
        for slot in slots where mayCome(slot) {
            let cosine = cosines[Int(slot)]
            counted += 1
            sum += Int64(cosine * Float(1 << 30))
            squares += Int64(cosine * cosine * Float(1 << 30))
        }
        let scale = Double(1 << 30)
        let number = weight + Double(counted)
        let average = (Double(sum) / scale + mean * weight) / number
        let square = (Double(squares) / scale + (deviation * deviation + mean * mean) * weight) / number
        let spread = Float(max(1e-6, square - average * average).squareRoot())
        for slot in slots {
            cosines[Int(slot)] = mayCome(slot) ? (cosines[Int(slot)] - Float(average)) / spread : 0
        }
    }
}
