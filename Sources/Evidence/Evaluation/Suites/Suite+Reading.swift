public import Charters
import Flourishing
import Judges

extension Suite {
    /// The largest file of a suite that is read, in bytes: 4 MiB.
    public static let maximumBytes = 4 << 20

    /// Reads a suite from the bytes of its file, and tells everything that is wrong or doubtful in it.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8, in the same plain part of YAML as charters; at most ``maximumBytes``.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Returns: The suite, when there is no error, and all problems in the order of the file.
    public static func check(
        _ bytes: some Sequence<UInt8>, file: String
    ) -> (suite: Suite?, diagnostics: [Diagnostic]) {
        let source = SourceFile(bytes, file: file, maximumBytes: maximumBytes, kind: "a suite")
        var reader = SuiteReader(log: source.log)
        let suite = reader.suite(source.root)
        return (reader.log.hasErrors ? nil : suite, reader.log.inFileOrder)
    }

    /// Reads a suite from its text.
    ///
    /// - Returns: The suite, and what is doubtful in it.
    /// - Throws: ``SuiteError`` with every problem, when there is an error among them.
    public static func read(
        _ text: String, file: String
    ) throws(SuiteError) -> (suite: Suite, warnings: [Diagnostic]) {
        let (suite, diagnostics) = check(text.utf8, file: file)
        guard let suite else { throw SuiteError(diagnostics: diagnostics) }
        return (suite, diagnostics)
    }
}

/// Turns the values of a file into a suite, and notes everything that is wrong on the way.
struct SuiteReader {
    var log: DiagnosticLog
    private let isPartial: Bool
    private var goods: [String] = []

    init(log: DiagnosticLog) {
        self.log = log
        isPartial = log.hasErrors
    }

    static let suiteKeys = ["suite", "version", "title", "about", "limits", "goods", "scenarios"]
    static let goodKeys = ["says", "lens", "circle", "traditions", "signs", "failures", "conduct", "heads"]
    static let scenarioKeys = [
        "id", "place", "language", "person", "brings", "wants", "cares", "says", "then", "goods", "wise", "unwise",
        "considerations",
    ]

    mutating func suite(_ root: SourceNode?) -> Suite? {
        guard let root, !isEmpty(root) else {
            if !isPartial {
                log.error(
                    "empty-file", at: 0..<0, "The file is empty.", help: "A suite begins with `suite: owner/name`.")
            }
            return nil
        }
        guard
            let fields = mapping(
                root, "A suite", keys: Self.suiteKeys, needed: ["suite", "goods", "scenarios"], at: root.span)
        else { return nil }
        let id = fields["suite"].flatMap { name($0.value) } ?? ""
        var entries: [Rubric.Entry] = []
        if let entry = fields["goods"] { entries = rubric(entry) }
        goods = entries.map(\.id)
        let scenarios = fields["scenarios"].map { self.scenarios($0) } ?? []
        return Suite(
            id: id, version: text(fields["version"]) ?? "0.1.0", title: text(fields["title"]) ?? id,
            about: text(fields["about"]) ?? "", limits: text(fields["limits"]) ?? "", rubric: Rubric(entries),
            scenarios: scenarios)
    }

    func isEmpty(_ node: SourceNode) -> Bool {
        switch node.form {
        case .empty, .broken: true
        case .text, .list, .map: false
        }
    }

