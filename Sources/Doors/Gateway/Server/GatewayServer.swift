import Charters
import Consents
import Counsel
import Deliberation
import Foundation
import Hummingbird
import HummingbirdCore
public import Logging
import Memory
import Models
import NIOCore
import NIOPosix
import ServiceLifecycle
import Store
import UnixSignals

/// A whole gateway: opens what it keeps, starts the local runtime if one is configured, and serves until it is told
/// to stop.
///
///     let server = try await GatewayServer(settings: settings, logger: logger)
///     try await server.run { port in print("listening on \(port)") }
public struct GatewayServer: Sendable {
    let core: GatewayCore
    private let kept: KeptThings
    private let runtime: LocalModels?
    private let group: MultiThreadedEventLoopGroup
    private let readiness: Readiness
    let rehearsal: Rehearsal
    private let conversations: ConversationStore
    private let identities: IdentityTokens?
    private let logger: Logger

    /// Opens everything; nothing listens yet.
    ///
    /// - Throws: ``GatewayStartFailure`` with what to do about it.
    public init(settings: GatewaySettings, environment: [String: String], logger: Logger) async throws {
        if let problem = settings.problems.first { throw GatewayStartFailure(problem) }
        self.logger = logger
        let kept = try KeptThings(folder: settings.dataDirectory, environment: environment, logger: logger)
        self.kept = kept
        let ledger = kept.ledger
        do {
            // What somebody erased and a dying process left half done comes before anybody is served.
            try await kept.erasure.finish()
        } catch {
            throw GatewayStartFailure("an erasure that was begun can't be completed: \(error)")
        }
        do {
            if try ledger.holdsUnsealedReceipts {
                try await ledger.sealOldReceipts(erasures: kept.consents.history().erasures)
            }
        } catch {
            throw GatewayStartFailure("what older receipts tell of people can't be sealed: \(error)")
        }
        let desk = CharterDesk(logger: logger, library: settings.library) { charter in
            ledger.remember(brief: charter.compiled.brief, fingerprint: charter.compiled.briefFingerprint)
            // Compiled before it governs, so that no message waits for it after a reload.
            _ = FloorWatch(charter.compiled.floor)
        }
        do throws(CharterUnavailable) {
            _ = try desk.charter(settings.charter.description, role: settings.role)
        } catch {
            throw GatewayStartFailure("\(error)")
        }
        let (upstreams, runtime) = try await Self.upstreams(settings, logger: logger)
        self.runtime = runtime
        let threads = settings.threads > 0 ? settings.threads : System.coreCount
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let client = try UpstreamClient(
            routes: ModelRoutes(upstreams), group: group, proxies: ProxyEnvironment(environment), logger: logger)
        let keys = try KeyRing(store: kept.store, defaults: settings.limits.perKey, log: logger)
        if keys.count == 0 && !settings.development {
            logger.warning(
                "no API key exists yet, so every message will be refused; make one with `trellis key create`")
        }
        core = GatewayCore(
            settings: settings, client: client, keys: keys, desk: desk, ledger: ledger, store: kept.store,
            metrics: Metrics(upstreams: upstreams.map(\.name)), pseudonyms: kept.pseudonyms, consents: kept.consents,
            wishes: kept.wishes, reader: Self.reader(settings.counsel, client: client),
            recollecting: Self.recollecting(settings.memory, kept, client: client, logger: logger), logger: logger)
        conversations = ConversationStore(
            store: kept.store, seal: kept.seal,
            embedder: settings.deliberation.embedder.map {
                (UpstreamChatModel(client, embeddingModel: $0), $0)
            })
        do { try await conversations.sealOlder() } catch {
            throw GatewayStartFailure("the votes of an older Trellis can't be sealed: \(error)")
        }
        do {
            let group = group
            identities = try settings.deliberation.identity.map {
                try IdentityTokens($0, group: group, logger: logger)
            }
        } catch {
            throw GatewayStartFailure("deliberation.oidc.keys can't be used: \(error)")
        }
        readiness = Self.readiness(core: core, runtime: runtime)
        rehearsal = Rehearsal(core)
        // Nobody's first message should wait for what can be made ready now.
        rehearsal.rehearse(atMost: Rehearsal.mostAtStart)
    }

