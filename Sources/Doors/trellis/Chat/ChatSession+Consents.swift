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

    /// `/wishes`.
    func wishes() async throws -> String? {
        let answer = try await trellis.own(.GET, "/trellis/v1/wishes", person: try named(), allows: [404])
        return answer.status == 404 ? nil : String(decoding: answer.body, as: UTF8.self)
    }
}
