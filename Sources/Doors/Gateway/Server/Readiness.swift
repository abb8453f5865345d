import Counsel
import Models
import Store
import Synchronization

/// Whether the gateway can do its work now, part by part: what `GET /readyz` tells an orchestrator or an operator.
public final class Readiness: Sendable {
    /// How one part stands.
    struct Part: Encodable, Sendable {
        let name: String
        let ready: Bool
        let note: String
    }

    /// How all of it stands.
    struct Report: Encodable, Sendable {
        let ready: Bool
        let parts: [Part]
    }

    private let checks: [@Sendable () async -> Part?]
    private let stopping = Atomic(false)

    /// - Parameter checks: one for each part; nil where a part isn't there.
    init(_ checks: [@Sendable () async -> Part?]) {
        self.checks = checks
    }

    /// From now on no new work should be sent here: the gateway is shutting down.
    func beginStopping() {
        stopping.store(true, ordering: .releasing)
    }

    func report() async -> Report {
        var parts: [Part] = []
        for check in checks {
            if let part = await check() { parts.append(part) }
        }
        if stopping.load(ordering: .acquiring) {
            parts.append(Part(name: "server", ready: false, note: "shutting down"))
        }
        return Report(ready: parts.allSatisfy(\.ready), parts: parts)
    }
}