    /// Serves until the process is told to stop (SIGTERM or SIGINT) or the task is cancelled. Replies that are under
    /// way may finish within `limits.shutdown`.
    ///
    /// - Parameters:
    ///   - stopsOnSignals: Whether SIGTERM and SIGINT stop it. A test, or a program that embeds the gateway, says no.
    ///   - onReady: Called with the port once connections are accepted.
    public func run(stopsOnSignals: Bool = true, onReady: @escaping @Sendable (Int) async -> Void) async throws {
        let settings = core.settings
        let core = core
        let readiness = readiness
        let rehearsal = rehearsal
        let runtime = runtime
        let application = Application(
            router: TrellisRoutes(
                core: core, readiness: readiness, kept: kept, conversations: conversations, identities: identities
            ).router(),
            server: HTTPServerBuilder { responder in GatewayChannel(responder: responder, core: core) },
            configuration: ApplicationConfiguration(
                address: .hostname(settings.listen.host, port: settings.listen.port), serverName: nil, backlog: 1_024,
                availableConnectionsDelegate: .maximum(settings.limits.connections, logger: logger)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? settings.listen.port) },
            eventLoopGroupProvider: .shared(group), logger: quiet)
        // Stopped in reverse order: first no new connections, last the receipts.
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: Loop { await core.ledger.run() }),
                .init(service: Loop { await core.keys.run() }),
                .init(service: Loop { await core.desk.run() }),
                .init(service: Loop { await rehearsal.run() }),
                .init(service: Loop { await Self.remember(core.recollecting, kept, logger) }),
                .init(service: Loop { [conversations] in await conversations.finishWithdrawals() }),
                .init(service: RuntimeService(runtime: runtime)),
                .init(service: Loop { await Self.prepare(core.reader) }),
                .init(service: application),
                .init(service: StopNotice(readiness: readiness)),
            ],
            gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [], logger: quiet)
        group.maximumGracefulShutdownDuration = settings.limits.shutdown
        defer { try? core.store.close() }
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            await close()
            throw GatewayStartFailure(starting: error, at: settings.listen)
        }
        await close()
    }

    func close() async {
        await runtime?.stop()
        await core.client.shutDown()
        await identities?.close()
        core.keys.save()
        try? await group.shutdownGracefully()
    }

    /// Hummingbird and ServiceLifecycle tell of every step; an operator wants to hear only of trouble.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }

    // MARK: Opening

    /// The upstreams, and the local runtime if one of them is on this machine. It is being started when this returns;
    /// its ports are known by then.
    private static func upstreams(
        _ settings: GatewaySettings, logger: Logger
    ) async throws -> ([Upstream], LocalModels?) {
        var upstreams: [Upstream] = []
        var local: LocalModels?
        for setting in settings.upstreams {
            switch setting {
            case .remote(let upstream): upstreams.append(upstream)
            case .local(let name, let models):
                let runtime = try await LocalModels(home: settings.home, name: name, models: models, logger: logger)
                upstreams += runtime.upstreams
                local = runtime
            }
        }
        return (upstreams, local)
    }

    /// Embeds what the reader compares messages with, as soon as the model answers: nobody's first message should wait
    /// for it, or be read without it.
    private static func prepare(_ reader: (any SituationReader)?) async {
        if let reader = reader as? EmbeddingReader {
            for wait in 0..<120 where !Task.isCancelled {
                do {
                    try await reader.prepare()
                    break
                } catch {
                    // A local model takes seconds to load; what never answers is asked again by each message.
                    try? await Task.sleep(for: .milliseconds(min(5_000, 100 << min(wait, 6))))
                }
            }
        }
        // A service that ends would end the server.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
    }

    /// Who reads situations with a model's help; nil when cues are enough.
    private static func reader(_ counsel: GatewaySettings.Counsel, client: UpstreamClient) -> (any SituationReader)? {
        switch counsel.reader {
        case .cues:
            nil
        case .embedding:
            EmbeddingReader(
                embedder: UpstreamChatModel(client, embeddingModel: counsel.readerModel ?? "all-minilm-l6-v2"),
                limit: counsel.readerTime ?? EmbeddingReader.defaultLimit)
        case .model:
            counsel.readerModel.map { name in
                ModelReader(model: UpstreamChatModel(client), name: name, limit: counsel.readerTime ?? .seconds(5))
            }
        }
    }

    /// What finds and keeps what people want remembered; nil where conversations use no memory.
    private static func recollecting(
        _ settings: GatewaySettings.Memory, _ kept: KeptThings, client: UpstreamClient, logger: Logger
    ) -> Recollecting? {
        guard settings.isOn else { return nil }
        let vectors = settings.embedder.map { name in
            VectorMaker(UpstreamChatModel(client, embeddingModel: name), name: name, logger: logger)
        }
        let rememberer =
            settings.reader == .model
            ? settings.readerModel.map { ModelRememberer(model: UpstreamChatModel(client), name: $0) } : nil
        var bounds = Recollecting.Bounds()
        bounds.tokens = settings.tokens
        bounds.embedding = settings.embeddingTime
        let queue = HeardQueue(
            memories: kept.memories, journal: kept.heard, rememberer: rememberer, vectors: vectors, logger: logger)
        return Recollecting(memories: kept.memories, queue: queue, vectors: vectors, bounds: bounds)
    }

    /// Reads what was heard, and once an hour erases what has run out.
    private static func remember(_ recollecting: Recollecting?, _ kept: KeptThings, _ logger: Logger) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await recollecting?.queue.run() }
            group.addTask {
                while !Task.isCancelled {
                    do {
                        let erased = try await kept.memories.sweep(at: Moment.now().wall)
                        if erased > 0 { logger.info("items ran out and were erased", metadata: ["count": "\(erased)"]) }
                    } catch {
                        logger.error("memories can't be swept", metadata: ["reason": "\(error)"])
                    }
                    try? await Task.sleep(for: .seconds(3_600))
                }
            }
        }
    }

    private static func readiness(core: GatewayCore, runtime: LocalModels?) -> Readiness {
        var checks: [@Sendable () async -> Readiness.Part?] = []
        checks.append {
            do {
                _ = try core.store.read { session in try session.firstRow("SELECT 1") }
                return Readiness.Part(name: "store", ready: true, note: "answers")
            } catch {
                return Readiness.Part(name: "store", ready: false, note: "\(error)")
            }
        }
        checks.append {
            let counts = core.ledger.counts
            let trouble = core.ledger.trouble
            return Readiness.Part(
                name: "receipts", ready: trouble == nil,
                note: trouble ?? "\(counts.recorded) recorded, \(counts.waiting) waiting for the store")
        }
        checks.append {
            do throws(GatewayRefusal) {
                let governing = try core.governing(nil)
                let compiled = governing.charter.compiled
                return Readiness.Part(
                    name: "charter", ready: true,
                    note: "\(compiled.id) \(compiled.version) \(compiled.charterFingerprint.short)")
            } catch {
                return Readiness.Part(name: "charter", ready: false, note: error.message)
            }
        }
        checks.append { core.guardStanding() }
        if let queue = core.recollecting?.queue {
            checks.append {
                // Replies go on without it, so it makes nothing unready.
                let counts = queue.counts
                return Readiness.Part(
                    name: "memory", ready: true,
                    note: queue.trouble
                        ?? "\(counts.noted) turns noted, \(counts.read) read, \(counts.remembered) things remembered")
            }
        }
        if let runtime {
            checks.append {
                await runtime.readiness()
            }
        }
        return Readiness(checks)
    }
}

