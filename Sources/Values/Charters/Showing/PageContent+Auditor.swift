import Flourishing

extension PageContent {
    /// Everything that can be checked, by whom it is said, with the fingerprints to check it by.
    var forAuditor: [Block] {
        var blocks: [Block] = [
            .facts([
                Fact(name: "Charter", value: charter.id.description),
                Fact(name: "Version", value: charter.version.description),
                Fact(name: "Community", value: charter.community ?? "not said"),
                Fact(name: "Fingerprint", value: charter.fingerprint.hexadecimal),
                Fact(
                    name: "Canonical form",
                    value: "\(charter.canonicalForm.count) bytes of RFC 8785 JSON; the fingerprint is its SHA-256"),
                Fact(name: "Stack's fingerprint", value: stack.fingerprint.hexadecimal),
                Fact(
                    name: "Builds on",
                    value: charter.extends.isEmpty ? "nothing" : charter.extends.map(\.text).joined(separator: ", ")),
            ])
        ]
        if lacksParents { blocks.append(.paragraph(Self.parentsAreMissing(charter))) }
        blocks += Self.section(
            "Layers, lowest first",
            [
                .list(
                    stack.layers.map { layer in
                        "\(layer.kind.rawValue): \(layer.name)\(layer.version.map { " \($0)" } ?? ""), \(layer.fingerprint.hexadecimal)"
                    })
            ])
        blocks += Self.section("Withdrawals", [.list(withdrawals)])
        blocks += Self.section("Clauses in force", [.facts(clauses)])
        blocks += Self.section("Conditions", [.facts(conditions)])
        blocks += Self.section("How a breach of the floor is noticed", [.facts(detections)])
        blocks += Self.section("Terms", [.list(terms(of: whole))])
        blocks += Self.section(
            "Records",
            [
                .list(
                    [
                        charter.amendment.map { "It is changed \($0.sentence)." }
                            ?? "It doesn't say how it is changed."
                    ]
                        + charter.dissent.map { dissent in
                            "Dissent\(dissent.heldBy.map { ", held by \($0.decimal)" } ?? ""): \(dissent.says)"
                        })
            ])
        blocks += Self.section("Examples", [.paragraph(CharterCoverage(of: whole).words)])
        blocks += Self.section(
            "What the check of the stack finds",
            [
                .list(
                    stack.check().map { "\($0.severity.rawValue) \($0.code), \($0.file): \($0.message)" }
                        .ifEmpty(["Nothing."]))
            ])
        return blocks + briefs
    }

    private var withdrawals: [String] {
        stack.layers.flatMap { layer in
            layer.layer.withdrawals.map { "\(layer.name) leaves out \($0.id): \($0.because)" }
        }
    }

    private var clauses: [Fact] {
        var facts: [Fact] = []
        func add(_ path: String, _ says: String) {
            let sayers = stack.layers(saying: path).map(\.name)
            facts.append(
                Fact(name: path, value: sayers.isEmpty ? says : "\(says) [\(sayers.joined(separator: ", "))]"))
        }
        if let purpose = whole.purpose { add("purpose", purpose) }
        for clause in whole.goods { add("goods/\(clause.id)", clause.good.says) }
        for clause in whole.dispositions { add("dispositions/\(clause.id)", clause.says) }
        for clause in whole.tensions {
            add(
                "tensions/\(clause.id)",
                (["decide: \(clause.decide.rawValue)."] + clause.advice).joined(separator: " "))
        }
        for role in whole.roles {
            let moves = role.moves.isEmpty ? "all moves" : role.moves.map(\.rawValue).joined(separator: ", ")
            add(
                "roles/\(role.id)",
                (["stance \(role.stance.rawValue); \(moves)."] + role.standards).joined(separator: " "))
        }
        for context in whole.contexts { add("contexts/\(context.id)", context.sentence.capitalizedFirst) }
        for guidance in whole.guidance {
            add(
                "guidance/\(guidance.id)",
                "asks: \(guidance.asks) says: \(guidance.says) expires: \(guidance.expiresDays ?? GuidanceClause.defaultDays)d"
            )
        }
        for resource in whole.resources { add("resources/\(resource.id)", resource.says) }
        for topic in whole.topics { add("topics/\(topic.id)", topic.says) }
        for clause in whole.floor { add("floor/\(clause.id)", "\(clause.severity.rawValue): \(clause.says)") }
        return facts
    }

    private var conditions: [Fact] {
        whole.goods.compactMap { clause in clause.when.map { Fact(name: "goods/\(clause.id)", value: $0.words) } }
            + whole.dispositions.compactMap { clause in
                clause.when.map { Fact(name: "dispositions/\(clause.id)", value: $0.words) }
            }
            + whole.tensions.compactMap { clause in
                clause.when.map { Fact(name: "tensions/\(clause.id)", value: $0.words) }
            }
            + whole.guidance.compactMap { clause in
                clause.when.map { Fact(name: "guidance/\(clause.id)", value: $0.words) }
            }
    }

    private var detections: [Fact] {
        whole.floor.compactMap { clause in
            let detection = clause.detection
            guard !detection.isEmpty else {
                return Fact(name: "floor/\(clause.id)", value: "told to the model, and not looked for")
            }
            var parts: [String] = []
            if !detection.phrases.isEmpty {
                parts.append("phrases: \(detection.phrases.map { "“\($0)”" }.joined(separator: ", "))")
            }
            if !detection.detectors.isEmpty {
                parts.append("detectors: \(detection.detectors.joined(separator: ", "))")
            }
            if !detection.guardCategories.isEmpty {
                parts.append("guard model: \(detection.guardCategories.joined(separator: ", "))")
            }
            let sides = FloorClause.Detection.Side.allCases.filter(
                (detection.sides.isEmpty ? [.output] : detection.sides).contains)
            parts.append("in: \(sides.map(\.rawValue).joined(separator: ", "))")
            return Fact(name: "floor/\(clause.id)", value: parts.joined(separator: "; "))
        }
    }

    /// The brief of each role, to the letter.
    private var briefs: [Block] {
        let roles: [String?] = whole.roles.isEmpty ? [nil] : whole.roles.map(\.id)
        return roles.flatMap { role -> [Block] in
            guard let compiled = try? stack.compiled(role: role) else { return [] }
            return [
                .heading(role.map { "The brief in the role of \($0)" } ?? "The brief", level: 2),
                .facts([
                    Fact(name: "SHA-256", value: compiled.briefFingerprint),
                    Fact(name: "Open moves", value: compiled.allowedMoves.map(\.rawValue).joined(separator: ", ")),
                ]),
                .verbatim(compiled.brief),
            ]
        }
    }
}

extension [String] {
    fileprivate func ifEmpty(_ others: [String]) -> [String] { isEmpty ? others : self }
}
