extension Grammar {
    /// The language as a JSON Schema (draft 2020-12), from which editors complete and check both kinds of file.
    ///
    /// The schema knows keys, types, words and forms. What a name refers to, and what contradicts what, only `check`
    /// knows.
    ///
    /// - Returns: A JSON document, indented, with a newline at its end. It is the same every time.
    public static func jsonSchema() -> String {
        var definitions: [(key: String, value: CanonicalJSON)] = []
        for shape in allShapes { definitions.append((shape.name, schema(of: shape))) }
        return CanonicalJSON.object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .text("urn:trellis:charter")),
            ("title", .text("A charter of Trellis, or a person's own wishes")),
            ("type", .text("object")),
            (
                "if",
                .object([
                    ("required", .list([.text("wishes")])),
                    ("not", .object([("required", .list([.text("charter")]))])),
                ])
            ),
            ("then", reference(wishes.name)),
            ("else", reference(charter.name)),
            ("$defs", .object(definitions)),
        ]).indented
    }

    /// Every shape that the two kinds of file are made of.
    static let allShapes: [Shape] = [
        charter, wishes, good, disposition, example, tension, choice, role, topic, context, action, condition, guidance,
        resource, memory, critique, floorClause, detection, origin, amendment, dissent,
    ]

    private static func reference(_ name: String) -> CanonicalJSON {
        .object([("$ref", .text("#/$defs/\(name)"))])
    }

    private static func schema(of shape: Shape) -> CanonicalJSON {
        var members: [(key: String, value: CanonicalJSON)] = [
            ("type", .text("object")),
            ("additionalProperties", .boolean(false)),
        ]
        let needed = shape.keys.filter(\.isNeeded)
        if !needed.isEmpty { members.append(("required", .list(needed.map { .text($0.name) }))) }
        if !shape.atLeastOne.isEmpty {
            members.append(
                ("anyOf", .list(shape.atLeastOne.map { .object([("required", .list([.text($0)]))]) })))
        }
        members.append(
            (
                "properties",
                .object(
                    shape.keys.map { key in
                        // Beside `$ref` a description stands for itself since draft 2019-09.
                        guard case .object(let form) = schema(of: key.form) else {
                            return (key.name, schema(of: key.form))
                        }
                        return (key.name, .object([("description", .text(key.says))] + form))
                    })
            ))
        return .object(members)
    }

    private static func schema(of form: Form) -> CanonicalJSON {
        switch form {
        case .sentence, .passage:
            .object([("type", .text("string")), ("pattern", .text("\\S"))])
        case .pattern(let pattern, let example):
            .object([
                ("type", .text("string")), ("pattern", .text(pattern)), ("examples", .list([.text(example)])),
            ])
        case .word(let words):
            .object([("enum", .list(words.map(CanonicalJSON.text)))])
        case .name(let known):
            name(known)
        case .number(let allowed):
            // YAML's own numbers, and the same in quotes.
            .object([
                ("type", .list([.text("integer"), .text("string")])),
                ("minimum", .integer(allowed.lowerBound)), ("maximum", .integer(allowed.upperBound)),
                ("pattern", .text(allowed.contains(0) ? "^(0|[1-9][0-9]*)$" : "^[1-9][0-9]*$")),
            ])
        case .share:
            .object([
                ("type", .list([.text("number"), .text("string")])),
                ("minimum", .integer(0)), ("maximum", .integer(1)),
                ("pattern", .text("^(0(\\.[0-9]{1,4})?|1(\\.0{1,4})?)$")),
            ])
        case .list(let item):
            .object([("type", .text("array")), ("items", schema(of: item))])
        case .oneOrMore(let item):
            .object([
                (
                    "anyOf",
                    .list([
                        schema(of: item),
                        .object([("type", .text("array")), ("items", schema(of: item)), ("minItems", .integer(1))]),
                    ])
                )
            ])
        case .names(let pattern, let value):
            .object([
                ("type", .text("object")),
                ("propertyNames", .object([("pattern", .text(pattern))])),
                ("additionalProperties", schema(of: value)),
            ])
        case .mapping(let shape):
            reference(shape.name)
        case .inLanguages:
            .object([
                (
                    "anyOf",
                    .list([
                        schema(of: .sentence),
                        .object([
                            ("type", .text("object")),
                            ("required", .list([.text(FloorClause.Wording.everybody)])),
                            (
                                "propertyNames",
                                .object([
                                    (
                                        "pattern",
                                        .text(
                                            "^(\(FloorClause.Wording.everybody)|\(Form.languagePattern.dropFirst().dropLast()))$"
                                        )
                                    )
                                ])
                            ),
                            ("additionalProperties", schema(of: .sentence)),
                        ]),
                    ])
                )
            ])
        case .condition:
            reference(condition.name)
        }
    }

    private static func name(_ known: [String]) -> CanonicalJSON {
        let isCategory = known.contains { $0.contains("/") }
        let pattern = isCategory ? "^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?$" : Form.identifierPattern
        let any = CanonicalJSON.object([("type", .text("string")), ("pattern", .text(pattern))])
        guard !known.isEmpty else { return any }
        return .object([("anyOf", .list([.object([("enum", .list(known.map(CanonicalJSON.text)))]), any]))])
    }
}