/// Why a gateway did not start, and what to do.
public struct GatewayStartFailure: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    init(starting error: any Error, at listen: GatewaySettings.Listen) {
        if let error = error as? IOError, error.errnoCode == EADDRINUSE {
            description =
                "port \(listen.port) is taken on \(listen.host): stop the other program, or choose another port with --port"
        } else if let error = error as? IOError, error.errnoCode == EACCES {
            description = "port \(listen.port) may not be used by this user: choose one above 1023 with --port"
        } else if let error = error as? GatewayStartFailure {
            description = error.description
        } else {
            description = "\(error)"
        }
    }
}

/// Work that goes on until the service is stopped.
private struct Loop: Service {
    let work: @Sendable () async -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown { await work() }
        // A service that ends before its turn, because its work is done just while the server stops, would turn the stop
        // into a failure.
        try? await gracefulShutdown()
    }
}

/// Stops the local models with the server.
private struct RuntimeService: Service {
    let runtime: LocalModels?

    func run() async throws {
        try? await gracefulShutdown()
        await runtime?.stop()
    }
}

/// Turns readiness off as soon as a stop is asked for. Last in the group, so first to stop.
private struct StopNotice: Service {
    let readiness: Readiness

    func run() async throws {
        try? await gracefulShutdown()
        readiness.beginStopping()
    }
}
