import Consents
import Hummingbird
import Memory

/// A person's own door to what is remembered of them: seeing it, putting it right, saying what it may be used for,
/// taking it along, and erasing it.
///
/// The application speaks for the person, as everywhere. What others do with a memory, models and growth among them,
/// goes by the grants and not through here.
struct MemoryRoutes {
    let door: PersonDoor
    let memories: MemoryStore
    let grants: GrantLedger

    func add(to router: Router<BasicRequestContext>) {
        addItems(to: router)
        addWord(to: router)
        addDecisions(to: router)
        addSettings(to: router)
        addGrants(to: router)
        addWhole(to: router)
    }

    /// The person's own memory, and when they asked for it.
    func own(_ request: Request) throws(GatewayRefusal) -> (memory: OwnMemory, at: Int64) {
        let asker = try door.asker(request)
        return (memories.memory(of: asker.person).own, asker.at)
    }

    /// The same once all that this person asked to be remembered a moment ago has been read, so that it is there to be
    /// seen or erased.
    func settled(_ request: Request) async throws(GatewayRefusal) -> (memory: OwnMemory, at: Int64) {
        let (memory, at) = try own(request)
        await door.core.recollecting?.queue.settle(memory.person)
        return (memory, at)
    }

    /// Items that are new here are soon to be found by meaning too.
    func wantVectors(of memory: OwnMemory) {
        door.core.recollecting?.queue.wantsVectors(memory.person)
    }

    /// The item or decision that the path names.
    static func id(_ context: BasicRequestContext) throws(GatewayRefusal) -> MemoryItem.ID {
        try id(PersonDoor.parameter("id", context), "id")
    }

    static func id(_ text: String, _ name: String) throws(GatewayRefusal) -> MemoryItem.ID {
        if let id = MemoryItem.ID(text) { return id }
        throw GatewayRefusal(
            status: 400, kind: .invalidRequest,
            message: "`\(name)` is 26 characters, as GET /trellis/v1/memory and …/memory/decisions show them.",
            param: name)
    }

    /// Makes sure that a request which is for everything was not meant for one thing that the application forgot to name,
    /// or for some things that a query picks out.
    static func mustMeanAll(_ request: Request, _ path: String) throws(GatewayRefusal) {
        guard request.uri.path != path || request.uri.query != nil else { return }
        throw GatewayRefusal(
            status: 400, kind: .invalidRequest,
            message:
                "It can't be told what is meant, and nothing was changed. Name one thing after \(path)/, or, if all is "
                + "meant, send the request to \(path) with nothing behind it.")
    }

    /// Runs some work on a memory or on grants, and turns what goes wrong into words for the client.
    func kept<Value>(_ work: () async throws -> Value) async throws(GatewayRefusal) -> Value {
        do { return try await work() } catch let refusal as GatewayRefusal { throw refusal } catch let error
            as MemoryError
        {
            throw refusal(error)
        } catch let error as GrantError {
            switch error {
            case .unfitExpiry: throw GatewayRefusal(badly: error, param: "until")
            case .noKinds: throw GatewayRefusal(badly: error, param: "kinds")
            case .contended: throw GatewayRefusal(later: error)
            case .store: throw door.unavailable(error)
            }
        } catch {
            throw door.unavailable(error)
        }
    }

    private func refusal(_ error: MemoryError) -> GatewayRefusal {
        switch error {
        case .unfit, .unfitVector, .unfitFile: GatewayRefusal(badly: error, param: nil)
        case .unfitName: GatewayRefusal(badly: error, param: "conversation")
        case .unfitRetention: GatewayRefusal(badly: error, param: "retention")
        case .noSuchItem, .noSuchDecision:
            GatewayRefusal(status: 404, kind: .notFound, message: error.description, param: "id")
        case .notGranted, .permitOver, .permitForAnother:
            GatewayRefusal(status: 403, kind: .permission, message: error.description)
        case .paused, .erasedSince, .changedSince, .unfitState, .tooMany:
            GatewayRefusal(status: 409, kind: .invalidRequest, message: error.description)
        case .contended, .beingErased: GatewayRefusal(later: error)
        // Trying again is of no use; the words say what is, and name no place of this machine.
        case .keyGone, .damaged: door.lost(error)
        case .seal, .store: door.unavailable(error)
        }
    }
}

extension GatewayRefusal {
    /// What was sent can't be used.
    fileprivate init(badly error: some CustomStringConvertible, param: String?) {
        self.init(status: 400, kind: .invalidRequest, message: error.description, param: param)
    }

    /// It can't be done right now.
    fileprivate init(later error: some CustomStringConvertible) {
        self.init(status: 503, kind: .unavailable, message: error.description, retryAfter: 1)
    }
}
