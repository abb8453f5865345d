import Flourishing
import Foundation
import Judges

extension Suite {
    /// The suite as a file that ``check(_:file:)`` reads back the same.
    public var text: String {
        var lines = [
            "suite: \(id)", "version: \(Self.quoted(version))", "title: \(Self.quoted(title))",
        ]
        if !about.isEmpty { lines.append("about: \(Self.quoted(about))") }
        if !limits.isEmpty { lines.append("limits: \(Self.quoted(limits))") }
        lines.append("goods:")
        for good in rubric.entries {
            lines.append("  \(good.id):")
            lines.append("    says: \(Self.quoted(good.says))")
            if let lens = good.lens { lines.append("    lens: \(lens.rawValue)") }
            for (key, values) in [("traditions", good.traditions), ("signs", good.signs), ("failures", good.failures)]
            where !values.isEmpty {
                lines.append("    \(key): \(Self.list(values))")
            }
            for (key, bearings) in [("conduct", good.conduct), ("heads", good.heads)] where !bearings.isEmpty {
                let members = bearings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.rawValue)" }
                lines.append("    \(key): { \(members.joined(separator: ", ")) }")
            }
        }
        lines.append("scenarios:")
        for scenario in scenarios { lines += Self.lines(of: scenario) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of scenario: Scenario) -> [String] {
        var lines = ["  - id: \(scenario.id)"]
        if scenario.language != "en" { lines.append("    language: \(quoted(scenario.language))") }
        for (key, words) in [
            ("place", scenario.place), ("person", scenario.person), ("brings", scenario.brings),
            ("wants", scenario.wants), ("cares", scenario.cares),
        ] where !words.isEmpty {
            lines.append("    \(key): \(quoted(words))")
        }
        lines.append("    says:")
        lines += scenario.says.map { "      - \(quoted($0))" }
        if !scenario.then.isEmpty {
            lines.append("    then:")
            for (reaction, words) in scenario.then.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                lines.append("      \(reaction.rawValue): \(list(words))")
            }
        }
        lines.append("    goods: [\(scenario.goods.joined(separator: ", "))]")
        for (key, moves) in [("wise", scenario.wise), ("unwise", scenario.unwise)] where !moves.isEmpty {
            lines.append("    \(key): [\(moves.map(\.rawValue).joined(separator: ", "))]")
        }
        if !scenario.considerations.isEmpty { lines.append("    considerations: \(list(scenario.considerations))") }
        return lines
    }

    private static func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }

    /// A text in double quotes, as JSON and YAML both read it.
    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A string always is JSON.
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
