import ArgumentParser
import Deliberation
import Foundation
import Gateway
import Models

/// A conversation that a person takes part in, on a running Trellis.
struct TakingPartOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The conversation's id, as it was told to you.", valueName: "id"))
    var id: ConversationID

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file with your secret, or - for standard input.",
            discussion: "Default: TRELLIS_PARTICIPANT, if it is set; else what joining kept in the data folder.",
            valueName: "file"), completion: .file())
    var secretFile: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup(title: "Configuration") var options: SettingsOptions

    /// The folder in which secrets are kept.
    func dataFolder() async throws -> String { try await options.settings().gateway.dataDirectory }

    /// The conversation on the Trellis that the options name, or the one that it was joined on; nil where the person
    /// doesn't take part.
    func joined(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> ConversationClient? {
        let key = try client.key(environment)
        if let secret = try shownSecret(environment) {
            return ConversationClient(
                trellis: try TrellisClient(url: client.address(environment).url, key: key), id: id, secret: secret)
        }
        guard let kept = try KeptParticipation.read(id, in: try await dataFolder()) else { return nil }
        let (url, isNamed) = client.address(environment)
        if isNamed, (try? UpstreamAddress(url).description) != kept.url {
            throw CommandFailure(
                .negative,
                "you joined \(id) at \(WrappedText.plain(kept.url)), and your secret is sent nowhere else. Leave --url and TRELLIS_URL out; if it has moved, show the secret by --secret-file or TRELLIS_PARTICIPANT."
            )
        }
        return ConversationClient(trellis: try TrellisClient(url: kept.url, key: key), id: id, secret: kept.secret)
    }

    /// The conversation, in which the person takes part.
    ///
    /// - Throws: ``CommandFailure`` where they don't.
    func conversation() async throws -> ConversationClient {
        if let joined = try await joined() { return joined }
        let folder = WrappedText.plain(try await dataFolder())
        throw CommandFailure(
            .negative,
            "you don't take part in \(id) yet: no secret for it is kept in \(folder). `trellis deliberate join \(id)` lets you in, or --data names another folder."
        )
    }

    private func shownSecret(_ environment: [String: String]) throws -> ConversationSecret? {
        let text: String
        let place: String
        if let secretFile {
            text = try SecretText.read(secretFile)
            place = secretFile == "-" ? "standard input" : WrappedText.plain(secretFile)
        } else if let shown = environment["TRELLIS_PARTICIPANT"], !shown.isEmpty {
            text = shown
            place = "TRELLIS_PARTICIPANT"
        } else {
            return nil
        }
        guard let secret = ConversationSecret(text, .participant) else {
            throw CommandFailure(
                .negative, "\(place) holds no secret of a participant: tpt_ and 26 letters and digits.")
        }
        return secret
    }
}

/// A secret in a file or on standard input, never an argument: arguments can be seen by everybody on the machine.
enum SecretText {
    /// Longer than any ID token.
    private static let limit = 64 << 10

    /// What a file holds, or standard input for `-`, without white space around it.
    static func read(_ path: String) throws -> String {
        let bytes = try SentFile.bytes(path)
        guard bytes.count <= limit, let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.negative, "\(WrappedText.plain(path)) holds no secret: it is too long, or no text.")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
