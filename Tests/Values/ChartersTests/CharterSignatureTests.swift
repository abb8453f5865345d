import Foundation
import Testing

@testable import Charters

@Suite("Signing a charter")
struct CharterSignatureTests {
    private func key(_ seed: UInt8) throws -> SigningKey {
        try #require(SigningKey(seed: Array(repeating: seed, count: 32)))
    }

    private func charter(_ text: String = riverside) throws -> Charter {
        try Charter.read(text, file: "a.yaml").charter
    }

    @Test("writes keys as OpenSSL does, and reads them back")
    func keys() throws {
        // RFC 8032, section 7.1, test 1.
        let seed: [UInt8] = [
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49,
            0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
        ]
        let key = try #require(SigningKey(seed: seed))
        #expect(key.verifyingKey.base64 == "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        let pem = key.reveal()
        #expect(
            pem.hasPrefix(
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"))
        #expect(SigningKey(pem)?.verifyingKey == key.verifyingKey)
        #expect(VerifyingKey(key.verifyingKey.pem) == key.verifyingKey)
        #expect(VerifyingKey(key.verifyingKey.base64) == key.verifyingKey)
        #expect(SigningKey(seed: [1, 2]) == nil)
        for bad in ["", "x", "AAAA", key.verifyingKey.pem, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"] {
            #expect(SigningKey(bad) == nil, "\(bad)")
        }
        #expect(VerifyingKey(pem) == nil, "a secret key is not taken for a public one")
    }

    @Test("holds for the charter's meaning, and not for its layout")
    func layout() throws {
        let signature = try CharterSignature(of: charter(), by: "Ama Okoye, for the parents", with: key(1))
        #expect(signature.isSound)
        let formed = try CharterForm.formatted(riverside.utf8, file: "a.yaml")
        let trusted = TrustedSigners([.init(name: "Ama Okoye", key: try key(1).verifyingKey)])
        let found = CharterVerification(of: try charter(formed), signatures: .init([signature]), trusting: trusted)
        #expect(found.entries.map(\.finding) == [.trusted] && found.holds())
        #expect(found.text.contains("Ama Okoye, signing as “Ama Okoye, for the parents”, signed exactly this charter."))
    }

    @Test("breaks when anything that was signed is changed")
    func tampering() throws {
        let signature = try CharterSignature(of: charter(), by: "Ama", with: key(1), at: "2026-11-23")
        let other = CharterFingerprint(of: [1])
        let data = try JSONEncoder().encode(signature)
        let original = try #require(try JSONSerialization.jsonObject(with: data) as? [String: String])
        let changes = [
            "charter": "riverside/other", "version": "2.1.1", "fingerprint": other.hexadecimal, "signer": "Kofi",
            "signed-at": "2026-11-24", "key": try key(2).verifyingKey.base64, "algorithm": "none",
            "signature": Data(repeating: 0, count: 64).base64EncodedString(),
        ]
        #expect(Set(changes.keys) == Set(original.keys), "every part is tried")
        for (name, value) in changes {
            var changed = original
            changed[name] = value
            let read = try JSONDecoder().decode(
                CharterSignature.self, from: JSONSerialization.data(withJSONObject: changed))
            #expect(!read.isSound, "\(name)")
        }
        // A sign cut off one name and put on another must not give the same message.
        let moved = CharterSignature.message(
            charter: "a/b", version: "1.0.0", fingerprint: other, buildsOn: nil, signer: "x", signedAt: "y")
        let split = CharterSignature.message(
            charter: "a/b", version: "1.0.0", fingerprint: other, buildsOn: nil, signer: "xy", signedAt: nil)
        #expect(moved != split)
    }

    @Test("tells apart who is trusted, who is unknown, and who signed something else")
    func findings() throws {
        let next = try charter(riverside.replacing("2.1.0", with: "2.2.0"))
        let reworded = try charter(riverside.replacing("Pupils have people", with: "They have people"))
        var signatures = CharterSignatures()
        signatures.add(try CharterSignature(of: charter(), by: "Ama", with: key(1)))
        signatures.add(try CharterSignature(of: charter(), by: "A stranger", with: key(2)))
        signatures.add(try CharterSignature(of: next, by: "Kofi", with: key(3)))
        signatures.add(try CharterSignature(of: reworded, by: "Kofi", with: key(3)))
        signatures.add(try CharterSignature(of: charter(), by: "Ama Okoye", with: key(1)))
        #expect(signatures.signatures.count == 4, "a key signs a charter once")
        let trusted = try TrustedSigners.read(
            "# who may sign\nAma Okoye \(key(1).verifyingKey)\n\nKofi Mensah \(key(3).verifyingKey)\n", file: "signers")
        let found = CharterVerification(of: try charter(), signatures: signatures, trusting: trusted)
        #expect(found.entries.map(\.finding) == [.unknownSigner, .otherCharter, .otherCharter, .trusted])
        #expect(found.trustedSigners == 1 && found.holds() && !found.holds(signers: 2))
        #expect(found.text.contains("it isn't known who that is"))
        #expect(found.text.contains("Kofi Mensah signed riverside/tutor 2.2.0"))
        #expect(found.text.contains("Kofi Mensah signed other words under the same version"))
        let nobody = CharterVerification(of: try charter(), signatures: .init(), trusting: trusted)
        #expect(!nobody.holds() && nobody.text.contains("Nobody has signed it"))
    }

    @Test(
        "stands in a file of its own or at the end of the charter's, which keeps its fingerprint",
        arguments: ["\n", "\r\n"])
    func files(lineEnd: String) throws {
        var signatures = CharterSignatures()
        signatures.add(try CharterSignature(of: charter(), by: "Ama", with: key(1)))
        signatures.add(try CharterSignature(of: charter(), by: "Çelik 人 \"x\" #", with: key(2)))
        #expect(CharterSignatures(json: signatures.json.utf8) == signatures)
        #expect(CharterSignatures(json: "[]".utf8) == nil && CharterSignatures(json: "".utf8) == nil)

        let text = riverside.replacing("\n", with: lineEnd)
        let enclosed = signatures.enclosed(in: text)
        #expect(try charter(enclosed) == charter())
        #expect(enclosed.hasPrefix(text))
        #expect(CharterSignatures.enclosed(in: enclosed).signatures == signatures)
        #expect(signatures.enclosed(in: enclosed).filter { $0 == "#" } == enclosed.filter { $0 == "#" })
        let formed = try CharterForm.formatted(enclosed.utf8, file: "a.yaml")
        #expect(CharterSignatures.enclosed(in: formed).signatures == signatures, "form keeps signatures")
        let none = CharterSignatures().enclosed(in: enclosed)
        #expect(CharterSignatures.enclosed(in: none).signatures.signatures.isEmpty)
        #expect(try charter(none) == charter())

        let broken = CharterSignatures.enclosed(
            in: text + "# trellis-signature: {\"charter\": 1}\n# trellis-signature:")
        #expect(broken.signatures.signatures.isEmpty && broken.unreadable.count == 2)
    }

    @Test(
        "refuses names that hide something",
        arguments: ["", " x", "a\nb", "a\u{202E}b", "tab\there", String(repeating: "x", count: 201)])
    func names(name: String) throws {
        #expect(throws: CharterSignature.Refusal.unclear(name)) {
            try CharterSignature(of: charter(), by: name, with: key(1))
        }
    }

