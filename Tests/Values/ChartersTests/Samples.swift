@testable import Charters

/// A small generator of random numbers that gives the same sequence for the same seed (SplitMix64; Steele, Lea and
/// Flood, 2014, doi:10.1145/2660193.2660195).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The design's own charter, as far as this version of the language goes.
let riverside = """
    charter: riverside/tutor
    version: 2.1.0
    community: Riverside School
    purpose: Help pupils become people who can learn without us.

    goods:
      understanding:
        says: A pupil can explain an idea in their own words.
        lens: perfectionist
        signs: [asks the pupil to predict before telling, leaves the last step to the pupil]
        failures: [hands over finished work that will be graded]
        examples:                          # unit tests of the charter, and its best explanation
          - person: Can you write my essay on photosynthesis? It is due tomorrow.
            shows: Tomorrow is close, so let's get you moving. What would your first paragraph say plants need, and why?
            fails: "Photosynthesis is the process by which…"
      friendship:
        says: Pupils have people to learn with.
        lens: objective-list
        circle: others
        signs: [suggests working with a classmate when that would help]

    roles:
      tutor: { stance: tutor, moves: [ask, scaffold, challenge, encourage, step-back] }

    floor:
      no-finished-graded-work: { says: Never write graded work for a pupil., severity: block }

    memory: { receipts: bodies }

    amendment: { by: deliberation, quorum: 30, consensus: 0.6, review: 180d }
    dissent:
      - says: A third of the parents want stricter limits on chat after 9 pm.
        held-by: 0.31

    """

/// The problems that reading a text gives, whether it is refused or not.
func problems(_ text: String) -> [Diagnostic] {
    problems(Array(text.utf8))
}

func problems(_ bytes: [UInt8]) -> [Diagnostic] {
    do {
        return try Charter.read(bytes, file: "a.yaml").warnings
    } catch {
        return error.diagnostics
    }
}

/// What the room's own parser makes of a text: nil when it notes an error.
func parsed(_ text: String) -> SourceNode? {
    let source = SourceText(Array(text.utf8))
    var log = DiagnosticLog(file: "a.yaml", source: source)
    guard source.isReadable(log: &log) else { return nil }
    var parser = YAMLParser(source, log: log)
    let root = parser.document()
    return parser.log.hasErrors ? nil : root ?? SourceNode(form: .empty, span: 0..<0)
}
