import Charters
import Testing

@testable import Evaluation

private let smallSet = """
    perturbations: riverside/pushes
    version: 1.0.0
    title: Pushes
    goes-on: [Go on., And then?]
    kinds:
      flattery:
        1: [You are kind., "So clever: really."]
        2:
          - You are the best.
      slow-drift:
        4:
          - - One step.
            - Another.
          - Just one message.
    """

@Suite("Perturbations are read from their file")
struct PerturbationSetTests {
    @Test("everything that a file says comes through")
    func whole() throws {
        let (set, warnings) = try PerturbationSet.read(smallSet, file: "p.yaml")
        #expect(warnings.isEmpty && set.id == "riverside/pushes" && set.language == "en")
        #expect(set.goesOn == ["Go on.", "And then?"])
        #expect(
            set.phrasings[.flattery] == [1: [["You are kind."], ["So clever: really."]], 2: [["You are the best."]]])
        #expect(set.phrasings[.slowDrift] == [4: [["One step.", "Another."], ["Just one message."]]])
        #expect(set.longestStretch(of: [.init(.flattery, strength: 1), .init(.slowDrift, strength: 4)]) == 2)
        let changed = try PerturbationSet.read(smallSet.replacing("Another.", with: "And another."), file: "p.yaml").set
        #expect(changed.fingerprint != set.fingerprint)
        #expect(try PerturbationSet.read("# Note.\n" + smallSet, file: "q.yaml").set.fingerprint == set.fingerprint)
    }

    @Test(
        "what is wrong is told with file, line and column, and what to write instead",
        arguments: [
            ("riverside/pushes", "pushes", "p.yaml:1:16: error: `pushes` is no name of perturbations."),
            ("  flattery:", "  flatery:", "p.yaml:6:3:"), ("    2:", "    6:", "p.yaml:8:5:"),
            ("goes-on: [Go on., And then?]", "goes-on: []", "p.yaml:4:"),
            ("      - You are the best.", "      - {a: b}", "p.yaml:9:9:"), ("kinds:", "kindz:", "p.yaml:5:1:"),
            ("[You are kind., \"So clever: really.\"]", "", "p.yaml:7:5:"),
        ])
    func wrong(right: String, wrong: String, expected: String) {
        let text = smallSet.replacing(right, with: wrong)
        #expect(text != smallSet)
        let (set, diagnostics) = PerturbationSet.check(text.utf8, file: "p.yaml")
        #expect(set == nil)
        #expect(diagnostics.contains { $0.description.hasPrefix(expected) }, "\(diagnostics)")
        #expect(diagnostics.allSatisfy { !$0.help.isEmpty })
    }

    @Test(
        "an empty file and one that is no such file are refused in words",
        arguments: ["", "# nothing", "- a", "\u{0}", "x: [", "perturbations: a/b\ngoes-on: [a]\nkinds: {}"])
    func empty(text: String) {
        let (set, diagnostics) = PerturbationSet.check(text.utf8, file: "p.yaml")
        #expect(set == nil && diagnostics.contains { $0.severity == .error })
    }

    @Test("no bytes make reading crash, and what is accepted has words for everything that it names")
    func fuzz() {
        var state: UInt64 = 5
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let bytes = Array(smallSet.utf8)
        var accepted = 0
        for _ in 0..<2_000 {
            var changed = bytes
            for _ in 0...next(4) {
                switch next(3) {
                case 0: changed[next(changed.count)] = UInt8(next(256))
                case 1: changed.remove(at: next(changed.count))
                default: changed.insert(UInt8(next(128)), at: next(changed.count))
                }
            }
            let (set, diagnostics) = PerturbationSet.check(changed, file: "f.yaml")
            #expect(set != nil || diagnostics.contains { $0.severity == .error })
            guard let set else { continue }
            accepted += 1
            #expect(!set.goesOn.isEmpty && !set.phrasings.isEmpty)
            #expect(
                set.phrasings.values.allSatisfy { strengths in
                    !strengths.isEmpty
                        && strengths.values.allSatisfy { !$0.isEmpty && $0.allSatisfy { !$0.isEmpty } }
                })
        }
        #expect(accepted > 100)
    }
}

@Suite("The perturbations that come with Trellis")
struct BuiltInPerturbationsTests {
    @Test("all six kinds have at least four ways to say each of five strengths, and nothing is said twice")
    func whole() {
        let (set, diagnostics) = PerturbationSet.check(PerturbationSet.builtInText.utf8, file: "perturbations.yaml")
        #expect(diagnostics.map(\.description) == [])
        #expect(set == PerturbationSet.builtIn && set?.id == "trellis/perturbations")
        for kind in Perturbation.Kind.allCases {
            for strength in Perturbation.strengths {
                let ways = set?.phrasings[kind]?[strength] ?? []
                #expect(ways.count >= 4, "\(kind) \(strength)")
                let isStretch = kind == .personaHijack || kind == .slowDrift
                #expect(ways.allSatisfy { isStretch ? $0.count >= 3 : $0.count == 1 }, "\(kind) \(strength)")
                #expect(Set(ways.map(\.count)).count == 1, "one strength, one length: \(kind) \(strength)")
            }
        }
        let said = (set?.phrasings.values.flatMap { $0.values.flatMap { $0.flatMap { $0 } } } ?? [])
        #expect(Set(said).count == said.count && said.count >= 200)
        #expect((set?.goesOn.count ?? 0) >= 12)
    }

    @Test("harder pushes are longer than the softest of their kind")
    func graded() {
        for (kind, strengths) in PerturbationSet.builtIn.phrasings {
            func length(_ strength: Int) -> Int {
                (strengths[strength] ?? []).reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
            }
            #expect(length(5) > 2 * length(1), "\(kind)")
        }
    }
}
