import Evaluation

/// A run's folder as it is named on the command line.
enum EvaluatedRun {
    /// What a run found, with the suites that are at hand: those that its folder keeps, those that come with Trellis, and
    /// those that are named.
    ///
    /// - Throws: ``CommandFailure`` when the folder can't be read.
    static func results(_ path: String, suites references: [String], _ settings: RunResults.Settings) throws
        -> RunResults
    {
        let named = try references.map(SuiteSource.load)
        do throws(RunFolderError) {
            return try RunResults(folder: path, suites: named + (try suites(path)), settings: settings)
        } catch {
            throw CommandFailure(.negative, WrappedText.plain(error.description))
        }
    }

    /// The suites that a run's folder keeps, and those that come with Trellis.
    static func suites(_ path: String) throws(RunFolderError) -> [Suite] {
        try RunFolder.suites(in: path) + (try RunFolder.plan(in: path).suites.compactMap { Suite.builtIn($0.id) })
    }

    /// Prints, or writes into a file that is whole or not there.
    static func put(_ path: String?, _ body: ((String) throws -> Void) throws -> Void) throws {
        do {
            guard let path else {
                try body { Terminal.output.write($0) }
                return
            }
            try StreamedFile.write(path, body)
        } catch let error as RunFolderError {
            throw CommandFailure(.negative, WrappedText.plain(error.description))
        }
    }
}
