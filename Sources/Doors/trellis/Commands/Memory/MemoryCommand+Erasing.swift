import ArgumentParser
import Foundation
import Gateway
import Memory

extension MemoryCommand {
    /// `trellis memory erase`.
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erase items, or everything, for good. There is no undo.",
            discussion: """
                Erased items are gone from the store, its log and every backup made afterwards, with the versions that \
                they replaced. --everything destroys the key of the whole memory; what the person allows stays as it \
                is. You get a signed certificate that says what was erased, when and how, and nothing of what it said. \
                DELETE /trellis/v1/bodies erases a person altogether.

                Examples:
                  trellis memory erase 01KAT2V6R8M3X5N7Q9S1T4W6YZ --person ada -a homework
                  trellis memory erase --everything --certificate erased.json --person ada
                Asks before; --yes answers. Exit code 1 when there is no such item, or the answer is no. More: \
                docs/memory.md.
                """)

        @Argument(help: ArgumentHelp("The items’ ids, as `trellis memory list` shows them.", valueName: "item"))
        var items: [MemoryItem.ID] = []
        @Flag(name: .long, help: "Everything that is remembered of the person.")
        var everything = false
        @Flag(name: .shortAndLong, help: "Don't ask.")
        var yes = false
        @Option(name: .long, help: "The file to keep the certificate in.", completion: .file())
        var certificate: String?
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print the certificate as JSON.")
        var json = false

        func validate() throws {
            guard items.isEmpty == everything else {
                throw ValidationError("Name items, or say --everything.")
            }
        }

        func run() async throws {
            let count = try await memory.with { own, _ in
                for id in items where try await own.item(id) == nil { throw MemoryError.noSuchItem(id) }
                return try await everything ? own.items().count : items.count
            }
            try agree(to: count)
            // The file is made first: what is erased can't be asked about again.
            if let certificate { try CharterFileWriting.create(certificate, with: "", mode: 0o600) }
            let word: ErasureCertificate
            do {
                word = try await memory.with { own, at in
                    try await everything ? own.eraseEverything(at: at) : own.erase(items, at: at)
                }
            } catch {
                if let certificate { unlink(certificate) }
                throw error
            }
            let text = try Printed.json(word)
            if json { Terminal.output.line(text) }
            if let certificate {
                do { try CharterFileWriting.replace(certificate, with: text + "\n") } catch {
                    if !json { Terminal.output.line(text) }
                    Terminal.error.line(
                        "It is erased, but the certificate could not be kept in the file. Keep the above.")
                    throw error
                }
            }
            if !json {
                for line in CertificateWords.lines(word) { Terminal.output.line(line) }
                if let certificate { Terminal.output.line("The certificate is in \(WrappedText.plain(certificate)).") }
            }
        }

        /// Makes sure that it is meant.
        private func agree(to count: Int) throws {
            guard !yes else { return }
            guard isatty(STDIN_FILENO) == 1 else {
                throw CommandFailure(
                    .negative, "nothing was erased: nobody is there to be asked. Say --yes if it is meant.")
            }
            let what = count == 1 ? "one item" : "\(count) items"
            Terminal.error.write(
                everything
                    ? "Erase everything that is remembered of this person, \(what), for good? [y/N] "
                    : "Erase \(what) for good, with the versions before? [y/N] ")
            let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
            guard answer == "y" || answer == "yes" else {
                throw CommandFailure(.negative, "nothing was erased.")
            }
        }
    }

    /// `trellis memory verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a certificate of erasure: is it sound, and this store's?",
            discussion: """
                Checks the signature (Ed25519), and that it was made with this data folder's key, or with the one that \
                --key names: GET /trellis/v1/memory/certificate-key tells it.

                Examples:
                  trellis memory verify erased.json
                  trellis memory verify erased.json --key mYz0…=
                Exit code 1 when it is not sound, or signed by another. More: docs/memory.md.
                """)

        @Argument(help: "The certificate's file, or - for standard input.", completion: .file(extensions: ["json"]))
        var file: String
        @Option(name: .long, help: "The public key of the store that should have signed it, in base64.")
        var key: String?
        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            guard
                let certificate = try? JSONDecoder().decode(
                    ErasureCertificate.self, from: Data(try SentFile.bytes(file)))
            else {
                throw CommandFailure(.negative, "\(WrappedText.plain(file)) holds no certificate of erasure.")
            }
            guard certificate.isSound else {
                throw CommandFailure(
                    .negative, "the signature is not for what the certificate says: it was changed, or never signed.")
            }
            let settings = try await options.settings()
            if key == nil, !FileManager.default.fileExists(atPath: settings.storePath) {
                throw CommandFailure(
                    .negative,
                    "the signature is sound, but whose it is can't be told: there is no store in "
                        + "\(settings.gateway.dataDirectory). Name the store's key with --key, or its folder with --data."
                )
            }
            let known: String
            if let key { known = key } else { known = try await settings.withPeople { $0.memories.signer.key } }
            guard certificate.key == known else {
                throw CommandFailure(
                    .negative, "the signature is sound, but made with another key: this store didn't sign it.")
            }
            for line in CertificateWords.lines(certificate) { Terminal.output.line(line) }
            Terminal.output.line("The signature is sound, and this store's.")
        }
    }
}

/// A certificate of erasure in words.
enum CertificateWords {
    static func lines(_ certificate: ErasureCertificate) -> [String] {
        let what =
            switch (certificate.scope, certificate.count) {
            case (.items, 1?): "One item was erased"
            case (.items, let count): "\(count.map(String.init) ?? "Some") items were erased"
            case (.memory, let count): "Everything remembered was erased" + number(count)
            case (.everything, let count): "Everything kept of this person was erased" + number(count)
            }
        return (["\(what), asked for on \(WrittenMoment.text(certificate.askedAt)) UTC."] + certificate.done)
            .map { WrappedText.plain($0) }
    }

    private static func number(_ count: Int?) -> String {
        switch count {
        case nil: ""
        case 1?: ", one item"
        case let count?: ", \(count) items"
        }
    }
}
