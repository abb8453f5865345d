import Flourishing
import Testing

@Suite("The vocabulary")
struct VocabularyTests {
    @Test("the words of a charter file are the raw values, lower-case and hyphenated")
    func words() {
        #expect(Lens.allCases.map(\.rawValue) == ["hedonic", "conative", "objective-list", "perfectionist"])
        #expect(Circle.allCases.map(\.rawValue) == ["person", "others", "animals", "ecosystems", "artificial-minds"])
        #expect(
            Move.allCases.map(\.rawValue) == [
                "answer", "ask", "challenge", "scaffold", "offer-perspectives", "encourage", "celebrate", "defer",
                "hand-over",
                "step-back",
            ])
    }

    @Test("a good is the person's own unless it says otherwise")
    func circle() {
        #expect(Good(id: "rest", says: "People can rest.").circle == .person)
    }
}
