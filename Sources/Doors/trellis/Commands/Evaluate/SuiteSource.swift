import Charters
import Counsel
import Evaluation
import Foundation

/// A suite by name or path.
enum SuiteSource {
    /// Suites by their names and paths, and `charter:NAME` for a charter's own examples.
    ///
    /// - Throws: ``CommandFailure`` with every problem, when one can't be used.
    static func suites(_ references: [String], role: String?, _ library: CharterLibrary) throws -> [Suite] {
        var named: [String: String] = [:]
        var suites: [Suite] = []
        for reference in references {
            let suite = try suite(reference, role: role, library)
            if let other = suites.first(where: { $0.id == suite.id }) {
                // Named twice is once.
                guard other.fingerprint != suite.fingerprint else { continue }
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(named[suite.id] ?? "")) and \(WrappedText.plain(reference)) are different suites of one name, \(suite.id). Give one of them another name, or run them apart."
                )
            }
            named[suite.id] = reference
            suites.append(suite)
        }
        return suites
    }

    private static func suite(_ reference: String, role: String?, _ library: CharterLibrary) throws -> Suite {
        guard reference.hasPrefix("charter:") else { return try load(reference) }
        let name = String(reference.dropFirst("charter:".count))
        guard let suite = Suite(examplesOf: try CharterSource.compiled(name, role: role, library)) else {
            throw CommandFailure(.negative, "\(name) has no examples under its goods, dispositions or tensions.")
        }
        return suite
    }

    /// Checks that each of the named scenarios is in one of the suites.
    ///
    /// - Throws: ``CommandFailure`` that names one that isn't.
    static func check(_ scenarios: [String], areIn suites: [Suite]) throws {
        let known = suites.flatMap { $0.scenarios.map(\.id) }
        for scenario in scenarios where !known.contains(scenario) {
            let near = nearMiss(of: scenario, among: known).map { " Did you mean \($0)?" }
            throw CommandFailure(
                .negative, "no suite of this run has a scenario \(WrappedText.plain(scenario)).\(near ?? "")")
        }
    }

    /// What models talk under: charters by name or path, and `none`, which is also what no reference means.
    ///
    /// - Throws: ``CommandFailure`` with every problem, when a charter can't be used.
    static func governances(_ references: [String], role: String?, _ library: CharterLibrary) throws -> [Governance] {
        try (references.isEmpty ? ["none"] : references.eachOnce).map { reference in
            reference == "none"
                ? Governance.none
                : Governance(try CharterSource.compiled(reference, role: role, library), label: reference)
        }
    }

    /// Reads a suite: one that comes with Trellis by its name, else a file.
    ///
    /// - Throws: ``CommandFailure`` with every problem, when it can't be used.
    static func load(_ reference: String) throws -> Suite {
        if let suite = Suite.builtIn(reference) { return suite }
        let (suite, diagnostics) = try check(reference)
        guard let suite else {
            throw CommandFailure(.negative, "this suite can't be used.\n\(diagnostics.rendered())")
        }
        return suite
    }

    /// Reads and checks the file of a suite.
    ///
    /// - Throws: ``CommandFailure`` when there is no such file.
    static func check(_ path: String) throws -> (suite: Suite?, diagnostics: [Diagnostic]) {
        guard let data = FileManager.default.contents(atPath: path) else {
            let near = nearMiss(of: path, among: Suite.builtInNames).map { " Did you mean \($0)?" }
            throw CommandFailure(
                .negative,
                "\(WrappedText.plain(path)) is neither a suite that comes with Trellis nor a file that can be read.\(near ?? " `trellis evaluate suites` lists them.")"
            )
        }
        return Suite.check(data, file: path)
    }
}

extension [String] {
    /// Every text once, where it first stands: what is named twice is meant once.
    var eachOnce: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
