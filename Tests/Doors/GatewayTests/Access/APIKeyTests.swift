import Testing

@testable import Gateway

@Suite("API keys")
struct APIKeyTests {
    @Test("a new key has the form that its documentation promises")
    func form() {
        let key = APIKey().reveal()
        #expect(key.hasPrefix("tr_live_"))
        #expect(key.utf8.count == APIKey.length)
        #expect(key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        #expect(APIKey.shape(of: Array(key.utf8)) == .wellFormed)
    }

    @Test("no two keys are alike")
    func distinct() {
        let keys = Set((0..<1000).map { _ in APIKey().reveal() })
        #expect(keys.count == 1000)
    }

    @Test("printing a key by accident shows only its first characters")
    func printing() {
        let key = APIKey()
        let secret = key.reveal()
        for printed in ["\(key)", key.description, key.hint] {
            #expect(!printed.contains(secret.dropFirst(12)))
            #expect(printed.count == 13)
        }
    }

    @Test("every single mistyped character is told from an unknown key")
    func mistyped() {
        var generator = SeededGenerator(seed: 7)
        let key = Array(APIKey(using: &generator).reveal().utf8)
        for place in APIKey.prefix.utf8.count..<key.count {
            var wrong = key
            wrong[place] = key[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            #expect(APIKey.shape(of: wrong) == .mistyped, "at \(place)")
        }
        #expect(APIKey.shape(of: key.dropLast()) == .mistyped)
        #expect(APIKey.shape(of: key + [UInt8(ascii: "0")]) == .mistyped)
    }

    @Test("any bytes at all have a shape, and random bytes are never well formed")
    func anyBytes() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...80, using: &generator)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if Bool.random(using: &generator) { bytes = Array(APIKey.prefix.utf8) + bytes }
            #expect(APIKey.shape(of: bytes) != .wellFormed)
        }
        #expect(APIKey.shape(of: Array("sk-proj-abc".utf8)) == .foreign)
    }

    @Test("base 62 writes what long division by hand gives")
    func base62() {
        func text(_ bytes: [UInt8], _ width: Int) -> String {
            String(decoding: APIKey.base62(bytes, width: width), as: UTF8.self)
        }
        #expect(text([0], 2) == "00")
        #expect(text([61], 1) == "z")
        #expect(text([62], 2) == "10")
        #expect(text([255, 255, 255, 255], 6) == "4gfFC3")
        // 43 digits hold 256 bits: the largest secret loses nothing.
        #expect(text([UInt8](repeating: 255, count: 32), 44).first == "0")
    }

    @Test("a digest is SHA-256, whichever way its bytes come, and survives being stored")
    func digest() throws {
        let bytes = Array("abc".utf8)
        let expected: [UInt8] = [
            0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
            0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
        ]
        #expect(KeyDigest(of: bytes).bytes == expected)
        #expect(KeyDigest(of: bytes.lazy.map { $0 }).bytes == expected)
        #expect(bytes.withUnsafeBytes { KeyDigest(of: $0) }.bytes == expected)
        let stored = try #require(KeyDigest(stored: expected))
        #expect(stored == KeyDigest(of: bytes))
        #expect(KeyDigest(stored: Array(expected.dropLast())) == nil)
    }
}
