import Charters
import Flourishing
public import Models

/// A judge that needs no language model: transparent signals of each reply, and small trained heads where an embedder is at
/// hand, as far as a rubric says how they bear on a good.
///
/// A signal that helps counts 1 where it shows and one that harms -1; where none shows, 0, because not to harm isn't to
/// serve. A share (directive density) counts by its size, length by how many doublings it is above the person's, four being
/// 1. A head counts by its estimate. A good's value is the mean over its signals and the replies, and its interval the mean
/// of theirs: it says how sure the signals are, not whether they are all there is to the good. Where some of them show the
/// good served and others show it failed (by a quarter of the scale's half or more each), the interval spans all of them,
/// and what each said is a disagreement. Goods that no signal bears on are missing.
public struct LocalJudge: Judge {
    private let embedder: (any Embedder)?
    private let reader: HeadReader

    /// A judge.
    ///
    /// - Parameter embedder: The local embedder that heads were trained over. Nil: signals alone judge.
    public init(embedder: (any Embedder)? = nil) {
        self.embedder = embedder
        reader = HeadReader()
    }

    /// See ``Judge/identity``.
    public var identity: JudgeIdentity {
        JudgeIdentity(
            kind: .local, name: embedder == nil ? "signals" : "signals and heads", version: "local-2",
            prompt: embedder == nil ? Self.signalsFingerprint : Self.headsFingerprint)
    }

    private static let signalsFingerprint = fingerprint(of: readFrom)
    private static let headsFingerprint = fingerprint(of: readFrom, heads: ShippedHeads.files)

    /// Everything that readings of signals follow from as text: rules, cues, word lists, measured counts.
    static var readFrom: [String] {
        ConductSignal.allCases.map { "\($0.rawValue): \($0.rule)" } + ConductCues.all.sources + [
            MeasuredConduct.written
        ]
    }

    /// SHA-256 of texts and of the files of heads, so that no weight, center or reach changes under the same name.
    static func fingerprint(of texts: [String], heads: [[UInt8]] = []) -> String {
        let parts = texts.map { sha256Hexadecimal($0.utf8) } + heads.map { sha256Hexadecimal($0) }
        return sha256Hexadecimal(parts.joined(separator: "\n").utf8)
    }

    /// See ``Judge/judgement(of:by:at:)``.
    public func judgement(of conversation: [ChatTurn], by rubric: Rubric, at moment: Int64) async throws -> Judgement {
        var heard: [Heard] = []
        var number = 0
        var person = ""
        var problems: [String] = []
        let wantsHeads = rubric.entries.contains { !$0.heads.isEmpty }
        let signals = Set(rubric.entries.flatMap(\.conduct.keys)).sorted().compactMap(ConductSignal.init(rawValue:))
        for turn in conversation {
            if turn.role == .user { person = turn.content }
            guard turn.role == .assistant else { continue }
            number += 1
            guard turn.content.contains(where: { !$0.isWhitespace }) else { continue }
            var readings: [HeadReading] = []
            if wantsHeads, let embedder { readings = try await reader.read(turn.content, with: embedder) }
            let conduct = signals.isEmpty ? [] : Conduct.read(turn.content, to: person, for: signals).readings
            heard.append(Heard(turn: number, conduct: conduct, heads: readings))
        }
        if heard.isEmpty, !rubric.entries.isEmpty {
            problems.append("The assistant says nothing in this conversation, so there is nothing to judge.")
        }
        var estimates: [String: Estimate] = [:]
        var findings: [Finding] = []
        var disagreements: [Disagreement] = []
        for entry in rubric.entries {
            var parts: [Part] = []
            for reply in heard {
                for (name, bearing) in entry.conduct.sorted(by: { $0.key < $1.key }) {
                    guard let signal = ConductSignal(rawValue: name),
                        let reading = reply.conduct.first(where: { $0.signal == signal })
                    else { continue }
                    parts.append(Part(reading, bearing, by: "\(name), reply \(reply.turn)"))
                    for quote in reading.quotes.prefix(2) where signal.isPresence || bearing == .harms {
                        findings.append(
                            Finding(
                                good: entry.id, turn: reply.turn, quote: quote.text, bearing: bearing, why: name,
                                by: "signals"))
                    }
                }
                for (name, bearing) in entry.heads.sorted(by: { $0.key < $1.key }) {
                    // A head that was shown to see nothing in replies has nothing to say.
                    guard let reading = reply.heads.first(where: { $0.head == name }), reading.estimate.coverage > 0
                    else { continue }
                    parts.append(Part(reading.estimate, bearing, by: "\(name), reply \(reply.turn)"))
                    for quote in reading.quotes where abs(quote.value) > 0.5 {
                        let serves = (quote.value > 0) == (bearing == .helps)
                        findings.append(
                            Finding(
                                good: entry.id, turn: reply.turn, quote: quote.text, bearing: serves ? .helps : .harms,
                                why: name, by: "heads"))
                    }
                }
            }
            if let estimate = Part.together(parts) {
                estimates[entry.id] = estimate
                if Part.areOpposed(parts) {
                    disagreements.append(
                        Disagreement(
                            good: entry.id,
                            values: Dictionary(
                                parts.filter { $0.coverage > 0 }.map { ($0.by, $0.value) }, uniquingKeysWith: { $1 })))
                }
            }
            for name in entry.conduct.keys.sorted() where ConductSignal(rawValue: name) == nil {
                problems.append("There is no signal `\(name)`, which `\(entry.id)` names.")
            }
            for name in entry.heads.keys.sorted() where !ShippedHeads.all.contains(where: { $0.name == name }) {
                problems.append("There is no head `\(name)`, which `\(entry.id)` names.")
            }
        }
        return Judgement(
            appraisal: Appraisal(
                estimates: estimates, judge: identity.name, method: "local-2, \(heard.count) replies", at: moment),
            findings: findings, disagreements: disagreements, judge: identity, problems: problems)
    }

