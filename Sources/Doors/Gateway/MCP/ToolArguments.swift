import Consents
import Foundation
import Memory

/// What a tool was given, read strictly: a member that it doesn't know, or of another type, is refused with what to write.
struct ToolArguments: Sendable {
    private let members: JSONObject

    init(_ members: JSONObject, of tool: MCPTool) throws(ToolRefusal) {
        let known = tool.takes.members.map(\.key)
        for member in members.members where !known.contains(member.key) {
            throw ToolRefusal("\(tool.name) takes no argument of that name. It takes \(known.joined(separator: ", ")).")
        }
        for need in tool.needs where members[need] == nil || members[need] == .null {
            throw ToolRefusal("`\(need)` is missing.")
        }
        self.members = members
    }

    /// A member; a null counts as absent.
    private func value(_ name: String) -> JSONValue? { JSONValue.object(members)[name] }

    /// A text of 1 to `most` characters.
    func text(_ name: String, most: Int) throws(ToolRefusal) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string, !text.allSatisfy(\.isWhitespace), text.count <= most else {
            throw ToolRefusal("`\(name)` must be a text of 1 to \(most) characters.")
        }
        return text
    }

    /// A whole number within bounds.
    func whole(_ name: String, in bounds: ClosedRange<Int>) throws(ToolRefusal) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.whole, bounds.contains(number) else {
            throw ToolRefusal("`\(name)` must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound).")
        }
        return number
    }

    /// A share of one.
    func share(_ name: String) throws(ToolRefusal) -> Double? {
        guard let value = value(name) else { return nil }
        guard let number = value.fraction, (0...1).contains(number) else {
            throw ToolRefusal("`\(name)` must be a number from 0 to 1.")
        }
        return number
    }

    /// One word out of a few.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of: Choice.Type
    ) throws(ToolRefusal) -> Choice? {
        guard let value = value(name) else { return nil }
        guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
            throw ToolRefusal("`\(name)` must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return choice
    }

    /// Kinds of items, at least one.
    func kinds(_ name: String) throws(ToolRefusal) -> Set<MemoryItem.Kind>? {
        guard let value = value(name) else { return nil }
        let all = MemoryItem.Kind.allCases
        let kinds = value.array.map { $0.map { $0.string.flatMap(MemoryItem.Kind.init(rawValue:)) } } ?? []
        let read = Set(kinds.compactMap { $0 })
        guard !kinds.isEmpty, kinds.count <= all.count, !kinds.contains(nil) else {
            throw ToolRefusal("`\(name)` must be a list of some of \(all.map(\.rawValue).joined(separator: ", ")).")
        }
        return read
    }

    /// The id of an item.
    func item(_ name: String) throws(ToolRefusal) -> MemoryItem.ID? {
        guard let value = value(name) else { return nil }
        guard let id = value.string.flatMap({ MemoryItem.ID($0) }) else {
            throw ToolRefusal(
                "`\(name)` must be an item's id, 26 letters and digits, as recall and list_memory give it.")
        }
        return id
    }

    /// A day, in milliseconds since 1970: the first of it by universal time.
    func day(_ name: String) throws(ToolRefusal) -> Int64? {
        guard let value = value(name) else { return nil }
        guard let moment = value.string.flatMap({ WrittenDay.moment($0) }) else {
            throw ToolRefusal("`\(name)` must be a day as in 2026-12-01, from 1583 to 9999.")
        }
        return moment
    }
}

/// Days as assistants write them: 2026-12-01, by universal time.
enum WrittenDay {
    private static let style = Date.ISO8601FormatStyle.iso8601.year().month().day().dateSeparator(.dash)

    /// The day's first millisecond since 1970; nil for what is no day.
    static func moment(_ text: String) -> Int64? {
        guard text.utf8.count == 10, let date = try? Date(text, strategy: style) else { return nil }
        let moment = Int64(date.timeIntervalSince1970 * 1_000)
        // The 31st of June may be read as the 1st of July.
        return self.text(moment) == text && text >= "1583" ? moment : nil
    }

    /// The day of a moment.
    static func text(_ moment: Int64) -> String {
        Date(timeIntervalSince1970: Double(moment) / 1_000).formatted(style)
    }
}
