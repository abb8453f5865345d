import Testing

@testable import Memory

@Suite("Times that a text speaks of")
struct TimeExpressionsTests {
    /// Wednesday, 14 June 2023, 15:00 UTC.
    static let now = CalendarDay(year: 2023, month: 6, day: 14).start + 15 * 3_600_000

    private static let said: [(String, String)] = [
        // Dates
        ("on 2023-05-08", "2023-05-08/2023-05-09"), ("in 2023-05", "2023-05-01/2023-06-01"),
        ("8 May 2023", "2023-05-08/2023-05-09"), ("May 8th, 2023", "2023-05-08/2023-05-09"),
        ("the 8th of May", "2023-05-08/2023-05-09"), ("on December 30", "2022-12-30/2022-12-31"),
        ("am 8. Mai 2023", "2023-05-08/2023-05-09"), ("8.5.2023", "2023-05-08/2023-05-09 2023-08-05/2023-08-06"),
        ("25/12/2022", "2022-12-25/2022-12-26"), ("el 8 de mayo de 2023", "2023-05-08/2023-05-09"),
        ("le 1er août 2022", "2022-08-01/2022-08-02"), ("31 February 2023", ""),
        // Years, months, seasons
        ("What happened in 2022?", "2022-01-01/2023-01-01"), ("May 2022", "2022-05-01/2022-06-01"),
        ("in May", "2023-05-01/2023-06-01"), ("last May", "2023-05-01/2023-06-01"),
        ("last August", "2022-08-01/2022-09-01"), ("next August", "2023-08-01/2023-09-01"),
        ("in August", "2022-08-01/2022-09-01"), ("this June", "2023-06-01/2023-07-01"),
        ("letzten August", "2022-08-01/2022-09-01"), ("im März", "2023-03-01/2023-04-01"),
        ("en agosto pasado", "2022-08-01/2022-09-01"), ("en août dernier", "2022-08-01/2022-09-01"),
        ("last summer", "2022-06-01/2022-09-01"), ("im Sommer 2021", "2021-06-01/2021-09-01"),
        ("last winter", "2022-12-01/2023-03-01"), ("el verano pasado", "2022-06-01/2022-09-01"),
        ("in the spring", ""), ("in spring", "2023-03-01/2023-06-01"),
        // Days
        ("yesterday", "2023-06-13/2023-06-14"), ("gestern", "2023-06-13/2023-06-14"),
        ("ayer", "2023-06-13/2023-06-14"), ("hier", "2023-06-13/2023-06-14"),
        ("the day before yesterday", "2023-06-12/2023-06-13"), ("avant-hier", "2023-06-12/2023-06-13"),
        ("anteayer", "2023-06-12/2023-06-13"), ("antes de ayer", "2023-06-12/2023-06-13"),
        ("the day after tomorrow", "2023-06-16/2023-06-17"), ("übermorgen", "2023-06-16/2023-06-17"),
        ("pasado mañana", "2023-06-16/2023-06-17"), ("après-demain", "2023-06-16/2023-06-17"),
        ("last night", "2023-06-13/2023-06-14"), ("aujourd'hui", "2023-06-14/2023-06-15"),
        ("last Friday", "2023-06-09/2023-06-10"), ("nächsten Freitag", "2023-06-16/2023-06-17"),
        ("el viernes pasado", "2023-06-09/2023-06-10"), ("vendredi dernier", "2023-06-09/2023-06-10"),
        ("on Monday", "2023-06-12/2023-06-13 2023-06-19/2023-06-20"),
        // Weeks and the like
        ("last week", "2023-06-05/2023-06-12"), ("letzte Woche", "2023-06-05/2023-06-12"),
        ("la semana pasada", "2023-06-05/2023-06-12"), ("la semaine dernière", "2023-06-05/2023-06-12"),
        ("next week", "2023-06-19/2023-06-26"), ("last weekend", "2023-06-10/2023-06-12"),
        ("last month", "2023-05-01/2023-06-01"), ("el mes pasado", "2023-05-01/2023-06-01"),
        ("last year", "2022-01-01/2023-01-01"), ("l'année dernière", "2022-01-01/2023-01-01"),
        ("nächstes Jahr", "2024-01-01/2025-01-01"),
        // So long ago
        ("three days ago", "2023-06-11/2023-06-12"), ("vor drei Tagen", "2023-06-11/2023-06-12"),
        ("hace 3 días", "2023-06-11/2023-06-12"), ("il y a trois jours", "2023-06-11/2023-06-12"),
        ("two weeks ago", "2023-05-28/2023-06-04"), ("vor zwei Wochen", "2023-05-28/2023-06-04"),
        ("a couple of weeks ago", "2023-05-28/2023-06-04"), ("a month ago", "2023-05-01/2023-06-01"),
        ("hace un mes", "2023-05-01/2023-06-01"), ("il y a un an", "2022-01-01/2023-01-01"),
        ("10 years ago", "2013-01-01/2014-01-01"), ("in three days", "2023-06-17/2023-06-18"),
        ("dans deux semaines", "2023-06-25/2023-07-02"), ("dentro de dos semanas", "2023-06-25/2023-07-02"),
        ("in the last two weeks", "2023-05-31/2023-06-15"), ("les trois derniers mois", "2023-03-14/2023-06-15"),
        ("in den letzten drei Monaten", "2023-03-14/2023-06-15"),
        // Nothing
        ("I may go, we march on, the fall was hard", ""), ("It took 3 weeks", ""), ("12345 people", ""),
        ("a week", ""), ("", ""), ("she sat in the sun", ""),
    ]

