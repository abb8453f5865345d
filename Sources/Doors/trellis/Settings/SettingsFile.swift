import Charters
import Foundation
import Yams

/// `trellis.yaml`, checked key by key before anything takes a value from it.
///
/// swift-configuration reads the values; it can't say that a key is unknown or where one stands. This does.
struct SettingsFile {
    /// The name of the file as messages show it.
    let name: String
    /// The folder that relative paths in the file start from.
    let folder: String
    /// The text that was read.
    let source: String
    /// Where each value stands, by the key's dotted name.
    let places: [String: (line: Int, column: Int)]
    /// Keys that are written without a value, which means the same as leaving them out.
    let emptyKeys: Set<String>
    /// The names under `upstreams`, in the order of the file.
    let upstreams: [String]
    /// The names under each upstream's `rename`.
    let renames: [String: [String]]

    /// Reads and checks a file.
    /// - Throws: ``SettingsError`` with every problem found.
    /// - Parameter workingFolder: a file in it is named without its folder in messages.
    static func read(path: String, workingFolder: String) throws(SettingsError) -> SettingsFile {
        let name = path.hasPrefix(workingFolder + "/") ? String(path.dropFirst(workingFolder.count + 1)) : path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SettingsError(
                .error(in: name, code: "unreadable", "the file can't be read", help: "Check its path and permissions."))
        }
        guard let source = String(validating: data, as: UTF8.self) else {
            throw SettingsError(
                .error(in: name, code: "encoding", "the file is not UTF-8", help: "Save it as UTF-8."))
        }
        let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
        return try check(source, name: name, folder: folder)
    }

    /// Checks the text of a file.
    static func check(_ source: String, name: String, folder: String) throws(SettingsError) -> SettingsFile {
        let root: Node?
        do {
            root = try Yams.compose(yaml: source)
        } catch let error as YamlError {
            throw SettingsError(Self.diagnostic(of: error, in: name), source: source)
        } catch {
            throw SettingsError(
                .error(in: name, code: "syntax", "\(error)", help: "Check the file's YAML."), source: source)
        }
        var walk = Walk(name: name)
        switch root {
        case nil: break
        case .scalar(let scalar) where scalar.string.isEmpty: break
        case .mapping(let mapping): walk.visit(mapping, at: [])
        case .some(let node):
            walk.refuse(
                node.mark, code: "shape", "the file holds no keys",
                help: "Write keys and values, as in `listen: { port: 8080 }`.")
        }
        guard walk.problems.isEmpty else { throw SettingsError(diagnostics: walk.problems, source: source) }
        return SettingsFile(
            name: name, folder: folder, source: source, places: walk.places, emptyKeys: walk.emptyKeys,
            upstreams: walk.upstreams, renames: walk.renames)
    }

    private static func diagnostic(of error: YamlError, in name: String) -> Diagnostic {
        let help = "Check the indentation, the colons and the quotes there; indent with spaces, never with tabs."
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return Diagnostic(
                severity: .error, file: name, line: mark.line, column: mark.column, code: "syntax",
                message: "this is not YAML: \(problem)", help: help)
        case .duplicatedKeysInMapping(let duplicates, _):
            return .error(
                in: name, code: "duplicate-key",
                "a key stands twice in one place: \(duplicates.joined(separator: ", "))",
                help: "Keep one of them.")
        default:
            return .error(in: name, code: "syntax", "this is not YAML", help: help)
        }
    }

    /// One walk over the nodes.
    private struct Walk {
        let name: String
        var problems: [Diagnostic] = []
        var places: [String: (line: Int, column: Int)] = [:]
        var emptyKeys: Set<String> = []
        var upstreams: [String] = []
        var renames: [String: [String]] = [:]

        mutating func refuse(_ mark: Mark?, code: String, _ message: String, help: String) {
            problems.append(
                Diagnostic(
                    severity: .error, file: name, line: mark?.line ?? 0, column: mark?.column ?? 0, code: code,
                    message: message, help: help))
        }

        mutating func visit(_ mapping: Node.Mapping, at path: [String]) {
            for (keyNode, value) in mapping {
                guard let key = keyNode.scalar?.string else {
                    refuse(keyNode.mark, code: "shape", "a key must be a word", help: "Write `key: value`.")
                    continue
                }
                let here = path + [key]
                if path == ["upstreams"] {
                    guard SettingsSchema.isUpstreamName(key) else {
                        refuse(
                            keyNode.mark, code: "name", "this can't be the name of an upstream",
                            help: "Use up to 40 lower-case letters, digits and hyphens, as in `openai`.")
                        continue
                    }
                    upstreams.append(key)
                }
                if path.count == 3, path[0] == "upstreams", path[2] == "rename" {
                    renames[path[1], default: []].append(key)
                }
                if let known = SettingsSchema.key(at: here) {
                    check(value, of: known, at: here, keyMark: keyNode.mark)
                } else if SettingsSchema.isBranch(here) {
                    visitBranch(value, at: here)
                } else {
                    let unknown = SettingsSchema.unknown(key, below: path)
                    refuse(keyNode.mark, code: unknown.code, unknown.message, help: unknown.help)
                }
            }
        }

        private mutating func visitBranch(_ value: Node, at path: [String]) {
            if case .mapping(let mapping) = value {
                visit(mapping, at: path)
            } else if !isNull(value) {
                let below = SettingsSchema.names(below: path).first { $0 != "*" } ?? "name"
                refuse(
                    value.mark, code: "shape", "`\(path.joined(separator: "."))` takes keys below it",
                    help: "Write them indented under it, or as `{ \(below): … }`.")
            }
        }

        private mutating func check(_ value: Node, of key: SettingKey, at path: [String], keyMark: Mark?) {
            let dotted = path.joined(separator: ".")
            let mark = value.mark ?? keyMark
            places[dotted] = (mark?.line ?? 0, mark?.column ?? 0)
            if isNull(value) {
                emptyKeys.insert(dotted)
                return
            }
            if case .list = key.kind {
                guard case .sequence(let items) = value else {
                    refuse(mark, code: "shape", "`\(dotted)` takes a list", help: "Write `[one, two]`.")
                    return
                }
                for item in items where (item.scalar?.string ?? "").isEmpty {
                    refuse(item.mark, code: "shape", "an entry of a list must be a text", help: "Write `[one, two]`.")
                }
                return
            }
            guard case .scalar(let scalar) = value else {
                refuse(
                    mark, code: "shape", "`\(dotted)` takes one value", help: "Write `\(path.last ?? "key"): value`.")
                return
            }
            if let problem = key.kind.problem(with: scalar.string) {
                refuse(mark, code: "value", "`\(dotted)`: \(problem.message)", help: problem.help)
            }
        }

        private func isNull(_ value: Node) -> Bool {
            guard case .scalar(let scalar) = value, scalar.style == .plain else { return false }
            return ["", "~", "null"].contains(scalar.string)
        }
    }
}

