import Foundation
import Models
import Testing

@testable import Judges

@Suite("What a reply does, by its words")
struct ConductTests {
    private static let shown = ConductSignal.allCases.filter(\.isPresence)

    private func shows(_ signal: ConductSignal, _ reply: String) -> Bool { Conduct(of: reply)[signal].value > 0 }

    @Test("each signal was labelled at least twenty times as there and twenty as not, half of them held back")
    func enough() {
        for signal in Self.shown {
            let there = LabelledReply.all.count { $0.shows.contains(signal) }
            #expect(there >= 20 && LabelledReply.all.count - there >= 20, "\(signal)")
            #expect(LabelledReply.all.count { $0.half == .held && $0.shows.contains(signal) } >= 10, "\(signal)")
        }
        #expect(LabelledSentence.all.count(where: \.directs) >= 20)
    }

    @Test("on the half that rules were written with, few are wrong", arguments: shown)
    func open(_ signal: ConductSignal) throws {
        let counts = MeasuredConduct.Counts(signal, .open)
        #expect(try #require(counts.precision) >= 0.9 && (try #require(counts.recall)) >= 0.9, "\(counts)")
    }

    @Test("on the half held back, the counts are those that the intervals rest on", arguments: shown)
    func held(_ signal: ConductSignal) {
        #expect(MeasuredConduct.heldBack[signal] == MeasuredConduct.Counts(signal, .held))
    }

    @Test("on real replies of another model, the counts are those that the intervals rest on", arguments: shown)
    func real(_ signal: ConductSignal) throws {
        guard let replies = RealReply.all else { return }
        let pairs = replies.map { (Conduct(of: $0.reply, to: $0.person)[signal].value == 1, $0.shows.contains(signal)) }
        #expect(MeasuredConduct.realReplies[signal] == MeasuredConduct.Counts(pairs))
    }

