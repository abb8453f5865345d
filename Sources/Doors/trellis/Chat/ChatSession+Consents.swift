import Charters
import Consents
import Counsel
import Foundation
import NIOHTTP1

/// What a person lets Trellis do, from within a conversation.
extension ChatSession {
    private struct Consents: Decodable {
        let charter: String
        let consents: [ConsentOverview]
    }

    private func consents() async throws -> [ConsentOverview] {
        let answer = try await trellis.own(.GET, "/trellis/v1/consents", person: try named())
        return try JSONDecoder().decode(Consents.self, from: answer.body).consents
    }

    private func named() throws -> String {
        guard let person else {
            throw CommandFailure(
                .negative, "Trellis doesn't know who you are here. Start with `trellis chat --person NAME`.")
        }
        return person
    }

    /// `/consents`.
    func consentsInWords() async throws -> String {
        let all = try await consents()
        guard !all.isEmpty else { return "This charter has no guidance, so there is nothing to say yes or no to." }
        return all.map { one in
            let until = one.until.map { " until \(WrittenMoment.text($0)) UTC" } ?? ""
            let state =
                switch one.state {
                case .open: "off; nobody has asked yet"
                case .asked: "off; asked, and waiting for your answer"
                case .live: "ON\(until)"
                case .declined: "off; you said no"
                case .revoked: "off; you took it back"
                case .expired: "off; your yes is over"
                case .reworded: "off; the charter has changed its words since you said yes"
                case .gone: "off; this charter has it no more"
                }
            return "\(one.guidance) (\(state))\n  \(one.question)"
        }.joined(separator: "\n") + "\n/consent yes ID says yes to one, /consent no ID takes it back."
    }

    /// `/consent yes|no [ID]`.
    func consent(_ words: [String]) async throws -> String {
        guard let word = words.first, ["yes", "no"].contains(word), words.count <= 2 else {
            return "Write /consent yes or /consent no, with the guidance's ID behind it. /consents lists them."
        }
        let all = try await consents()
        let chosen: ConsentOverview?
        if words.count == 2 {
            chosen = all.first { $0.guidance == words[1] }
        } else {
            let asked = all.filter { $0.state == .asked }
            let candidates =
                !asked.isEmpty
                ? asked : word == "no" ? all.filter { $0.state == .live } : all.filter { $0.state != .gone }
            chosen = candidates.count == 1 ? candidates[0] : nil
        }
        guard let chosen else {
            let names = all.map(\.guidance).joined(separator: ", ")
            return names.isEmpty ? "This charter has no guidance." : "Which one? There are: \(names)."
        }
        let path =
            "/trellis/v1/consents/"
            + (chosen.guidance.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        guard word == "yes" else {
            _ = try await trellis.own(.DELETE, path, person: try named())
            return "\(chosen.guidance) is off, from your next message on."
        }
        let answer = try await trellis.own(.POST, path, person: try named())
        let until = try JSONDecoder().decode(ConsentOverview.self, from: answer.body).until
        return "\(chosen.guidance) is on\(until.map { " until \(WrittenMoment.text($0)) UTC" } ?? ""). "
            + "/consent no \(chosen.guidance) takes it back."
    }

    /// `/wishes`, `/wishes FILE` and `/wishes erase`.
    func wishesInWords(_ words: String?) async throws -> String {
        switch words {
        case nil: return try await wishes()
        case "erase":
            _ = try await trellis.own(.DELETE, "/trellis/v1/wishes", person: try named())
            return "Your wishes are erased. From your next message on only the charter holds."
        case let path?: return try await wish(from: path)
        }
    }

    private func wishes() async throws -> String {
        let answer = try await trellis.own(.GET, "/trellis/v1/wishes", person: try named(), allows: [404])
        guard answer.status != 404 else {
            return """
                You wish nothing of your own here yet. Write some into a file, as in

                  wishes: 1
                  avoid: [celebrate]
                  goods:
                    patience: { says: I take my time, and nobody hurries me. }

                and /wishes FILE keeps them. They stand above the charter in your conversations, and in nobody else's.
                """
        }
        return String(decoding: answer.body, as: UTF8.self)
            + "\n/wishes FILE puts others in their place, /wishes erase takes them away."
    }

    private func wish(from path: String) async throws -> String {
        let whole = Settings.absolute(path, from: FileManager.default.currentDirectoryPath)
        guard let data = FileManager.default.contents(atPath: whole) else {
            return
                "\(WrappedText.plain(path)) can't be read. Name a file that holds your wishes, or write /wishes erase."
        }
        struct Kept: Decodable { let warnings: [Diagnostic] }
        let answer = try await trellis.own(
            .PUT, "/trellis/v1/wishes", person: try named(), body: data, type: "application/yaml")
        let kept = try JSONDecoder().decode(Kept.self, from: answer.body)
        let doubts = kept.warnings.map { "\n\nOne thing to look at: \($0.message) \($0.help)" }.joined()
        return "Kept. They hold from your next message on.\(doubts)"
    }

    /// `/charter`: what governs, who had a say in it, and the very words that the model is told.
    func showCharter() async throws {
        let charter: CharterInForce
        if let person {
            let answer = try await trellis.own(.GET, "/trellis/v1/charter", person: person)
            charter = try JSONDecoder().decode(CharterInForce.self, from: answer.body)
        } else {
            charter = try await trellis.get("/trellis/v1/charter", as: CharterInForce.self)
        }
        let role = charter.role.map { ", in the role of \($0)" } ?? ""
        show("\(charter.id) \(charter.version)\(role), fingerprint \(charter.fingerprint.prefix(12))")
        if let layers = charter.layers {
            show("Who has a say, from the ground up:")
            for layer in layers {
                let what =
                    switch layer.kind {
                    case "floor": "Trellis's own floor"
                    case "parent": "\(layer.name) \(layer.version ?? ""), which it builds on"
                    case "person": "your own wishes"
                    default: "\(layer.name) \(layer.version ?? ""), the community's charter"
                    }
                show("  \(what)")
            }
        }
        for doubt in charter.wishes?.warnings ?? [] {
            show("About your wishes: \(doubt.message) \(doubt.help)")
        }
        show("\nThis is what the model is told in front of an ordinary message:")
        show(
            charter.brief.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(
                separator: "\n"))
    }
}

/// What governs, as `GET /trellis/v1/charter` answers.
struct CharterInForce: Decodable {
    struct Layer: Decodable {
        let kind: String
        let name: String
        let version: String?
    }
    struct Wishes: Decodable {
        let warnings: [Diagnostic]
    }

    let id: String
    let version: String
    let fingerprint: String
    let role: String?
    /// Nil from an older Trellis.
    let layers: [Layer]?
    let wishes: Wishes?
    let brief: String
}
