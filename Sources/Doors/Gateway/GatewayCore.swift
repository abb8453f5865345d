import Charters
public import Consents
public import Counsel
import Foundation
public import Logging
public import Memory
public import Models
import NIOHTTP1
public import Store
import Synchronization

/// What every connection of a gateway shares: settings, keys, charters, upstreams, receipts, metrics.
public final class GatewayCore: Sendable {
    /// The application that receipts name when no key was asked for.
    static let developmentApplication = "development"

    let settings: GatewaySettings
    let client: UpstreamClient
    let keys: KeyRing
    let desk: CharterDesk
    let ledger: ReceiptLedger
    let store: DataStore
    let metrics: Metrics
    let pseudonyms: Pseudonyms
    let logger: Logger
    /// The guard model that floor clauses ask, if one is configured.
    let guardModel: (any GuardModel)?
    /// How it fares.
    let guardHealth: GuardHealth
    /// What each person wishes for themselves.
    let wishes: WishesStore
    /// What puts a reply's counsel together.
    let adviser: Adviser
    /// Reads a situation at once, on the event loop.
    let cues = CueReader()
    /// Reads a situation with a model's help, away from the event loop. Nil: cues are enough.
    let reader: (any SituationReader)?
    let briefs = PreparedBriefs()
    /// What finds and keeps what people want remembered; nil where conversations use no memory.
    let recollecting: Recollecting?
    private let governings = Mutex<[String: Governing]>([:])
    private static let mostGoverning = 1_024

    /// Joins the parts of a gateway.
    ///
    /// - Parameters:
    ///   - reader: Who reads situations with a model's help; nil when cues are enough.
    ///   - recollecting: What finds and keeps what people want remembered; nil where conversations use no memory.
    public init(
        settings: GatewaySettings, client: UpstreamClient, keys: KeyRing, desk: CharterDesk, ledger: ReceiptLedger,
        store: DataStore, metrics: Metrics, pseudonyms: Pseudonyms, consents: ConsentLedger,
        wishes: WishesStore,
        reader: (any SituationReader)? = nil, recollecting: Recollecting? = nil, logger: Logger
    ) {
        self.settings = settings
        self.client = client
        self.keys = keys
        self.desk = desk
        self.ledger = ledger
        self.store = store
        self.metrics = metrics
        self.pseudonyms = pseudonyms
        self.wishes = wishes
        self.reader = reader
        self.recollecting = recollecting
        self.logger = logger
        adviser = Adviser(consents: consents)
        guardHealth = GuardHealth(metrics: metrics, logger: logger)
        let guarding = settings.guardModel.flatMap { client.routes.route($0.name) == nil ? nil : $0 }
        guardModel = guarding?.model(over: client)
        if let named = settings.guardModel, guarding == nil {
            logger.error("no upstream serves the guard model, so there is none", metadata: ["model": "\(named.name)"])
        }
    }

    // MARK: Who asks

    /// The key that a request shows, by `Authorization: Bearer …` or `x-api-key`. `nil`: none is needed.
    ///
    /// In development mode every caller on this machine is let in, but not a web page from elsewhere that has talked
    /// a browser into sending requests here: the `Host` must be a loopback name.
    func authenticate(_ headers: HTTPHeaders) throws(GatewayRefusal) -> HeldKey? {
        try authenticate(
            authorization: headers.first(name: "authorization"), apiKey: headers.first(name: "x-api-key"),
            host: headers.first(name: "host"))
    }

    func authenticate(authorization: String?, apiKey: String?, host: String?) throws(GatewayRefusal) -> HeldKey? {
        let shown = Self.shownKey(authorization: authorization, apiKey: apiKey)
        if settings.development {
            guard Self.namesLoopback(host) else {
                throw GatewayRefusal(
                    status: 403, kind: .permission,
                    message: "In development mode Trellis answers only requests to localhost. Create keys with "
                        + "`trellis key create` and turn development off to serve other hosts.")
            }
            return shown.flatMap { try? keys.find($0.utf8) }
        }
        do throws(KeyRefusal) {
            return try keys.find((shown ?? "").utf8)
        } catch {
            throw GatewayRefusal(status: 401, kind: .authentication, message: error.message)
        }
    }

    private static func shownKey(authorization: String?, apiKey: String?) -> Substring? {
        guard let authorization else { return apiKey?[...] }
        let scheme = authorization.prefix(7)
        return scheme.lowercased() == "bearer " ? authorization.dropFirst(7) : authorization[...]
    }

    static func namesLoopback(_ host: String?) -> Bool {
        guard let host, !host.isEmpty else { return false }
        if host.hasPrefix("[::1]") { return true }
        let name = host.prefix { $0 != ":" }.lowercased()
        return name == "localhost" || name.hasSuffix(".localhost") || GatewaySettings.Listen(host: name).isLoopback
    }

