import Charters
import Flourishing
import Judges

extension RunResults {
    /// Every estimate as comma-separated values (RFC 4180): a row for each sample, judge and good, in the plan's order.
    ///
    /// An empty `value` is an estimate that isn't there; `note` says why. A text that a spreadsheet would take for a
    /// formula begins with an apostrophe.
    public func csv(_ sink: (String) throws -> Void) rethrows {
        try sink(
            "suite,scenario,model,governance,seed,judge,good,value,lower,upper,coverage,first_move,milliseconds,note\r\n"
        )
        try forEachRecord { key, record in
            let front = [key.suite, key.scenario, key.model, key.governance].map(Self.cell)
            let move = record.firstMove.map { Self.cell(book.moves[$0]) } ?? ""
            func row(_ middle: [String], _ note: String) -> String {
                (front + ["\(key.seed)"] + middle + [move, "\(record.took)", Self.cell(note)]).joined(separator: ",")
                    + "\r\n"
            }
            if let failure = record.failure {
                try sink(row(["", "", "", "", "", ""], book.reasons[failure]))
                return
            }
            for entry in record.entries {
                let names = [plan.judges[Int(entry.judge)].name, book.goods[entry.good]].map(Self.cell)
                if let estimate = entry.estimate {
                    let numbers = [estimate.value, estimate.lower, estimate.upper, estimate.coverage]
                    try sink(row(names + numbers.map { "\($0)" }, ""))
                } else {
                    try sink(row(names + ["", "", "", ""], book.reasons[entry.reason]))
                }
            }
        }
    }

    /// The run for a build server, in JUnit's XML: a suite for each cell, a case for each conversation. A conversation
    /// that failed is an error; how good one was is a property, since no estimate passes or fails by itself.
    public func junit(_ sink: (String) throws -> Void) rethrows {
        try sink("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"trellis evaluate\">\n")
        for cell in cells {
            let failures = cell.failures.values.reduce(0, +)
            try sink(
                "<testsuite name=\"\("\(cell.suite), \(cell.name)".escapedForXML)\" tests=\"\(cell.finished + failures)\" failures=\"0\" errors=\"\(failures)\" time=\"\(Self.seconds(cell.took))\">\n"
            )
            try forEachRecord(in: cell) { key, record in
                let name = "\(key.scenario), seed \(key.seed)"
                var text =
                    "<testcase classname=\"\("\(cell.suite).\(cell.name)".escapedForXML)\" name=\"\(name.escapedForXML)\" time=\"\(Self.seconds(record.took))\">"
                if let failure = record.failure {
                    text += "<error message=\"\(book.reasons[failure].escapedForXML)\"/>"
                } else if !record.entries.isEmpty {
                    text += "<properties>"
                    for entry in record.entries {
                        let name = "\(plan.judges[Int(entry.judge)].name): \(book.goods[entry.good])"
                        let value =
                            entry.estimate.map { "\($0.value) (\($0.lower) to \($0.upper))" }
                            ?? "no estimate: \(book.reasons[entry.reason])"
                        text += "<property name=\"\(name.escapedForXML)\" value=\"\(value.escapedForXML)\"/>"
                    }
                    text += "</properties>"
                }
                try sink(text + "</testcase>\n")
            }
            try sink("</testsuite>\n")
        }
        try sink("</testsuites>\n")
    }

    /// Calls with every sample that is there, in the plan's order.
    func forEachRecord(
        in cell: Cell? = nil, _ body: (SampleKey, SampleBook.Record) throws -> Void
    ) rethrows {
        for suite in plan.suites where cell.map({ $0.suite == suite.id }) ?? true {
            for scenario in suite.scenarios {
                for seed in plan.seeds {
                    for model in plan.models where cell.map({ $0.model == model.label }) ?? true {
                        for governance in plan.governances where cell.map({ $0.governance == governance.label }) ?? true
                        {
                            let key = SampleKey(
                                suite: suite.id, scenario: scenario, model: model.label, governance: governance.label,
                                seed: seed)
                            if let record = book.places.place(of: key).flatMap({ book.records[$0] }) {
                                try body(key, record)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func cell(_ text: String) -> String {
        let safe = text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    static func seconds(_ milliseconds: Int64) -> String { "\(Double(milliseconds) / 1_000)" }
}

extension [PairedComparison] {
    /// Comparisons for a build server, in JUnit's XML: a suite for each comparison, a case for its conversations and one
    /// for each good, which fail when they don't pass the gate.
    ///
    /// - Parameters:
    ///   - gate: When a good passes.
    ///   - leftOut: What two runs don't have in common, if that is to fail: a case of its own.
    public func junit(_ gate: BuildGate, leftOut: [RunDifference] = []) -> String {
        func testcase(_ of: String, _ name: String, _ words: String, fails: Bool) -> String {
            "<testcase classname=\"\(of.escapedForXML)\" name=\"\(name.escapedForXML)\">"
                + (fails
                    ? "<failure message=\"\(words.escapedForXML)\"/>"
                    : "<system-out>\(words.escapedForXML)</system-out>") + "</testcase>\n"
        }
        func suite(_ name: String, _ cases: [String], failures: Int) -> String {
            "<testsuite name=\"\(name.escapedForXML)\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\">\n"
                + cases.joined() + "</testsuite>\n"
        }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"trellis evaluate compare\">\n"
        if !leftOut.isEmpty {
            text += suite(
                "what both runs have",
                leftOut.map { testcase($0.kind.rawValue, $0.name, $0.words, fails: true) }, failures: leftOut.count)
        }
        for one in self {
            let lacks = gate.lacksConversations(one)
            text += suite(
                "\(one.to.name) beside \(one.from.name), by \(one.judge.name)",
                [testcase("conversations", "conversations", one.conversationsWords, fails: lacks)]
                    + one.goods.map {
                        testcase($0.suite, $0.good, gate.sentence($0), fails: gate.fault(of: $0) != nil)
                    }, failures: one.goods.count { gate.fault(of: $0) != nil } + (lacks ? 1 : 0))
        }
        return text + "</testsuites>\n"
    }
}

extension String {
    /// The text for XML, inside an element or an attribute. What XML has no place for is shown as a picture, as in HTML.
    var escapedForXML: String {
        let kept = unicodeScalars.filter { $0.value != 0xFFFE && $0.value != 0xFFFF }
        return String(String.UnicodeScalarView(kept)).escapedForHTML
    }
}
