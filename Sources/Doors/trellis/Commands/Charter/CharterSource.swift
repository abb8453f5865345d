import Charters
import Counsel
import Foundation
import Gateway

/// A charter by name or path, with its text and what is wrong with it.
enum CharterSource {
    /// Reads and checks a charter.
    static func check(_ reference: String) -> (charter: Charter?, diagnostics: [Diagnostic], source: String) {
        if case .commons(let name) = CharterReference(reference) {
            guard let source = Commons.source(name) else {
                let near = nearMiss(of: name, among: Commons.names).map { "Did you mean `\($0)`?" }
                return (
                    nil,
                    [
                        .error(
                            in: name, code: "no-such-charter", "the commons has no charter of this name",
                            help: near ?? "It has: \(Commons.names.joined(separator: ", ")).")
                    ], ""
                )
            }
            return read(Array(source.utf8), name: name)
        }
        guard let data = FileManager.default.contents(atPath: reference) else {
            return (
                nil,
                [
                    .error(
                        in: reference, code: "unreadable", "the file can't be read",
                        help: "Check its path and permissions.")
                ], ""
            )
        }
        return read(Array(data), name: reference)
    }

    /// Reads a charter and everything that it builds on.
    ///
    /// - Throws: ``CommandFailure`` with every problem, when it can't be used.
    static func load(_ reference: String, _ library: CharterLibrary) throws -> LoadedCharter {
        do throws(CharterUnavailable) {
            return try library.load(reference)
        } catch {
            // What the charter itself has against it says more than the first thing that kept its parents away.
            let own = check(reference)
            let problems =
                own.charter == nil && library.settings.registries.isEmpty ? own.diagnostics : error.diagnostics
            throw CommandFailure(
                .negative,
                "this charter can't be used.\n\(problems.isEmpty ? error.reason : problems.rendered())")
        }
    }

    /// A charter with everything that it builds on, compiled for a role.
    ///
    /// - Throws: ``CommandFailure`` with every problem, when it can't be used or has no such role.
    static func compiled(_ reference: String, role: String?, _ library: CharterLibrary) throws -> CompiledCharter {
        let stack = try load(reference, library).stack
        do throws(CharterError) {
            return try stack.compiled(role: role)
        } catch {
            throw CommandFailure(.negative, error.diagnostics.rendered())
        }
    }

    /// A charter with everything that it builds on, if it can govern in a role; else what is wrong, at least one thing.
    static func governing(
        _ reference: String, role: String?, _ library: CharterLibrary
    ) -> (loaded: LoadedCharter?, problems: [Diagnostic]) {
        let loaded: LoadedCharter
        do throws(CharterUnavailable) { loaded = try library.load(reference) } catch {
            let problems = error.diagnostics.filter { $0.severity == .error }
            guard problems.isEmpty else { return (nil, problems) }
            let help = "`trellis charter check \(reference)` says what is wrong."
            return (nil, [.error(in: reference, code: "unavailable", error.reason, help: help)])
        }
        do throws(CharterError) { _ = try loaded.stack.compiled(role: role) } catch { return (nil, error.diagnostics) }
        return (loaded, [])
    }

    /// A charter by itself, without what it builds on.
    ///
    /// - Throws: ``CommandFailure`` with every problem, when it can't be read.
    static func charter(_ reference: String) throws -> (charter: Charter, source: String) {
        let outcome = check(reference)
        guard let charter = outcome.charter else {
            throw CommandFailure(
                .negative,
                "\(reference): this charter can't be used.\n" + outcome.diagnostics.rendered())
        }
        return (charter, outcome.source)
    }

    private static func read(
        _ bytes: [UInt8], name: String
    ) -> (charter: Charter?, diagnostics: [Diagnostic], source: String) {
        let source = String(decoding: bytes, as: UTF8.self)
        do {
            let read = try Charter.read(bytes, file: name)
            return (read.charter, read.warnings, source)
        } catch {
            return (nil, error.diagnostics, source)
        }
    }
}

extension CharterUnavailable {
    /// Every problem of a charter and of what it builds on, each with its line; the reason when there are none.
    var whole: String { diagnostics.isEmpty ? reason : diagnostics.rendered() }
}
