import Charters
import Flourishing

/// A charter as an assistant reads it: in words, and for a program.
enum CharterInWords {
    /// What of it is wanted.
    enum Part: String, CaseIterable {
        case all, brief, goods, dispositions, tensions, floor
    }

    // MARK: In words

    static func text(_ charter: CompiledCharter, _ part: Part = .all) -> String {
        var blocks = ["The charter \(charter.id) \(charter.version), fingerprint \(charter.charterFingerprint.short)."]
        func add(_ wanted: Part, _ title: String, _ lines: [String]) {
            guard part == .all || part == wanted else { return }
            blocks.append("\(title)\n" + (lines.isEmpty ? "None." : lines.map { "- \($0)" }.joined(separator: "\n")))
        }
        if part == .all || part == .brief { blocks.append("The brief to work by\n" + charter.brief) }
        add(.goods, "What it is drawn to", charter.goods.map { "\($0.id): \($0.good.says)" })
        add(.dispositions, "The attitudes it asks for", charter.dispositions.map { "\($0.id): \($0.says)" })
        add(
            .tensions, "Where two goods pull apart",
            charter.tensions.map { tension in
                let who =
                    switch tension.decide {
                    case .person: "the person decides"
                    case .community: "the community has decided"
                    case .advise: "advise"
                    }
                return ([tension.between.joined(separator: " and ") + ": " + who] + tension.advice).joined(
                    separator: ". ")
            })
        add(
            .floor, "What holds whatever is asked",
            charter.floor.map { "\($0.id) (\($0.severity.rawValue)): \($0.says)" })
        return blocks.joined(separator: "\n\n")
    }

    // MARK: For a program

    static func json(_ charter: CompiledCharter) -> JSONObject {
        var object = JSONObject([
            .init(key: "charter", value: .string(charter.id)), .init(key: "version", value: .string(charter.version)),
            .init(key: "fingerprint", value: .string(charter.charterFingerprint.description)),
            .init(key: "stack", value: .string(charter.fingerprint.description)),
        ])
        if let role = charter.role { object["role"] = .string(role) }
        if let purpose = charter.purpose { object["purpose"] = .string(purpose) }
        object["brief"] = .string(charter.brief)
        object["moves"] = texts(charter.allowedMoves.map(\.rawValue))
        object["goods"] = .array(charter.goods.map(good))
        object["dispositions"] = .array(
            charter.dispositions.map { one in
                [
                    "id": .string(one.id), "says": .string(one.says), "signs": texts(one.signs),
                    "nearEnemies": texts(one.nearEnemies), "traditions": texts(one.traditions),
                ]
            })
        object["tensions"] = .array(
            charter.tensions.map { one in
                [
                    "between": texts(one.between), "decide": .string(one.decide.rawValue), "advice": texts(one.advice),
                ]
            })
        object["floor"] = .array(
            charter.floor.map { one in
                ["id": .string(one.id), "says": .string(one.says), "severity": .string(one.severity.rawValue)]
            })
        return object
    }

    private static func good(_ clause: GoodClause) -> JSONValue {
        var object = JSONObject([
            .init(key: "id", value: .string(clause.id)), .init(key: "says", value: .string(clause.good.says)),
            .init(key: "circle", value: .string(clause.good.circle.rawValue)),
        ])
        if let lens = clause.good.lens { object["lens"] = .string(lens.rawValue) }
        object["traditions"] = texts(clause.good.traditions)
        object["signs"] = texts(clause.signs)
        object["failures"] = texts(clause.failures)
        return .object(object)
    }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    /// The schema of ``json(_:)``.
    static let schema: JSONValue = {
        let text: JSONValue = ["type": "string"]
        let texts: JSONValue = ["type": "array", "items": text]
        func list(_ members: [String: JSONValue], needs: [JSONValue]) -> JSONValue {
            let sorted = members.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: $0.value) }
            return [
                "type": "array",
                "items": [
                    "type": "object", "properties": .object(JSONObject(sorted)), "required": .array(needs),
                ],
            ]
        }
        var members = JSONObject(
            ["charter", "version", "fingerprint", "stack", "role", "purpose", "brief"].map {
                .init(key: $0, value: text)
            })
        members["moves"] = texts
        members["goods"] = list(
            [
                "id": text, "says": text, "circle": text, "lens": text, "traditions": texts, "signs": texts,
                "failures": texts,
            ], needs: ["id", "says", "circle"])
        members["dispositions"] = list(
            ["id": text, "says": text, "signs": texts, "nearEnemies": texts, "traditions": texts],
            needs: ["id", "says"])
        members["tensions"] = list(["between": texts, "decide": text, "advice": texts], needs: ["between", "decide"])
        members["floor"] = list(["id": text, "says": text, "severity": text], needs: ["id", "says", "severity"])
        return [
            "type": "object", "properties": .object(members),
            "required": ["charter", "version", "fingerprint", "brief", "goods", "dispositions", "tensions", "floor"],
        ]
    }()
}
