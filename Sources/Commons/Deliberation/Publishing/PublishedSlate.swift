import Charters
import Foundation

/// `slate.json` as it is read where the votes aren't there to reckon it from.
struct PublishedSlate {
    /// People who voted.
    let people: Int
    /// How many statements were to be chosen.
    let seats: Int
    /// The chosen statements by their numbers.
    let statements: [Int: VoteTally]
    /// The dissents: the words of each, and a list of it alone as canonical JSON.
    let dissents: [(says: String, bytes: [UInt8])]

    /// Reads a slate from its canonical JSON (RFC 8785). Nil for anything else.
    init?(canonical bytes: [UInt8]) {
        guard bytes.count <= 1 << 24, let read = try? JSONDecoder().decode(AnyJSON.self, from: Data(bytes)),
            read.canonical.bytes == bytes, case .integer(let people) = read["people"],
            case .integer(let seats) = read["seats"], case .list(let entries) = read["statements"],
            case .list(let kept) = read["dissent"]
        else { return nil }
        var statements: [Int: VoteTally] = [:]
        for entry in entries {
            guard case .integer(let id) = entry["id"], case .integer(let agreed) = entry["agree"],
                case .integer(let disagreed) = entry["disagree"], case .integer(let passed) = entry["pass"],
                [agreed, disagreed, passed].allSatisfy({ (0...1_000_000_000).contains($0) }), statements[id] == nil
            else { return nil }
            statements[id] = VoteTally(agreed: agreed, disagreed: disagreed, passed: passed)
        }
        self.people = people
        self.seats = seats
        self.statements = statements
        dissents = kept.map { one in
            let says = if case .text(let words) = one["says"] { words } else { "" }
            return (says, CanonicalJSON.list([one.canonical]).bytes)
        }
    }

    /// Whether a clause can have the numbers that it says.
    func fits(_ origin: ClauseOrigin) -> Bool {
        let own = origin.statements.compactMap { statements[$0] }
        guard own.count == origin.statements.count, origin.of <= people else { return false }
        if own.count == 1 {
            return origin.agree == own[0].agreed && origin.of == own[0].seen
                && (origin.disagree ?? own[0].disagreed) == own[0].disagreed
        }
        return own.allSatisfy { origin.agree <= $0.agreed && origin.of <= $0.seen }
    }
}

/// Any JSON whose numbers have at most four digits behind the point.
private enum AnyJSON: Decodable {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([AnyJSON])
    case object([String: AnyJSON])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let boolean = try? value.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([AnyJSON].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: AnyJSON].self))
        }
    }

    subscript(key: String) -> AnyJSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var canonical: CanonicalJSON {
        switch self {
        case .boolean(let boolean): .boolean(boolean)
        case .integer(let integer): .integer(integer)
        case .number(let number): .tenThousandths(Int(exactly: (number * 10_000).rounded()) ?? 0)
        case .text(let text): .text(text)
        case .list(let list): .list(list.map(\.canonical))
        case .object(let members): .object(members.map { (key: $0.key, value: $0.value.canonical) })
        }
    }
}
