import Consents
import Foundation

/// Reads a file of memories: everything is checked, every problem is told in one pass, nothing in it is ever run.
///
/// Takes what ``MemoryExport`` writes. Of it only the items and the retention are brought in: decisions are the past of
/// another store.
public enum MemoryImport {
    /// The longest file that is read, in bytes.
    public static let maximumBytes = 64 << 20
    /// How many problems are listed.
    static let mostProblems = 200

    /// What a file holds.
    struct Contents: Sendable {
        var items: [MemoryItem] = []
        var retention: [MemoryItem.Kind: Int] = [:]
    }

    /// Every problem in a file; none when it can be brought in.
    public static func problems(in json: [UInt8]) -> [ImportProblem] { read(json).problems }

    static func read(_ json: [UInt8]) -> (contents: Contents, problems: [ImportProblem]) {
        guard json.count <= maximumBytes else {
            return whole("The file is \(json.count >> 20) MiB long; at most \(maximumBytes >> 20) are read. Split it.")
        }
        let file: LooseFile
        do { file = try JSONDecoder().decode(LooseFile.self, from: Data(json)) } catch {
            return whole("The file is not a JSON object with `format` and `items`: \(DecodingTrouble.words(error))")
        }
        guard file.format == MemoryExport.format else {
            return whole("`format` must be “\(MemoryExport.format)”. Bring a file that Trellis exported.")
        }
        var contents = Contents()
        var problems: [ImportProblem] = []
        if file.items.count > MemoryStore.mostItems {
            return whole("There are \(file.items.count) items; at most \(MemoryStore.mostItems) are taken.")
        }
        var places: [MemoryItem.ID: Int] = [:]
        for (place, loose) in file.items.enumerated() {
            switch loose.outcome {
            case .success(let item):
                if let first = places.updateValue(place, forKey: item.id) {
                    problems.append(
                        ImportProblem(
                            place: "items[\(place)].id", message: "It is the same as of items[\(first)]. Leave one out."
                        ))
                }
                // Ids that are made here go on from the latest, so there must be room after it.
                if item.id.milliseconds > ItemProblems.moments.upperBound {
                    problems.append(
                        ImportProblem(place: "items[\(place)].id", message: "It lies after the year 9999."))
                }
                contents.items.append(item)
            case .failure(let found):
                problems += found.problems.map { problem in
                    ImportProblem(
                        place: "items[\(place)]" + (problem.place.isEmpty ? "" : ".") + problem.place,
                        message: problem.message)
                }
            }
        }
        for (name, days) in file.retention.sorted(by: { $0.key < $1.key }) {
            if let kind = MemoryItem.Kind(rawValue: name), (1...MemorySettings.longestRetention).contains(days) {
                contents.retention[kind] = days
            } else {
                problems.append(
                    ImportProblem(
                        place: "retention", message: "“\(name.prefix(40))” is no kind, or \(days) no number of days."))
            }
        }
        let items = places.keys
        for (place, loose) in file.items.enumerated() {
            guard case .success(let item) = loose.outcome else { continue }
            for (index, link) in item.links.enumerated() where !items.contains(link.item) {
                problems.append(
                    ImportProblem(
                        place: "items[\(place)].links[\(index)]",
                        message: "It leads to \(link.item), which is not in the file. Leave the link out."))
            }
        }
        if problems.count > mostProblems {
            let more = problems.count - mostProblems
            problems = problems.prefix(mostProblems) + [ImportProblem(place: "", message: "And \(more) more.")]
        }
        return (contents, problems)
    }

    private static func whole(_ message: String) -> (Contents, [ImportProblem]) {
        (Contents(), [ImportProblem(place: "", message: message)])
    }

    // MARK: Loosely read

    private struct Problems: Error { var problems: [ImportProblem] }

    /// The file with each item read on its own, so that one that is unfit hides no other's problems.
    private struct LooseFile: Decodable {
        var format: String
        var items: [LooseItem]
        var retention: [String: Int]

        enum Key: String, CodingKey { case format, items, retention }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            format = try container.decode(String.self, forKey: .format)
            items = try container.decodeIfPresent([LooseItem].self, forKey: .items) ?? []
            retention = try container.decodeIfPresent([String: Int].self, forKey: .retention) ?? [:]
        }
    }

    private struct LooseItem: Decodable {
        var outcome: Result<MemoryItem, Problems>

        init(from decoder: any Decoder) throws {
            do {
                outcome = .success(try MemoryItem(from: decoder))
            } catch let error as ItemProblems {
                outcome = .failure(
                    Problems(problems: error.problems.map { ImportProblem(place: "", message: "\($0)") }))
            } catch {
                let place = DecodingTrouble.place(error, below: decoder.codingPath.count)
                outcome = .failure(
                    Problems(problems: [ImportProblem(place: place, message: DecodingTrouble.words(error))]))
            }
        }
    }
}

