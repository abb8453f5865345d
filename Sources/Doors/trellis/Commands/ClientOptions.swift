import ArgumentParser
import Foundation

/// The options of commands that talk to a running Trellis.
struct ClientOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("A running Trellis.", discussion: "Default: TRELLIS_URL, or http://127.0.0.1:8080."))
    var url: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The environment variable that holds the key to show.", discussion: "Default: TRELLIS_KEY, if it is set.",
            valueName: "name"))
    var keyEnv: String?

    /// The key to show, if there is one.
    /// - Throws: `ValidationError` when the named variable isn't set.
    func key(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> String? {
        guard let keyEnv else { return environment["TRELLIS_KEY"].flatMap { $0.isEmpty ? nil : $0 } }
        guard let key = environment[keyEnv], !key.isEmpty else {
            throw ValidationError("The environment has no \(keyEnv): `export \(keyEnv)=tr_live_…` first.")
        }
        return key
    }

    /// Where to look when nobody says, and whether somebody said.
    func address(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> (url: String, isNamed: Bool) {
        if let url { return (url, true) }
        if let url = environment["TRELLIS_URL"], !url.isEmpty { return (url, true) }
        return ("http://127.0.0.1:8080", false)
    }

    /// A client for the Trellis that is meant.
    func client() throws -> TrellisClient {
        try TrellisClient(url: address().url, key: try key())
    }
}
