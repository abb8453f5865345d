import Charters
import Flourishing
import Models
import Testing

@testable import Counsel

@Suite("A bare yes or no")
struct BareAnswerTests {
    @Test(
        "says neither that something went well nor anything else, after whatever question",
        arguments: [
            "Yes.", "yes", "Yes please", "OK", "Sure!", "No.", "no thanks", "Ja.", "Ja bitte", "Nein", "Sí.", "Vale",
            "Oui.", "Non merci", "Sim", "Sì", "نعم", "لا", "好的", "是", "不", "はい", "いいえ", "हाँ", "नहीं",
        ])
    func bare(_ text: String) throws {
        for role in ["advisor", "companion", "tutor"] {
            let charter = try #require(try Commons.charter("commons/\(role)")?.compiled(role: nil))
            let situation = CueReader().reading(
                of: Conversation(turns: [
                    ChatTurn(.user, "I keep putting things off."),
                    ChatTurn(.assistant, "May I bring up your own goal when you drift from it?"),
                    ChatTurn(.user, text),
                ]), known: Circumstances(), charter: charter)
            #expect(!situation.shows(.success))
            #expect(MoveRules.choose(situation: situation, charter: charter).move == .answer)
        }
    }

    @Test("more than a yes is read as ever")
    func more() throws {
        let charter = try #require(try Commons.charter("commons/advisor")?.compiled(role: nil))
        let situation = CueReader().reading(
            of: Conversation(turns: [ChatTurn(.user, "Yes! I passed the exam!")]), known: Circumstances(),
            charter: charter)
        #expect(situation.shows(.success))
    }
}
