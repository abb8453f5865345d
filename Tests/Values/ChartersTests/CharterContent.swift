/// What a charter says, without a way of writing it: to be written in many ways that all mean the same.
indirect enum CharterContent {
    case text(String)
    case list([CharterContent])
    case map([(key: String, value: CharterContent)])

    static func random(using generator: inout SeededGenerator) -> CharterContent {
        let texts = [
            "People can say no.", "A pupil's idea: explained", "yes", "Say #1 first", "- not a list", "[brackets]",
            "null or void",
            "\"Quoted\" at first", "Ça va, même ici", "人は自由だ。", "100%", "@ home", "it's 'so'", "tab\\no escape", "é è",
            "ends with colon:",
            "& then", "* star", "! bang", "| bar", "> more", "? why", "~ about", "…and so on",
        ]
        func text() -> CharterContent {
            .text((texts.randomElement(using: &generator) ?? "") + " \(Int.random(in: 0...99, using: &generator))")
        }
        func ids(_ count: ClosedRange<Int>) -> [String] {
            let names = ["understanding", "friendship", "calm", "no-hooks", "a1", "z", "own-choice"].shuffled(
                using: &generator)
            return Array(names.prefix(Int.random(in: count, using: &generator)))
        }
        func words() -> CharterContent {
            // Distinct by their number: a sentence said twice would be a warning and count once.
            .list(
                (0..<Int.random(in: 1...3, using: &generator)).map {
                    .text((texts.randomElement(using: &generator) ?? "") + " s\($0)")
                })
        }
        var sections: [(key: String, value: CharterContent)] = [
            ("charter", .text("a/b")), ("version", .text("1.\(Int.random(in: 0...20, using: &generator)).0")),
            ("purpose", text()),
        ]
        if Bool.random(using: &generator) { sections.append(("community", text())) }
        sections.append(
            (
                "goods",
                .map(
                    ids(1...4).map { id in
                        var good: [(key: String, value: CharterContent)] = [("says", text())]
                        if Bool.random(using: &generator) { good.append(("signs", words())) }
                        if Bool.random(using: &generator) { good.append(("traditions", words())) }
                        if Bool.random(using: &generator) { good.append(("lens", .text("hedonic"))) }
                        if Bool.random(using: &generator) { good.append(("circle", .text("others"))) }
                        if Bool.random(using: &generator) {
                            good.append(
                                (
                                    "examples",
                                    .list([
                                        .map([
                                            ("person", text()), ("shows", .text("One.\n\nTwo: 2.\n three")),
                                            ("fails", .text("No. #")),
                                        ])
                                    ])
                                ))
                        }
                        return (id, .map(good))
                    })
            ))
        if Bool.random(using: &generator) {
            sections.append(
                ("roles", .map(ids(1...2).map { ($0, .map([("stance", .text("tutor")), ("standards", words())])) })))
        }
        sections.append(
            (
                "floor",
                .map(
                    ids(1...3).map { id in
                        var clause: [(key: String, value: CharterContent)] = [
                            ("says", text()), ("severity", .text("revise")),
                        ]
                        if Bool.random(using: &generator) {
                            let isTranslated = Bool.random(using: &generator)
                            clause.append(
                                ("instead", isTranslated ? .map([("default", text()), ("de", text())]) : text()))
                        }
                        if Bool.random(using: &generator) { clause.append(("to", .list([.text("nurse")]))) }
                        if Bool.random(using: &generator) {
                            clause.append(
                                (
                                    "detect",
                                    .map([("phrases", words()), ("in", .list([.text("output"), .text("input")]))])
                                ))
                        }
                        return (id, .map(clause))
                    })
            ))
        sections += further(seed: generator.next())
        if Bool.random(using: &generator) {
            sections.append(("dissent", .list([.map([("says", text()), ("held-by", .text("0.25"))])])))
        }
        return .map(sections)
    }

    /// Sections about situations, people and terms. With a parent, so that names may stand elsewhere.
    private static func further(seed: UInt64) -> [(key: String, value: CharterContent)] {
        var generator = SeededGenerator(seed: seed)
        func text() -> CharterContent { .text("Text \(Int.random(in: 0...99, using: &generator)): so, 'it' is. #1") }
        func words() -> CharterContent { .list([.text("one, two"), .text("[three]"), text()]) }
        func maybe(_ key: String, _ value: () -> CharterContent) -> [(key: String, value: CharterContent)] {
            Bool.random(using: &generator) ? [(key, value())] : []
        }
        func condition(_ depth: Int) -> CharterContent {
            let tests: [[(key: String, value: CharterContent)]] = [
                maybe("topic") { .list([.text("exams"), .text("own-topic")]) }, maybe("age") { .text("teen") },
                maybe("hour") { .text("21-6") }, maybe("language") { .text("de") }, maybe("risk") { .text("medium") },
                maybe("channel") { .list([.text("voice")]) }, maybe("role") { .text("tutor") },
                depth > 0 ? maybe("any") { .list([condition(depth - 1), condition(depth - 1)]) } : [],
                depth > 0 ? maybe("all") { .list([condition(depth - 1)]) } : [],
                depth > 0 ? maybe("not") { condition(depth - 1) } : [],
            ]
            let all = tests.flatMap(\.self)
            return .map(all.isEmpty ? [("topic", .text("work"))] : all)
        }
        func example() -> CharterContent {
            .list([
                .map([("person", text()), ("shows", .text("Yes.\n\nSo: 2."))] + maybe("move") { .text("step-back") })
            ])
        }
        return [("extends", .list([.text("commons/tutor@1.2"), .text("../base file.yaml")]))]
            + maybe("without") { .map([("comfort", text()), ("tensions/b~a", text()), ("roles/judge", text())]) }
            + maybe("dispositions") {
                .map([
                    ("compassion", .map([("says", text())] + maybe("signs", words) + maybe("when") { condition(1) })),
                    ("patience", .map([("says", text())] + maybe("near-enemies", words) + maybe("examples", example))),
                ])
            }
            + maybe("tensions") {
                .list([
                    .map(
                        [("between", .list([.text("z"), .text("calm")])), ("decide", .text("person"))]
                            + maybe("advise", text) + maybe("examples", example)),
                    .map([
                        ("between", .list([.text("a1"), .text("calm")])), ("decide", .text("community")),
                        ("advise", text()), ("when", condition(1)),
                    ]),
                ])
            }
            + maybe("topics") {
                .map([("own-topic", .map([("says", text())] + maybe("cues", words) + maybe("phrases", words)))])
            }
            + maybe("contexts") {
                .list([
                    .map([
                        ("when", condition(1)),
                        (
                            "then",
                            .map([("move", .text("hand-over"))] + maybe("to") { .text("nurse") } + maybe("says", text))
                        ),
                    ]),
                    .map([("id", .text("evening")), ("when", condition(1)), ("then", .map([("says", text())]))]),
                ])
            }
            + maybe("guidance") {
                .map([
                    (
                        "nudge",
                        .map(
                            [("says", text()), ("asks", text())] + maybe("expires") { .text("30d") }
                                + maybe("when") { condition(1) } + maybe("move") { .text("challenge") })
                    )
                ])
            }
            + maybe("resources") { .map([("nurse", .map([("says", text())]))]) }
            + maybe("memory") {
                .map(maybe("purposes") { .list([.text("learning")]) } + [("receipts", .text("facts"))])
            }
            + maybe("critique") { .map([("rounds", .text("2"))] + maybe("tokens") { .text("900") }) }
            + maybe("amendment") { .map([("by", text())] + maybe("consensus") { .text("0.6") }) }
    }

    /// The same but for one text.
    func changed(using generator: inout SeededGenerator) -> CharterContent {
        guard case .map(var sections) = self else { return self }
        let floor = sections.firstIndex { $0.key == "floor" } ?? 0
        let purpose = sections.firstIndex { $0.key == "purpose" } ?? 0
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: sections[purpose].value = .text("Another purpose.")
        case 1: sections[1].value = .text("2.0.0")
        default:
            sections[floor].value = .map([("another", .map([("says", .text("No.")), ("severity", .text("block"))]))])
        }
        return .map(sections)
    }
}

