import ArgumentParser
import Charters
import Counsel
import Foundation

extension CharterCommand {
    /// `trellis charter verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who signed a charter, and what isn't known.",
            discussion: """
                It looks into FILE.sig and at the charter's end. A signature says who signed only if you trust its key: \
                name keys with --key, or a file with --signers that holds a line for each, `NAME KEY`. A signature may \
                stand for the charter's own words alone or for all that it builds on: it says which, and --whole asks for \
                the second.

                Examples:
                  trellis charter verify charter.yaml --signers signers.txt
                  trellis charter verify charter.yaml --key ama.key.pub --key kofi.key.pub --require 2
                  trellis charter verify charter.yaml --signers signers.txt --whole
                  trellis charter verify charter.yaml --json

                Exit code 0 when enough trusted people signed exactly this charter and no signature is broken, 1 \
                otherwise. More: docs/charter-language.md.
                """)

        @Argument(help: "A charter file.", completion: .file(extensions: ["yaml", "yml"]))
        var charter: String

        @Option(name: .customLong("key"), help: "A public key that you trust: a file, or base64. May be repeated.")
        var keys: [String] = []

        @Option(name: .long, help: "A file of keys that you trust, a line for each: NAME KEY.", completion: .file())
        var signers: String?

        @Option(
            name: .long, help: "The file of signatures. Default: the charter's name with .sig.", completion: .file())
        var signatures: String?

        @Option(name: .long, help: "How many trusted people must have signed.")
        var require = 1

        @Flag(name: .long, help: "Count only signatures that stand for what the charter builds on too.")
        var whole = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Parents") var options: LibraryOptions

        func validate() throws {
            if require < 1 { throw ValidationError("At least one must have signed.") }
        }

        func run() async throws {
            let (charter, source) = try CharterSource.charter(charter)
            let library = try await options.library()
            var parents: [Charter] = []
            var missing: CharterUnavailable?
            if !charter.extends.isEmpty {
                do throws(CharterUnavailable) { parents = try library.load(self.charter).parents } catch {
                    missing = error
                    Terminal.error.line("What it builds on can't be looked at.\n\(error.whole)")
                }
            }
            let found = CharterVerification(
                of: charter, buildingOn: missing == nil ? parents : nil, signatures: try gathered(source),
                trusting: try TrustedSigners(keys: keys, file: signers))
            if json {
                Terminal.output.line(try Printed.json(found))
            } else {
                Terminal.output.line(found.text)
            }
            guard found.holds(signers: require, ofAll: whole) else {
                let there = whole ? found.trustedSignersOfAll : found.trustedSigners
                throw CommandFailure(
                    .negative,
                    found.entries.contains { $0.finding == .broken }
                        ? "a signature is broken."
                        : "\(there) of the \(require) trusted signatures that are needed \(there == 1 ? "is" : "are") there."
                )
            }
        }

        private func gathered(_ source: String) throws -> CharterSignatures {
            let (enclosed, unreadable) = CharterSignatures.enclosed(in: source)
            for line in unreadable {
                Terminal.error.line("\(charter):\(line): this line starts like a signature and can't be read as one.")
            }
            var all = enclosed
            let path = signatures ?? charter + ".sig"
            if let bytes = FileManager.default.contents(atPath: path) {
                guard let there = CharterSignatures(json: bytes) else {
                    throw CommandFailure(.negative, "\(path) holds no signatures that can be read.")
                }
                for signature in there.signatures { all.add(signature) }
            } else if signatures != nil {
                throw CommandFailure(.negative, "\(path) can't be read. Check its path and permissions.")
            }
            return all
        }
    }
}

extension TrustedSigners {
    /// The keys that a command names, one by one or in a file.
    ///
    /// - Throws: ``CommandFailure`` for what can't be read.
    init(keys: [String], file signers: String?) throws {
        var trusted = TrustedSigners()
        if let signers {
            guard let bytes = FileManager.default.contents(atPath: signers) else {
                throw CommandFailure(.negative, "\(signers) can't be read. Check its path and permissions.")
            }
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(CharterError) {
                trusted = try TrustedSigners.read(text, file: signers)
            } catch {
                throw CommandFailure(.negative, error.diagnostics.rendered(source: text))
            }
        }
        for text in keys {
            let content = FileManager.default.contents(atPath: text).map { String(decoding: $0, as: UTF8.self) }
            guard let key = VerifyingKey(content ?? text) else {
                throw CommandFailure(
                    .negative, "`\(text)` is neither a file with a public key nor a public key in base64.")
            }
            // A key without a name of its own goes by what it was named by.
            let name = content == nil ? "The owner of the key \(text.prefix(12))…" : "The owner of \(text)"
            trusted.add(TrustedSigners.Signer(name: name, key: key))
        }
        self = trusted
    }
}
