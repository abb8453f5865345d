import Foundation
import Testing

@testable import Counsel

@Suite("A receipt's id")
struct ReceiptIDTests {
    @Test("is read back as it was written, and carries its moment")
    func roundTrip() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<1000 {
            let moment = Int64.random(in: 0..<(1 << 48), using: &generator)
            let id = ReceiptID(at: moment, using: &generator)
            #expect(ReceiptID(id.description) == id)
            #expect(id.milliseconds == moment)
            #expect(id.description.utf8.count == 30)
        }
    }

    @Test("is the ULID of the same bits")
    func knownValue() {
        // The timestamp is the example of the ULID specification: 01ARYZ6S41 is 1469918176385.
        let id = ReceiptID(high: UInt64(1_469_918_176_385) << 16, low: 0)
        #expect(id.description == "rcp_01ARYZ6S410000000000000000")
        #expect(ReceiptID(high: .max, low: .max).description == "rcp_7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    }

    @Test("sorts as text and as a value in order of time")
    func order() {
        var generator = SeededGenerator(seed: 2)
        let ids = (0..<300).map { ReceiptID(at: Int64($0) * 7_919_993, using: &generator) }
        #expect(ids == ids.shuffled(using: &generator).sorted())
        #expect(ids.map(\.description) == ids.map(\.description).sorted())
    }

    @Test(
        "is nothing but exactly what was written",
        arguments: [
            "", "rcp_", "01ARYZ6S410000000000000000", "rcp_01ARYZ6S41000000000000000",
            "rcp_01ARYZ6S4100000000000000000",
            "rcp_81ARYZ6S410000000000000000", "rcp_01aryz6s410000000000000000", "RCP_01ARYZ6S410000000000000000",
            "rcp_01ARYZ6S41000000000000000I", "rcp_01ARYZ6S41000000000000000O", "rcp_01ARYZ6S41000000000000000U",
            "rcp_01ARYZ6S41000000000000000é", " rcp_01ARYZ6S410000000000000000", "rcp_01ARYZ6S410000000000000000\n",
            "rcp-01ARYZ6S410000000000000000", "rcp_01ARYZ6S4100000000000000'--",
        ])
    func strictness(text: String) {
        #expect(ReceiptID(text) == nil)
    }

    @Test("is not made twice")
    func uniqueness() {
        let ids = (0..<10_000).map { _ in ReceiptID(at: 1) }
        #expect(Set(ids).count == ids.count)
    }
}

@Suite("A person's pseudonym")
struct PersonPseudonymTests {
    let pseudonyms = Pseudonyms(secret: Array("a secret that only this store knows".utf8))

    @Test("is the same for the same person, and another for every other person, application and secret")
    func distinctness() {
        let ada = pseudonyms.pseudonym(of: "ada", in: "riverside")
        #expect(pseudonyms.pseudonym(of: "ada", in: "riverside") == ada)
        #expect(pseudonyms.pseudonym(of: "adb", in: "riverside") != ada)
        #expect(pseudonyms.pseudonym(of: "ada", in: "hillside") != ada)
        #expect(pseudonyms.pseudonym(of: "aada", in: "riversid") != pseudonyms.pseudonym(of: "ada", in: "riversida"))
        #expect(Pseudonyms(secret: Array("another secret".utf8)).pseudonym(of: "ada", in: "riverside") != ada)
    }

    @Test("is HMAC-SHA256 over the application's length, the application and the name, cut to 128 bits")
    func knownValue() {
        // Python: hmac.new(b"k" * 32, (1).to_bytes(8, "big") + b"a" + b"p", "sha256").hexdigest()[:32]
        let pseudonym = Pseudonyms(secret: Array(repeating: UInt8(ascii: "k"), count: 32)).pseudonym(of: "p", in: "a")
        #expect(pseudonym.description == "59755872882b14279e5424b274795853")
    }

    @Test("is read back as it was written, and nothing else is read")
    func roundTrip() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let pseudonym = PersonPseudonym(high: generator.next(), low: generator.next())
            #expect(PersonPseudonym(pseudonym.description) == pseudonym)
        }
        for text in ["", "ab", String(repeating: "A", count: 32), String(repeating: "a", count: 33), "ada"] {
            #expect(PersonPseudonym(text) == nil)
        }
    }
}
