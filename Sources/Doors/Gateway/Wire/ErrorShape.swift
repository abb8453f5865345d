public import Models

/// Writes a refusal in the form that the client's own SDK understands.
///
/// The type names are those that the official SDKs document (openai-python 3.54, anthropic-python 2.12). Both choose
/// the exception by HTTP status; the type and code are for people and for the SDK's `error.type`.
public enum ErrorShape {
    /// The body of an error reply in the client's dialect.
    ///
    /// - Parameter receipt: the receipt's id, which Anthropic's form carries as `request_id`. OpenAI's form has no
    ///   place for it; there it is in the header alone.
    public static func body(_ refusal: GatewayRefusal, dialect: Upstream.Dialect, receipt: String? = nil) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(refusal.message.utf8.count + 128)
        switch dialect {
        case .openAI:
            out += Array(#"{"error":"#.utf8)
            appendOpenAIError(refusal, to: &out)
            out.append(UInt8(ascii: "}"))
        case .anthropic:
            out += Array(#"{"type":"error","error":{"type":"#.utf8)
            JSONQuote.append(anthropicType(refusal), to: &out)
            out += Array(#","message":"#.utf8)
            JSONQuote.append(refusal.message, to: &out)
            out.append(UInt8(ascii: "}"))
            if let receipt {
                out += Array(#","request_id":"#.utf8)
                JSONQuote.append(receipt, to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
        return out
    }

    /// One server-sent event that tells a client that its stream, already begun, will not be whole. Both SDKs raise
    /// it as an exception.
    public static func streamEvent(
        _ refusal: GatewayRefusal, dialect: Upstream.Dialect, receipt: String? = nil
    ) -> [UInt8] {
        let opening = dialect == .anthropic ? "event: error\ndata: " : "data: "
        return Array(opening.utf8) + body(refusal, dialect: dialect, receipt: receipt) + Array("\n\n".utf8)
    }

    /// Problem details (RFC 9457) for Trellis's own routes. The problem's type is `about:blank`, so its title is the
    /// status's; the member `kind` tells programs more.
    public static func problem(_ refusal: GatewayRefusal, receipt: String? = nil) -> [UInt8] {
        var out = Array(#"{"type":"about:blank","title":"#.utf8)
        JSONQuote.append(title(refusal.status), to: &out)
        out += Array(#","status":\#(refusal.status),"detail":"#.utf8)
        JSONQuote.append(refusal.message, to: &out)
        out += Array(#","kind":"#.utf8)
        JSONQuote.append(refusal.kind.rawValue, to: &out)
        if let param = refusal.param {
            out += Array(#","param":"#.utf8)
            JSONQuote.append(param, to: &out)
        }
        if let retryAfter = refusal.retryAfter { out += Array(#","retryAfter":\#(retryAfter)"#.utf8) }
        if let receipt {
            out += Array(#","receipt":"#.utf8)
            JSONQuote.append(receipt, to: &out)
        }
        out.append(UInt8(ascii: "}"))
        return out
    }

    private static func appendOpenAIError(_ refusal: GatewayRefusal, to out: inout [UInt8]) {
        out += Array(#"{"message":"#.utf8)
        JSONQuote.append(refusal.message, to: &out)
        out += Array(#","type":"#.utf8)
        JSONQuote.append(openAIType(refusal), to: &out)
        out += Array(#","param":"#.utf8)
        if let param = refusal.param {
            JSONQuote.append(param, to: &out)
        } else {
            out += Array("null".utf8)
        }
        out += Array(#","code":"#.utf8)
        if let code = openAICode(refusal) {
            JSONQuote.append(code, to: &out)
        } else {
            out += Array("null".utf8)
        }
        out.append(UInt8(ascii: "}"))
    }

    /// `error.type` in OpenAI's form.
    static func openAIType(_ refusal: GatewayRefusal) -> String {
        switch refusal.kind {
        case .invalidRequest, .notFound, .tooLarge: "invalid_request_error"
        case .authentication: "authentication_error"
        case .permission: "permission_error"
        case .rateLimited: "rate_limit_error"
        case .upstreamFault, .upstreamTimeout, .unavailable, .storageFull, .overloaded, .internalFault:
            "server_error"
        }
    }

    private static func openAICode(_ refusal: GatewayRefusal) -> String? {
        switch refusal.kind {
        case .invalidRequest: nil
        case .notFound: refusal.param == "model" ? "model_not_found" : "not_found"
        case .tooLarge: "request_too_large"
        case .authentication: "invalid_api_key"
        case .permission: "permission_denied"
        case .rateLimited: "rate_limit_exceeded"
        case .upstreamFault: "upstream_error"
        case .upstreamTimeout: "upstream_timeout"
        case .unavailable: "unavailable"
        case .storageFull: "storage_full"
        case .overloaded: "overloaded"
        case .internalFault: "internal_error"
        }
    }

    /// `error.type` in Anthropic's form.
    static func anthropicType(_ refusal: GatewayRefusal) -> String {
        switch refusal.kind {
        case .invalidRequest: "invalid_request_error"
        case .authentication: "authentication_error"
        case .permission: "permission_error"
        case .notFound: "not_found_error"
        case .tooLarge: "request_too_large"
        case .rateLimited: "rate_limit_error"
        case .upstreamTimeout: "timeout_error"
        case .upstreamFault, .storageFull, .internalFault: "api_error"
        case .unavailable, .overloaded: "overloaded_error"
        }
    }

    private static func title(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 499: "Client Closed Request"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 507: "Insufficient Storage"
        case 529: "Overloaded"
        default: status < 500 ? "Client Error" : "Server Error"
        }
    }
}