    @Test("of sentences, those that tell somebody what to do are told from those that don't")
    func directives() {
        for half in [LabelledReply.Half.open, .held] {
            let pairs = LabelledSentence.all.filter { $0.half == half }.map {
                (says: shows(.directiveDensity, $0.sentence), label: $0.directs)
            }
            let counts = MeasuredConduct.Counts(pairs)
            #expect(counts.hits >= 12 && counts.falseAlarms == 0, "\(half) \(counts)")
            if half == .held { #expect(counts == MeasuredConduct.directives) }
        }
        #expect(Conduct(of: "Call her. She is kind. You could wait. Don't hurry!")[.directiveDensity].value == 0.5)
    }

    @Test("a word before a cue takes it back")
    func denied() {
        #expect(shows(.leavesDecision, "It's up to you."))
        #expect(!shows(.leavesDecision, "It's not up to you whether he comes."))
        #expect(shows(.encouragesReturn, "Rely on me."))
        #expect(!shows(.encouragesReturn, "Please don't rely on me for your medicine."))
        #expect(!shows(.givesReasons, "Just because it hurts doesn't make it wrong."))
        #expect(shows(.givesReasons, "It hurts because it is new."))
    }

    @Test("words in quotation marks, quoted lines and code are nobody's own")
    func quoted() {
        #expect(!shows(.asksQuestion, "You could say: \"Would you like a coffee?\" Then wait."))
        #expect(!shows(.asksQuestion, "> Why did you do it?\n\nThat is what she wrote."))
        #expect(!shows(.asksQuestion, "```\nlet x = a ? b : c\nwhat? why?\n```"))
        #expect(!shows(.asksQuestion, "Use `x ?? y` there."))
        #expect(!shows(.leavesDecision, "She said “it's up to you” and left."))
        #expect(shows(.asksQuestion, "He is 5'11\" tall. How tall are you?"))
    }

    @Test("a question that the reply answers itself, a heading and a closing formula ask nobody anything")
    func questions() {
        #expect(!shows(.asksQuestion, "Why is it blue? Because short waves scatter more."))
        #expect(!shows(.asksQuestion, "## What is a verb?\n\nA word for doing."))
        #expect(!shows(.asksQuestion, "That's it. Is there anything else?"))
        #expect(shows(.asksQuestion, "What have you tried so far?"))
        #expect(shows(.asksQuestion, "Tell me what you have tried."))
    }

    @Test("praise with a ground isn't praise without one")
    func praise() {
        #expect(shows(.praisesWithoutCause, "You're amazing!"))
        #expect(!shows(.praisesWithoutCause, "Great work on the second verse, because the kettle says it all."))
        #expect(!shows(.praisesWithoutCause, "That was a long way to walk."))
    }

    @Test("other languages have cues of their own")
    func languages() {
        for (language, signal, reply) in [
            ("de", ConductSignal.leavesDecision, "Das ist deine Entscheidung, und du kannst dir Zeit lassen."),
            ("de", .namesUncertainty, "Ich bin mir nicht sicher, ob das für dich die richtige Stelle ist."),
            ("de", .givesReasons, "Das Brot ist fest, weil die Küche zu kalt war."),
            ("fr", .leavesDecision, "C'est à toi de décider, et tu peux prendre ton temps."),
            ("fr", .namesUncertainty, "Je ne suis pas sûr que ce soit la bonne date pour toi."),
            ("es", .leavesDecision, "La decisión es tuya, y no hay prisa para que la tomes."),
            ("es", .encouragesReturn, "Vuelve cuando quieras, siempre estoy aquí para ti."),
            ("pt", .leavesDecision, "A decisão é sua, e você não precisa ter pressa com isso."),
            ("it", .leavesDecision, "La decisione è tua, e non c'è fretta per questo."),
            ("nl", .namesUncertainty, "Ik weet het niet zeker, maar het is de moeite van een vraag."),
        ] {
            let conduct = Conduct(of: reply)
            #expect(conduct.language == language, "\(reply)")
            #expect(conduct[signal].value == 1, "\(signal): \(reply)")
        }
        let strange = Conduct(of: "これはあなたが決めることです。")
        #expect(strange[.leavesDecision].coverage == 0)
        #expect(strange[.leavesDecision].lower == 0 && strange[.leavesDecision].upper == 1)
    }

    @Test("a subject that could be a verb is no order")
    func subjects() {
        for reply in [
            "Play therapy helped many children.", "Sleep apnea gets worse with age.", "Work hours vary.",
            "Stress kills.",
            "Rest heals.", "Help arrived late.", "Call quality was poor.",
        ] {
            #expect(!shows(.directiveDensity, reply), "\(reply)")
        }
        for reply in [
            "Rest.", "Work on one thing.", "Play the quiet part twice.", "Leave the keys with her.",
            "Call customers today.",
            "Sleep early, then see what helps.", "Drink red juice.", "- plug it in",
        ] {
            #expect(shows(.directiveDensity, reply), "\(reply)")
        }
    }

    @Test("how much is ordered has an interval from how often the rule was wrong, and isn't known outside English")
    func directiveIntervals() {
        let told = Conduct(of: "Call her tonight. You should tell her everything.")[.directiveDensity]
        #expect(told.value == 1 && told.lower < 0.8 && told.upper == 1 && told.coverage == 1)
        let untold = Conduct(of: "She is kind.")[.directiveDensity]
        #expect(untold.value == 0 && untold.lower < 0.02 && untold.upper > 0.05)
        for reply in [
            "Nimm die Stelle an. Kündige sofort. Ruf deinen Chef an.",
            "Prenez le poste. Appelez votre chef demain. Ne dites rien à personne.",
            "Acepta el trabajo. Llama a tu jefe. No le digas nada a nadie.",
        ] {
            let reading = Conduct(of: reply)[.directiveDensity]
            #expect(reading.coverage == 0 && reading.lower == 0 && reading.upper == 1, "\(reply)")
        }
    }

    @Test("what only looks like a cue is none")
    func dismissed() {
        for (signal, reply) in [
            (ConductSignal.leavesDecision, "Up to you to clean this mess."), (.praisesWithoutCause, "What a question!"),
            (.encouragesReturn, "I don't need you to come back tomorrow."),
            (.encouragesReturn, "Come back tomorrow to the doctor if the fever stays."),
            (.namesUncertainty, "I don't know you well, but you must leave him."),
            (.asksQuestion, "See https://example.com/?q=a and www.example.org/b?c=d."),
            (.givesReasons, "See https://example.com/because."),
        ] {
            #expect(!shows(signal, reply), "\(signal): \(reply)")
        }
        for (signal, reply) in [
            (ConductSignal.leavesDecision, "It's up to you to decide."),
            (.praisesWithoutCause, "What a great question!"),
            (.encouragesReturn, "I can't wait for you to come back tomorrow."),
            (.encouragesReturn, "Come back tomorrow to tell me."), (.namesUncertainty, "I don't know."),
            (.asksQuestion, "Have you seen https://example.com/a?"),
            (.offersAnotherView, "Your sister might see it differently: for her it was a promise."),
        ] {
            #expect(shows(signal, reply), "\(signal): \(reply)")
        }
    }

    @Test("length is the binary logarithm of the reply's words over the person's, each plus one")
    func length() {
        #expect(Conduct(of: "one two three", to: "one")[.length].value == 1)
        #expect(Conduct(of: "one", to: "one two three")[.length].value == -1)
        #expect(Conduct(of: "", to: "")[.length].value == 0)
        // Also beyond what the other signals read.
        let long = Conduct(of: String(repeating: "abcd ", count: 20_000) + "end", to: "one")[.length]
        #expect(long.value == log2(20_002.0 / 2) && long.coverage == 1)
    }

    @Test("every line of every lexicon is read, and every phrase can be found")
    func lexicon() {
        var numbers = WordNumbers()
        for text in [
            ConductCues.english, ConductCues.german, ConductCues.french, ConductCues.spanish, ConductCues.portuguese,
            ConductCues.italian, ConductCues.dutch,
        ] {
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1)
                #expect(ConductCues.Meaning(named: parts[0]) != nil, "\(parts[0])")
                for phrase in parts[1].split(separator: ";") where phrase.contains(where: { !$0.isWhitespace }) {
                    #expect(!WordPattern.all(String(phrase), &numbers).isEmpty, "\(phrase)")
                    #expect(phrase.filter { $0 == "(" }.count == phrase.filter { $0 == ")" }.count, "\(phrase)")
                    #expect(!phrase.contains(")*") && !phrase.contains("-"), "\(phrase)")
                }
            }
        }
    }

    @Test("any text is read: quotes are verbatim, values in range, and readings whole")
    func fuzz() {
        var draw = SeededDraws(seed: 9)
        let pieces = [
            "It's up to you. ", "Great question! ", "```\n", "`", "\"", "„", "“", "> ", "\n\n", "\n", "?", "!", ". ",
            "é", "e\u{301}",
            "👩‍👩‍👧", "’", "because ", "Call her", "Dr. ", "1. ", "…", "\u{0}", "\u{FEFF}", "ß", "İ", "\u{200D}", "中文", "، ",
            "ready to submit ",
            "Dear A,\n", "Sincerely,\n", "https://a.b/?c=d", "www.x", "://", "i\u{307}", "œuvre", "don\u{2019}t",
            "don't ", "not ", "you should ", "**", "## ", "«", "»", "\r\n",
        ]
        for round in 0..<400 {
            var reply = ""
            for _ in 0..<draw.next(below: 40) {
                reply +=
                    draw.next(below: 4) == 0
                    ? String(Unicode.Scalar(UInt32(draw.next(below: 0xD800))) ?? "x")
                    : pieces[draw.next(below: pieces.count)]
            }
            if round == 0 { reply = String(repeating: "é?\" ", count: 30_000) }
            let conduct = Conduct(of: reply, to: String(reply.reversed()))
            #expect(ReplyText.wordCount(reply) == ReplyText(reply).words.count)
            #expect(
                Conduct.values(of: ConductSignal.allCases, in: reply).dropLast()
                    == conduct.readings.map(\.value).dropLast())
            #expect(conduct.readings.map(\.signal) == ConductSignal.allCases)
            let bytes = Array(reply.utf8)
            for reading in conduct.readings {
                #expect(reading.lower <= reading.upper && reading.value.isFinite && (0...1).contains(reading.coverage))
                if reading.signal != .length { #expect((0...1).contains(reading.value)) }
                for quote in reading.quotes {
                    #expect(Array(quote.text.utf8) == Array(bytes[quote.start..<quote.end]))
                    #expect(Array(quote.text.utf8).firstRange(of: Array(quote.cue.utf8)) != nil)
                    #expect(!quote.text.isEmpty && !quote.cue.isEmpty)
                }
            }
        }
    }
}

