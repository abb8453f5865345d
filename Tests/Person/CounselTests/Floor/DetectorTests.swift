import Charters
import Testing

@testable import Counsel

@Suite("Detectors of the floor")
struct DetectorTests {
    private func watch(_ detector: FloorDetector, _ side: FloorClause.Detection.Side) -> FloorWatch {
        FloorWatch([
            FloorClause(
                id: "rule", sayings: ["A rule."], severity: .block,
                detection: FloorClause.Detection(detectors: [detector.rawValue], sides: [side]))
        ])
    }

    @Test("every detector finds its breaches and passes what only looks like one", arguments: LabelledTexts.all.indices)
    func labelledTexts(place: Int) {
        let texts = LabelledTexts.all[place]
        let watch = watch(texts.detector, texts.side)
        func finds(_ text: String) -> Bool {
            !(texts.side == .input ? watch.input(text) : watch.output(text)).isEmpty
        }
        let missed = texts.breaches.filter { !finds($0) }
        let falsely = texts.harmless.filter(finds)
        let hits = Double(texts.breaches.count - missed.count)
        let recall = hits / Double(texts.breaches.count)
        let precision = hits == 0 ? 0 : hits / (hits + Double(falsely.count))
        print(
            "detector \(texts.detector.rawValue) on \(texts.side.rawValue): precision \(percent(precision)), recall "
                + "\(percent(recall)), \(texts.breaches.count) breaches and \(texts.harmless.count) near misses")
        #expect(missed == [], "not found")
        #expect(falsely == [], "found where nothing is")
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    @Test("every detector has a name, and says what it notices and what it misses")
    func names() {
        #expect(FloorDetector.names.count == 9)
        #expect(FloorDetector.names.contains("claims-human"))
        for detector in FloorDetector.allCases {
            #expect(detector.notices.count > 20)
            #expect(detector.misses.count > 20)
        }
    }

    @Test("alternatives in a phrase stand for each of its parts")
    func alternatives() {
        #expect(Set(FloorCues.expanded("i(m| am) (a |)b")) == ["im a b", "im b", "i am a b", "i am b"])
        for detector in FloorDetector.allCases {
            for side in FloorClause.Detection.Side.allCases {
                for cues in detector.cues(for: side) {
                    for phrase in (cues.phrases + cues.exceptions).flatMap(FloorCues.expanded) {
                        #expect(!phrase.contains { "()|[]".contains($0) }, "\(phrase)")
                        #expect(FoldedPhrase(phrase) != nil, "\(phrase)")
                    }
                }
            }
        }
    }
}
