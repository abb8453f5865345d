/// Why a message can't be answered as it wants: an error of JSON-RPC 2.0.
struct MCPFault: Error, Sendable, Hashable {
    /// What went wrong, told apart by what the sender must change.
    enum Kind: Sendable, Hashable {
        /// It is not JSON, or too long to be read.
        case parse
        /// It is JSON, and no message.
        case invalidRequest
        /// There is no such method in this revision.
        case unknownMethod
        /// Something in `params` is missing or wrong.
        case invalidParameters
        /// Something broke here.
        case inside
        /// There is no such resource.
        case unknownResource
        /// The person has not allowed it.
        case notAllowed
        /// The HTTP headers say another thing than the message.
        case headerMismatch
        /// A revision that is not spoken here.
        case unknownRevision
    }

    let kind: Kind
    /// What happened and what to do.
    let message: String
    var data: JSONValue?

    init(_ kind: Kind, _ message: String, data: JSONValue? = nil) {
        self.kind = kind
        self.message = message
        self.data = data
    }

    /// A revision that is not spoken here, with those that are.
    static func unknownRevision(_ requested: String) -> MCPFault {
        MCPFault(
            .unknownRevision,
            "This revision of the Model Context Protocol is not spoken here. Use one of \(MCPRevision.names.joined(separator: ", ")).",
            data: [
                "supported": .array(MCPRevision.names.map { .string($0) }),
                "requested": .string(String(requested.prefix(64))),
            ])
    }

    /// The error's number. What JSON-RPC and the protocol define has theirs; a grant that is missing has its own,
    /// outside of what they reserve.
    func code(in revision: MCPRevision?) -> Int {
        switch kind {
        case .parse: -32_700
        case .invalidRequest: -32_600
        case .unknownMethod: -32_601
        case .invalidParameters: -32_602
        case .inside: -32_603
        case .unknownResource: revision?.opensWithHandshake == true ? -32_002 : -32_602
        case .notAllowed: 403
        case .headerMismatch: -32_020
        case .unknownRevision: -32_022
        }
    }
}
