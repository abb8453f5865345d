import Models
import Testing

@testable import Gateway

@Suite("Gateway settings")
struct GatewaySettingsTests {
    @Test("the default settings can be used, and ask for keys")
    func defaults() {
        let settings = GatewaySettings()
        #expect(settings.problems.isEmpty)
        #expect(!settings.development)
        #expect(settings.listen.isLoopback)
    }

    @Test(
        "only addresses of this machine count as loopback",
        arguments: [
            ("127.0.0.1", true), ("127.8.0.1", true), ("localhost", true), ("::1", true), ("0.0.0.0", false),
            ("::", false), ("192.168.1.4", false), ("127.example.com", false), ("127.0.0", false),
            ("127.0.0.256", false),
            ("localhost.example.com", false), ("", false),
        ])
    func loopback(host: String, expected: Bool) {
        #expect(GatewaySettings.Listen(host: host).isLoopback == expected)
    }

    @Test(
        "the address for a client on this machine can be used as it is",
        arguments: [
            ("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80"),
            ("::1", "http://[::1]:80"), ("example.org", "http://example.org:80"),
        ])
    func url(host: String, expected: String) {
        #expect(GatewaySettings.Listen(host: host, port: 80).url() == expected)
        #expect(GatewaySettings.Listen(host: host, port: 0).url(port: 80) == expected)
    }

    @Test("development mode is refused where others could reach it")
    func development() {
        var settings = GatewaySettings()
        settings.development = true
        #expect(settings.problems.isEmpty)
        settings.listen.host = "0.0.0.0"
        #expect(settings.problems.count == 1)
        settings.development = false
        #expect(settings.problems.isEmpty)
    }

    @Test("two upstreams of one name, or no upstream, are refused")
    func upstreams() {
        var settings = GatewaySettings()
        settings.upstreams = []
        #expect(settings.problems.count == 1)
        settings.upstreams = [
            .remote(Upstream(name: "a", address: UpstreamAddress(host: "x", port: 1))),
            .local(name: "a", models: []), .local(name: "b", models: []),
        ]
        #expect(settings.problems.count == 2)
    }
}
