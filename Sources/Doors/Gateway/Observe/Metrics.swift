public import Models

/// What the gateway counts about itself, and the page that shows it.
///
/// Every label takes its values from a list that is fixed when the gateway starts (doors, statuses, the operator's
/// upstreams, kinds of failure). So no metric grows with traffic, and none can hold anything about a person, a key or
/// a message.
///
/// ```swift
/// let metrics = Metrics(upstreams: ["local"])
/// metrics.answered(.chatCompletions, status: 200, nanoseconds: 1_200_000)
/// print(metrics.page())   // … trellis_requests_total{door="chat-completions",status="200"} 1
/// ```
public final class Metrics: Sendable {
    /// The doors that requests come through.
    public enum Door: String, Sendable, CaseIterable {
        case chatCompletions = "chat-completions"
        case messages
        case embeddings
        case models
        /// Trellis's own routes, under `/trellis/v1/`.
        case trellis
        /// `/healthz`, `/readyz`, `/metrics`.
        case health
        /// Anything else: paths that don't exist, heads that can't be read.
        case other

        fileprivate var index: Int {
            switch self {
            case .chatCompletions: 0
            case .messages: 1
            case .embeddings: 2
            case .models: 3
            case .trellis: 4
            case .health: 5
            case .other: 6
            }
        }
    }

    /// How many receipts were recorded, stored, are waiting to be stored, or failed.
    public struct ReceiptCounts: Sendable, Hashable {
        /// Handed over to be kept.
        public var recorded: Int
        /// Reached the store.
        public var ingested: Int
        /// In the journal or in memory, on their way to the store.
        public var waiting: Int
        /// Could not be kept at once.
        public var failed: Int

        /// A reading of the ledger.
        public init(recorded: Int, ingested: Int, waiting: Int, failed: Int) {
            self.recorded = recorded
            self.ingested = ingested
            self.waiting = waiting
            self.failed = failed
        }
    }

    /// How many turns were noted to be read for what people want remembered, and what became of them.
    public struct MemoryCounts: Sendable, Hashable {
        /// Handed over to be read.
        public var noted: Int
        /// Read to the end.
        public var read: Int
        /// Not kept, because the person's grants, a pause or an erasure forbade it.
        public var forbidden: Int
        /// Could not be kept or read.
        public var lost: Int
        /// Of which a model's answer could not be read.
        public var unreadable: Int
        /// Items that were remembered or proposed.
        public var remembered: Int
        /// In the journal or in memory, on their way to the store.
        public var waiting: Int

        /// A reading of the queue.
        public init(
            noted: Int, read: Int, forbidden: Int, lost: Int, unreadable: Int = 0, remembered: Int, waiting: Int
        ) {
            self.noted = noted
            self.read = read
            self.unreadable = unreadable
            self.forbidden = forbidden
            self.lost = lost
            self.remembered = remembered
            self.waiting = waiting
        }
    }

    private static let statuses = [
        200, 201, 204, 304, 400, 401, 403, 404, 405, 408, 409, 411, 413, 415, 422, 429, 431, 499, 500, 501, 502, 503,
        504, 529,
    ]
    /// For each status from 0 to 599, its place in `statuses`; the last place stands for every other.
    private static let placeOfStatus: [UInt8] = (0..<600).map { status in
        UInt8(statuses.firstIndex(of: status) ?? statuses.count)
    }

    /// The kinds of failure that an upstream's client tells apart, and last an error status.
    private static let failureKinds = UpstreamFailure.Kind.allCases.map(\.rawValue) + ["error-status"]

    private let requests: [[Counter]]
    private let requestSeconds: [Histogram]
    private let firstByteSeconds: [Histogram]
    private let upstreamNames: [String]
    private let upstreamFailures: [[Counter]]
    private let upstreamRetries: [Counter]
    private let inputTokens = Counter()
    private let outputTokens = Counter()
    private let refusedKeys = Counter()
    private let refusedLimits = Counter()
    private let clientLeft = Counter()
    private let guardJudged = Counter()
    private let guardUnavailable = Counter()
    private let startSeconds: Double

    /// Streams that are open.
    public let openStreams = Gauge()
    /// Client connections that are open.
    public let connections = Gauge()
    /// Requests in progress.
    public let inFlight = Gauge()

