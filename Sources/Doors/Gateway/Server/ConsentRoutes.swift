import Charters
import Consents
import Counsel
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOFoundationCompat

/// What a person lets Trellis do for them beyond answering well, and what they wish for themselves: seeing it, giving
/// it, taking it back.
struct ConsentRoutes {
    let door: PersonDoor
    let consents: ConsentLedger
    let wishes: WishesStore

    func add(to router: Router<BasicRequestContext>) {
        router.get("/trellis/v1/consents") { request, _ in
            let asker = try asker(request)
            let all = ConsentOverview.all(
                asker.questions, try await kept { try await consents.standings(of: asker.person) }, at: asker.at)
            return json(ConsentList(charter: asker.charter, consents: all))
        }
        router.post("/trellis/v1/consents/:guidance") { request, context in
            let asker = try asker(request)
            let question = try asker.question(PersonDoor.parameter("guidance", context))
            let until = try await until(request)
            do throws(ConsentError) {
                try await consents.grant(question, by: asker.person, at: asker.at, until: until, through: .api)
            } catch .unfitExpiry {
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest, message: ConsentError.words(question, from: asker.at),
                    param: "until")
            } catch {
                throw door.unavailable(error)
            }
            let standings = try await kept { try await consents.standings(of: asker.person) }
            return json(ConsentOverview.all([question], standings, at: asker.at).first)
        }
        router.delete("/trellis/v1/consents/:guidance") { request, context in
            let asker = try asker(request)
            let name = PersonDoor.parameter("guidance", context)
            let wasLive = try await kept {
                try await consents.revoke(name, of: asker.charter, by: asker.person, at: asker.at, through: .api)
            }
            if !wasLive { try await refuse(name, asker) }
            return Response(status: .noContent)
        }
        router.delete("/trellis/v1/consents") { request, _ in
            let asker = try asker(request)
            _ = try await kept { try await consents.revokeAll(by: asker.person, at: asker.at, through: .api) }
            return Response(status: .noContent)
        }
        addWishes(to: router)
    }

    /// Where there is nothing to take back: a question that waits for an answer is answered with no.
    private func refuse(_ name: String, _ asker: Asker) async throws(GatewayRefusal) {
        let standing = try await kept { try await consents.standings(of: asker.person) }
            .first { $0.charter == asker.charter && $0.guidance == name }
        // One that the charter no longer has, and that was over already, is no mistake.
        guard let question = asker.questions.first(where: { $0.guidance == name }) else {
            if standing == nil { _ = try asker.question(name) }
            return
        }
        guard standing?.awaitsAnswer == true else { return }
        try await kept { try await consents.decline(question, by: asker.person, at: asker.at, through: .api) }
    }

    private func addWishes(to router: Router<BasicRequestContext>) {
        router.get("/trellis/v1/wishes") { request, _ in
            let asker = try asker(request)
            guard let text = try await kept({ try await wishes.text(of: asker.person) }) else {
                throw GatewayRefusal(
                    status: 404, kind: .notFound,
                    message: "This person has no wishes here yet. Send them with PUT /trellis/v1/wishes.")
            }
            return textResponse(text, type: "application/yaml")
        }
        router.put("/trellis/v1/wishes") { request, _ in
            let asker = try asker(request)
            let text = try await text(request)
            let stack = try door.core.stack(asker.key)
            let result = try await kept {
                try await wishes.set(text, of: asker.person, at: asker.at, under: [stack])
            }
            return json(KeptWishes(fingerprint: result.wishes.fingerprint.description, warnings: result.warnings))
        }
        router.delete("/trellis/v1/wishes") { request, _ in
            let asker = try asker(request)
            _ = try await kept { try await wishes.erase(asker.person) }
            return Response(status: .noContent)
        }
    }

    // MARK: Who asks

    /// The person on whose behalf an application asks, and the charter that governs them.
    struct Asker {
        let key: HeldKey?
        let person: PersonKey
        let charter: String
        let questions: [ConsentQuestion]
        let at: Int64

        func question(_ name: String) throws(GatewayRefusal) -> ConsentQuestion {
            if let found = questions.first(where: { $0.guidance == name }) { return found }
            let names = questions.map(\.guidance)
            let offer =
                names.isEmpty
                ? "It has none at all." : "It has \(names.joined(separator: ", "))."
            let shown = name.count > 80 ? "\(name.prefix(80))…" : name
            throw GatewayRefusal(
                status: 404, kind: .notFound,
                message: "The charter \(charter) has no guidance “\(shown)”. \(offer)", param: "guidance")
        }
    }

    private func asker(_ request: Request) throws(GatewayRefusal) -> Asker {
        let asker = try door.asker(request)
        let compiled = try door.core.governing(asker.key).charter.compiled
        return Asker(
            key: asker.key, person: asker.person, charter: compiled.id,
            questions: ConsentQuestion.all(of: compiled.guidance, charter: compiled.id), at: asker.at)
    }

    // MARK: What is sent

    /// `until` of a JSON body; nil without a body or without the member.
    private func until(_ request: Request) async throws -> Int64? {
        struct Body: Decodable { let until: Int64? }
        let bytes = try await PersonDoor.body(request, limit: 4_096)
        guard bytes.readableBytes > 0 else { return nil }
        do { return try JSONDecoder().decode(Body.self, from: bytes).until } catch {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: "The body is nothing, or JSON with `until` in milliseconds since 1970, as in "
                    + #"{"until": 1790000000000}."#,
                param: "until")
        }
    }

    private func text(_ request: Request) async throws -> String {
        let bytes = try await PersonDoor.body(request, limit: WishesStore.maximumBytes)
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest, message: "Wishes are text in UTF-8. Send them as application/yaml.")
        }
        return text
    }

    // MARK: What goes wrong

    /// Runs some work on what is kept, and turns what goes wrong into words for the client.
    private func kept<Value>(_ work: () async throws -> Value) async throws(GatewayRefusal) -> Value {
        do { return try await work() } catch let error as WishesError {
            switch error {
            case .tooLong:
                throw GatewayRefusal(
                    status: 413, kind: .tooLarge,
                    message: "Wishes may be \(WishesStore.maximumBytes) bytes long. Say it in fewer words.")
            case .unfit:
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest,
                    message: error.description + "\nNothing was changed: put this right and send the whole text again.")
            case .seal, .store: throw door.unavailable(error)
            }
        } catch {
            throw door.unavailable(error)
        }
    }
}

extension ConsentError {
    fileprivate static func words(_ question: ConsentQuestion, from moment: Int64) -> String {
        """
        This consent can hold until \(moment + question.period) at most (milliseconds since 1970), the time that the \
        charter allows, and must end later than now (\(moment)). Leave `until` out to take all of it.
        """
    }
}

// MARK: What is answered

private struct ConsentList: Encodable {
    let charter: String
    let consents: [ConsentOverview]
}

private struct KeptWishes: Encodable {
    let fingerprint: String
    let warnings: [Diagnostic]
}
