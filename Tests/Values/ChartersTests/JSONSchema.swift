import Foundation
import Yams

/// As much of JSON Schema 2020-12 as the language's schema uses. An unknown keyword is an error, so that the schema
/// can't come to lean on something that isn't looked at.
struct JSONSchema {
    private let root: [String: Any]

    struct Unreadable: Error {}

    init(_ text: String) throws {
        guard let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw Unreadable()
        }
        self.root = root
    }

    func definition(_ name: String) -> [String: Any]? {
        (root["$defs"] as? [String: [String: Any]])?[name]
    }

    /// What is wrong with a YAML text, or nil.
    func problem(in yaml: String) -> String? {
        do {
            guard let value = try Yams.load(yaml: yaml, .basic) else { return "nothing" }
            return problem(value, root, at: "")
        } catch {
            return "\(error)"
        }
    }

    private func problem(_ value: Any, _ schema: [String: Any], at path: String) -> String? {
        for (keyword, rule) in schema {
            if let problem = problem(value, keyword, rule, schema, at: path) { return problem }
        }
        return nil
    }

    private func problem(_ value: Any, _ keyword: String, _ rule: Any, _ schema: [String: Any], at path: String)
        -> String?
    {
        func fits(_ rule: Any) -> Bool { problem(value, rule as? [String: Any] ?? [:], at: path) == nil }
        let map = value as? [String: Any]
        switch keyword {
        case "$schema", "$id", "title", "description", "$defs", "examples", "then", "else": return nil
        case "type":
            let types = rule as? [String] ?? [rule as? String ?? ""]
            return types.contains { Self.isOf($0, value) } ? nil : "\(path): not \(types)"
        case "$ref":
            let name = (rule as? String ?? "").replacing("#/$defs/", with: "")
            guard let target = definition(name) else { return "no definition \(name)" }
            return problem(value, target, at: path)
        case "if":
            return problem(value, schema[fits(rule) ? "then" : "else"] as? [String: Any] ?? [:], at: path)
        case "not": return fits(rule) ? "\(path): not" : nil
        case "anyOf": return (rule as? [Any] ?? []).contains(where: fits) ? nil : "\(path): none of anyOf"
        case "required":
            guard let map else { return nil }
            return (rule as? [String] ?? []).first { map[$0] == nil }.map { "\(path): no \($0)" }
        case "enum":
            return (rule as? [String] ?? []).contains { $0 == value as? String } ? nil : "\(path): not one of the words"
        case "properties":
            for (key, inner) in map ?? [:] {
                guard let rule = (rule as? [String: [String: Any]])?[key] else { continue }
                if let problem = problem(inner, rule, at: path + "/" + key) { return problem }
            }
            return nil
        case "additionalProperties":
            let known = (schema["properties"] as? [String: Any] ?? [:]).keys
            for (key, inner) in map ?? [:] where !known.contains(key) {
                guard let rule = rule as? [String: Any] else { return "\(path): unknown \(key)" }
                if let problem = problem(inner, rule, at: path + "/" + key) { return problem }
            }
            return nil
        case "propertyNames":
            for key in (map ?? [:]).keys {
                if let problem = problem(key, rule as? [String: Any] ?? [:], at: path) { return problem }
            }
            return nil
        case "items":
            for (index, item) in (value as? [Any] ?? []).enumerated() {
                if let problem = problem(item, rule as? [String: Any] ?? [:], at: "\(path)/\(index)") { return problem }
            }
            return nil
        case "minItems":
            return (value as? [Any]).map { $0.count >= rule as? Int ?? 0 } ?? true ? nil : "\(path): too few"
        case "pattern":
            guard let text = value as? String, let expression = try? Regex(rule as? String ?? "") else { return nil }
            return text.contains(expression) ? nil : "\(path): \(text) isn't \(rule)"
        case "minimum", "maximum":
            // Every scalar comes as a text from Yams here, so that numbers are looked at by their pattern and value.
            guard let number = Double(value as? String ?? ""), let bound = rule as? Double else { return nil }
            return (keyword == "minimum" ? number >= bound : number <= bound) ? nil : "\(path): out of range"
        default: return "unknown keyword \(keyword)"
        }
    }

    private static func isOf(_ type: String, _ value: Any) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        default: false
        }
    }
}
