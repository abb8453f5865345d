import Consents
import Testing

@testable import Memory

@Suite("How something new stands to what is held")
struct SameMatterTests {
    private func item(_ kind: MemoryItem.Kind, _ words: String) throws -> MemoryItem {
        try MemoryItem(id: MemoryItem.ID(at: now), kind: kind, words: words, recordedAt: now)
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        let kind: MemoryItem.Kind
        let held: String
        let new: String
        var testDescription: String { "\(held) / \(new)" }

        init(_ kind: MemoryItem.Kind, _ held: String, _ new: String) {
            self.kind = kind
            self.held = held
            self.new = new
        }
    }

    static let replaced = [
        Pair(.preference, "I prefer short answers", "I prefer long answers"),
        Pair(.preference, "Ich bevorzuge kurze Antworten", "Ich bevorzuge lange Antworten"),
        Pair(.goal, "run 10 km by May", "run 12 km by May"),
        Pair(.commitment, "From now on I'm getting up at six", "From now on I'm getting up at seven"),
        Pair(.fact, "I live in Lyon", "I live in Marseille"), Pair(.fact, "I live in Lyon", "I moved to Marseille"),
        Pair(.fact, "my sister Anna lives in Paris", "my sister Anna lives in Rome"),
        Pair(.fact, "ich in Lyon wohne", "ich in Marseille wohne"), Pair(.fact, "vivo en Lyon", "vivo en Niza"),
        Pair(.fact, "j'habite à Lyon", "j'habite à Nice"), Pair(.fact, "my door code is 1234", "my door code is 5678"),
        Pair(.relationship, "my brother is called Tom", "my brother is called Tim"),
    ]

    @Test("what can hardly both be so takes the earlier one's place", arguments: replaced)
    func replaces(_ pair: Pair) throws {
        let held = try item(pair.kind, pair.held)
        #expect(SameMatter.replaced(by: ItemDraft(pair.kind, pair.new), among: [held])?.id == held.id)
    }

    static let both = [
        Pair(.fact, "my sister Anna lives in Paris", "my sister Clara lives in Paris"),
        Pair(.goal, "learn to play piano", "learn to play guitar"),
        Pair(.commitment, "call my sister on Sunday", "call my brother on Sunday"),
        Pair(.fact, "I'm allergic to peanuts", "I'm allergic to penicillin"),
        Pair(.fact, "I have an exam on Monday", "I have an exam on Tuesday"),
        Pair(.episode, "I ran 10 km on Monday", "I ran 12 km on Tuesday"),
        Pair(.value, "being honest with my friends", "being patient with my friends"),
        Pair(.relationship, "my friend Tom plays chess with me", "my friend Tim plays chess with me"),
        Pair(.preference, "I prefer working with Anna in the morning", "I prefer working with Clara in the morning"),
        Pair(.fact, "meine Schwester Anna wohnt in Paris", "meine Schwester Clara wohnt in Paris"),
        Pair(.fact, "mi hermana Ana vive en París", "mi hermana Clara vive en París"),
        Pair(.fact, "ma sœur Anne habite à Paris", "ma sœur Claire habite à Paris"),
    ]

    @Test("what can both be so is kept beside it", arguments: both)
    func keeps(_ pair: Pair) throws {
        let held = try item(pair.kind, pair.held)
        #expect(SameMatter.replaced(by: ItemDraft(pair.kind, pair.new), among: [held]) == nil)
    }

    static let apart = [
        Pair(.commitment, "stop smoking cigarettes", "I prefer to smoke cigarettes tonight"),
        Pair(.goal, "run 10 km by May", "I prefer not to run today"),
        Pair(.commitment, "no sweets before Easter", "I prefer sweets tonight"),
        Pair(.commitment, "mit dem Rauchen aufhören", "Ich bevorzuge heute zu rauchen"),
        Pair(.commitment, "dejar de fumar cigarrillos", "prefiero fumar cigarrillos esta noche"),
        Pair(.commitment, "arrêter de fumer des cigarettes", "je préfère fumer des cigarettes ce soir"),
    ]

    @Test("a wish of the moment pulls against what was decided, said before or after", arguments: apart)
    func pulls(_ pair: Pair) throws {
        let considered = try item(pair.kind, pair.held)
        let wish = try item(.preference, pair.new)
        #expect(Opposition.against(ItemDraft(.preference, pair.new), among: [considered])?.id == considered.id)
        #expect(Opposition.against(ItemDraft(pair.kind, pair.held), among: [wish])?.id == wish.id)
    }

    static let together = [
        Pair(.goal, "learn to play the piano", "I prefer to play the piano in the morning"),
        Pair(.goal, "eat less sugar", "I prefer less sugar in my tea"),
        Pair(.goal, "pass the chemistry exam", "I prefer short answers"),
        Pair(.commitment, "stop smoking cigarettes", "I prefer tea in the evening"),
        Pair(.goal, "Klavier lernen", "Ich bevorzuge morgens Klavier"),
        Pair(.goal, "aprender piano", "prefiero tocar el piano por la mañana"),
        Pair(.goal, "apprendre le piano", "je préfère le piano le matin"),
    ]

    @Test("a wish that is about something else, or goes the same way, pulls against nothing", arguments: together)
    func agrees(_ pair: Pair) throws {
        let considered = try item(pair.kind, pair.held)
        #expect(Opposition.against(ItemDraft(.preference, pair.new), among: [considered]) == nil)
    }
}

@Suite("Since when and until when something is so")
struct StatedTimesTests {
    /// 2026-09-21, 14:13 in universal time.
    private func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        CalendarDay(year: year, month: month, day: day).start
    }

    @Test("is read where it is said plainly")
    func read() {
        let may = day(2026, 6, 1)
        for words in [
            "I lived in Lyon until May", "ich wohnte bis Mai in Lyon", "vivía en Lyon hasta mayo",
            "j'habitais à Lyon jusqu'en mai",
        ] {
            #expect(StatedTimes.read(words, at: now).until == may, "\(words)")
        }
        for words in [
            "I have lived in Lyon since 2019", "ich wohne seit 2019 in Lyon", "vivo en Lyon desde 2019",
            "j'habite à Lyon depuis 2019",
        ] {
            #expect(StatedTimes.read(words, at: now).from == day(2019, 1, 1), "\(words)")
            #expect(StatedTimes.read(words, at: now).until == nil)
        }
        #expect(StatedTimes.read("I am in Lyon until tomorrow", at: now).until == day(2026, 9, 23))
    }

    @Test("is not read where it is not plain, or of something else")
    func notRead() {
        for words in [
            "I live in Lyon until May", "I work until late", "I can't come since my car broke in May",
            "I live in Lyon", "until I finish school in May I have no time",
        ] {
            let times = StatedTimes.read(words, at: now)
            #expect(times.from == nil && times.until == nil, "\(words)")
        }
    }

    @Test("is kept with a fact, and a goal has its due day")
    func drafts() {
        #expect(ItemDraft(.fact, "I lived in Lyon until May").dated(at: now).validUntil == day(2026, 6, 1))
        #expect(ItemDraft(.goal, "run daily until tomorrow").dated(at: now).validUntil == nil)
        #expect(ItemDraft(.goal, "run daily until tomorrow").dated(at: now).due == day(2026, 9, 23) - 1)
    }
}
