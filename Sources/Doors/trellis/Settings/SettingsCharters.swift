import Charters
import Counsel
import Foundation
import Gateway

/// Which charter governs, and where those that it builds on are found.
extension SettingsResolution {
    mutating func readCharters() async throws(SettingsError) {
        var charters = settings.gateway.charters
        if let found = try await list(["charters", "registries"]) {
            charters.registries = found.texts.map { absolute($0, found.origin) }
        }
        if let found = try await list(["charters", "hosts"]) {
            for host in found.texts {
                guard let problem = CharterLibrary.Settings.problem(ofHost: host) else { continue }
                throw layers.refusal(
                    ValueProblem(message: "`\(host)` can't be asked: \(problem.reason)", help: problem.help),
                    at: ["charters", "hosts"], found.origin)
            }
            charters.hosts = Set(found.texts.map { $0.lowercased() })
        }
        charters.root = try await path(["charters", "root"])
        charters.requiresLock = try await text(["charters", "lock"])?.text == "required"
        if let time = try await duration(["charters", "time"]) {
            charters.seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        }
        settings.gateway.charters = charters
        if let charter = try await text(["charter"]) {
            settings.gateway.charter = settings.reference(charter.text) { path in absolute(path, charter.origin) }
        }
        settings.gateway.role = try await text(["role"])?.text
    }

    private mutating func list(_ path: [String]) async throws(SettingsError) -> SettingsLayers.FoundList? {
        guard let found = try await layers.list(path) else { return nil }
        settings.origins[path.joined(separator: ".")] = found.origin.words(file: layers.file?.name)
        return found
    }
}

extension Settings {
    /// A charter as somebody names it: in the commons, in a registry, or by a path, which is made absolute.
    ///
    /// `riverside/tutor` is a path where there is such a file, and else a name in a registry, when there is a registry.
    func reference(_ text: String, absolute: (String) -> String) -> CharterReference {
        guard case .file(let path) = CharterReference(text) else { return CharterReference(text) }
        let whole = absolute(path)
        if !gateway.charters.registries.isEmpty, CharterID(path) != nil, !FileManager.default.fileExists(atPath: whole)
        {
            return .file(path)
        }
        return .file(whole)
    }
}