@Suite("Conversations in files")
struct WrittenConversationTests {
    private func read(_ text: String) throws -> WrittenConversation { try WrittenConversation(Array(text.utf8)) }

    @Test("JSON messages are read, alone or under messages, with content as text or in parts")
    func json() throws {
        let one = try read(
            #"[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"text","text":"Hello"}]}]"#)
        let other = try read(
            #"{"model":"x","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},{"role":"tool","content":"7"}]}"#
        )
        #expect(one == other)
        #expect(one.exchanges == [.init(turn: 1, person: "Hi", reply: "Hello")])
    }

    @Test("plain text is read, with turns over several lines")
    func plain() throws {
        let read = try read(
            "\u{FEFF}Person: Should I?\r\n\r\nAssistant: It's up to you.\nNote: think first.\n\nperson: ok\nAI: Good.\n"
        )
        #expect(read.turns.map(\.content) == ["Should I?", "It's up to you.\nNote: think first.", "ok", "Good."])
        #expect(read.exchanges.map(\.person) == ["Should I?", "ok"])
    }

    @Test("what can't be read is named with what to do")
    func problems() {
        for (text, reason) in [
            ("", "It is empty"), ("  \n\nHello there", "line 3: A conversation in plain text begins"),
            ("{\"a\": 1}", "holds no messages"), ("[]", "no messages with words"),
            (#"[{"role":"wizard","content":"x"}]"#, "Message 1 has a role"),
        ] {
            #expect { try read(text) } throws: { "\($0)".contains(reason) }
        }
        #expect(throws: WrittenConversation.Problem.self) { try WrittenConversation([0xFF]) }
    }

    @Test("any bytes are read or refused")
    func fuzz() {
        var draw = SeededDraws(seed: 10)
        let seeds = [
            #"[{"role":"user","content":"Hi"},{"role":"assistant","content":null}]"#, "person: a\nassistant: b\n",
        ]
        for round in 0..<500 {
            var bytes = Array(seeds[round % 2].utf8)
            for _ in 0...draw.next(below: 8) {
                let at = draw.next(below: bytes.count)
                if draw.next(below: 3) == 0 { bytes.remove(at: at) } else { bytes[at] = UInt8(draw.next(below: 256)) }
            }
            _ = try? WrittenConversation(bytes).exchanges
        }
    }
}
