extension Collection<Diagnostic> {
    /// The problems in SARIF 2.1.0 (OASIS, 2020), the form in which editors and CI take in what a compiler found.
    ///
    /// Each kind of problem is a rule with a help text; each problem points to its place in the file, in Unicode
    /// scalars, and carries what to do about it in its message.
    ///
    /// - Parameters:
    ///   - version: The version of Trellis that found them.
    ///   - guide: An address where the language is described, for each rule to point to. Nil: the rules' own words do.
    /// - Returns: A JSON document, indented, with a newline at its end.
    public func sarif(version: String, guide: String? = nil) -> String {
        let codes = Set(map(\.code)).sorted()
        let places = Dictionary(codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let rules = codes.map { code in
            CanonicalJSON.object(
                [
                    ("id", .text(code)),
                    ("name", .text(code.split(separator: "-").map(\.description.capitalizedFirst).joined())),
                    ("shortDescription", .object([("text", .text(DiagnosticKind.says(code)))])),
                    (
                        "help",
                        .object([
                            ("text", .text(DiagnosticKind.says(code) + " Each result says what to write instead."))
                        ])
                    ),
                ] + (guide.map { [("helpUri", .text($0))] } ?? []))
        }
        let results = map { problem in
            CanonicalJSON.object([
                ("ruleId", .text(problem.code)),
                ("ruleIndex", .integer(places[problem.code] ?? 0)),
                ("level", .text(problem.severity.rawValue)),
                ("message", .object([("text", .text("\(problem.message.printable) \(problem.help.printable)"))])),
                ("locations", .list([problem.location])),
            ])
        }
        let driver = CanonicalJSON.object(
            [
                ("name", .text("trellis")), ("semanticVersion", .text(version)), ("rules", .list(rules)),
            ] + (guide.map { [("informationUri", .text($0))] } ?? []))
        return CanonicalJSON.object([
            (
                "$schema",
                .text("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
            ),
            ("version", .text("2.1.0")),
            (
                "runs",
                .list([
                    .object([
                        ("tool", .object([("driver", driver)])),
                        ("columnKind", .text("unicodeCodePoints")),
                        ("results", .list(results)),
                    ])
                ])
            ),
        ]).indented
    }

    /// The problems as a JSON list: `severity`, `file`, `line`, `column`, `length`, `code`, `message` and `help` of
    /// each, as ``Diagnostic`` has them.
    ///
    /// - Returns: A JSON document, indented, with a newline at its end.
    public func json() -> String {
        CanonicalJSON.list(
            map { problem in
                .object([
                    ("severity", .text(problem.severity.rawValue)), ("file", .text(problem.file)),
                    ("line", .integer(problem.line)), ("column", .integer(problem.column)),
                    ("length", .integer(problem.length)), ("code", .text(problem.code)),
                    ("message", .text(problem.message)), ("help", .text(problem.help)),
                ])
            }
        ).indented
    }
}

extension Diagnostic {
    /// The place in SARIF. A problem with the file as a whole has no region.
    fileprivate var location: CanonicalJSON {
        var physical: [(key: String, value: CanonicalJSON)] = [
            ("artifactLocation", .object([("uri", .text(file.asURIReference))]))
        ]
        if line > 0 {
            physical.append(
                (
                    "region",
                    .object([
                        ("startLine", .integer(line)), ("startColumn", .integer(Swift.max(1, column))),
                        ("endColumn", .integer(Swift.max(1, column) + length)),
                    ])
                ))
        }
        return .object([("physicalLocation", .object(physical))])
    }
}

extension String {
    /// A file's name as a reference of RFC 3986: an absolute path becomes a `file:` address, and what a reference
    /// can't hold is percent-encoded.
    fileprivate var asURIReference: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        let path = String(decoding: bytes, as: UTF8.self)
        return hasPrefix("/") ? "file://" + path : path
    }
}