/// What a decoder's error says, in words for the one who wrote the file.
private enum DecodingTrouble {
    static func place(_ error: any Error, below depth: Int) -> String {
        guard let error = error as? DecodingError else { return "" }
        let path: [any CodingKey]
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            path = context.codingPath
        case .keyNotFound(let key, let context): path = context.codingPath + [key]
        @unknown default: path = []
        }
        return path.dropFirst(depth).map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
            .joined(separator: ".").replacingOccurrences(of: ".[", with: "[")
    }

    static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "It can't be read." }
        switch error {
        case .typeMismatch(let type, _): return "It must be \(name(type))."
        case .valueNotFound(let type, _): return "It is null where \(name(type)) is needed."
        case .keyNotFound(let key, _): return "`\(key.stringValue)` is missing."
        // The decoder's own words may repeat what the file says: only ours are passed on.
        case .dataCorrupted(let context):
            return context.debugDescription.hasPrefix("An item's id")
                ? context.debugDescription
                : "It is not one of the values that stand in docs/memory-export.schema.json, or not JSON."
        @unknown default: return "It can't be read."
        }
    }

    private static func name(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is Double.Type: "a number"
        case is any BinaryInteger.Type: "a whole number"
        default: "as docs/memory-export.schema.json says"
        }
    }
}

/// What came of bringing a file in.
public struct ImportOutcome: Sendable, Hashable, Encodable {
    /// Items that are new here.
    public var added = 0
    /// Items that were here already, just so.
    public var known = 0
    /// Items that are here otherwise than in the file: what is here stayed.
    public var different: [MemoryItem.ID] = []
}

extension OwnMemory {
    /// Brings a file in that ``export(at:)`` wrote, here or elsewhere. Doing it again adds nothing.
    ///
    /// Items keep their ids and times, and count as imported. What is here already stays as it is. A retention is taken
    /// over for kinds that have none here.
    /// - Throws: ``MemoryError/unfitFile(_:)`` with every problem; then nothing was brought in.
    @discardableResult
    public func bring(_ json: [UInt8], at moment: Int64) async throws(MemoryError) -> ImportOutcome {
        let (file, problems) = MemoryImport.read(json)
        guard problems.isEmpty else { throw .unfitFile(problems) }
        var outcome = ImportOutcome()
        // In pieces, so that others can write between; what a dying process brought in is known the next time.
        var rest = file.items[...]
        repeat {
            let piece = Array(rest.prefix(1_000))
            rest = rest.dropFirst(1_000)
            let isLast = rest.isEmpty
            let part = try await change(at: moment) { planning -> ImportOutcome in
                var part = ImportOutcome()
                var added: [Decision.Change] = []
                for item in piece {
                    if let here = planning.contents.item(item.id) {
                        if here.imported == item.imported { part.known += 1 } else { part.different.append(item.id) }
                        continue
                    }
                    planning.plan.added.append(item.imported)
                    added.append(.added(item.id))
                    part.added += 1
                }
                guard planning.contents.items.count + added.count <= MemoryStore.mostItems else {
                    throw MemoryError.tooMany(what: "items", limit: MemoryStore.mostItems)
                }
                planning.note(.imported, added)
                if isLast, !file.retention.isEmpty {
                    var settings = planning.contents.settings
                    for (kind, days) in file.retention where settings.retention[kind] == nil {
                        settings.retention[kind] = days
                    }
                    if settings != planning.contents.settings { planning.plan.settings = settings }
                }
                return part
            }
            outcome.added += part.added
            outcome.known += part.known
            outcome.different += part.different
        } while !rest.isEmpty
        return outcome
    }
}

extension MemoryItem {
    /// The item as one that came in a file. Whether it is held and how it is marked stays.
    fileprivate var imported: MemoryItem {
        MemoryItem(
            unchecked: id, kind: kind, words: words, source: .imported, status: status, origin: origin,
            speaker: speaker, validFrom: validFrom, validUntil: validUntil, recordedAt: recordedAt, closedAt: closedAt,
            due: due, confidence: confidence, isPinned: isPinned, keepUntil: keepUntil,
            links: links)
    }
}