    private mutating func name(_ node: SourceNode) -> String? {
        guard let name = text(node, "The suite's name") else { return nil }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ Self.isName($0) }) else {
            log.error(
                "bad-name", at: node.span, "`\(name.prefix(80))` is no name of a suite.",
                help: "Write who answers for it, a slash, and what it is called, as in `riverside/homework`.")
            return nil
        }
        return name
    }

    static func isName(_ text: some StringProtocol) -> Bool {
        let letters = Array(text.utf8)
        return (1...64).contains(letters.count) && letters.first != UInt8(ascii: "-")
            && letters.last != UInt8(ascii: "-")
            && letters.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    // MARK: Goods

    private mutating func rubric(_ entry: SourceEntry) -> [Rubric.Entry] {
        guard case .map(let goods) = entry.value.form else {
            wrongType(
                entry.value, "`goods` is a mapping of names to goods", "Write a good's name, and under it `says:`.")
            return []
        }
        var entries: [Rubric.Entry] = []
        var seen: Set<String> = []
        for good in goods {
            guard Self.isName(good.key) else {
                log.error(
                    "bad-name", at: good.keySpan, "`\(good.key.prefix(80))` is no name of a good.",
                    help: "Use lower-case letters, digits and hyphens, as in `own-choice`.")
                continue
            }
            guard seen.insert(good.key).inserted else {
                log.error(
                    "duplicate-key", at: good.keySpan, "The good `\(good.key)` stands here twice.",
                    help: "Take one of them away, or give it another name.")
                continue
            }
            guard
                let fields = mapping(
                    good.value, "The good `\(good.key)`", keys: Self.goodKeys, needed: ["says"], at: good.keySpan)
            else { continue }
            if fields["signs"] == nil, fields["failures"] == nil {
                log.warning(
                    "no-signs", at: good.keySpan, "A judge isn't told how a reply serves or fails `\(good.key)`.",
                    help: "Add `signs:` and `failures:`, each a list of phrases.")
            }
            entries.append(
                Rubric.Entry(
                    id: good.key, says: text(fields["says"]) ?? "", signs: texts(fields["signs"]),
                    failures: texts(fields["failures"]),
                    lens: fields["lens"].flatMap { choice($0.value, among: Lens.allCases, "a lens") },
                    traditions: texts(fields["traditions"]),
                    conduct: bearings(fields["conduct"], of: ConductSignal.allCases.map(\.rawValue)),
                    heads: bearings(fields["heads"], of: HeadDefinition.all.map(\.name))))
        }
        if entries.isEmpty, !isPartial, goods.isEmpty {
            log.error(
                "no-goods", at: entry.keySpan, "A suite needs at least one good.",
                help: "Write its name, and under it `says:` with one sentence.")
        }
        return entries
    }

    private mutating func bearings(_ entry: SourceEntry?, of known: [String]) -> [String: Rubric.Bearing] {
        guard let entry else { return [:] }
        guard case .map(let members) = entry.value.form else {
            wrongType(
                entry.value, "`\(entry.key)` is a mapping of signals to `helps` or `harms`",
                "Write as in `{ asks-question: helps }`.")
            return [:]
        }
        var bearings: [String: Rubric.Bearing] = [:]
        for member in members {
            guard let bearing = choice(member.value, among: Rubric.Bearing.allCases, "how a signal bears on a good")
            else { continue }
            guard known.contains(member.key) else {
                let near = nearMiss(of: member.key, among: known).map { "Did you mean `\($0)`?" }
                log.error(
                    "unknown-name", at: member.keySpan,
                    "`\(member.key.prefix(80))` is none of the \(entry.key == "heads" ? "heads" : "signals").",
                    help: near ?? "It is one of: \(known.joined(separator: ", ")).")
                continue
            }
            if bearings.updateValue(bearing, forKey: member.key) != nil {
                log.error(
                    "duplicate-key", at: member.keySpan, "`\(member.key.prefix(80))` stands here twice.",
                    help: "Take one of them away.")
            }
        }
        return bearings
    }

    // MARK: Scenarios

    private mutating func scenarios(_ entry: SourceEntry) -> [Scenario] {
        guard case .list(let nodes) = entry.value.form, !nodes.isEmpty else {
            wrongType(
                entry.value, "`scenarios` is a list with at least one scenario", "Begin each with `- id:` on its line.")
            return []
        }
        var seen: Set<String> = []
        var scenarios: [Scenario] = []
        for node in nodes {
            guard let scenario = scenario(node) else { continue }
            if !seen.insert(scenario.id).inserted {
                log.error(
                    "duplicate-id", at: node.span, "Two scenarios are called `\(scenario.id)`.",
                    help: "Give each its own `id`: results are kept under it.")
            }
            scenarios.append(scenario)
        }
        return scenarios
    }

    private mutating func scenario(_ node: SourceNode) -> Scenario? {
        guard
            let fields = mapping(
                node, "A scenario", keys: Self.scenarioKeys, needed: ["id", "says"], at: node.span)
        else { return nil }
        guard let idEntry = fields["id"], let id = text(idEntry), Self.isName(id) else {
            if let entry = fields["id"] {
                log.error(
                    "bad-name", at: entry.value.span, "This is no name of a scenario.",
                    help: "Use lower-case letters, digits and hyphens, as in `the-family-shop`.")
            }
            return nil
        }
        let says = texts(fields["says"])
        if says.isEmpty, let entry = fields["says"], case .list(let nodes) = entry.value.form, nodes.isEmpty {
            log.error(
                "missing-key", at: entry.value.span, "The scenario `\(id)` has no message.",
                help: "Write at least one under `says:`.")
        }
        let stakes = texts(fields["goods"])
        for good in stakes where !goods.contains(good) {
            let near = nearMiss(of: good, among: goods)
            log.error(
                "unknown-good", at: fields["goods"]?.value.span ?? node.span,
                "The scenario `\(id)` has `\(good.prefix(80))` at stake, and the suite knows no such good.",
                help: near.map { "Did you mean `\($0)`?" } ?? "Add it under the suite's `goods:`.")
        }
        let wise = moves(fields["wise"])
        let unwise = moves(fields["unwise"])
        if let both = wise.first(where: { unwise.contains($0) }) {
            log.error(
                "contradiction", at: fields["unwise"]?.value.span ?? node.span,
                "The move `\(both.rawValue)` is wise and unwise in `\(id)`.", help: "Take it out of one list.")
        }
        return Scenario(
            id: id, place: text(fields["place"]) ?? "", language: text(fields["language"]) ?? "en",
            person: text(fields["person"]) ?? "", brings: text(fields["brings"]) ?? "",
            wants: text(fields["wants"]) ?? "", cares: text(fields["cares"]) ?? "", says: says,
            then: reactions(fields["then"]), goods: stakes.isEmpty ? goods : stakes, wise: wise, unwise: unwise,
            considerations: texts(fields["considerations"]))
    }

    private mutating func reactions(_ entry: SourceEntry?) -> [Scenario.Reaction: [String]] {
        guard let entry else { return [:] }
        let names = Scenario.Reaction.allCases.map(\.rawValue)
        guard let fields = mapping(entry.value, "`then`", keys: names, needed: [], at: entry.keySpan) else {
            return [:]
        }
        var reactions: [Scenario.Reaction: [String]] = [:]
        for reaction in Scenario.Reaction.allCases {
            let said = texts(fields[reaction.rawValue])
            if !said.isEmpty { reactions[reaction] = said }
        }
        return reactions
    }

    private mutating func moves(_ entry: SourceEntry?) -> [Move] {
        guard let entry else { return [] }
        guard case .list(let nodes) = entry.value.form else {
            return choice(entry.value, among: Move.allCases, "a move").map { [$0] } ?? []
        }
        return nodes.compactMap { choice($0, among: Move.allCases, "a move") }
    }
}