    /// The pseudonym of the person that a request names, by header or, failing that, by the body's own field.
    func person(header: String?, field: String?, in application: String) throws(GatewayRefusal) -> PersonPseudonym? {
        guard let name = header ?? field, !name.isEmpty else { return nil }
        guard name.utf8.count <= 256 else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: "The person's name in Trellis-Person is longer than 256 bytes. Send a short, stable id.",
                param: "Trellis-Person")
        }
        return pseudonyms.pseudonym(of: name, in: application)
    }

    // MARK: Under which charter

    /// A charter in force, with its brief in every shape that a request may need.
    final class Governing: Sendable {
        let charter: GoverningCharter
        let brief: PreparedBrief
        let reference: Receipt.CharterReference
        /// The charter's guidance, as questions to a person.
        let questions: [ConsentQuestion]
        /// Who has a say, as receipts tell it.
        let layers: [Receipt.Layer]
        /// Whether a person's own wishes are among the layers.
        let isPersonal: Bool
        /// What its floor watches for; nil when none of its clauses says how a breach is noticed.
        let floor: FloorEnforcement?

        init(
            _ charter: GoverningCharter, guardedBy model: (any GuardModel)? = nil, terms: GuardTerms = GuardTerms(),
            heed: @escaping @Sendable (GuardUnavailable?) -> Void = { _ in }
        ) {
            self.charter = charter
            let compiled = charter.compiled
            brief = PreparedBrief(compiled.brief)
            reference = Receipt.CharterReference(compiled)
            floor = FloorEnforcement(compiled, guardedBy: model, terms: terms, heed: heed)
            questions = ConsentQuestion.all(of: compiled.guidance, charter: compiled.id)
            layers = compiled.layers.map { Receipt.Layer($0) }
            isPersonal = compiled.layers.contains { $0.kind == .person }
        }

        /// A brief of this charter, ready for the wire.
        func prepared(_ brief: Brief, in briefs: PreparedBriefs) -> PreparedBrief {
            brief.fingerprint == charter.compiled.briefFingerprint
                ? self.brief : briefs.brief(brief.fingerprint, brief.text)
        }
    }

    /// The layers that govern a key's messages, without any person's wishes.
    func stack(_ key: HeldKey?) throws(GatewayRefusal) -> CharterStack {
        let reference = part(of: key?.record).charter
        do throws(CharterUnavailable) { return try desk.stack(reference) } catch {
            throw charterRefusal(error, reference)
        }
    }

    private func charterRefusal(_ error: CharterUnavailable, _ reference: String) -> GatewayRefusal {
        // The floor is part of the charter: without it no message goes on.
        logger.error("charter unavailable", metadata: ["charter": "\(reference)", "reason": "\(error.reason)"])
        return GatewayRefusal(
            status: 503, kind: .unavailable,
            message: "The charter of this application can't be read, so nothing is sent to the model. The operator "
                + "can see what is wrong with `trellis charter check`.")
    }

    /// The charter of a key, or the default one, with a person's own wishes on top if there are any.
    func governing(_ key: HeldKey?, wishes: PersonLayer? = nil) throws(GatewayRefusal) -> Governing {
        try governing(part(of: key?.record), wishes: wishes)
    }

    /// A charter in a role, with a person's own wishes on top if there are any.
    func governing(_ part: Rehearsal.Part, wishes: PersonLayer? = nil) throws(GatewayRefusal) -> Governing {
        let (reference, role) = (part.charter, part.role)
        let charter: GoverningCharter
        do throws(CharterUnavailable) {
            charter = try desk.charter(reference, role: role, person: wishes)
        } catch {
            throw charterRefusal(error, reference)
        }
        let place = "\(reference)\u{0}\(role ?? "")\u{0}\(wishes?.fingerprint.hexadecimal ?? "")"
        if let known = governings.withLock({ $0[place] }), known.charter === charter { return known }
        let made = Governing(
            charter, guardedBy: guardModel, terms: settings.guardModel?.terms ?? GuardTerms(),
            heed: { [guardHealth] in guardHealth.heed($0) })
        // Once for each charter, and not again for everybody's wishes on top of it.
        if wishes == nil { tellOfMissingGuard(made) }
        governings.withLock { known in
            // Each is made again in no time; only people's wishes make many of them.
            if known.count >= Self.mostGoverning { known.removeAll() }
            known[place] = made
        }
        return made
    }

    func unknownModel(_ model: String) -> GatewayRefusal {
        let known = client.routes.exactModels.map(\.model).prefix(12)
        let offer = known.isEmpty ? "" : " Known here: \(known.joined(separator: ", "))."
        let shown = model.count > 80 ? "\(model.prefix(80))…" : model
        return GatewayRefusal(
            status: 404, kind: .notFound,
            message: "No upstream serves the model “\(shown)”.\(offer) Choose one of GET /v1/models, or add it to an "
                + "upstream in trellis.yaml.",
            param: "model")
    }

    func keepsBodies(_ governing: Governing) -> Bool {
        settings.keepsBodies || governing.charter.compiled.keepsBodies
    }
}