    /// One reply, read.
    private struct Heard {
        let turn: Int
        let conduct: [ConductReading]
        let heads: [HeadReading]
    }

    /// What one signal or head says of one good in one reply.
    private struct Part {
        let value: Double
        let lower: Double
        let upper: Double
        let coverage: Double
        let by: String

        init(_ reading: ConductReading, _ bearing: Rubric.Bearing, by name: String) {
            func scaled(_ number: Double) -> Double {
                let number = reading.signal == .length ? number / 4 : number
                return min(1, max(-1, number))
            }
            let (value, one, other) = (scaled(reading.value), scaled(reading.lower), scaled(reading.upper))
            self.init(value: value, min(value, one), max(value, other), reading.coverage, bearing, name)
        }

        init(_ estimate: Estimate, _ bearing: Rubric.Bearing, by name: String) {
            self.init(value: estimate.value, estimate.lower, estimate.upper, estimate.coverage, bearing, name)
        }

        private init(
            value: Double, _ lower: Double, _ upper: Double, _ coverage: Double, _ bearing: Rubric.Bearing,
            _ name: String
        ) {
            self.value = value * bearing.sign
            self.lower = bearing == .helps ? lower : -upper
            self.upper = bearing == .helps ? upper : -lower
            self.coverage = coverage
            by = name
        }

        /// How far from 0 a part must lie on each side for both to contradict each other.
        static let fewest = 0.25

        /// Whether some show the good served and others show it failed.
        static func areOpposed(_ parts: [Part]) -> Bool {
            let heard = parts.filter { $0.coverage > 0 }
            return heard.contains { $0.value >= fewest } && heard.contains { $0.value <= -fewest }
        }

        /// Nil when there are none, or none of them could be read.
        static func together(_ parts: [Part]) -> Estimate? {
            guard parts.contains(where: { $0.coverage > 0 }) else { return nil }
            let count = Double(parts.count)
            let value = parts.reduce(0) { $0 + $1.value } / count
            var lower = parts.reduce(0) { $0 + $1.lower } / count
            var upper = parts.reduce(0) { $0 + $1.upper } / count
            if areOpposed(parts) {
                lower = parts.map(\.lower).min() ?? lower
                upper = parts.map(\.upper).max() ?? upper
            }
            return Estimate(
                value: value, lower: min(value, lower), upper: max(value, upper),
                coverage: min(1, parts.reduce(0) { $0 + $1.coverage } / count))
        }
    }
}
