import Charters
import Evaluation
import Foundation

/// A suite by name or path.
enum SuiteSource {
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
