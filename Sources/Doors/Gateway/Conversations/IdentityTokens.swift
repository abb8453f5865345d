import Crypto
import Deliberation
import Foundation
import JWTKit
import Logging
import Models
import NIOCore
import NIOHTTP1

/// Checks ID tokens of OpenID Connect: who signed them, for whom, and until when (OpenID Connect Core 1.0, 3.1.3.7).
///
/// Only RS256 and ES256 are taken, by keys of the issuer's set; a secret that both sides know is no proof here. The set
/// comes from a file, which is read again when it changed, or from an address, which is asked again every ten minutes, so
/// that a key which the issuer took out is soon trusted no more, and when a token names a key that isn't known, at most
/// once a minute. Nothing of a token is logged, and only a digest is kept, so that it lets in once.
actor IdentityTokens {
    /// The claims that count.
    private struct Claims: JWTPayload {
        let iss: String
        let sub: String
        let aud: Audience
        let exp: Double
        let nbf: Double?
        let iat: Double?
        let azp: String?

        func verify(using algorithm: some JWTAlgorithm) async throws {
            guard IdentityTokens.algorithms.contains(algorithm.name) else { throw Fault.algorithm }
        }
    }

    /// One audience or several.
    private struct Audience: Codable {
        let all: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                all = [one]
            } else {
                all = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(all)
        }
    }

    private enum Fault: Error { case algorithm }

    /// A set of keys, some of which may be of kinds that nobody here knows.
    private struct KeySet: Decodable {
        struct Entry: Decodable {
            let key: JWK?

            /// A key that its issuer encrypts with proves nothing (RFC 7517, 4.2).
            init(from decoder: any Decoder) throws {
                struct Purpose: Decodable { let use: String? }
                let purpose = try? Purpose(from: decoder)
                key = purpose.map { $0.use == nil || $0.use == "sig" } == true ? try? JWK(from: decoder) : nil
            }
        }

        let keys: [Entry]
    }

    private static let algorithms: Set<String> = ["RS256", "ES256"]
    /// The longest token: 16 KiB.
    private static let limit = 16 << 10
    /// Clocks differ: a token is taken so many seconds after it ran out, or before it holds.
    private static let leeway = 60.0
    /// A token was made when somebody signed in, and they do that to join: one that is an hour old was made for
    /// something else. In seconds.
    private static let ageLimit = 3_600.0
    /// Keys that were fetched are asked for again after so many milliseconds,
    static let keyAge: Int64 = 600_000
    /// and trusted no longer than so many while their address doesn't answer.
    static let keyAgeLimit: Int64 = 3_600_000
    private let settings: GatewaySettings.Deliberation.Identity
    private let client: UpstreamClient?
    private let logger: Logger
    private var keys: JWTKeyCollection?
    private var names: Set<String> = []
    private var askedAt: Int64?
    private var fetchedAt: Int64?
    private var fileChangedAt: Date?

    /// - Throws: what is wrong with the address of the keys.
    init(_ settings: GatewaySettings.Deliberation.Identity, group: any EventLoopGroup, logger: Logger) throws {
        self.settings = settings
        self.logger = logger
        if settings.keys.contains("://") {
            let address = try UpstreamAddress(settings.keys)
            guard address.usesTLS || GatewayCore.namesLoopback(address.host) else {
                throw GatewayStartFailure("keys that come over plain http could be anybody's: write https://…")
            }
            let upstream = Upstream(name: "oidc", address: address, retries: 1)
            client = try UpstreamClient(
                routes: ModelRoutes([upstream]), group: group,
                proxies: ProxyEnvironment(ProcessInfo.processInfo.environment), logger: logger)
        } else {
            client = nil
        }
    }

    /// Whom a token names, if it holds.
    func identity(of token: String, at moment: Int64) async throws(GatewayRefusal) -> ProvedIdentity {
        guard token.utf8.count <= Self.limit, let head = Self.head(of: token) else {
            throw Self.refusal("This is no ID token: three parts in base 64, with full stops between them.")
        }
        // What the head says is as much a part of the proof as the signature, and no door for weaker ones.
        guard Self.algorithms.contains(head.alg ?? "") else {
            throw Self.refusal(
                "This ID token isn't signed in RS256 or ES256, and nothing else is taken. Sign in again.")
        }
        guard head.typ == nil || head.typ?.uppercased() == "JWT" else {
            throw Self.refusal(
                "This is another kind of token than an ID token. Send the id_token that signing in gave.")
        }
        guard !head.demands else {
            throw Self.refusal(
                "This token asks for something (crit) that isn't understood here. Send a plain ID token.")
        }
        try await refreshKeys(for: head.kid, at: moment)
        guard let keys else { throw Self.unavailable }
        let claims: Claims
        do { claims = try await keys.verify(token, as: Claims.self, iteratingKeys: head.kid == nil) } catch {
            // The reason of a token that doesn't hold could repeat parts of it.
            throw Self.refusal(
                "This ID token doesn't hold: it wasn't signed by a key of \(settings.issuer) in RS256 or ES256. Sign in again."
            )
        }
        let now = Double(moment) / 1_000
        guard claims.iss == settings.issuer else {
            throw Self.refusal("This ID token is of another issuer than \(settings.issuer). Sign in there.")
        }
        guard claims.aud.all.contains(settings.audience) else {
            throw Self.refusal("This ID token was made for another application. Sign in to this one.")
        }
        // One that was made for several, or handed to another, could be sent here by them (3.1.3.7, 4 and 5).
        guard claims.azp.map({ $0 == settings.audience }) ?? (claims.aud.all.count == 1) else {
            throw Self.refusal(
                "This ID token was handed to another application, or is for several without saying to which it was handed (azp). Sign in to this one."
            )
        }
        guard let made = claims.iat, made <= now + Self.leeway, made <= claims.exp else {
            throw Self.refusal(
                "This ID token doesn't say when it was made (iat), or says a time to come. Sign in again.")
        }
        guard now - made < Self.ageLimit + Self.leeway else {
            throw Self.refusal("This ID token was made more than an hour ago. Sign in again.")
        }
        guard now < claims.exp + Self.leeway, now > (claims.nbf ?? 0) - Self.leeway else {
            throw Self.refusal("This ID token has run out, or doesn't hold yet. Sign in again.")
        }
        guard claims.sub.contains(where: { !$0.isWhitespace }), claims.sub.utf8.count <= 1_024 else {
            throw Self.refusal("This ID token names nobody. Sign in again.")
        }
        // Past this nobody gets as far as here with it.
        let until = min(claims.exp, made + Self.ageLimit) + Self.leeway
        return ProvedIdentity(
            issuer: claims.iss, subject: claims.sub,
            token: .init(digest: Self.digest(of: token), until: Int64(until * 1_000) + 1))
    }

    /// A digest of what is signed of a token. The signature isn't part of it: whoever has one in ES256 can write another
    /// that holds.
    private static func digest(of token: String) -> [UInt8] {
        let signed = token.prefix(upTo: token.lastIndex(of: ".") ?? token.endIndex)
        return Array(SHA256.hash(data: Data(signed.utf8)))
    }

    private static func refusal(_ words: String) -> GatewayRefusal {
        GatewayRefusal(status: 403, kind: .permission, message: words, param: "token")
    }

    private static var unavailable: GatewayRefusal {
        GatewayRefusal(
            status: 503, kind: .unavailable,
            message: "The keys that ID tokens are checked with can't be had now. Try again in a minute.", retryAfter: 60
        )
    }

    /// What counts of the head of a token.
    private struct Head: Decodable {
        let alg: String?
        let kid: String?
        let typ: String?
        /// Whether whoever doesn't understand something in it must refuse it (RFC 7515, 4.1.11). Nothing such is
        /// understood here.
        let demands: Bool

        enum CodingKeys: String, CodingKey { case alg, kid, typ, crit }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            alg = try container.decodeIfPresent(String.self, forKey: .alg)
            kid = try container.decodeIfPresent(String.self, forKey: .kid)
            typ = try container.decodeIfPresent(String.self, forKey: .typ)
            demands = container.contains(.crit)
        }
    }

    /// The head of a token; nil when there is none.
    private static func head(of token: String) -> Head? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var text = parts[0].replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: String(text)).flatMap { try? JSONDecoder().decode(Head.self, from: $0) }
    }

    // MARK: Keys

    private func refreshKeys(for kid: String?, at moment: Int64) async throws(GatewayRefusal) {
        if client == nil {
            let changed =
                (try? FileManager.default.attributesOfItem(atPath: settings.keys))?[.modificationDate] as? Date
            if keys != nil, changed == fileChangedAt { return }
            guard let bytes = FileManager.default.contents(atPath: settings.keys) else {
                logger.error("the keys of ID tokens can't be read", metadata: ["file": "\(settings.keys)"])
                throw Self.unavailable
            }
            try await take(bytes)
            fileChangedAt = changed
            return
        }
        let age = fetchedAt.map { moment - $0 } ?? .max
        let isKnown = keys != nil && (kid.map(names.contains) ?? true)
        if isKnown, age < Self.keyAge { return }
        if askedAt.map({ moment - $0 >= 60_000 }) ?? true {
            askedAt = moment
            do throws(GatewayRefusal) {
                try await take(try await fetched())
                fetchedAt = moment
                return
            } catch {
                // An address that doesn't answer for a while is no reason to turn people away.
                if keys == nil { throw error }
            }
        }
        guard keys != nil, age < Self.keyAgeLimit else { throw Self.unavailable }
    }

    private func fetched() async throws(GatewayRefusal) -> Data {
        do {
            guard let client else { throw Self.unavailable }
            let reply = try await client.send(
                UpstreamRequest(
                    method: .GET, path: client.routes.upstreams[0].address.path.isEmpty ? "/" : "",
                    headers: ["accept": "application/json"], body: nil), to: 0)
            let bytes = try await reply.collected(upTo: 1 << 20)
            guard reply.head.status == .ok else { throw Self.unavailable }
            return Data(bytes.readableBytesView)
        } catch {
            logger.error("the keys of ID tokens can't be fetched", metadata: ["reason": "\(error)"])
            throw Self.unavailable
        }
    }

    private func take(_ bytes: Data) async throws(GatewayRefusal) {
        do {
            let set = try JSONDecoder().decode(KeySet.self, from: bytes)
            let made = JWTKeyCollection()
            names = []
            // A set may hold other keys too; a secret among them would let anybody sign who reads the set.
            for var key in set.keys.compactMap(\.key) where key.keyType == .rsa || key.keyType == .ecdsa {
                let name = key.keyIdentifier?.string ?? "unnamed \(names.count)"
                key.keyIdentifier = JWKIdentifier(string: name)
                // One of a kind that we can't use leaves the others good.
                guard (try? await made.add(jwk: key)) != nil else { continue }
                names.insert(name)
            }
            guard !names.isEmpty else { throw Fault.algorithm }
            keys = made
        } catch {
            logger.error("the keys of ID tokens are no JWKS with RSA or EC keys")
            throw Self.unavailable
        }
    }

    /// Lets the connections go.
    func close() async { await client?.shutDown() }
}
