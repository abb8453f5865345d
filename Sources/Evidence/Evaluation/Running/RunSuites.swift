import Foundation

extension RecordFolder where Plan == RunPlan {
    /// Keeps the suites' own words in the run's folder, so that whoever has the folder can read what was run: suites of
    /// one's own and charters' examples too.
    ///
    /// - Throws: ``RunFolderError/trouble(_:_:)``.
    public func keep(_ suites: [Suite]) throws(RunFolderError) {
        let folder = path + "/suites"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for suite in suites {
                let file = URL(fileURLWithPath: Self.suitePath(suite.id, in: path))
                if !FileManager.default.fileExists(atPath: file.path) {
                    try Data(suite.text.utf8).write(to: file, options: .atomic)
                }
            }
        } catch {
            throw .trouble(folder, error.localizedDescription)
        }
    }

    /// The suites that a run's folder keeps, as far as they say what the run's plan was made from.
    ///
    /// - Throws: ``RunFolderError`` when there is no plan that can be read.
    public static func suites(in path: String) throws(RunFolderError) -> [Suite] {
        try plan(in: path).suites.compactMap { entry in
            let file = suitePath(entry.id, in: path)
            guard let data = FileManager.default.contents(atPath: file),
                let suite = Suite.check(data, file: file).suite, suite.fingerprint == entry.fingerprint
            else { return nil }
            return suite
        }
    }

    private static func suitePath(_ id: String, in path: String) -> String {
        // A name of a suite is an owner, a slash and letters; nothing of it leads out of the folder.
        path + "/suites/" + id.replacing("/", with: "_").replacing("..", with: "_") + ".yaml"
    }
}
