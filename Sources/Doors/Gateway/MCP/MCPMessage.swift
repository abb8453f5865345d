/// One message of JSON-RPC 2.0 as the Model Context Protocol uses it, checked.
enum MCPMessage: Sendable {
    /// Wants an answer.
    case request(id: JSONValue, method: String, parameters: JSONObject)
    /// Wants none.
    case notification(method: String)
    /// Answers something. Nothing is ever asked from here, so there is nothing that it could answer.
    case response

    /// A message that can't be read, with its id as far as it has one.
    struct Unreadable: Error {
        let id: JSONValue
        let fault: MCPFault
    }

    /// What came in: one message, or several in an array.
    enum Incoming {
        case one(Result<MCPMessage, Unreadable>)
        case several([Result<MCPMessage, Unreadable>])
    }

    /// The longest text that is read, in bytes.
    static let maximumBytes = 256 << 10
    /// How deep it may be nested.
    static let depthLimit = 32
    /// How many messages may come as one.
    static let mostAtOnce = 50
    /// How long an id or the name of a method may be, in bytes.
    static let longestName = 256

    /// Reads what came in. Nothing that it holds makes this fail otherwise than by saying what is wrong.
    static func read(_ bytes: [UInt8]) -> Incoming {
        let value: JSONValue
        do throws(MCPFault) { value = try json(bytes) } catch {
            return .one(.failure(Unreadable(id: .null, fault: error)))
        }
        guard case .array(let elements) = value else { return .one(message(value)) }
        guard !elements.isEmpty, elements.count <= mostAtOnce else {
            let fault = MCPFault(.invalidRequest, "An array of messages holds 1 to \(mostAtOnce) of them.")
            return .one(.failure(Unreadable(id: .null, fault: fault)))
        }
        return .several(elements.map(message))
    }

    private static func json(_ bytes: [UInt8]) throws(MCPFault) -> JSONValue {
        guard bytes.count <= maximumBytes else { throw tooLong }
        let result: Result<JSONValue, JSONFault> = bytes.withUnsafeBytes { raw in
            do throws(JSONFault) { return .success(try JSONValue(parsing: raw, depthLimit: depthLimit)) } catch {
                return .failure(error)
            }
        }
        do throws(JSONFault) { return try result.get() } catch {
            throw MCPFault(.parse, error.message)
        }
    }

    /// What is said of a text that is too long to be read.
    static let tooLong = MCPFault(
        .parse, "The message is longer than \(maximumBytes >> 10) KiB, so it was not read. Send less at a time.")

    private static func message(_ value: JSONValue) -> Result<MCPMessage, Unreadable> {
        guard let object = value.object else {
            return .failure(
                Unreadable(id: .null, fault: MCPFault(.invalidRequest, "A message is a JSON object with `jsonrpc`.")))
        }
        let written = object["id"]
        var id: JSONValue?
        if let written, isID(written) { id = written }
        let readable = id ?? .null
        func unreadable(_ kind: MCPFault.Kind, _ words: String) -> Result<MCPMessage, Unreadable> {
            .failure(Unreadable(id: readable, fault: MCPFault(kind, words)))
        }
        guard object["jsonrpc"] == .string("2.0") else {
            return unreadable(.invalidRequest, #"`jsonrpc` must be "2.0"."#)
        }
        guard let named = object["method"] else {
            return object["result"] != nil || object["error"] != nil
                ? .success(.response) : unreadable(.invalidRequest, "`method` is missing.")
        }
        guard let method = named.string, !method.isEmpty, method.utf8.count <= longestName else {
            return unreadable(.invalidRequest, "`method` must be a text of 1 to \(longestName) bytes.")
        }
        guard written != nil else { return .success(.notification(method: method)) }
        guard let id else {
            return unreadable(
                .invalidRequest,
                "`id` must be a whole number, or a text of 1 to \(longestName) bytes. Leave it out of notifications.")
        }
        switch object["params"] {
        case nil: return .success(.request(id: id, method: method, parameters: JSONObject()))
        case .object(let parameters)?:
            return .success(.request(id: id, method: method, parameters: parameters))
        default: return unreadable(.invalidParameters, "`params` must be a JSON object.")
        }
    }

    private static func isID(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): !text.isEmpty && text.utf8.count <= longestName
        case .number: value.whole != nil
        default: false
        }
    }
}

/// What is answered to one request.
struct MCPReply: Sendable {
    let id: JSONValue
    let outcome: Result<JSONObject, MCPFault>
    /// The revision in which it is answered; nil where none could be told.
    let revision: MCPRevision?
    /// The revision that this very reply agreed on.
    var agreed: MCPRevision?

    init(_ unreadable: MCPMessage.Unreadable) {
        id = unreadable.id
        outcome = .failure(unreadable.fault)
        revision = nil
    }

    init(id: JSONValue, outcome: Result<JSONObject, MCPFault>, revision: MCPRevision?, agreed: MCPRevision? = nil) {
        self.id = id
        self.outcome = outcome
        self.revision = revision
        self.agreed = agreed
    }

    /// The reply as a message.
    var json: JSONValue {
        var message = JSONObject([.init(key: "jsonrpc", value: "2.0"), .init(key: "id", value: id)])
        switch outcome {
        case .success(let result): message["result"] = .object(result)
        case .failure(let fault):
            var error = JSONObject([
                .init(key: "code", value: .whole(fault.code(in: revision))),
                .init(key: "message", value: .string(fault.message)),
            ])
            error["data"] = fault.data
            message["error"] = .object(error)
        }
        return .object(message)
    }
}