extension CharterContent {
    /// A way of writing YAML.
    struct Style {
        var indent = 2
        var lineBreak = "\n"
        var shufflesKeys = false
        var comments = false
        var quotes = false
        var brackets = false
        var flushLists = false

        static let plain = Style()

        static func random(using generator: inout SeededGenerator) -> Style {
            Style(
                indent: Int.random(in: 1...5, using: &generator),
                lineBreak: ["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n",
                shufflesKeys: .random(using: &generator), comments: .random(using: &generator),
                quotes: .random(using: &generator),
                brackets: .random(using: &generator), flushLists: .random(using: &generator))
        }
    }

    func written(in style: Style) -> String {
        var generator = SeededGenerator(seed: 0)
        return written(in: style, using: &generator)
    }

    func written(in style: Style, using generator: inout SeededGenerator) -> String {
        var lines: [String] = []
        block(at: 0, style, &lines, using: &generator)
        return lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false).joined(
            separator: style.lineBreak)
            + style.lineBreak
    }

    private func block(at depth: Int, _ style: Style, _ lines: inout [String], using generator: inout SeededGenerator) {
        let margin = String(repeating: " ", count: depth)
        switch self {
        case .text: lines.append(margin + inline(style, depth, using: &generator))
        case .list(let items):
            for item in items {
                if case .map(let members) = item, !members.isEmpty {
                    var inner: [String] = []
                    item.block(at: depth + 2, style, &inner, using: &generator)
                    let first = inner.firstIndex { !$0.drop(while: { $0 == " " }).hasPrefix("#") } ?? 0
                    lines.append(contentsOf: inner[..<first])
                    lines.append(margin + "- " + inner[first].drop(while: { $0 == " " }))
                    lines.append(contentsOf: inner[(first + 1)...])
                } else {
                    lines.append(margin + "- " + item.inline(style, depth + 1, using: &generator))
                }
            }
        case .map(let members):
            for (key, value) in style.shufflesKeys ? members.shuffled(using: &generator) : members {
                if style.comments, Bool.random(using: &generator) { lines.append(margin + "# it's a \"comment\": [so") }
                let name = style.quotes && Bool.random(using: &generator) ? "\"\(key)\"" : key
                let comment = style.comments && Bool.random(using: &generator) ? "  # note: x" : ""
                switch value {
                case .text(let text):
                    let written = value.inline(style, depth + 1, using: &generator)
                    lines.append(margin + name + ": " + written + (text.contains("\n") ? "" : comment))
                default:
                    if style.brackets, Bool.random(using: &generator) {
                        lines.append(margin + name + ": " + value.inline(style, depth + 1, using: &generator) + comment)
                    } else {
                        lines.append(margin + name + ":" + comment)
                        var isList = false
                        if case .list = value { isList = true }
                        value.block(
                            at: depth + (isList && style.flushLists ? 0 : style.indent), style, &lines,
                            using: &generator)
                    }
                }
            }
        }
    }

    private func inline(_ style: Style, _ depth: Int, using generator: inout SeededGenerator) -> String {
        switch self {
        case .text(let text):
            let doubled =
                "\""
                + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
            guard !text.contains("\n") else { return doubled }
            let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || " /.".contains($0) } && text != "null"
            if isPlain && !style.quotes { return text }
            switch Int.random(in: 0..<(isPlain ? 4 : 3), using: &generator) {
            case 0: return doubled
            case 1: return "'" + text.replacing("'", with: "''") + "'"
            case 2:
                // Folded in the middle: a line break is a space.
                let parts = doubled.split(separator: " ", maxSplits: 1)
                return parts.count < 2
                    ? doubled : parts[0] + " \n" + String(repeating: " ", count: depth + 3) + parts[1]
            default: return text
            }
        case .list(let items):
            return "[" + items.map { $0.inline(style, depth, using: &generator) }.joined(separator: ", ") + "]"
        case .map(let members):
            let order = style.shufflesKeys ? members.shuffled(using: &generator) : members
            return "{"
                + order.map { "\($0.key): " + $0.value.inline(style, depth, using: &generator) }.joined(separator: ", ")
                + "}"
        }
    }
}
