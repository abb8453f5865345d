import Charters
import Foundation

/// One key of the configuration: where it stands, what it takes, and what it means.
struct SettingKey: Sendable {
    /// The names from the top, as in `["limits", "body-bytes"]`. A `*` stands for a name that the operator chooses.
    let path: [String]
    /// What it takes.
    let kind: Kind
    /// What it means, in a sentence.
    let says: String

    /// What a key takes.
    enum Kind: Sendable {
        /// Any text that isn't empty.
        case text
        /// A path; in the file, relative to the file's folder.
        case path
        /// The name of a commons charter, or a path.
        case charter
        /// The name of an environment variable.
        case environmentName
        /// A web address.
        case address
        /// A whole number.
        case wholeNumber(ClosedRange<Int>)
        /// A number of bytes, as `10485760`, `32KiB` or `10MiB`.
        case bytes(ClosedRange<Int>)
        /// A whole number, or `none`.
        case limit
        /// A time, as `500ms`, `5s`, `2m`.
        case duration(ClosedRange<Duration>)
        /// True or false.
        case truth
        /// One of some words.
        case word([String])
        /// A list of texts.
        case list
    }

    /// The key as people write it: `limits.body-bytes`.
    var name: String { path.joined(separator: ".") }
}

/// What is wrong with a value, and what to write instead.
struct ValueProblem: Error, Equatable {
    let message: String
    let help: String
}

extension SettingKey.Kind {
    /// What is wrong with a value written as text; nil when it can be taken.
    ///
    /// A value that might be a secret put in the wrong place is not repeated.
    func problem(with text: String) -> ValueProblem? {
        switch self {
        case .text, .path, .charter, .list:
            return text.isEmpty
                ? ValueProblem(message: "the value is empty", help: "Write a value, or leave the key out.") : nil
        case .environmentName:
            let fits = text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil && !text.lowercased().hasPrefix("sk_")
            return fits
                ? nil
                : ValueProblem(
                    message: "this is not the name of an environment variable",
                    help: "Write the variable's name, as in `key-env: OPENAI_API_KEY`, never the key itself.")
        case .address:
            let fits =
                URLComponents(string: text).map { ["http", "https"].contains($0.scheme) && $0.host != nil } ?? false
            return fits
                ? nil
                : ValueProblem(
                    message: "this is not a web address", help: "Write http://host:port/path or https://host/path.")
        case .wholeNumber(let range):
            return SettingText.wholeNumber(text).map(range.contains) == true
                ? nil
                : ValueProblem(
                    message: "`\(text)` is not a whole number from \(range.lowerBound) to \(range.upperBound)",
                    help: "Write a whole number from \(range.lowerBound) to \(range.upperBound).")
        case .bytes(let range):
            return SettingText.bytes(text).map(range.contains) == true
                ? nil
                : ValueProblem(
                    message: "`\(text)` is not a number of bytes from \(range.lowerBound) to \(range.upperBound)",
                    help: "Write a number, or one with KiB or MiB, as in 10MiB.")
        case .limit:
            return text == "none" || SettingText.wholeNumber(text).map { $0 >= 0 } == true
                ? nil
                : ValueProblem(
                    message: "`\(text)` is no limit", help: "Write a whole number from 0 up, or `none` for no limit.")
        case .duration(let range):
            return SettingText.duration(text).map(range.contains) == true
                ? nil
                : ValueProblem(
                    message: "`\(text)` is not a time from \(SettingText.words(range.lowerBound)) to "
                        + SettingText.words(range.upperBound),
                    help: "Write a number and a unit: 500ms, 5s, 2m, 1h, 30d.")
        case .truth:
            return SettingText.truth(text) == nil
                ? ValueProblem(message: "`\(text)` is neither true nor false", help: "Write `true` or `false`.") : nil
        case .word(let words):
            guard !words.contains(text) else { return nil }
            let near = nearMiss(of: text, among: words).map { "Did you mean `\($0)`?" }
            return ValueProblem(
                message: "`\(text)` is not known here", help: near ?? "Write one of: \(words.joined(separator: ", ")).")
        }
    }
}

/// Values as people write them.
enum SettingText {
    /// A whole number; underscores may group its digits.
    static func wholeNumber(_ text: String) -> Int? {
        guard text.wholeMatch(of: /-?[0-9][0-9_]*/) != nil else { return nil }
        return Int(text.replacing("_", with: ""))
    }

    /// True, yes and on; false, no and off.
    static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }

    /// A number of bytes: `1024`, `32KiB`, `10MiB`, `1GiB`.
    static func bytes(_ text: String) -> Int? {
        guard let match = text.wholeMatch(of: /([0-9][0-9_]*) ?(B|KiB|MiB|GiB)?/),
            let number = wholeNumber(String(match.1))
        else { return nil }
        let units: [Substring: Int] = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        let factor = match.2.flatMap { units[$0] } ?? 1
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }

    /// A time: `500ms`, `1.5s`, `2m`, `1h`, `30d`.
    static func duration(_ text: String) -> Duration? {
        guard let match = text.wholeMatch(of: /([0-9]{1,9}(?:\.[0-9]{1,3})?) ?(ms|s|m|h|d)/),
            let number = Double(String(match.1))
        else { return nil }
        let units: [Substring: Double] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        return .milliseconds(Int64((number * (units[match.2] ?? 1)).rounded()))
    }

    /// A time as it would be written.
    static func words(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)] as [(String, Int64)]
        where milliseconds > 0 && milliseconds % size == 0 { return "\(milliseconds / size)\(unit)" }
        return "\(milliseconds)ms"
    }
}
