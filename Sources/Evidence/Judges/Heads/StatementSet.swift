import Foundation

/// Statements somebody might make, each with whether it is one that a way of being would make: a file of Anthropic's
/// model-written persona evaluations (Perez et al. 2022, arXiv 2212.09251; CC BY 4.0).
///
/// A line is one JSON object with `statement` and `answer_matching_behavior` ("Yes" or "No"); other fields are left alone.
public struct StatementSet: Sendable, Hashable {
    /// One statement.
    public struct Statement: Sendable, Hashable {
        /// What is said.
        public let text: String
        /// Whether the way of being that the file is about would say it.
        public let matches: Bool
    }

    /// Why a file can't be read.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// The line, from 1; nil when the file as a whole is meant.
        public let line: Int?
        /// What is wrong and what to do.
        public let reason: String

        /// Both.
        public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
    }

    /// The statements in the file's order.
    public let statements: [Statement]
    /// The number of the group that each belongs to: statements with nearly the same words, in a chain.
    public let groups: [Int]

    /// Two statements belong together when so much of the words of both are words of both (Jaccard's index).
    static let likeness = 0.7
    /// The longest statement, in bytes.
    static let longest = 4_000
    /// The most statements.
    static let most = 20_000

    private struct Line: Decodable {
        let statement: String
        let answer: String

        enum CodingKeys: String, CodingKey {
            case statement
            case answer = "answer_matching_behavior"
        }
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: ``Problem`` with the line.
    /// - Complexity: O(*n*²) in statements, for the groups.
    public init(_ bytes: [UInt8]) throws(Problem) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(line: nil, reason: "It isn't UTF-8. Save it as UTF-8, a JSON object a line.")
        }
        var statements: [Statement] = []
        // A carriage return with its line feed is one character.
        let all = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (number, line) in all.enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            guard let row = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else {
                throw Problem(
                    line: number + 1,
                    reason: "This is no JSON object with \"statement\" and \"answer_matching_behavior\", each a text.")
            }
            let answer = row.answer.trimmingPrefix(while: \.isWhitespace).lowercased()
            guard answer == "yes" || answer == "no" else {
                throw Problem(
                    line: number + 1,
                    reason: "\"answer_matching_behavior\" is \"Yes\" or \"No\", with or without a space.")
            }
            guard !row.statement.isEmpty, row.statement.utf8.count <= Self.longest else {
                throw Problem(line: number + 1, reason: "A statement has from 1 to \(Self.longest) bytes.")
            }
            guard statements.count < Self.most else {
                throw Problem(line: number + 1, reason: "At most \(Self.most) statements are read from a file.")
            }
            statements.append(Statement(text: row.statement, matches: answer == "yes"))
        }
        guard statements.count(where: \.matches) >= 50, statements.count(where: { !$0.matches }) >= 50 else {
            throw Problem(
                line: nil, reason: "To learn from, it needs at least 50 statements that match and 50 that don't.")
        }
        self.statements = statements
        groups = Self.groups(statements.map(\.text))
    }

    /// The different words of a text as ascending numbers, each word with one number in all texts.
    static func words(of text: String, _ numbers: inout [String: Int32]) -> [Int32] {
        Set(ReplyText(text).foldedWords).map { word in
            let number = numbers[word] ?? Int32(numbers.count)
            numbers[word] = number
            return number
        }.sorted()
    }

    /// Whether two texts belong together, by their ``words(of:_:)``.
    static func isNear(_ one: [Int32], _ other: [Int32]) -> Bool {
        Double(min(one.count, other.count)) >= likeness * Double(max(one.count, other.count))
            && shared(one, other, likeness)
    }

    /// Groups of texts that share their words, by single linkage.
    static func groups(_ texts: [String]) -> [Int] {
        var numbers: [String: Int32] = [:]
        let words = texts.map { Self.words(of: $0, &numbers) }
        var parent = Array(texts.indices)
        func root(_ at: Int) -> Int {
            var at = at
            while parent[at] != at {
                parent[at] = parent[parent[at]]
                at = parent[at]
            }
            return at
        }
        // In order of how many words they have, so that only texts of like length are compared.
        let order = texts.indices.sorted { (words[$0].count, $0) < (words[$1].count, $1) }
        for (place, one) in order.enumerated() {
            for other in order[(place + 1)...] {
                guard Double(words[one].count) >= likeness * Double(words[other].count) else { break }
                guard shared(words[one], words[other], likeness) else { continue }
                let (first, second) = (root(one), root(other))
                if first != second { parent[max(first, second)] = min(first, second) }
            }
        }
        return texts.indices.map(root)
    }

    /// Whether so much of two ascending lists is in both.
    private static func shared(_ one: [Int32], _ other: [Int32], _ least: Double) -> Bool {
        guard !one.isEmpty else { return false }
        // Jaccard's index is at least so much when this many are in both.
        let needed = Int((least * Double(one.count + other.count) / (1 + least)).rounded(.up))
        return one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { other in
                var (first, second, both) = (0, 0, 0)
                while first < one.count, second < other.count {
                    if both + min(one.count - first, other.count - second) < needed { return false }
                    if one[first] == other[second] {
                        both += 1
                        first += 1
                        second += 1
                    } else if one[first] < other[second] {
                        first += 1
                    } else {
                        second += 1
                    }
                }
                return both >= needed
            }
        }
    }

    // MARK: Parts

    /// What a statement is used for.
    public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
        /// Weights are learned from it.
        case train
        /// Chances are set right with it.
        case calibrate
        /// It is only measured on.
        case test
    }

    /// A part for each statement: about three fifths, a fifth and a fifth of those that match and of those that don't, drawn
    /// by a seed, a group never torn. A group with more than a twentieth of all is for training, since it would make up
    /// most of a smaller part.
    public func parts(seed: UInt64) -> [Part] {
        var sizes: [Int: (all: Int, matching: Int)] = [:]
        for (row, group) in groups.enumerated() {
            sizes[group, default: (0, 0)].all += 1
            if statements[row].matches { sizes[group, default: (0, 0)].matching += 1 }
        }
        var order = sizes.keys.sorted()
        var generator = SeededDraws(seed: seed)
        for at in order.indices.reversed() where at > 0 { order.swapAt(at, generator.next(below: at + 1)) }
        var part: [Int: Part] = [:]
        for matching in [true, false] {
            let fifth = statements.count { $0.matches == matching } / 5
            var placed = 0
            for group in order {
                guard let size = sizes[group], (size.matching * 2 > size.all) == matching, size.all * 20 <= groups.count
                else { continue }
                part[group] = placed < fifth ? .test : placed < 2 * fifth ? .calibrate : .train
                placed += size.all
            }
        }
        return groups.map { part[$0] ?? .train }
    }
}
