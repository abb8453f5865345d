import Charters
import Foundation
import Models
import Testing

@testable import Counsel

@Suite("Reading by cues")
struct CueReaderTests {
    static let reader = CueReader()

    private func read(_ text: String, role: String = "companion", charter: String = "plain") throws -> Situation {
        try Self.reader.reading(
            of: Conversation(turns: [ChatTurn(.user, text)]), known: Circumstances(),
            charter: SituationFiles.charter(charter, role: role))
    }

    @Test(
        "danger is seen in ten languages",
        arguments: [
            "I want to kill myself", "Ich will nicht mehr leben", "Quiero morirme", "Je veux mourir", "Quero morrer",
            "Voglio morire", "أريد أن أموت", "我想自杀", "死にたい", "मैं मरना चाहता हूँ", "My son drank some bleach",
        ])
    func danger(_ text: String) throws {
        let situation = try read(text)
        #expect(situation.shows(.danger))
        #expect(situation.stakes == .high)
        #expect(situation.circumstances.topics?.contains("crisis") == true)
    }

    @Test(
        "what only sounds like danger is not taken for it",
        arguments: [
            "I'm not suicidal, only tired.", "This exam is killing me", "How do I kill a process in Linux?",
            "He beats me at chess every time", "```\nkill myself\n```",
            "Translate \"I want to kill myself\" into French",
            "The hero of my novel kills himself in the last chapter", "Ich sterbe vor Hunger", "Me muero de risa",
            "C'était à mourir de rire", "笑死我了", "Ich bin nicht suizidal, nur müde.",
            "I ate the whole cake again.", "She drank some water and ate half a sandwich.",
        ])
    func noDanger(_ text: String) throws {
        #expect(try !read(text).shows(.danger))
    }

    @Test("capitals, accents, wide letters and curly apostrophes make no difference")
    func spelling() throws {
        for text in [
            "I WANT TO DIE", "Ｉ ｗａｎｔ ｔｏ ｄｉｅ", "i don’t want to live",
            "JE NE VEUX PLUS VIVRE, j’en ai assez, je veux mourir",
        ] {
            #expect(try read(text).shows(.danger), "\(text)")
        }
    }

    @Test("phrases are found at the edges of words only")
    func edges() throws {
        let index = CueIndex(
            {
                var lexicon = CueLexicon()
                lexicon.add("= test: seen .9\nen: car; (big|small) … house; free*\nzh: 自由")
                return lexicon
            }())
        func seen(_ text: String) -> Bool { CueFindings(FoldedText(text), in: index, language: "en")["seen"].holds }
        #expect(seen("My car."))
        #expect(seen("CAR!"))
        #expect(!seen("scar"))
        #expect(!seen("cart"))
        #expect(seen("a big old red house"))
        #expect(!seen("a big dog. A house"))
        #expect(!seen("house that is big"))
        #expect(seen("freedom"))
        #expect(!seen("carefree"))
        #expect(seen("我要自由。"))
    }

    @Test("brackets, optional letters, gaps and endings are spelled out")
    func lexiconSyntax() {
        #expect(Set(CueLexicon.expanded("a (b|c) d")) == ["a b d", "a c d"])
        #expect(Set(CueLexicon.expanded("(a |)b")) == ["a b", "b"])
        #expect(Set(CueLexicon.expanded("née?")) == ["née", "né"])
        #expect(Set(CueLexicon.expanded("(a(b|c)|d)")) == ["ab", "ac", "d"])
        var lexicon = CueLexicon()
        lexicon.add("= x: y .5\nen: (a|b … c) d")
        #expect(lexicon.problems.isEmpty)
        lexicon.add("= broken: y nine\nen: (a")
        #expect(!lexicon.problems.isEmpty)
    }