    /// Metrics at zero.
    /// - Parameter upstreams: the upstreams that the operator named; a failure at any other counts under `other`.
    public init(upstreams: [String]) {
        requests = Door.allCases.map { _ in (0...Self.statuses.count).map { _ in Counter() } }
        requestSeconds = Door.allCases.map { _ in Histogram() }
        firstByteSeconds = Door.allCases.map { _ in Histogram() }
        upstreamNames = upstreams + ["other"]
        upstreamFailures = upstreamNames.map { _ in Self.failureKinds.map { _ in Counter() } }
        upstreamRetries = upstreamNames.map { _ in Counter() }
        startSeconds = Double(Moment.now().wall) / 1000
    }

    /// Counts one answered request.
    /// - Parameters:
    ///   - status: the HTTP status that was sent; 499 when the client left before any was.
    ///   - nanoseconds: from the last byte of the request's head to the last byte of the reply.
    public func answered(_ door: Door, status: Int, nanoseconds: UInt64) {
        let place = status >= 0 && status < 600 ? Int(Self.placeOfStatus[status]) : Self.statuses.count
        requests[door.index][place].add()
        requestSeconds[door.index].observe(nanoseconds: nanoseconds)
    }

    /// Counts the time until the first byte of a reply was sent.
    public func firstByte(_ door: Door, nanoseconds: UInt64) {
        firstByteSeconds[door.index].observe(nanoseconds: nanoseconds)
    }

    /// Counts one attempt at an upstream that brought no whole reply.
    public func upstreamFailed(_ upstream: String, _ kind: UpstreamFailure.Kind) {
        // A linear search over a dozen cases, on a path that has just failed anyway.
        let place = UpstreamFailure.Kind.allCases.firstIndex(of: kind) ?? Self.failureKinds.count - 1
        upstreamFailures[self.place(of: upstream)][place].add()
    }

    /// Counts one reply of an upstream whose status is an error: 401, 403, 429 and all from 500.
    public func upstreamAnsweredWithError(_ upstream: String) {
        upstreamFailures[place(of: upstream)][Self.failureKinds.count - 1].add()
    }

    /// Counts one more try at an upstream after a failure.
    public func upstreamRetried(_ upstream: String) {
        upstreamRetries[place(of: upstream)].add()
    }

    /// Counts tokens as the upstream reported them.
    public func tokens(input: Int, output: Int) {
        inputTokens.add(input)
        outputTokens.add(output)
    }

    /// Counts a request refused for its key.
    public func keyRefused() { refusedKeys.add() }

    /// Counts a request refused for a limit of its key.
    public func limitRefused() { refusedLimits.add() }

    /// Counts a client that left before its reply had ended.
    public func clientVanished() { clientLeft.add() }

    /// Counts a text that a guard model was to judge, and whether it did.
    public func guardAsked(judged: Bool) { (judged ? guardJudged : guardUnavailable).add() }

    /// The content type of ``page(receipts:memory:)``.
    public static let contentType = Exposition.contentType

    /// The page for `GET /metrics`. Complexity: O(samples), some tens of microseconds; not for the hot path.
    /// - Parameters:
    ///   - receipts: a reading of the ledger, when there is one.
    ///   - memory: a reading of what remembers, where conversations use a memory.
    public func page(receipts: ReceiptCounts? = nil, memory: MemoryCounts? = nil) -> String {
        var page = Exposition()
        writeRequests(to: &page)
        writeUpstreams(to: &page)
        page.family(
            "trellis_guard_checks_total", .counter, "Texts that a guard model was to judge, and whether it did.")
        page.sample("trellis_guard_checks_total", guardJudged.value, [("result", "judged")])
        page.sample("trellis_guard_checks_total", guardUnavailable.value, [("result", "unavailable")])
        page.family("trellis_tokens_total", .counter, "Tokens as upstreams reported them.")
        page.sample("trellis_tokens_total", inputTokens.value, [("direction", "input")])
        page.sample("trellis_tokens_total", outputTokens.value, [("direction", "output")])
        if let receipts {
            let counters = [
                ("recorded", receipts.recorded), ("ingested", receipts.ingested), ("failed", receipts.failed),
            ]
            for (name, value) in counters {
                page.family("trellis_receipts_\(name)_total", .counter, Self.receiptHelp[name] ?? name)
                page.sample("trellis_receipts_\(name)_total", value)
            }
            page.family("trellis_receipts_waiting", .gauge, "Receipts in the journal that are not in the store yet.")
            page.sample("trellis_receipts_waiting", receipts.waiting)
        }
        if let memory { Self.write(memory, to: &page) }
        for (name, help, gauge) in [
            ("trellis_open_streams", "Streamed replies in progress.", openStreams),
            ("trellis_connections", "Client connections that are open.", connections),
            ("trellis_requests_in_flight", "Requests in progress.", inFlight),
        ] {
            page.family(name, .gauge, help)
            page.sample(name, gauge.value)
        }
        writeProcess(to: &page)
        return page.text
    }

