public import Flourishing

/// How a brief is written: every clause as a ready piece of text, put together for each request in a fixed order: the
/// purpose, the role, what the person is after, the goods, the dispositions, what the circumstances call for, the
/// tension at stake, the guidance that the person agreed to, the move, and last, where it weighs most, the floor, of
/// which Trellis's own part ends the brief in its own words.
struct BriefWriting: Sendable {
    /// One clause, ready to be told.
    private struct Piece: Sendable {
        let path: String
        let text: String
        let when: Condition?
        var id: Substring { path.drop { $0 != "/" }.dropFirst() }
    }

    private let charter: String
    private let role: Role?
    private let opening: [Piece]
    private let personGoods: [Piece]
    private let goods: [Piece]
    private let dispositions: [Piece]
    private let contexts: [Piece]
    private let guidance: [Piece]
    /// The last paragraph, the same in every brief.
    private let floor: String
    private let floorClauses: [String]
    private let tensions: [String: TensionClause]
    private let choices: [String: TensionChoice]
    private let resources: [String: Resource]
    private let asked: Circumstances.Asked

    init(stack: CharterStack, role: Role?) {
        let layer = stack.composed
        charter = stack.community.name
        self.role = role
        var opening: [Piece] = []
        if let purpose = layer.purpose { opening.append(Piece(path: "purpose", text: purpose.closed, when: nil)) }
        if let role {
            let moves = role.moves.filter { !layer.avoids.contains($0) }
            let text = Self.sentences(Role(id: role.id, stance: role.stance, moves: moves, standards: role.standards))
            opening.append(Piece(path: "role/\(role.id)", text: text, when: nil))
        }
        self.opening = opening
        let own = Set(stack.person?.layer.goods.map(\.id) ?? [])
        var goods: [Piece] = []
        var personGoods: [Piece] = []
        for clause in layer.goods {
            let piece = Piece(path: "goods/" + clause.id, text: Self.sentences(clause), when: clause.when)
            if own.contains(clause.id) { personGoods.append(piece) } else { goods.append(piece) }
        }
        self.goods = goods
        self.personGoods = personGoods
        dispositions = layer.dispositions.map {
            Piece(path: "dispositions/\($0.id)", text: Self.sentences($0), when: $0.when)
        }
        contexts = layer.contexts.compactMap { clause in
            clause.says.map { Piece(path: "contexts/\(clause.id)", text: $0.closed, when: clause.when) }
        }
        guidance = layer.guidance.map { Piece(path: "guidance/\($0.id)", text: $0.says.closed, when: $0.when) }
        (floor, floorClauses) = Self.floor(of: stack.layers)
        tensions = Dictionary(layer.tensions.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        choices = Dictionary(layer.choices.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        resources = Dictionary(layer.resources.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let pieces = [goods, personGoods, dispositions, contexts, guidance].joined()
        asked = Circumstances.Asked(pieces.compactMap(\.when) + layer.tensions.compactMap(\.when))
    }

    /// The request without what no clause asks about, so that requests that must get the same brief are equal.
    func reduced(_ request: BriefRequest) -> BriefRequest {
        var request = request
        request.circumstances = asked.reduced(request.circumstances)
        if request.circumstances.role == role?.id { request.circumstances.role = nil }
        if !request.guidance.isEmpty {
            request.guidance = guidance.isEmpty ? [] : request.guidance.filter { $0.charter == charter }
        }
        return request
    }

    /// The brief for a request.
    func brief(for request: BriefRequest) -> Brief {
        var circumstances = request.circumstances
        circumstances.role = circumstances.role ?? role?.id
        var paragraphs: [String] = []
        var clauses: [String] = []

        func add(_ heading: String?, _ pieces: [Piece]) {
            let holding = pieces.filter { $0.when.map { $0.holds(in: circumstances) == true } ?? true }
            guard !holding.isEmpty else { return }
            clauses += holding.map(\.path)
            if let heading {
                paragraphs.append(([heading] + holding.map(\.text)).joined(separator: "\n"))
            } else {
                paragraphs += holding.map(\.text)
            }
        }

        add(nil, opening)
        add("What this person is after:", personGoods)
        add("What matters here:", goods)
        add("How to be with people:", dispositions)
        add("Here and now:", contexts)
        if let id = request.tension?.id, let tension = tensions[id] {
            add(nil, [piece(tension)])
            if clauses.last == "tensions/\(id)", tension.decide == .person, choices[id]?.choose != nil {
                clauses.append("choices/\(id)")
            }
        }
        let agreed = Set(request.guidance.lazy.filter { $0.charter == charter }.map(\.guidance))
        add("The person has agreed to this:", guidance.filter { agreed.contains(String($0.id)) })
        if let sentence = request.moveSentence ?? request.move.sentence, !sentence.isEmpty {
            add(nil, [Piece(path: "move/\(request.move.rawValue)", text: sentence.closed, when: nil)])
        }
        add(
            "Who can help:",
            request.resources.compactMap { resources[$0] }.map {
                Piece(path: "resources/\($0.id)", text: $0.says.closed, when: nil)
            })
        if !floor.isEmpty { paragraphs.append(floor) }
        return Brief(
            text: paragraphs.joined(separator: "\n\n"), clauses: clauses + floorClauses,
            floorLength: floor.utf8.count)
    }

    /// The floor, layer by layer from the highest down, each in its own words: Trellis's own stands last, and nothing that
    /// a layer says about a clause stands behind what a lower layer says about it. Within a layer the strictest stands
    /// last, and within one severity the names decide, so that the order is fixed.
    private static func floor(of layers: [StackLayer]) -> (text: String, clauses: [String]) {
        var wordings: [String: [String]] = [:]
        var lines: [String] = []
        var clauses: [String] = []
        for (index, layer) in layers.enumerated() {
            for clause in layer.layer.floor.sorted(by: { ($0.severity, $0.id) > ($1.severity, $1.id) }) {
                let below = wordings.isEmpty ? nil : wordings[clause.id]
                for wording in clause.sayings where below?.contains(wording) != true { lines.append(wording.closed) }
                if below == nil { clauses.append("floor/\(clause.id)") }
                // The highest layer's words are looked up by none.
                if index < layers.count - 1 { wordings[clause.id] = below?.union(clause.sayings) ?? clause.sayings }
            }
        }
        guard !lines.isEmpty else { return ("", []) }
        return (
            "Above all, whatever you are asked:\n" + lines.reversed().joined(separator: "\n"), clauses.reversed()
        )
    }

    private func piece(_ tension: TensionClause) -> Piece {
        let names = tension.between.map(\.asWords)
        var sentences = ["\(Self.list(names, joinedBy: "and").capitalizedFirst) pull apart here."]
        switch (tension.decide, choices[tension.id]?.choose) {
        case (.person, let choice?):
            sentences.append("The person has decided: \(choice.asWords) goes first for them.")
        case (.person, nil):
            sentences.append("The person decides.")
            sentences += tension.advice.map(\.closed)
            // Last, so that it outweighs advice that sounds like a decision.
            sentences.append("Say what speaks for each and what each costs. Don't decide.")
        case (.community, _), (.advise, _):
            sentences += tension.advice.map(\.closed)
        }
        return Piece(path: "tensions/\(tension.id)", text: sentences.joined(separator: " "), when: tension.when)
    }

    private static func sentences(_ clause: DispositionClause) -> String {
        var sentences = ["Reply from \(clause.id.asWords): \(clause.says.closed)"]
        if !clause.signs.isEmpty {
            sentences.append("A good reply \(list(clause.signs.map(\.opened), joinedBy: "and")).")
        }
        if !clause.nearEnemies.isEmpty {
            sentences.append("Not to be confused with \(list(clause.nearEnemies.map(\.opened), joinedBy: "or")).")
        }
        return sentences.joined(separator: " ")
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

extension Move {
    /// What the model is told when a reply is to make the move. An answer needs no telling.
    public var sentence: String? {
        switch self {
        case .answer: nil
        case .ask: "In this reply, ask one question that helps the person along, and say little else."
        case .challenge: "In this reply, say openly and kindly where the person may be wrong, and why."
        case .scaffold: "In this reply, give the next step to stand on and leave the rest to the person."
        case .offerPerspectives: "In this reply, lay several views side by side, each at its best, and decide for none."
        case .encourage: "In this reply, name truthfully what the person has done or can do, so that they go on."
        case .celebrate: "In this reply, be glad with the person about what went well."
        case .defer: "In this reply, leave the matter to somebody who knows or has the right to say, and say who."
        case .handOver: "In this reply, first of all point to a person or a service that can help now."
        case .stepBack: "In this reply, do less: the person is better off doing it themselves, or ending here."
        }
    }
}

extension String {
    /// A clause's name as words: `own-thinking` is read "own thinking".
    fileprivate var asWords: String {
        self == Disposition.lovingKindness.rawValue ? self : replacing("-", with: " ")
    }

    /// The sentence with a mark at its end.
    var closed: String {
        if utf8.last == UInt8(ascii: ".") { return self }
        guard let last = last(where: { !"\"'”’»)".contains($0) }) else { return self }
        return ".!?…。！？।؟".contains(last) ? self : self + "."
    }

    /// Whether the words "and" or "or" stand in the phrase.
    fileprivate var containsJoiningWord: Bool {
        // The last bytes, as if a space stood before the first: a word with its spaces is found in them.
        var last: UInt64 = 0x20
        for byte in utf8 {
            last = last << 8 | UInt64(byte)
            if byte == 0x20, last & 0xFF_FFFF_FFFF == 0x20_61_6E_64_20 || last & 0xFFFF_FFFF == 0x20_6F_72_20 {
                return true
            }
        }
        return false
    }

    /// The phrase without a mark at its end, to stand inside a sentence.
    fileprivate var opened: String {
        utf8.last == UInt8(ascii: ".") && !hasSuffix("..") ? String(dropLast()) : self
    }
}
