import Charters
import Counsel
import Models
import Testing

@testable import Gateway

@Suite("The floor's words in the language of who is spoken with")
struct FloorWordingPassageTests {
    static let charter = """
        charter: riverside/tutor
        version: 1.0.0
        purpose: Help pupils.
        goods: { understanding: { says: A pupil can explain an idea. } }
        floor:
          stop:
            says: Never say gamma.
            severity: replace
            detect: { phrases: [gamma moon] }
            instead: { default: Let us stop here., de: Hier hören wir auf., fr: "Arrêtons-nous là." }
        """

    @Test(
        "is read out of what they say, and otherwise everybody's words are said, whole and streamed",
        arguments: FloorPassageTests.Way.all)
    func read(_ way: FloorPassageTests.Way) async throws {
        for (question, words) in [
            ("Kannst du mir bitte erklären, warum der Mond heute so groß aussieht?", "Hier hören wir auf."),
            ("Peux-tu m'expliquer pourquoi la lune est si grande ce soir, s'il te plaît ?", "Arrêtons-nous là."),
            ("Could you please explain why the moon looks so big tonight?", "Let us stop here."),
            ("Puoi spiegarmi perché la luna è così grande stasera, per favore?", "Let us stop here."),
        ] {
            let heard = try await FloorPassageTests.say(
                "Look, the gamma moon is up.", to: way, question: question, under: Self.charter)
            #expect(heard.text.hasSuffix(words), "\(question) → \(heard.text)")
            #expect(heard.finding("stop")?.action == .replaced)
        }
    }

    @Test("asked for goes before read, and no language at all is everybody's")
    func asked() throws {
        let compiled = try Charter.read(Self.charter, file: "a.yaml").charter.compiled(role: nil)
        let floor = try #require(FloorEnforcement(compiled))
        let finding = FloorFinding(
            clause: "stop", severity: .replace, side: .output, detector: "phrases", at: 0)
        for (language, words) in [
            ("de", "Hier hören wir auf."), ("fr", "Arrêtons-nous là."), ("ja", "Let us stop here."),
            (nil, "Let us stop here."),
        ] {
            #expect(floor.words(floor.settled(finding), in: language) == words)
        }
    }
}