    private static let receiptHelp = [
        "recorded": "Receipts handed over to be kept.",
        "ingested": "Receipts that reached the store.",
        "failed": "Receipts that could not be written to the journal at once.",
    ]

    private static func write(_ memory: MemoryCounts, to page: inout Exposition) {
        for (name, help, value) in [
            ("turns_noted", "Turns noted to be read for what people want remembered.", memory.noted),
            ("turns_read", "Turns that were read to the end.", memory.read),
            ("turns_forbidden", "Turns not kept, for want of a grant, or for a pause or an erasure.", memory.forbidden),
            ("turns_lost", "Turns that could not be kept or read.", memory.lost),
            ("answers_unreadable", "Answers of the model that reads turns that had no form.", memory.unreadable),
            ("items_remembered", "Items that were remembered or proposed.", memory.remembered),
        ] {
            page.family("trellis_memory_\(name)_total", .counter, help)
            page.sample("trellis_memory_\(name)_total", value)
        }
        page.family("trellis_memory_turns_waiting", .gauge, "Turns in the journal or in memory, not stored yet.")
        page.sample("trellis_memory_turns_waiting", memory.waiting)
    }

    private func place(of upstream: String) -> Int {
        upstreamNames.firstIndex(of: upstream) ?? upstreamNames.count - 1
    }

    private func writeRequests(to page: inout Exposition) {
        page.family("trellis_requests_total", .counter, "Requests answered, by door and HTTP status.")
        for door in Door.allCases {
            for (place, counter) in requests[door.index].enumerated() where counter.value > 0 {
                let status = place < Self.statuses.count ? "\(Self.statuses[place])" : "other"
                page.sample("trellis_requests_total", counter.value, [("door", door.rawValue), ("status", status)])
            }
        }
        page.family("trellis_request_seconds", .histogram, "From the request's head to the reply's last byte.")
        for door in Door.allCases {
            page.histogram("trellis_request_seconds", requestSeconds[door.index], [("door", door.rawValue)])
        }
        page.family("trellis_first_byte_seconds", .histogram, "From the request's head to the reply's first byte.")
        for door in [Door.chatCompletions, .messages, .embeddings] {
            page.histogram("trellis_first_byte_seconds", firstByteSeconds[door.index], [("door", door.rawValue)])
        }
        page.family("trellis_keys_refused_total", .counter, "Requests refused for a missing or wrong key.")
        page.sample("trellis_keys_refused_total", refusedKeys.value)
        page.family("trellis_limits_refused_total", .counter, "Requests refused for a limit of their key.")
        page.sample("trellis_limits_refused_total", refusedLimits.value)
        page.family("trellis_clients_vanished_total", .counter, "Clients that left before their reply had ended.")
        page.sample("trellis_clients_vanished_total", clientLeft.value)
    }

    private func writeUpstreams(to page: inout Exposition) {
        page.family("trellis_upstream_failures_total", .counter, "Failed attempts, by upstream and kind of failure.")
        for (name, counters) in zip(upstreamNames, upstreamFailures) {
            for (kind, counter) in zip(Self.failureKinds, counters) where counter.value > 0 {
                page.sample("trellis_upstream_failures_total", counter.value, [("upstream", name), ("kind", kind)])
            }
        }
        page.family("trellis_upstream_retries_total", .counter, "Tries after a failed attempt, by upstream.")
        for (name, counter) in zip(upstreamNames, upstreamRetries) where counter.value > 0 {
            page.sample("trellis_upstream_retries_total", counter.value, [("upstream", name)])
        }
    }

    private func writeProcess(to page: inout Exposition) {
        page.family("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
        page.sample("process_start_time_seconds", startSeconds)
        if let bytes = ProcessReading.residentBytes {
            page.family("process_resident_memory_bytes", .gauge, "Resident memory in bytes.")
            page.sample("process_resident_memory_bytes", bytes)
        }
        if let seconds = ProcessReading.cpuSeconds {
            page.family("process_cpu_seconds_total", .counter, "Processor time, user and system, in seconds.")
            page.sample("process_cpu_seconds_total", seconds)
        }
        if let open = ProcessReading.openFiles {
            page.family("process_open_fds", .gauge, "Open file descriptors.")
            page.sample("process_open_fds", open)
        }
    }
}
