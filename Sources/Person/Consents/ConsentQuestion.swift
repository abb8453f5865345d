public import Charters
import Crypto
import Flourishing

/// A guidance of a charter as the question that a person says yes or no to.
///
/// Make it once for a charter that came into force, not for every message: its fingerprint is a SHA-256.
public struct ConsentQuestion: Hashable, Sendable, Identifiable {
    /// The id of the charter in force.
    public let charter: String
    /// The guidance's id in it.
    public let guidance: String
    /// The question, in the charter's own words.
    public let asks: String
    /// What the model will be told while a consent is live.
    public let says: String
    /// When the guidance may speak. Nil: in every conversation.
    public let when: Condition?
    /// For how long a consent holds at most, and for how long after an answer nobody asks again, in milliseconds.
    public let period: Int64
    /// What a person agrees to, in 64 hexadecimal digits: SHA-256 over the question, the instruction, the expiry, the
    /// move and the condition. A change of any of them needs a new consent.
    public let fingerprint: String

    /// The guidance's id.
    public var id: String { guidance }

    /// The question of a guidance under the charter of that id.
    public init(_ clause: GuidanceClause, charter: String) {
        self.charter = charter
        guidance = clause.id
        asks = clause.asks
        says = clause.says
        when = clause.when
        let days = max(1, clause.expiresDays ?? GuidanceClause.defaultDays)
        let (period, overflows) = Int64(clamping: days).multipliedReportingOverflow(by: Self.day)
        self.period = overflows ? .max : period
        fingerprint = Self.fingerprint(
            of: [clause.asks, clause.says, String(days), clause.move?.rawValue ?? "", clause.when?.text ?? ""])
    }

    /// The questions of all guidance under the charter of that id.
    public static func all(of guidance: [GuidanceClause], charter: String) -> [ConsentQuestion] {
        guidance.map { ConsentQuestion($0, charter: charter) }
    }

    /// Whether a moment lies before the end of a period that began at another.
    func covers(_ moment: Int64, since start: Int64) -> Bool {
        let (end, overflows) = start.addingReportingOverflow(period)
        return overflows || moment < end
    }

    /// A day in milliseconds.
    static let day: Int64 = 86_400_000

    private static func fingerprint(of parts: [String]) -> String {
        var hash = SHA256()
        hash.update(data: Array("trellis/consent-question/1".utf8))
        for part in parts {
            // The length in front keeps ("ab", "c") and ("a", "bc") apart.
            withUnsafeBytes(of: UInt64(part.utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: Array(part.utf8))
        }
        return hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

extension Condition {
    /// The condition in one text that is equal for equal conditions. The order of the parts of `all` and `any` means
    /// nothing.
    var text: String {
        switch self {
        case .topic(let topic): "topic(\(Self.quoted(topic)))"
        case .age(let band): "age(\(band.rawValue))"
        case .role(let role): "role(\(Self.quoted(role)))"
        case .channel(let channel): "channel(\(Self.quoted(channel)))"
        case .hours(let from, let until): "hours(\(from)-\(until))"
        case .language(let language): "language(\(Self.quoted(language)))"
        case .risk(let risk): "risk(\(risk.rawValue))"
        case .all(let conditions): "all(\(conditions.map(\.text).sorted().joined(separator: ",")))"
        case .any(let conditions): "any(\(conditions.map(\.text).sorted().joined(separator: ",")))"
        case .not(let condition): "not(\(condition.text))"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
