import Foundation
import Logging
import Models
import NIOCore
import NIOHTTP1
import NIOPosix

/// Whether an upstream can be reached and takes our key, by asking for its list of models: that costs nothing.
struct UpstreamCheck {
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    func finding(_ upstream: Upstream) async -> Finding {
        let part = "upstream \(upstream.name)"
        var patient = upstream
        patient.timeouts.firstByte = .seconds(10)
        patient.retries = 0
        do {
            let client = try UpstreamClient(
                routes: ModelRoutes([patient]), group: MultiThreadedEventLoopGroup.singleton,
                proxies: ProxyEnvironment(environment), logger: Logger(label: "trellis.doctor"))
            var request = UpstreamRequest(
                method: .GET, path: upstream.dialect == .anthropic ? "/v1/models" : "/models")
            if upstream.dialect == .anthropic { request.headers.add(name: "anthropic-version", value: "2023-06-01") }
            let reply = try await client.send(request, to: 0)
            let body = try await reply.collected(upTo: 16 << 20)
            return Self.finding(part, upstream, status: Int(reply.head.status.code), body: Data(body.readableBytesView))
        } catch let failure as UpstreamFailure {
            return .broken(
                part, failure.description, fix: "Its address is \(upstream.address). `curl -v` to it may say more.")
        } catch {
            return .broken(part, "\(error)", fix: "Check its settings in trellis.yaml.")
        }
    }

    static func finding(_ part: String, _ upstream: Upstream, status: Int, body: Data) -> Finding {
        struct Page: Decodable {
            struct Entry: Decodable { let id: String }
            let data: [Entry]
        }
        switch status {
        case 200..<300:
            guard let listed = try? JSONDecoder().decode(Page.self, from: body).data.map(\.id) else {
                return .doubtful(
                    part, "\(upstream.address) answers, but not with a list of models",
                    fix: "Check that its url ends where its API begins (often /v1), and its kind.")
            }
            let missing = upstream.models.filter { model in
                let own = upstream.renamed[model] ?? model
                return !own.hasSuffix("*") && !listed.isEmpty && !listed.contains(own)
            }
            guard missing.isEmpty else {
                return .doubtful(
                    part, "it answers, but doesn't list \(missing.joined(separator: ", "))",
                    fix: "Check the names under its `models:`; some upstreams don't list all they have.")
            }
            return .good(part, "\(upstream.address) answers, with \(listed.count) model\(listed.count == 1 ? "" : "s")")
        case 401, 403:
            return .broken(
                part, "\(upstream.address) refuses our key (status \(status))",
                fix: upstream.credential == nil
                    ? "It asks for a key: name it with `key-env` or `key-file`."
                    : "Check the key that `key-env` or `key-file` names.")
        case 404:
            return .doubtful(
                part, "\(upstream.address) has no list of models (status 404)",
                fix: "If chat fails too: its url should end where its API begins, often /v1.")
        default:
            return .doubtful(
                part, "\(upstream.address) answers with status \(status)", fix: "Look into its own log or status page.")
        }
    }
}
