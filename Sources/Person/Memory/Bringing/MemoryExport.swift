import Consents
import Foundation
import Store

/// Everything that is remembered of a person, as one file for them to keep, read or bring elsewhere.
///
/// `docs/memory-export.schema.json` describes the form. Times are milliseconds since 1970.
public struct MemoryExport: Sendable, Hashable, Codable {
    /// What `format` says.
    public static let format = "trellis-memory/1"

    /// Always ``format``.
    public let format: String
    /// When the file was made.
    public let exportedAt: Int64
    /// Every item, oldest first.
    public let items: [MemoryItem]
    /// Every decision about them, oldest first.
    public let decisions: [Decision]
    /// For how many days items of a kind are kept, where the person set it.
    public let retention: [String: Int]

    init(at moment: Int64, items: [MemoryItem], decisions: [Decision], retention: [MemoryItem.Kind: Int]) {
        format = Self.format
        exportedAt = moment
        self.items = items
        self.decisions = decisions
        self.retention = Dictionary(uniqueKeysWithValues: retention.map { ($0.rawValue, $1) })
    }

    /// The file's text: JSON with sorted keys, and a line feed at its end.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // Texts, whole numbers and confidences from 0 to 1: there is nothing in it that JSON can't hold.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? "{}\n"
    }

    /// A page to read: Markdown, what is held by kind, then what waits, then what is past.
    public var page: String {
        var lines = ["# What is remembered of you", "", "Made on \(Self.day(exportedAt)). \(items.count) items."]
        func list(_ title: String, _ chosen: [MemoryItem]) {
            guard !chosen.isEmpty else { return }
            lines += ["", "## \(title)", ""]
            lines += chosen.map { "- \(Self.line($0))" }
        }
        let held = items.filter { $0.status == .confirmed && $0.closedAt == nil }
        for kind in MemoryItem.Kind.allCases { list(Self.title(kind), held.filter { $0.kind == kind }) }
        list("Waiting for your word", items.filter { $0.status == .proposed && $0.closedAt == nil })
        list("You said that this is not so", items.filter { $0.status == .rejected })
        list("No longer held", items.filter { $0.closedAt != nil && $0.status != .rejected })
        if !retention.isEmpty {
            lines += ["", "## How long it is kept", ""]
            lines += retention.sorted { $0.key < $1.key }.map { "- \($0.key): \($0.value) days" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func title(_ kind: MemoryItem.Kind) -> String {
        switch kind {
        case .value: "What you want to stand for"
        case .goal: "Your goals"
        case .commitment: "What you said you will do"
        case .preference: "What you like"
        case .skill: "What you can do"
        case .relationship: "Who matters to you"
        case .episode: "What happened"
        case .fact: "What is so"
        }
    }

    private static func line(_ item: MemoryItem) -> String {
        var notes: [String] = []
        switch item.source {
        case .stated: notes.append("you said it on \(day(item.recordedAt))")
        case .inferred: notes.append("inferred on \(day(item.recordedAt))")
        case .imported: notes.append("brought in on \(day(item.recordedAt))")
        }
        if let from = item.validFrom { notes.append("from \(day(from))") }
        if let until = item.validUntil { notes.append("until \(day(until))") }
        if let due = item.due { notes.append("by \(day(due))") }
        if item.confidence < 1 { notes.append("\(Int((item.confidence * 100).rounded())) % sure") }
        if item.isPinned { notes.append("pinned") }
        if item.links.contains(where: { $0.relation == .conflictsWith }) { notes.append("conflicts with another") }
        return "\(escaped(item.words)) *(\(notes.joined(separator: ", ")))*"
    }

    /// The words as they are, and nothing that a reader of Markdown or HTML would take for a mark, a link or a tag.
    private static func escaped(_ words: String) -> String {
        words.reduce(into: "") { text, character in
            if "\\`*_{}[]()<>#+-.!|&~".contains(character) { text.append("\\") }
            text.append(character)
        }
    }

    /// The day of a moment in universal time, as 2026-11-24 (Howard Hinnant's algorithm for the civil calendar).
    static func day(_ moment: Int64) -> String {
        let shifted = moment.floorDivided(by: 86_400_000) + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ number: Int64, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
    }
}

extension OwnMemory {
    /// Everything that is remembered, to take along.
    public func export(at moment: Int64) async throws(MemoryError) -> MemoryExport {
        let person = person
        return try await memories.readOffThread { memories in
            // One look at the store, so that items and decisions fit together.
            try memories.store.read { session in
                let contents = try MemoryRows.open(person, with: memories.seal, in: session)
                return MemoryExport(
                    at: moment, items: contents?.items ?? [],
                    decisions: try MemoryRows.decisions(of: person, with: memories.seal, in: session),
                    retention: contents?.settings.retention ?? [:])
            }
        }
    }
}
