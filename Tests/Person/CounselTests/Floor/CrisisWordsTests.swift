import Charters
import Testing

@testable import Counsel

@Suite("The floor's words for somebody in danger, in their language")
struct CrisisWordsTests {
    @Test("are there in every language that the reader knows, for every text that the floor says")
    func complete() throws {
        let charter = try Charter.read(
            "charter: a/b\nversion: 1.0.0\npurpose: Help.\ngoods: { help: { says: The person is helped. } }\n",
            file: "a.yaml"
        ).charter
        let floor = try CharterStack(charter: charter).compiled(role: nil)
        let clause = try #require(floor.floor.first { $0.id == "crisis-help" })
        let said = clause.instead(in: nil) + clause.to.compactMap { id in floor.resources.first { $0.id == id }?.says }
        #expect(said.contains(CrisisWords.english.instead) && said.contains(CrisisWords.english.emergency))
        #expect(Set(CrisisWords.languages) == ["de", "es", "fr", "pt", "it", "ar", "zh", "ja", "hi"])
        for text in [CrisisWords.english.instead, CrisisWords.english.emergency] {
            for language in CrisisWords.languages {
                let translated = try #require(CrisisWords.translation(of: text, to: language))
                #expect(translated != text)
                guard text == CrisisWords.english.emergency else { continue }
                for number in [
                    "112", "911", "999", "000", "119", "110", "120", "findahelpline.com",
                    "childhelplineinternational.org",
                ] {
                    #expect(translated.contains(number), "\(language) loses \(number)")
                }
            }
        }
    }

    @Test("help that a charter names comes after the numbers in the person's language")
    func nearer() throws {
        let parts = [CrisisWords.english.instead, "Ms. Okoye, room 12."]
        let spoken = CrisisWords.spoken(parts, in: "de")
        #expect(spoken.count == 3 && spoken[0].contains("KI") && spoken[1].contains("112") && spoken[2] == parts[1])
        #expect(CrisisWords.spoken(parts, in: "en") == parts && CrisisWords.spoken(parts, in: nil) == parts)
        #expect(CrisisWords.spoken([CrisisWords.english.instead, CrisisWords.english.emergency], in: "ja").count == 2)
        #expect(CrisisWords.spoken(["You matter."], in: "de") == ["You matter."])
    }

    @Test("a charter's own words stay as its community wrote them")
    func own() {
        #expect(CrisisWords.translation(of: "You matter. Please call now.", to: "de") == nil)
        #expect(CrisisWords.translation(of: CrisisWords.english.instead, to: "en") == nil)
        #expect(CrisisWords.translation(of: CrisisWords.english.instead, to: nil) == nil)
    }
}
