import Counsel
import Logging
import Synchronization
import Testing

@testable import Gateway

@Suite("How the guard model fares")
struct GuardHealthTests {
    /// A log that is kept.
    private final class Kept: Sendable {
        let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
    }

    private struct Keeping: LogHandler {
        let kept: Kept
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let told = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
            kept.lines.withLock { $0.append("\(event.level): \(event.message) \(told)") }
        }
    }

    @Test("trouble is counted each time, logged once a minute with its number, and its end is told")
    func trouble() {
        let kept = Kept()
        let metrics = Metrics(upstreams: [])
        let health = GuardHealth(metrics: metrics, logger: Logger(label: "test") { _ in Keeping(kept: kept) })
        let start = ContinuousClock.now
        let down = GuardUnavailable(reason: "it answered with status 500")
        health.heed(nil, at: start)
        #expect(kept.all.isEmpty && health.trouble == nil)
        for second in 0..<60 { health.heed(down, at: start + .seconds(second)) }
        #expect(kept.all.count == 1)
        #expect(kept.all.first?.hasPrefix("error:") == true && kept.all.first?.contains("status 500") == true)
        #expect(health.trouble == "it answered with status 500")
        health.heed(down, at: start + .seconds(60))
        #expect(kept.all.count == 2 && kept.all.last?.contains("questions=60") == true)
        health.heed(nil, at: start + .seconds(61))
        health.heed(nil, at: start + .seconds(62))
        #expect(kept.all.count == 3 && kept.all.last?.contains("answers again") == true)
        // One that comes and goes fills no log.
        for second in 63..<100 { health.heed(second % 2 == 0 ? down : nil, at: start + .seconds(second)) }
        #expect(kept.all.count == 3)
        let page = metrics.page()
        #expect(page.contains("trellis_guard_checks_total{result=\"unavailable\"} 79"))
        #expect(page.contains("trellis_guard_checks_total{result=\"judged\"} 22"))
    }
}
