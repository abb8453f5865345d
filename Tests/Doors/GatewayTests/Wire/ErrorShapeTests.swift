import Models
import Testing

@testable import Gateway

@Suite("The shapes of errors")
struct ErrorShapeTests {
    static func value(_ bytes: [UInt8]) throws -> ReferenceJSON.Value { try #require(ReferenceJSON.value(bytes)) }

    @Test("every kind has a type in each dialect, and every body is JSON", arguments: GatewayRefusal.Kind.allCases)
    func everyKind(kind: GatewayRefusal.Kind) throws {
        let refusal = GatewayRefusal(
            status: 418, kind: kind, message: "Say \"please\"\n\u{1}.", param: "messages[0]", retryAfter: 3)
        let openAI = try Self.value(ErrorShape.body(refusal, dialect: .openAI, receipt: "rcp_1"))["error"]
        #expect(openAI?["message"] == .string(refusal.message))
        #expect(openAI?["param"] == .string("messages[0]"))
        #expect(openAI?["type"]?.string?.hasSuffix("_error") == true)
        #expect(openAI?["code"] != nil)
        let anthropic = try Self.value(ErrorShape.body(refusal, dialect: .anthropic, receipt: "rcp_1"))
        #expect(anthropic["type"] == .string("error"))
        #expect(anthropic["request_id"] == .string("rcp_1"))
        #expect(anthropic["error"]?["message"] == .string(refusal.message))
        let known: Set = [
            "invalid_request_error", "authentication_error", "permission_error", "not_found_error",
            "request_too_large", "rate_limit_error", "timeout_error", "api_error", "overloaded_error",
        ]
        #expect(known.contains(try #require(anthropic["error"]?["type"]?.string)))
        let problem = try Self.value(ErrorShape.problem(refusal, receipt: "rcp_1"))
        #expect(problem["status"] == .number("418") && problem["detail"] == .string(refusal.message))
        #expect(problem["kind"] == .string(kind.rawValue) && problem["retryAfter"] == .number("3"))
        #expect(problem["title"] == .string("Client Error") && problem["type"] == .string("about:blank"))
    }

    @Test("a missing param is null in OpenAI's form, as its SDK expects")
    func nullParam() throws {
        let refusal = GatewayRefusal(status: 404, kind: .notFound, message: "No.")
        let error = try Self.value(ErrorShape.body(refusal, dialect: .openAI))["error"]
        #expect(error?["param"] == .null && error?["code"] == .string("not_found"))
        #expect(error?["type"] == .string("invalid_request_error"))
        let model = GatewayRefusal(status: 404, kind: .notFound, message: "No.", param: "model")
        #expect(
            try Self.value(ErrorShape.body(model, dialect: .openAI))["error"]?["code"] == .string("model_not_found"))
    }

    @Test("an error in a stream is an event that our own scanner takes for an error")
    func streamEvents() throws {
        for dialect in Upstream.Dialect.allCases {
            let event = ErrorShape.streamEvent(
                GatewayRefusal(status: 502, kind: .upstreamFault, message: "Line\nline"), dialect: dialect)
            let (passed, scanner) = try EventStreamScannerTests.pass(event)
            #expect(passed == event)
            #expect(scanner.tally.hasError && !scanner.tally.hasEndMark)
        }
    }

    @Test("a fault in a body becomes a refusal that names the field")
    func fromFault() throws {
        let fault = #expect(throws: JSONFault.self) { try BodyScanTests.chat(#"{"model":7}"#) }
        let refusal = GatewayRefusal(try #require(fault))
        #expect(refusal.status == 400 && refusal.param == "model" && refusal.kind == .invalidRequest)
    }
}