    @Test("never takes damaged signatures for sound ones", arguments: UInt64(0)..<20)
    func damaged(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let signatures = CharterSignatures([try CharterSignature(of: charter(), by: "Ama", with: key(1))])
        let trusted = TrustedSigners([.init(name: "Ama", key: try key(1).verifyingKey)])
        for _ in 0..<50 {
            let bytes = mutated(Array(signatures.json.utf8), using: &generator)
            guard let read = CharterSignatures(json: bytes), read != signatures else { continue }
            let found = CharterVerification(of: try charter(), signatures: read, trusting: trusted)
            #expect(!found.entries.contains { $0.finding == .trusted && !signatures.signatures.contains($0.signature) })
        }
    }

    @Test("stands for what the charter builds on, or says that it doesn't")
    func parents() throws {
        func read(_ text: String) throws -> Charter { try Charter.read(text, file: "a.yaml").charter }
        let parent = try read("charter: t/parent\nversion: 1.0.0\npurpose: Help.\ngoods: {a: {says: A.}}\n")
        let changed = try read("charter: t/parent\nversion: 1.0.0\npurpose: Help.\ngoods: {a: {says: Obey.}}\n")
        let child = try read(
            "charter: t/child\nversion: 1.0.0\nextends: [./parent.yaml]\npurpose: Help.\ngoods: {b: {says: B.}}\n")
        let trusted = TrustedSigners([.init(name: "Ama", key: try key(1).verifyingKey)])
        func found(_ signature: CharterSignature, _ parents: [Charter]?) -> CharterVerification {
            CharterVerification(of: child, buildingOn: parents, signatures: .init([signature]), trusting: trusted)
        }
        let whole = try CharterSignature(of: child, buildingOn: [parent], by: "Ama", with: key(1))
        let own = try CharterSignature(of: child, by: "Ama", with: key(1))
        #expect(whole.isSound && own.isSound)

        #expect(found(whole, [parent]).holds(ofAll: true))
        #expect(found(whole, [parent]).text.contains("signed exactly this charter with all that it builds on"))
        #expect(found(whole, [changed]).entries.map(\.finding) == [.otherParents])
        #expect(!found(whole, [changed]).holds() && !found(whole, []).holds())
        #expect(!found(whole, nil).holds() && found(whole, nil).text.contains("can't be found here"))

        #expect(found(own, [changed]).holds() && !found(own, [changed]).holds(ofAll: true))
        #expect(found(own, [parent]).text.contains("its own words alone"))
        #expect(found(own, [parent]).text.contains("builds on t/parent 1.0.0, and nobody whom you trust signed that"))

        // What it stands for can't be taken out or put in afterwards.
        let data = try JSONEncoder().encode(whole)
        var parts = try #require(try JSONSerialization.jsonObject(with: data) as? [String: String])
        parts["builds-on"] = nil
        let less = try JSONDecoder().decode(CharterSignature.self, from: JSONEncoder().encode(parts))
        #expect(less.buildsOn == nil && !less.isSound)
        parts["builds-on"] = CharterFingerprint(ofParents: [changed]).hexadecimal
        #expect(!(try JSONDecoder().decode(CharterSignature.self, from: JSONEncoder().encode(parts)).isSound))
    }

    @Test("names the line of a trusted key that can't be read")
    func signers() throws {
        do {
            _ = try TrustedSigners.read("Ama \(key(1).verifyingKey)\nKofi AAAA\n", file: "signers")
            Issue.record("it was read")
        } catch let error as CharterError { #expect(error.diagnostics.map(\.line) == [2]) }
    }
}
