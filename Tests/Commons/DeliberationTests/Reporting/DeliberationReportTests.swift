import Deliberation
import Testing

@Suite("The report of a deliberation")
struct DeliberationReportTests {
    /// Forty people of one mind and twenty of another, with words that would like to be more than words.
    private static func conversation(texts: [Int: String] = [:]) throws -> PolisConversation {
        var rows = ["participant,group-id," + (0..<8).map(String.init).joined(separator: ",")]
        for person in 0..<60 {
            let votes = (0..<8).map { statement -> String in
                let own = person < 40 ? statement < 4 : statement >= 4 && statement < 7
                let flips = (person * 7 + statement * 11) % 17 == 0
                return statement == 7 ? "1" : own != flips ? "1" : "-1"
            }
            rows.append("\(person),," + votes.joined(separator: ","))
        }
        var comments = ["comment-id,moderated,comment-body"]
        for statement in 0..<8 {
            let text = (texts[statement] ?? "Statement \(statement)").replacing("\"", with: "\"\"")
            comments.append("\(statement),1,\"\(text)\"")
        }
        return try PolisConversation(
            .init(
                participantsVotes: Array(rows.joined(separator: "\n").utf8),
                comments: Array(comments.joined(separator: "\n").utf8),
                summary: Array("topic,\"Our <square>\"\nconversation-description,\"What & how\"\n".utf8)))
    }

    private static let quick = DeliberationReport.Settings(samples: 0)

    @Test("the page holds the map, groups in their own words, common ground, a slate, dissent and how numbers were got")
    func whole() throws {
        let page = DeliberationReport(try Self.conversation(), settings: .init(samples: 4)).html
        for part in [
            "<svg class=\"map\"", "Group 2, 20 people", "Common ground", "What divides", "What bridges",
            "A slate that speaks for everybody", "Extended justified representation plus (EJR+)", "Core stability",
            "Dissent", "Signs of manipulation", "How much to trust this", "Wilson 1927", "Statement 7",
        ] {
            #expect(page.contains(part), "\(part)")
        }
    }

    @Test("it needs no script and nothing from outside, and nobody's words become markup")
    func sealed() throws {
        let page = DeliberationReport(
            try Self.conversation(texts: [
                0: "<script>alert(1)</script>", 7: "<img src=x onerror=alert(1)> \"quoted\" & 'so'",
            ]), settings: Self.quick
        ).html
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("<link"))
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("url("))
        #expect(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"))
        #expect(page.contains("Our &lt;square&gt;") && page.contains("What &amp; how"))
    }

    @Test("words stand in the direction of their language, hidden characters are shown, and lines are kept")
    func directions() throws {
        let page = DeliberationReport(
            try Self.conversation(texts: [7: "حديقة للأطفال\nsecond \u{202E}line e\u{301}"]), settings: Self.quick
        ).html
        #expect(page.contains("<p dir=\"auto\">حديقة للأطفال\nsecond "))
        #expect(!page.unicodeScalars.contains("\u{202E}"))
        #expect(page.contains("e\u{301}"))
    }

    @Test("what a group of fewer than five holds isn't told")
    func smallGroups() throws {
        // Forty of one mind and four of the other, who differ in every one of 24 statements.
        var rows = ["participant," + (0..<24).map(String.init).joined(separator: ",")]
        for person in 0..<44 {
            let votes = (0..<24).map { statement in
                let flips = (person * 7 + statement * 11) % 17 == 0
                return ((person < 40) == (statement % 2 == 0)) != flips ? "1" : "-1"
            }
            rows.append("\(person)," + votes.joined(separator: ","))
        }
        let conversation = try PolisConversation(.init(participantsVotes: Array(rows.joined(separator: "\n").utf8)))
        let report = DeliberationReport(conversation, settings: Self.quick)
        let small = (0..<report.landscape.groupCount).filter { group in report.groups.count { $0 == group } < 5 }
        try #require(report.landscape.groupCount == 2 && small.count == 1, "the small group must be there to be hidden")
        let page = report.html
        for group in small {
            #expect(!page.contains("<span class=\"who\">Group \(group + 1)</span>"))
            #expect(!page.contains("Group \(group + 1), 4 people"))
            // On the map they are people without a group, and there is no place of the group.
            #expect(!page.contains("<circle class=\"g\(group + 1)\"") && page.contains("<circle class=\"g0\""))
            #expect(!page.contains(">\(group + 1)</text>") && !page.contains("class=\"key g\(group + 1)\""))
        }
        // Of two groups "the others" are those four, and "everybody" without the large one as well.
        #expect(!page.contains("<span class=\"who\">the others</span>"))
        #expect(!page.contains("<span class=\"who\">everybody</span>"))
        #expect(
            page.contains("<span class=\"who\">these groups</span>")
                && page.contains("One group has fewer than 5 people."))
        let large = DeliberationReport(try Self.conversation(), settings: Self.quick).html
        #expect(large.contains("<span class=\"who\">the others</span>"))
        #expect(large.contains("<span class=\"who\">everybody</span>") && !large.contains("these groups"))
    }

    @Test("of a large group of which fewer than five voted on a statement, the bar is left out and the page says so")
    func thinBars() throws {
        // Sixty people in two camps; of the second only three voted on the statement that the whole first camp wants.
        var rows = ["participant," + (0..<13).map(String.init).joined(separator: ",")]
        for person in 0..<60 {
            let votes = (0..<13).map { statement -> String in
                if statement == 12 { return person < 30 || person >= 57 ? "1" : "" }
                let flips = (person * 7 + statement * 11) % 17 == 0
                return ((person < 30) == (statement < 6)) != flips ? "1" : "-1"
            }
            rows.append("\(person)," + votes.joined(separator: ","))
        }
        let conversation = try PolisConversation(.init(participantsVotes: Array(rows.joined(separator: "\n").utf8)))
        let report = DeliberationReport(conversation, settings: .init(seats: 13, samples: 0))
        try #require(report.ground.groups.count == 2)
        let entry = try #require(report.told?.entries.first { $0.entry.statement == 12 })
        #expect(entry.groups.count { $0 == nil } == 1)
        #expect(!entry.isEverybody && entry.votes == VoteTally(agreed: 30))
        #expect(report.html.contains("<span class=\"figures\">fewer than five voted</span>"))
    }

    @Test("the same votes and seed give the same page, and no participant is named")
    func same() throws {
        let conversation = try Self.conversation()
        let page = DeliberationReport(conversation, settings: Self.quick).html
        #expect(page == DeliberationReport(conversation, settings: Self.quick).html)
        #expect(!page.contains("articipants:"))
    }

    @Test("with too few votes, or none at all, the page says so")
    func empty() throws {
        let none = try PolisConversation(.init(participantsVotes: Array("participant,1,2\n1,,\n".utf8)))
        let page = DeliberationReport(none, settings: Self.quick).html
        #expect(page.contains("too few votes to place people on a map"))
        #expect(page.contains("there is nothing to choose"))
        let few = try PolisConversation(.init(participantsVotes: Array("participant,1,2\n1,1,-1\n2,1,0\n".utf8)))
        #expect(DeliberationReport(few, settings: Self.quick).html.contains("Below 12, groups mean nothing"))
    }
}
