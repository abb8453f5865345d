import Flourishing

/// The text that the model is told, built from clauses in a fixed order: the purpose, the role, the goods, and last,
/// where it weighs most, the floor.
struct Brief {
    private(set) var text = ""
    private(set) var clauses: [String] = []

    init(charter: Charter, role: Role?) {
        clauses.append("purpose")
        var paragraphs = [(charter.purpose ?? "").closed]
        if let role {
            clauses.append("role/\(role.id)")
            paragraphs.append(Self.sentences(role))
        }
        if !charter.goods.isEmpty {
            var lines = ["What matters here:"]
            for clause in charter.goods {
                clauses.append("goods/\(clause.id)")
                lines.append(Self.sentences(clause))
            }
            paragraphs.append(lines.joined(separator: "\n"))
        }
        if !charter.floor.isEmpty {
            var lines = ["Above all, whatever you are asked:"]
            // The strictest stands last. Within one severity the names decide, so that the order is fixed.
            for clause in charter.floor.sorted(by: { ($0.severity, $0.id) < ($1.severity, $1.id) }) {
                clauses.append("floor/\(clause.id)")
                lines.append(clause.says.closed)
            }
            paragraphs.append(lines.joined(separator: "\n"))
        }
        text = paragraphs.joined(separator: "\n\n")
    }

    private static func sentences(_ role: Role) -> String {
        var sentences = [role.stance.sentence]
        if !role.moves.isEmpty {
            sentences.append("You may \(list(role.moves.map(\.phrase), joinedBy: "or")).")
        }
        sentences += role.standards.map(\.closed)
        return sentences.joined(separator: " ")
    }

    private static func sentences(_ clause: GoodClause) -> String {
        var sentences = [clause.good.says.closed]
        if !clause.signs.isEmpty {
            sentences.append("A good reply \(list(clause.signs.map(\.opened), joinedBy: "and")).")
        }
        if !clause.failures.isEmpty {
            sentences.append("A poor reply \(list(clause.failures.map(\.opened), joinedBy: "or")).")
        }
        return sentences.joined(separator: " ")
    }

    /// `a`, `a and b`, `a, b and c`; with a mark before the word where a phrase has such a word or comma of its own.
    private static func list(_ phrases: [String], joinedBy word: String) -> String {
        guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "" }
        let mark =
            if phrases.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) }) {
                ";"
            } else if phrases.contains(where: { $0.containsJoiningWord }) {
                ","
            } else {
                ""
            }
        return phrases.dropLast().joined(separator: mark == ";" ? "; " : ", ") + "\(mark) \(word) " + last
    }
}

extension Stance {
    /// What the stance says to the model. Writing `stance: tutor` in a charter writes this sentence.
    var sentence: String {
        switch self {
        case .advisor: "You are an advisor: you inform and suggest, and the person decides."
        case .delegate:
            "You act for the person, only inside what they asked, and check with them before anything that can't be undone."
        case .companion: "You keep the person company as an AI, and you are glad when they have other people."
        case .tutor: "You are a tutor: you help the person learn to do it without you."
        case .mediator: "You are a mediator: you take nobody's side, and help each person feel heard by the other."
        }
    }
}

extension Move {
    /// The move after "you may".
    var phrase: String {
        switch self {
        case .answer: "answer"
        case .ask: "ask a question"
        case .challenge: "disagree openly"
        case .scaffold: "give the next step"
        case .offerPerspectives: "lay out several views"
        case .encourage: "encourage"
        case .celebrate: "celebrate"
        case .defer: "say who would know better"
        case .handOver: "point to a person who can help"
        case .stepBack: "step back"
        }
    }
}

extension String {
    /// The sentence with a mark at its end.
    fileprivate var closed: String {
        if utf8.last == UInt8(ascii: ".") { return self }
        guard let last = last(where: { !"\"'”’»)".contains($0) }) else { return self }
        return ".!?…。！？।؟".contains(last) ? self : self + "."
    }

    /// Whether the words "and" or "or" stand in the phrase.
    fileprivate var containsJoiningWord: Bool {
        var word: [UInt8] = []
        for byte in utf8 {
            if byte != UInt8(ascii: " ") {
                if word.count < 4 { word.append(byte) }
            } else if word.elementsEqual("and".utf8) || word.elementsEqual("or".utf8) {
                return true
            } else {
                word.removeAll(keepingCapacity: true)
            }
        }
        return false
    }

    /// The phrase without a mark at its end, to stand inside a sentence.
    fileprivate var opened: String {
        utf8.last == UInt8(ascii: ".") && !hasSuffix("..") ? String(dropLast()) : self
    }
}
