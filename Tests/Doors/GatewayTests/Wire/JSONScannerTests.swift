import Foundation
import NIOCore
import Testing

@testable import Gateway

@Suite("The strict JSON scanner")
struct JSONScannerTests {
    static func fault(_ text: [UInt8], depthLimit: Int = 128) -> JSONFault? {
        text.withUnsafeBytes { bytes in
            do throws(JSONFault) {
                try JSONScanner.check(bytes, depthLimit: depthLimit)
                return nil
            } catch {
                return error
            }
        }
    }

    static func fault(_ text: String) -> JSONFault? { fault(Array(text.utf8)) }

    @Test(
        "accepts what RFC 8259 allows",
        arguments: [
            "{}", "[]", "0", "-0", "1.5e+10", "1E5", "1e-5", "true", "false", "null", #""""#, " \t\r\n{} \n",
            #"{"a":{"a":{"a":[1,2,{"a":null}]}}}"#, #"["\u0000","\ud83d\ude00","\"\\\/\b\f\n\r\t"]"#,
            "[\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"]", #"{"":1,"a":2,"aa":3}"#,
            #"{"abcdefgh1":1,"abcdefgh2":2,"abcdefgh":3}"#, "[\"\u{D7FF}\u{E000}\"]",
            #"["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","b"]"#, "123456789012345678901234567890",
        ])
    func accepts(text: String) {
        #expect(Self.fault(text) == nil)
    }

    @Test(
        "refuses what a strict parser refuses, and says where",
        arguments: [
            ("", .empty, 0), (" \n\t", .empty, 0),
            ("{", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), (#"{"a"#, .unexpectedEnd, 3),
            (#"{"a":"#, .unexpectedEnd, 5), ("tru", .unexpectedEnd, 3), (#""\u00"#, .unexpectedEnd, 5),
            ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3),
            (#""\"#, .unexpectedEnd, 2), (#""\ud800\"#, .unexpectedEnd, 8),
            ("{} x", .trailingBytes, 3), ("{}{}", .trailingBytes, 2), ("1 2", .trailingBytes, 2),
            ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), (#"{"a":1,}"#, .unexpectedByte, 7),
            ("{a:1}", .unexpectedByte, 1), (#"{"a" 1}"#, .unexpectedByte, 5), (#"{"a":1 "b":2}"#, .unexpectedByte, 7),
            ("[1 2]", .unexpectedByte, 3), ("{'a':1}", .unexpectedByte, 1), ("[1}", .unexpectedByte, 2),
            (#"{"a":1]"#, .unexpectedByte, 6), ("// x", .unexpectedByte, 0), ("]", .unexpectedByte, 0),
            ("\u{A0}{}", .unexpectedByte, 0), ("[\u{0C}1]", .unexpectedByte, 1), ("{1:2}", .unexpectedByte, 1),
            ("01", .badNumber, 0), ("-01", .badNumber, 0), (".5", .badNumber, 0), ("+1", .badNumber, 0),
            ("[1.]", .badNumber, 1), ("[1.e5]", .badNumber, 1), ("[1e]", .badNumber, 1), ("[-]", .badNumber, 1),
            ("[-a]", .badNumber, 1), ("[0x1]", .unexpectedByte, 2), ("[1_000]", .unexpectedByte, 2),
            ("NaN", .badLiteral, 0), ("Infinity", .badLiteral, 0), ("nul1", .badLiteral, 0),
            ("True", .unexpectedByte, 0),
            ("[tru]", .badLiteral, 1), ("truex", .trailingBytes, 4),
            (#""\x""#, .badEscape, 1), (#""\u12G4""#, .badEscape, 1), (#""\U0041""#, .badEscape, 1),
            (#""a\'""#, .badEscape, 2),
            (#""\ud800""#, .loneSurrogate, 1), (#""\udc00""#, .loneSurrogate, 1),
            (#""\ud800\ud800""#, .loneSurrogate, 1),
            (#""\ud800\n\n""#, .loneSurrogate, 1), (#""\ud800abcdef""#, .loneSurrogate, 1),
            (#""\udc00\ud800""#, .loneSurrogate, 1),
            ("\"a\nb\"", .controlCharacter, 2), ("\"\u{0}\"", .controlCharacter, 1),
            ("\"\u{1F}\"", .controlCharacter, 1),
            ("\"aaaaaaaaaaaaaaaaaaaaaaaa\tb\"", .controlCharacter, 25),
            (#"{"a":1,"a":2}"#, .duplicateKey, 7), (#"{"model":1,"\u006dodel":2}"#, .duplicateKey, 11),
            (#"{"\u006dodel":1,"model":2}"#, .duplicateKey, 16), (#"{"":1,"":2}"#, .duplicateKey, 6),
            (#"[{"b":{"abcdefghij":1,"abcdefghij":1}}]"#, .duplicateKey, 22),
            (#"{"\/":1,"/":2}"#, .duplicateKey, 8), (#"{"\ud83d\ude00":1,"😀":2}"#, .duplicateKey, 18),
        ] as [(String, JSONFault.Kind, Int)])
    func refuses(text: String, kind: JSONFault.Kind, offset: Int) {
        let fault = Self.fault(text)
        #expect(fault?.kind == kind)
        #expect(fault?.offset == offset)
        #expect(fault?.message.isEmpty == false)
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE1, 0x80], [0xE1, 0x80, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF1, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
            [0xFE], [0xF1, 0x80, 0x80, 0x41],
        ] as [[UInt8]])
    func badUTF8(sequence: [UInt8]) {
        for padding in [0, 7, 15, 16, 40] {
            let before = [UInt8](repeating: 0x61, count: padding)
            #expect(Self.fault([0x22] + before + sequence + [0x22])?.kind == .badUTF8)
            #expect(Self.fault([0x22] + before + sequence)?.kind == .badUTF8)
            #expect(Self.fault([0x7B, 0x22] + before + sequence + Array(#"":1}"#.utf8))?.kind == .badUTF8)
        }
    }

    @Test("finds every byte that may not stand plainly in a string, wherever it stands")
    func everyByteEverywhere() {
        for byte in UInt8.min ... .max {
            for place in 0..<34 {
                var text = [UInt8](repeating: 0x61, count: 60)
                text[place] = byte
                let fault = Self.fault([0x22] + text + [0x22])
                let isPlain = (0x20..<0x80).contains(byte) && byte != 0x22 && byte != 0x5C
                #expect((fault == nil) == isPlain, "\(byte) at \(place)")
                if byte < 0x20 {
                    #expect(fault?.kind == .controlCharacter && fault?.offset == place + 1)
                }
            }
        }
    }

    @Test("refuses a byte order mark and UTF-16")
    func marks() {
        #expect(Self.fault([0xEF, 0xBB, 0xBF] + Array("{}".utf8))?.kind == .byteOrderMark)
        #expect(Self.fault([0xFF, 0xFE, 0x7B, 0, 0x7D, 0])?.kind == .byteOrderMark)
        #expect(Self.fault([0xFE, 0xFF, 0, 0x7B, 0, 0x7D])?.kind == .byteOrderMark)
        #expect(Self.fault([0, 0x7B, 0, 0x7D])?.kind == .byteOrderMark)
        #expect(Self.fault([0x7B, 0, 0x7D, 0])?.kind == .byteOrderMark)
    }

    @Test("holds the depth limit exactly, for arrays and objects")
    func depth() {
        func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
            Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
        }
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            #expect(Self.fault(nested(128, open, close)) == nil)
            #expect(Self.fault(nested(129, open, close))?.kind == .tooDeep)
            #expect(Self.fault(nested(3, open, close), depthLimit: 2)?.kind == .tooDeep)
            #expect(Self.fault(nested(100_000, open, close))?.kind == .tooDeep)
            #expect(Self.fault(nested(100_000, open, close), depthLimit: 1_000_000)?.kind == .tooDeep)
        }
        #expect(Self.fault(nested(512, "[", "]"), depthLimit: 1_000_000) == nil)
    }

    @Test("finds a key that comes twice among many, in objects inside objects, and accepts many different ones")
    func manyKeys() {
        for count in [15, 16, 17, 18, 31, 32, 33, 200, 20_000] {
            let members = (0..<count).map { #""key number \#($0)":{"key number 0":0}"# }
            #expect(Self.fault("{" + members.joined(separator: ",") + "}") == nil)
            for twin in count > 1_000 ? [count / 2] : [0, count / 2, count - 1] {
                let text = "{" + (members + [#""key \u006eumber \#(twin)":1"#]).joined(separator: ",") + "}"
                #expect(Self.fault(text)?.kind == .duplicateKey, "\(twin) of \(count)")
            }
        }
    }

    @Test("an object's keys do not count against its neighbours, parents or children")
    func keysAreScoped() {
        let wide = "{" + (0..<40).map { #""k\#($0)":[{"k\#($0)":1,"\u006b\#($0)x":2}]"# }.joined(separator: ",") + "}"
        #expect(Self.fault("[\(wide),\(wide),{\"a\":\(wide),\"b\":\(wide),\"k1\":\(wide)}]") == nil)
        #expect(Self.fault("{\"a\":\(wide),\"b\":\(wide),\"\\u0061\":1}")?.kind == .duplicateKey)
    }

    @Test("counts lines and characters, not bytes, for the place")
    func place() throws {
        let fault = try #require(Self.fault("{\n  \"ä😀\": \"é\", x\n}"))
        #expect(fault.line == 2)
        #expect(fault.column == 14)
        #expect(fault.offset == 20)
    }

    @Test("never repeats a body's text in its message, but for a short plain key that comes twice")
    func discretion() throws {
        let secret = try #require(Self.fault(#"{"a":"my secret" "b"}"#))
        #expect(!secret.message.contains("secret"))
        let twice = try #require(Self.fault(#"{"model":1,"model":2}"#))
        #expect(twice.message.contains(#""model""#))
        let long = String(repeating: "k", count: 100)
        let twiceLong = try #require(Self.fault("{\"\(long)\":1,\"\(long)\":2}"))
        #expect(!twiceLong.message.contains("kkkk"))
    }

    @Test("reads every truncation of a valid text as unfinished or not UTF-8, never as valid")
    func truncation() {
        let text = Array(
            #"{"a":["x\n\u00e9\ud83d\ude00 é😀",-1.5e+3,true,false,null,{"b":{}}],"ccccccccccccccccccc":"d"}"#.utf8)
        #expect(Self.fault(text) == nil)
        for length in 0..<text.count {
            let kind = Self.fault(Array(text[..<length]))?.kind
            #expect(
                kind == .unexpectedEnd || kind == .badUTF8 || kind == .empty, "\(length): \(String(describing: kind))")
        }
    }
}
