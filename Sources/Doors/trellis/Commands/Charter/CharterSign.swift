import ArgumentParser
import Charters
import Counsel
import Foundation

extension CharterCommand {
    /// `trellis charter sign`.
    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign what a charter means, or make a key to sign with.",
            discussion: """
                A signature (Ed25519) stands for the charter's name, version and fingerprint, so it stays good when only \
                the layout changes. It also stands for all that the charter builds on, as it is now; with --alone only \
                for the charter's own words. It goes into FILE.sig beside those of others, or with --enclosed into comments at \
                the charter's end.

                Examples:
                  trellis charter sign --new-key ama.key
                  trellis charter sign charter.yaml --key ama.key --as "Ama Okoye, for the parents"
                  trellis charter sign charter.yaml --key ama.key --as "Ama Okoye" --at 2026-11-23 --enclosed
                More: docs/charter-language.md.
                """)

        @Argument(help: "A charter file.", completion: .file(extensions: ["yaml", "yml"]))
        var charter: String?

        @Option(name: .long, help: "Make a new key and write it here; its public half into FILE.pub.")
        var newKey: String?

        @Option(name: .long, help: "The file of the key to sign with. Nobody but you may read it.", completion: .file())
        var key: String?

        @Option(name: .customLong("as"), help: "Who signs, in your own words.")
        var signer: String?

        @Option(name: .customLong("at"), help: "When, in your own words. Left out, no time is signed.")
        var time: String?

        @Flag(name: .long, help: "Put the signature into the charter file, as a comment at its end.")
        var enclosed = false

        @Flag(name: .long, help: "Sign the charter's own words alone, and not what it builds on.")
        var alone = false

        @OptionGroup(title: "Parents") var options: LibraryOptions

        func validate() throws {
            if newKey != nil {
                guard charter == nil, key == nil else { throw ValidationError("--new-key goes alone.") }
            } else if charter == nil || key == nil || signer == nil {
                throw ValidationError("Name the charter, the --key, and who signs: --as \"Ama Okoye\".")
            }
        }

        func run() async throws {
            if let newKey {
                try make(newKey)
            } else if let charter, let key, let signer {
                try await sign(charter, with: try KeyFile.read(key), by: signer)
            }
        }

        private static func names(_ parents: [Charter]) -> String {
            parents.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
        }

        private func make(_ path: String) throws {
            var random = SystemRandomNumberGenerator()
            let seed = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            guard let key = SigningKey(seed: seed) else { throw CommandFailure(.failed, "no key could be made.") }
            try CharterFileWriting.create(path, with: key.reveal(), mode: 0o600)
            do {
                try CharterFileWriting.create(path + ".pub", with: key.verifyingKey.pem)
            } catch {
                unlink(path)
                throw error
            }
            Terminal.output.line(key.verifyingKey.base64)
            Terminal.error.line(
                "The key is in \(path): keep it to yourself. \(path).pub and the line above are its public half, for all who want to check your signatures."
            )
        }

        private func sign(_ path: String, with key: SigningKey, by signer: String) async throws {
            let (charter, source) = try CharterSource.charter(path)
            guard FileManager.default.fileExists(atPath: path) else {
                throw CommandFailure(
                    .negative, "\(path) is no file. Sign a copy: `trellis charter init --from \(path)`.")
            }
            // Who signs should know what they sign: parents that can't be found or don't fit stop them here.
            let parents =
                alone || charter.extends.isEmpty
                ? nil : try CharterSource.load(path, try await options.library()).parents
            let signature: CharterSignature
            do throws(CharterSignature.Refusal) {
                signature = try CharterSignature(of: charter, buildingOn: parents, by: signer, with: key, at: time)
            } catch {
                switch error {
                case .unclear:
                    throw CommandFailure(
                        .negative, "a name or time is one visible line of at most 200 characters. Write it so.")
                case .failed: throw CommandFailure(.failed, "the signature couldn't be made.")
                }
            }
            let place: String
            if enclosed {
                var signatures = CharterSignatures.enclosed(in: source).signatures
                signatures.add(signature)
                place = path
                try CharterFileWriting.replace(path, with: signatures.enclosed(in: source))
            } else {
                place = path + ".sig"
                var signatures = CharterSignatures()
                if let bytes = FileManager.default.contents(atPath: place) {
                    guard let there = CharterSignatures(json: bytes) else {
                        throw CommandFailure(
                            .negative, "\(place) is there and holds no signatures. Look at it, or move it away.")
                    }
                    signatures = there
                }
                signatures.add(signature)
                try CharterFileWriting.replace(place, with: signatures.json)
            }
            Terminal.output.line(
                "\(charter.id) \(charter.version), fingerprint \(charter.fingerprint.short), is signed by \(signer) in \(place)."
                    + (parents.map { " So is what it builds on: \(Self.names($0))." } ?? "")
            )
        }
    }
}

/// Files that hold keys.
enum KeyFile {
    /// Reads the secret half of a key.
    ///
    /// - Throws: ``CommandFailure`` when it can't be read, or when others could read it too.
    static func read(_ path: String) throws -> SigningKey {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
            let bytes = FileManager.default.contents(atPath: path)
        else { throw CommandFailure(.negative, "the key \(path) can't be read. Check its path and permissions.") }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.uint32Value ?? 0
        guard mode & 0o077 == 0 else {
            throw CommandFailure(
                .negative, "others may read the key \(path), so it was not used. Make it yours alone: chmod 600 \(path)"
            )
        }
        guard let key = SigningKey(String(decoding: bytes, as: UTF8.self)) else {
            throw CommandFailure(
                .negative,
                "\(path) holds no Ed25519 key. `trellis charter sign --new-key FILE` or `openssl genpkey -algorithm ed25519` makes one."
            )
        }
        return key
    }
}