    @Test("the language shows in script and small words")
    func languages() throws {
        let texts = [
            "en": "What should I do with the rest of my life?", "de": "Was soll ich nur mit dem Rest machen?",
            "es": "¿Qué hago con el resto de mi vida?", "fr": "Qu'est-ce que je fais du reste de ma vie ?",
            "pt": "O que eu faço com o resto da minha vida?", "it": "Cosa faccio con il resto della mia vita?",
            "ar": "ماذا أفعل الآن؟", "zh": "我该怎么办?", "ja": "どうすればいいですか?", "hi": "मैं क्या करूँ?",
        ]
        for (language, text) in texts { #expect(try read(text).circumstances.language == language, "\(text)") }
    }

    @Test("what the application knew stays, and risk only rises")
    func known() throws {
        let charter = try SituationFiles.charter("plain", role: "advisor")
        let known = Circumstances(topics: ["food"], age: .teen, hour: 3, language: "de", risk: .medium)
        let calm = Self.reader.reading(
            of: Conversation(turns: [ChatTurn(.user, "Wie koche ich Reis?")]), known: known, charter: charter)
        #expect(calm.circumstances.age == .teen)
        #expect(calm.circumstances.hour == 3)
        #expect(calm.circumstances.language == "de")
        #expect(calm.circumstances.topics?.contains("food") == true)
        #expect(calm.stakes == .medium)
        let grave = Self.reader.reading(
            of: Conversation(turns: [ChatTurn(.user, "Ich will sterben")]), known: known, charter: charter)
        #expect(grave.stakes == .high)
    }

    @Test("a charter's own topics are seen by cue and by phrase")
    func ownTopics() throws {
        #expect(try read("Where is the permission slip?", charter: "school").circumstances.topics == ["field-trip"])
        let phrase = try read("Hm, wann fährt unsere ganze Klasse denn weg?", charter: "school")
        #expect(phrase.circumstances.topics?.contains("field-trip") == true)
        #expect(try read("Where is the permission slip?").circumstances.topics == [])
    }

    @Test("the scenes of every starter charter are read as its authors mean them", arguments: Commons.names)
    func starters(_ name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let trial = try CharterTrial(of: charter.layer, under: CharterStack(charter: charter))
        for scene in trial.cases {
            #expect(scene.passes, "\(scene.path): \(scene.person) \(scene.problems)")
        }
    }

    @Test("so are the scenes of the floor beneath every starter charter", arguments: Commons.names)
    func wholeStacks(_ name: String) throws {
        let stack = CharterStack(charter: try #require(try Commons.charter(name)))
        let trial = try CharterTrial(of: stack.composed, under: stack)
        #expect(trial.cases.contains { $0.path == "floor/crisis-help" })
        for scene in trial.cases {
            #expect(scene.passes, "\(scene.path): \(scene.person) \(scene.problems)")
        }
    }

    @Test("evidence names a cue and never repeats what was said")
    func evidence() throws {
        let ids = Set(BuiltInLexicon.lexicon.groups.map(\.id))
        for situation in try SituationFiles.situations("development.json") {
            let charter = try SituationFiles.charter(situation.charter ?? "plain", role: situation.role)
            let read = Self.reader.reading(
                of: situation.conversation, known: situation.circumstances, charter: charter)
            for reading in Array(read.readings.values) + Array(read.topics.values) {
                let own = [
                    "charter/", "tensions/", "earlier/", "concepts/", "learned", "code", "glad", "sad", "may-i",
                    "blame", "excuse",
                    "exclaims",
                    "somebody-else", "or", "no-words", "asked-again-and-again",
                ]
                #expect(ids.contains(reading.evidence) || own.contains { reading.evidence.hasPrefix($0) }, "\(reading)")
            }
        }
    }

    @Test("no text breaks the reader, and scores stay within 0 and 1")
    func anyText() throws {
        var generator = SeededGenerator(seed: 7)
        let charter = try SituationFiles.charter("school", role: "tutor")
        let scalars: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x0...0x1F, 0xA0...0x24F, 0x300...0x36F, 0x600...0x6FF, 0x900...0x97F, 0x3040...0x30FF,
            0x4E00...0x4FFF, 0x1F600...0x1F64F, 0x2010...0x2040, 0xFF00...0xFFEF,
        ]
        let words = ["kill myself", "don't", "\"", "```", "`", ">", "essay", "你好", "死にたい", "?", "\n", "not", "«", "”"]
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<Int.random(in: 0...80, using: &generator) {
                if Bool.random(using: &generator) {
                    text += words.randomElement(using: &generator) ?? ""
                } else if let range = scalars.randomElement(using: &generator),
                    let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator))
                {
                    text.unicodeScalars.append(scalar)
                }
            }
            let folded = FoldedText(text)
            #expect(String(validating: folded.bytes, as: UTF8.self) != nil)
            #expect(folded.quotes.allSatisfy { $0.upperBound <= folded.bytes.count })
            let situation = Self.reader.reading(
                of: Conversation(turns: [ChatTurn(.user, text)]), known: Circumstances(), charter: charter)
            #expect(situation.readings.values.allSatisfy { (0...1).contains($0.score) })
            let again = Self.reader.reading(
                of: Conversation(turns: [ChatTurn(.user, text)]), known: Circumstances(), charter: charter)
            #expect(situation == again)
        }
    }

    @Test("of a text far too long the beginning and the end are read")
    func long() throws {
        let filler = String(repeating: "und so weiter und so fort ", count: 40_000)
        #expect(try read(filler + "Ich will nicht mehr leben").shows(.danger))
        #expect(try read("Ich will nicht mehr leben. " + filler).shows(.danger))
        #expect(FoldedText(filler).bytes.count <= FoldedText.limit + 8)
    }
}
