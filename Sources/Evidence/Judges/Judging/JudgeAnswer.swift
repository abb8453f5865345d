import Foundation

/// A model's answer to a rubric, read as if nothing had held it to a form.
struct JudgeAnswer {
    /// What it said of one good.
    struct Part {
        struct Evidence {
            let quote: String
            let bearing: Rubric.Bearing
            let why: String
        }
        /// At most ``mostEvidence``.
        var evidence: [Evidence] = []
        /// How many pieces the judge gave, also those that weren't read.
        var given = 0
        var rating: Rating = .none
    }

    enum Rating: Hashable {
        /// From -2 to 2.
        case value(Double)
        /// The replies show nothing, says the judge.
        case none
        /// No rating, or one off the scale.
        case unusable(String)
    }

    /// So many pieces of evidence are read for a good, as the question says.
    static let mostEvidence = 4
    /// A quote that is longer, in UTF-8 bytes, is no phrase or sentence, and isn't read.
    static let longestQuote = 2_000

    /// By good, as far as something could be read.
    let parts: [String: Part]

    /// Reads the JSON object in an answer, perhaps with words or a fence around it. Nil when there is none.
    init?(_ answer: String, of rubric: Rubric) {
        guard case .object(var goods)? = Self.object(in: answer) else { return nil }
        // Some models put the goods one level down, or in a list with their names inside.
        if goods.count == 1, let inner = goods.values.first, !rubric.entries.contains(where: { goods[$0.id] != nil }) {
            switch inner {
            case .object(let object): goods = object
            case .list(let list):
                goods = [:]
                for case .object(let item) in list {
                    if case .text(let name)? = item["good"] ?? item["id"] ?? item["name"] {
                        goods[name] = .object(item)
                    }
                }
            default: break
            }
        }
        var parts: [String: Part] = [:]
        for entry in rubric.entries {
            guard case .object(let said)? = goods[entry.id] else { continue }
            parts[entry.id] = Self.part(said)
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }

    private static func part(_ said: [String: AnyJSON]) -> Part {
        var part = Part()
        if case .list(let items)? = said["evidence"] {
            part.given = items.count
            for case .object(let item) in items.prefix(mostEvidence) {
                guard case .text(let quote)? = item["quote"], quote.utf8.count <= longestQuote,
                    case .text(let bears)? = item["bearing"],
                    let bearing = Rubric.Bearing(rawValue: bears)
                else { continue }
                var why = ""
                if case .text(let reason)? = item["why"] { why = reason }
                part.evidence.append(.init(quote: quote, bearing: bearing, why: why))
            }
        }
        switch said["rating"] {
        case nil: part.rating = .unusable("none was given")
        case .null?: part.rating = .none
        case .number(let value)? where abs(value) <= 2: part.rating = .value(value)
        case .number(let value)?: part.rating = .unusable("\(value)")
        case .text(let words)?: part.rating = .unusable(words)
        case .boolean?, .list?, .object?: part.rating = .unusable("no number")
        }
        return part
    }

    /// The outermost object: from a brace on that something readable follows.
    private static func object(in answer: String) -> AnyJSON? {
        guard answer.utf8.count <= 1 << 20, let last = answer.lastIndex(of: "}") else { return nil }
        var start = answer.startIndex
        for _ in 0..<8 {
            guard let first = answer[start...].firstIndex(of: "{"), first < last else { return nil }
            let data = Data(answer[first...last].utf8)
            if let object = try? JSONDecoder().decode(AnyJSON.self, from: data) { return object }
            start = answer.index(after: first)
        }
        return nil
    }
}

/// Any JSON value.
private enum AnyJSON: Decodable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([AnyJSON])
    case object([String: AnyJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([AnyJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: AnyJSON].self))
        }
    }
}