    @Test("are read in four languages", arguments: said)
    func spans(_ text: String, _ expected: String) {
        let spans = TimeExpressions.spans(in: text, at: Self.now).map { span in
            [span.from, span.until].map { moment in
                let (year, month, day) = CalendarDay(at: moment).date
                return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
            }.joined(separator: "/")
        }
        #expect(spans.joined(separator: " ") == expected)
    }

    @Test(
        "a question asks for a time or it doesn't",
        arguments: [
            ("When did Caroline paint?", true), ("Wann war das?", true), ("¿Cuándo fue?", true), ("Quand ?", true),
            ("What year did she move?", true), ("En qué año fue?", true), ("What did she do?", false),
            ("How does she feel when it rains?", false), ("", false),
        ] as [(String, Bool)])
    func asks(_ text: String, _ asks: Bool) {
        #expect(TimeExpressions.asksWhen(text) == asks)
    }

    @Test("every day of four centuries has a date, and every date its day")
    func calendar() {
        var day = CalendarDay(year: 1800, month: 1, day: 1)
        let end = CalendarDay(year: 2201, month: 1, day: 1)
        var (year, month, number, weekday) = (1800, 1, 1, 3)  // a Wednesday
        while day < end {
            #expect(day.date == (year, month, number) && day.weekday == weekday)
            #expect(CalendarDay(exactly: year, month, number) == day)
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            (number, weekday) = (number + 1, weekday % 7 + 1)
            if number > length { (number, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
            day = day + 1
        }
        #expect(CalendarDay(exactly: 2023, 2, 29) == nil && CalendarDay(exactly: 2024, 13, 1) == nil)
        #expect(CalendarDay(at: -1).number == -1 && CalendarDay(at: 0).number == 0)
    }

    @Test("no text and no moment is too odd")
    func odd() {
        var generator = RecallSeed(seed: 3)
        let words = TimeLexicon.words.keys.sorted() + ["2023", "8", "31", "the", "99", "999", "1999", "x"]
        for _ in 0..<5_000 {
            let text = (0..<8).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            let moment = Int64.random(in: -60_000_000_000_000...250_000_000_000_000, using: &generator)
            for span in TimeExpressions.spans(in: text, at: moment) { #expect(span.from < span.until) }
        }
    }
}
