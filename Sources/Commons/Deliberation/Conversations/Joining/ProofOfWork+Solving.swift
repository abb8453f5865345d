import Crypto
import Foundation
import Synchronization

extension ProofOfWork {
    /// Looks for a solution on several cores at once: about 2 to the power of `bits` tries, and sometimes many more.
    ///
    /// It stops without one when the task is cancelled or when `goesOn` says no. `goesOn` is told how many tries were
    /// made so far, every few ten thousand of them.
    ///
    /// - Parameters:
    ///   - challenge: the text of the challenge.
    ///   - bits: how many leading bits are to be zero.
    ///   - cores: how many searches go on side by side; by default as many as there are.
    /// - Returns: the solution and how many tries it took; nil when it was stopped.
    public static func solution(
        of challenge: String, bits: Int, cores: Int,
        goesOn: @escaping @Sendable (_ tries: Int) -> Bool = { _ in true }
    ) async -> (text: String, tries: Int)? {
        let cores = max(1, cores)
        let search = Search()
        let start = Array("\(challenge).".utf8)
        let found = await withTaskGroup(of: String?.self) { group in
            for core in 0..<cores {
                group.addTask {
                    var number = core
                    while true {
                        for tried in 1...tryCount {
                            if leadingZeros(SHA256.hash(data: start + Array("\(number)".utf8))) >= bits {
                                search.tries.add(tried, ordering: .relaxed)
                                search.isOver.store(true, ordering: .relaxed)
                                return "\(number)"
                            }
                            number += cores
                        }
                        let total = search.tries.add(tryCount, ordering: .relaxed).newValue
                        if Task.isCancelled || search.isOver.load(ordering: .relaxed) || !goesOn(total) {
                            search.isOver.store(true, ordering: .relaxed)
                            return nil
                        }
                        // Whoever waits for another core's result is let in between.
                        await Task.yield()
                    }
                }
            }
            var found: String?
            for await text in group { found = found ?? text }
            return found
        }
        return found.map { ($0, search.tries.load(ordering: .relaxed)) }
    }

    /// What searches side by side tell each other.
    private final class Search: Sendable {
        let tries = Atomic(0)
        let isOver = Atomic(false)
    }

    /// So many tries are made before anybody is told.
    private static let tryCount = 1 << 14
}