extension Diagnostic {
    /// An error about a file, a flag or a variable as a whole.
    static func error(in place: String, code: String, _ message: String, help: String) -> Diagnostic {
        Diagnostic(severity: .error, file: place, line: 0, column: 0, code: code, message: message, help: help)
    }
}

/// Settings that can't be used, with every problem that was found.
struct SettingsError: Error, CustomStringConvertible {
    let diagnostics: [Diagnostic]
    /// The text of the file, so that the lines can be shown.
    let source: String

    init(diagnostics: [Diagnostic], source: String = "") {
        self.diagnostics = diagnostics
        self.source = source
    }

    init(_ diagnostic: Diagnostic, source: String = "") {
        self.init(diagnostics: [diagnostic], source: source)
    }

    /// Every problem with its line and what to do.
    ///
    /// Somebody who puts a secret into the file by mistake should not find it in a log or a screenshot as well, so
    /// what stands behind a key that smells of one is not shown.
    var description: String { diagnostics.rendered(source: Self.withoutSecrets(source)) }

    static func withoutSecrets(_ source: String) -> String {
        let afterKey =
            /(?i)(\b(?:key|api[-_]?key|key-env|token|secret|password|credential|authorization)["']?\s*:\s*).*/
            .wordBoundaryKind(.simple)
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line).replacing(afterKey) { "\($0.1)…" }.replacing(/sk-[A-Za-z0-9_-]{6,}/) { _ in "…" }
        }
        return lines.joined(separator: "\n")
    }
}
