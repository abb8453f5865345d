import Charters

// Who published what: the manifest, the files it names, and the signatures.
extension PublicationCheck {
    mutating func checkManifest() -> PublicationManifest? {
        guard let bytes = files[PublicationFile.manifest.rawValue],
            let manifest = PublicationManifest(canonical: bytes)
        else {
            let form = PublicationManifest.form(in: files[PublicationFile.manifest.rawValue] ?? [])
            if let form, form != PublicationManifest.form {
                failed(
                    "manifest",
                    "This publication has the form \(form), and \(PublicationManifest.form) is read here, in which ballots name what they were cast on. Ask its publisher for a new one, or check it with the Trellis of its time."
                )
            } else {
                failed("manifest", "manifest.json is missing, or isn't a manifest in canonical form (RFC 8785).")
            }
            return nil
        }
        let signature = String(
            decoding: (files[PublicationFile.manifestSignature.rawValue] ?? []).dropLast(), as: UTF8.self)
        let isWhole = files[PublicationFile.manifestSignature.rawValue] == Array((signature + "\n").utf8)
        if let key = VerifyingKey(manifest.key), isWhole,
            key.isSignature(signature, over: bytes, for: PublicationManifest.purpose)
        {
            let name = trusted.name(of: key)
            publisher = (manifest.publisher, name)
            let whose =
                name.map { "\($0) signed the manifest." }
                ?? "Somebody who calls themselves “\(manifest.publisher)” signed the manifest; it isn't known here whose key \(manifest.key) is."
            ok("publisher", whose)
        } else {
            failed("publisher", "The manifest wasn't signed with the key that it names, or it was changed since.")
        }
        checkFiles(manifest)
        return manifest
    }

    private mutating func checkFiles(_ manifest: PublicationManifest) {
        var wrong: [String] = []
        let own: Set<String> = [PublicationFile.manifest.rawValue, PublicationFile.manifestSignature.rawValue]
        for name in files.keys.sorted() where manifest.files[name] == nil && !own.contains(name) {
            wrong.append("\(importExcerpt(name)) isn't in the manifest.")
        }
        for (name, entry) in manifest.files.sorted(by: { $0.key < $1.key }) {
            guard let bytes = files[name] else {
                wrong.append("\(importExcerpt(name)) is missing.")
                continue
            }
            if PublicationManifest.Entry(of: bytes) != entry { wrong.append("\(importExcerpt(name)) was changed.") }
        }
        let needed = Set(PublicationFile.needed(by: manifest.kind) + [.charter])
        let allowed = needed.union(PublicationFile.optional(in: manifest.kind))
        wrong += needed.filter { manifest.files[$0.rawValue] == nil }.map { "The manifest lacks \($0.rawValue)." }
            .sorted()
        wrong += manifest.files.keys.filter { name in !allowed.contains { $0.rawValue == name } }.sorted()
            .map { "\(importExcerpt($0)) has no place in a publication." }
        if wrong.isEmpty {
            ok(
                "files",
                "All \(manifest.files.count) files have the SHA-256 that the manifest says, and no other is there.")
        } else {
            failed("files", wrong.prefix(10).joined(separator: " "))
        }
    }

    mutating func checkSignatures(_ manifest: PublicationManifest?) {
        guard let charter else {
            failed("signatures", "Without a charter that follows from the votes, no signature under it means anything.")
            return
        }
        if let manifest {
            let isNamed =
                manifest.charter == charter.id.description && manifest.version == charter.version.description
                && manifest.fingerprint == charter.fingerprint.hexadecimal
            if isNamed {
                ok("fingerprint", "The manifest names this charter: \(charter.fingerprint.hexadecimal).")
            } else {
                failed("fingerprint", "The manifest names another charter than the one that follows from the votes.")
            }
        }
        guard let bytes = files[PublicationFile.signatures.rawValue] else {
            ok("signatures", "Nobody has signed the charter itself.")
            return
        }
        guard let signatures = CharterSignatures(json: bytes), Array(signatures.json.utf8) == bytes else {
            failed("signatures", "charter.yaml.sig holds no signatures that can be read.")
            return
        }
        let found = CharterVerification(of: charter, signatures: signatures, trusting: trusted)
        let isSound = found.entries.allSatisfy { $0.finding == .trusted || $0.finding == .unknownSigner }
        let words = found.entries.map(\.words).joined(separator: " ")
        if isSound { ok("signatures", words) } else { failed("signatures", words) }
    }
}
