import Foundation
import Testing

@testable import Charters

/// Reads bytes, and whatever comes of it takes that through everything a caller may do. Anything but returning is a bug.
private func exercise(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(CharterError) {
        let (charter, warnings) = try Charter.read(bytes, file: "fuzz.yaml")
        _ = warnings.rendered(source: text)
        for role in charter.roles { _ = try charter.compiled(role: role.id) }
        let compiled = try charter.compiled(role: nil)
        #expect(compiled.charterFingerprint == charter.fingerprint)
        // A charter with parents names roles, topics and people that may stand there; alone, it is still a stack.
        _ = CharterStack(charter: charter).check()
        #expect(!compiled.brief.unicodeScalars.contains { $0.isUnsafeToPrint && $0 != "\n" && $0 != "\t" })
        // What was read can be read again from its own canonical form, because JSON is YAML.
        let again = try Charter.read(charter.canonicalForm, file: "canonical.yaml").charter
        #expect(again.fingerprint == charter.fingerprint)
        #expect(again.layer == charter.layer)
    } catch {
        #expect(error.diagnostics.contains { $0.severity == .error })
        _ = error.diagnostics.rendered(source: text)
        for diagnostic in error.diagnostics {
            #expect(diagnostic.line >= 0 && diagnostic.column >= (diagnostic.line > 0 ? 1 : 0))
        }
        _ = error.diagnostics.sarif(version: "0.0.0")
    }
    exerciseWishes(bytes)
}

/// The same for a person's wishes.
private func exerciseWishes(_ bytes: [UInt8]) {
    let (wishes, diagnostics) = PersonLayer.check(bytes, file: "fuzz.yaml")
    #expect((wishes == nil) == diagnostics.contains { $0.severity == .error })
    guard let wishes else { return }
    let again = PersonLayer.check(wishes.canonicalForm, file: "canonical.yaml").wishes
    #expect(again?.layer == wishes.layer)
    #expect(again == wishes)
}

@Suite("No bytes make reading crash")
struct FuzzTests {
    private static let seeds: [[UInt8]] =
        ([riverside, wholeCharter, wholeWishes] + Commons.names.compactMap(Commons.source)).map { Array($0.utf8) }

    @Test("charters with changes at random", arguments: UInt64(0)..<10)
    func mutations(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 { exercise(mutated(Self.seeds.randomElement(using: &generator) ?? [], using: &generator)) }
    }

    @Test("charters of the whole language, put together at random and changed at random", arguments: UInt64(0)..<10)
    func wholeLanguage(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let content = CharterContent.random(using: &generator)
            let text = content.written(in: .random(using: &generator), using: &generator)
            exercise(Array(text.utf8))
            exercise(mutated(Array(text.utf8), using: &generator))
        }
    }

    @Test("bytes at random", arguments: UInt64(0)..<10)
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let count = Int.random(in: 0...200, using: &generator)
            exercise((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }

    @Test(
        "for as long as TRELLIS_FUZZ_SECONDS says",
        .enabled(if: ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"].flatMap(Double.init) != nil))
    func long() {
        let seconds = ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"].flatMap(Double.init) ?? 0
        // A new seed for each run; it is printed, so that a failure can be repeated.
        let seed =
            ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SEED"].flatMap(UInt64.init) ?? .random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var runs = 0
        var pool = Self.seeds
        while clock.now < end {
            // Changes pile up on some, so that the search leaves the neighbourhood of sound charters.
            let place = Int.random(in: 0..<pool.count, using: &generator)
            let bytes = mutated(pool[place], using: &generator)
            exercise(bytes)
            if bytes.count < 20_000, Int.random(in: 0..<20, using: &generator) == 0 {
                if pool.count < 200 {
                    pool.append(bytes)
                } else {
                    pool[Int.random(in: Self.seeds.count..<200, using: &generator)] = bytes
                }
            }
            runs += 1
        }
        print("fuzzed reading \(runs) times in \(seconds) s, seed \(seed)")
    }
}
