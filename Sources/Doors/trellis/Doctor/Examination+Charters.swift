import Charters
import Counsel
import Foundation
import Gateway

/// Charters, and where those that they build on are found.
extension Examination {
    /// The charter that governs where a key names none, and whether a restart would bring up the same one.
    func charters() -> [Finding] {
        let settings = settings.gateway
        let reference = settings.charter.description
        let outcome = CharterSource.governing(reference, role: settings.role, settings.library)
        guard let loaded = outcome.loaded else { return [Self.broken(outcome.problems, reference, of: "charter")] }
        let charter = loaded.charter
        let parents = loaded.parents.isEmpty ? "" : ", on \(loaded.parents.map { "\($0.id)" }.joined(separator: ", "))"
        var findings: [Finding] = [
            .good("charter", "\(charter.id) \(charter.version)\(parents), fingerprint \(charter.fingerprint.short)")
        ]
        findings += loaded.diagnostics.filter { $0.code == "kept-copy" || $0.code == "changed-unpinned" }.map {
            .doubtful("charter", $0.message, fix: $0.help)
        }
        findings += fromAfar(loaded, reference)
        if let finding = unguarded(reference, role: settings.role, of: "charter") { findings.append(finding) }
        return findings
    }

    /// What is wrong with a charter that a key is bound to; nil when it can govern.
    func broken(_ reference: CharterReference, role: String?, of part: String) -> Finding? {
        let outcome = CharterSource.governing(reference.description, role: role, settings.gateway.library)
        return outcome.loaded == nil ? Self.broken(outcome.problems, reference.description, of: part) : nil
    }

    private static func broken(_ problems: [Diagnostic], _ reference: String, of part: String) -> Finding {
        let first = problems.first
        return .broken(
            part, first?.description ?? "\(reference) can't be used",
            fix: first.map { $0.help.isEmpty ? "`trellis charter check \(reference)` says more." : $0.help } ?? "")
    }

    /// Parents that come over the network: whether they are pinned, kept here, and still the same there.
    private func fromAfar(_ loaded: LoadedCharter, _ reference: String) -> [Finding] {
        guard !loaded.addresses.isEmpty else { return [] }
        let count = "\(loaded.addresses.count) parent\(loaded.addresses.count == 1 ? "" : "s") from the network"
        let isPinned = loaded.lockPath.map { FileManager.default.fileExists(atPath: $0) } ?? false
        guard isPinned else {
            return [
                .doubtful(
                    "charter", "\(count), and nothing pins \(loaded.addresses.count == 1 ? "it" : "them")",
                    fix: "`trellis charter lock \(reference)`: then nothing changes unseen.")
            ]
        }
        do throws(CharterUnavailable) {
            let now = try settings.gateway.library.lock(reference).lock.charters
            let changed = loaded.lock.charters.filter { now[$0.key]?.fingerprint != $0.value.fingerprint }.keys.sorted()
            guard changed.isEmpty else {
                return [
                    .doubtful(
                        "charter",
                        "\(changed.joined(separator: ", ")) changed since it was locked; what was locked holds",
                        fix: "Look at what changed; `trellis charter lock \(reference)` takes it over.")
                ]
            }
        } catch {
            let isKept = loaded.addresses.values.allSatisfy(\.self)
            return [
                .doubtful(
                    "charter", "\(count) can't be asked for now: \(error.reason)",
                    fix: isKept
                        ? "What was locked is kept in the data folder, so a restart needs no network. See whether the address still holds."
                        : "Bring the network back before a restart: nothing is kept here yet.")
            ]
        }
        return [.good("charter", "\(count), pinned and as locked")]
    }

    /// Folders and hosts that charters may come from.
    func charterPlaces() -> [Finding] {
        let places = settings.gateway.charters
        var findings = places.registries.map { Self.registry($0) }
        if let root = places.root {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: root, isDirectory: &isFolder) && isFolder.boolValue
            findings.append(
                isThere
                    ? .good("charters' root", "no path leads out of \(root)")
                    : .broken(
                        "charters' root", "there is no folder \(root)",
                        fix: "Make it, or correct charters.root: until then no charter file can be used."))
        }
        if !places.hosts.isEmpty {
            let hosts = places.hosts.sorted().joined(separator: ", ")
            findings.append(.good("charters' hosts", "\(hosts) may be asked, where a charter names an address there"))
        }
        return findings
    }

    private static func registry(_ folder: String) -> Finding {
        let files = FileManager.default
        guard let owners = try? files.contentsOfDirectory(atPath: folder) else {
            return .broken(
                "registry", "\(folder) can't be read", fix: "Make the folder, or correct charters.registries.")
        }
        let count = owners.reduce(0) { count, owner in
            let names = (try? files.contentsOfDirectory(atPath: "\(folder)/\(owner)")) ?? []
            return count + names.count { $0.hasSuffix(".yaml") }
        }
        let found = "\(folder) holds \(count) charter\(count == 1 ? "" : "s")"
        return count == 0
            ? .doubtful("registry", found, fix: "It is read as OWNER/NAME.yaml or OWNER/NAME@VERSION.yaml.")
            : .good("registry", found)
    }
}
