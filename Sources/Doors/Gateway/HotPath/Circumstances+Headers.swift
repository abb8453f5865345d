import Charters
import Foundation
import NIOHTTP1

extension Circumstances {
    /// What an application says about a message in its headers.
    ///
    /// | header | takes |
    /// |---|---|
    /// | `Trellis-Age` | `child`, `teen`, `adult` or `senior` |
    /// | `Trellis-Channel` | a name such as `chat`, `voice`, `sms`, `email` |
    /// | `Trellis-Time-Zone` | an IANA name such as `Europe/Zurich`, from which the person's hour is told |
    /// | `Trellis-Hour` | the person's hour, 0 to 23; it goes before the time zone |
    /// | `Trellis-Language` | a language tag such as `de` or `pt-BR` |
    /// | `Trellis-Topic` | names of topics, with commas between them |
    /// | `Trellis-Risk` | `low`, `medium` or `high` |
    ///
    /// - Throws: a refusal that says what to send instead.
    init(headers: HTTPHeaders, at moment: Int64) throws(GatewayRefusal) {
        self.init()
        // Most messages have none, and one look through the names settles that.
        guard headers.contains(where: { Self.isOurs($0.name) }) else { return }
        age = try Self.word("Trellis-Age", headers, AgeBand.init(rawValue:), "child, teen, adult or senior")
        risk = try Self.word("Trellis-Risk", headers, Risk.init(rawValue:), "low, medium or high")
        channel = try Self.word("Trellis-Channel", headers, Self.name, "a name such as chat, voice, sms or email")
        language = try Self.word("Trellis-Language", headers, Self.subtag, "a language tag such as de or pt-BR")
        if let text = headers.first(name: "trellis-topic") {
            let topics = text.split(separator: ",").map { Self.name($0.trimmingCharacters(in: .whitespaces)) }
            guard !topics.isEmpty, topics.count <= 16, topics.allSatisfy({ $0 != nil }) else {
                throw Self.refusal("Trellis-Topic", "up to 16 names of topics with commas between them")
            }
            self.topics = Set(topics.compactMap(\.self))
        }
        hour =
            try Self.word(
                "Trellis-Hour", headers, { Int($0).flatMap { (0...23).contains($0) ? $0 : nil } },
                "a whole number from 0 to 23")
        let zone = try Self.word(
            "Trellis-Time-Zone", headers, Self.zone, "a name of the IANA time zone database such as Europe/Zurich")
        if let zone, hour == nil {
            let date = Date(timeIntervalSince1970: Double(moment) / 1_000)
            let seconds = Int((Double(moment) / 1_000).rounded(.down)) + zone.secondsFromGMT(for: date)
            hour = ((seconds % 86_400) + 86_400) % 86_400 / 3_600
        }
    }

    private static func isOurs(_ name: String) -> Bool {
        guard name.utf8.count > 10, name.utf8.first.map({ $0 | 0x20 }) == UInt8(ascii: "t") else { return false }
        return switch name.lowercased() {
        case "trellis-age", "trellis-channel", "trellis-time-zone", "trellis-hour", "trellis-language",
            "trellis-topic", "trellis-risk":
            true
        default: false
        }
    }

    private static func word<Value>(
        _ header: String, _ headers: HTTPHeaders, _ read: (String) -> Value?, _ takes: String
    ) throws(GatewayRefusal) -> Value? {
        guard let text = headers.first(name: header) else { return nil }
        guard let value = read(text) else { throw refusal(header, takes) }
        return value
    }

    private static func refusal(_ header: String, _ takes: String) -> GatewayRefusal {
        GatewayRefusal(
            status: 400, kind: .invalidRequest, message: "The header \(header) takes \(takes).", param: header)
    }

    /// A name as charters have them: small letters, digits and hyphens.
    private static func name(_ text: String) -> String? {
        let fits = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return fits && (1...64).contains(text.utf8.count) ? text : nil
    }

    /// The primary subtag of a language tag.
    private static func subtag(_ text: String) -> String? {
        let subtag = text.lowercased().prefix { $0 != "-" && $0 != "_" }
        let isWord = subtag.utf8.allSatisfy { (0x61...0x7A).contains($0) }
        return isWord && (2...3).contains(subtag.utf8.count) && text.utf8.count <= 35 ? String(subtag) : nil
    }

    private static func zone(_ text: String) -> TimeZone? {
        // Abbreviations such as EST mean different places; the database's names have a slash, but for UTC.
        guard text.utf8.count <= 64, text == "UTC" || text.contains("/"), !text.contains("..") else { return nil }
        return TimeZone(identifier: text)
    }
}
