import Charters
import Counsel
import Logging
import Models
import Synchronization

/// Makes ready what a first message under a charter would otherwise wait for: the charter compiled, its floor with the
/// tables of letters that all floors share, the words that are looked for, and its brief in the forms that go on the
/// wire.
///
/// Before a gateway says that it is ready, it rehearses the charter in force and those that keys name; afterwards it
/// looks every second for keys that name another.
final class Rehearsal: Sendable {
    /// A charter as a key names it.
    struct Part: Sendable, Hashable {
        let charter: String
        let role: String?
    }

    /// More charters than this are rehearsed only after the start, so that a start stays short.
    static let mostAtStart = 32

    private let core: GatewayCore
    private let done = Mutex<Set<Part>>([])

    init(_ core: GatewayCore) {
        self.core = core
    }

    /// The charters that were rehearsed.
    var parts: Set<Part> { done.withLock { $0 } }

    /// Rehearses what was not yet; a charter that can't be used is passed over, and messages under it are refused with
    /// the reason as they come.
    ///
    /// - Parameter limit: how many at most.
    func rehearse(atMost limit: Int = .max) {
        var wanted = [core.part(of: nil)]
        for record in core.keys.records where record.revokedAt == nil {
            let part = core.part(of: record)
            if !wanted.contains(part) { wanted.append(part) }
        }
        let known = parts
        for part in wanted.filter({ !known.contains($0) }).prefix(limit) {
            if let governing = try? core.governing(part) { play(governing) }
            done.withLock { _ = $0.insert(part) }
        }
    }

    /// Rehearses what new keys name, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            rehearse()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Takes a short message the way that messages take, without a model.
    private func play(_ governing: GatewayCore.Governing) {
        let compiled = governing.charter.compiled
        let words = "Hello. I have a question: is 12 more than 7?"
        let situation = core.cues.reading(
            of: Conversation(turns: [ChatTurn(.user, words)]), known: Circumstances(), charter: compiled)
        let advice = core.adviser.advice(
            on: situation, under: compiled, questions: governing.questions, to: nil, mayAsk: false, at: 0)
        _ = governing.prepared(advice.brief, in: core.briefs)
        _ = governing.floor?.watch.input(words)
        _ = governing.floor?.watch.output(words)
    }
}

extension GatewayCore {
    /// The charter and the role that a key's messages are under; nil for messages without a key.
    func part(of record: KeyRecord?) -> Rehearsal.Part {
        let charter = record?.charter?.description ?? settings.charter.description
        let role = record?.charter == nil && record?.role == nil ? settings.role : record?.role
        return Rehearsal.Part(charter: charter, role: role)
    }
}
