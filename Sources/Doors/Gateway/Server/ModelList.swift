import Foundation
import Hummingbird
import Models
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// The models that may be asked for, as `GET /v1/models` lists them in either dialect.
///
/// Models that the configuration names exactly are listed as they are; for an upstream that is configured by pattern
/// or without a list, its own list is asked for and filtered.
struct ModelList {
    struct Model: Encodable {
        var id: String
        var object = "model"
        var created: Int
        var ownedBy: String
    }

    private struct OpenAIPage: Encodable {
        var object = "list"
        var data: [Model]
    }

    private struct AnthropicModel: Encodable {
        var type = "model"
        var id: String
        var displayName: String
        var createdAt = "1970-01-01T00:00:00Z"
    }

    private struct AnthropicPage: Encodable {
        var data: [AnthropicModel]
        var hasMore = false
        var firstId: String?
        var lastId: String?
    }

    private struct Listed: Decodable {
        struct Entry: Decodable { let id: String }
        let data: [Entry]
    }

    let core: GatewayCore

    func response(anthropic: Bool) async -> Response {
        let models = await models()
        guard anthropic else { return json(OpenAIPage(data: models), keys: .convertToSnakeCase) }
        let page = models.map { AnthropicModel(id: $0.id, displayName: $0.id) }
        return json(
            AnthropicPage(data: page, firstId: page.first?.id, lastId: page.last?.id), keys: .convertToSnakeCase)
    }

    private func models() async -> [Model] {
        var listed: [Model] = []
        var seen: Set<String> = []
        for (index, upstream) in core.client.routes.upstreams.enumerated() {
            var names = upstream.models.filter { !$0.hasSuffix("*") }
            if names.count < upstream.models.count || upstream.models.isEmpty {
                // A list that can't be had leaves the rest of the page useful.
                names += await asked(index, upstream).filter { core.client.routes.route($0)?.index == index }
            }
            for name in names where seen.insert(name).inserted {
                listed.append(Model(id: name, created: 0, ownedBy: upstream.name))
            }
        }
        return listed
    }

    private func asked(_ index: Int, _ upstream: Upstream) async -> [String] {
        let path = upstream.dialect == .anthropic ? "/v1/models?limit=1000" : "/models"
        var request = UpstreamRequest(method: .GET, path: path)
        if upstream.dialect == .anthropic { request.headers.add(name: "anthropic-version", value: "2023-06-01") }
        guard let reply = try? await core.client.send(request, to: index), reply.head.status == .ok,
            let body = try? await reply.collected(upTo: 4 << 20),
            let page = try? JSONDecoder().decode(Listed.self, from: Data(buffer: body))
        else { return [] }
        return page.data.map(\.id)
    }
}
