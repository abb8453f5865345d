/// Which times a text speaks of, seen from the moment it was said: "last May", "vor zwei Wochen", "il y a trois jours",
/// "8 de mayo de 2023", "2023-05-08".
///
/// It reads English, German, Spanish and French by rule, days in UTC, weeks from Monday, and seasons of the north. A
/// month or a day without a year is the one that people would mean: the latest such month that has begun, the nearest
/// such day. It reads what is common and plain; what it doesn't know, it leaves out. Not for calendars: "next Friday"
/// is read as the first Friday after today, and people differ.
public enum TimeExpressions {
    /// The times that a text speaks of, in the order of the text.
    ///
    /// - Parameters:
    ///   - text: What was said.
    ///   - moment: When it was said, in milliseconds since 1970.
    /// - Complexity: O(*n*).
    public static func spans(in text: String, at moment: Int64) -> [TimeSpan] {
        read(text).spans(at: moment.asMoment)
    }

    /// Whether a text asks for a time: "When did…", "What year…".
    static func asksWhen(_ text: String) -> Bool { read(text).asksWhen }

    static func read(_ text: String) -> TimeTokens {
        var tokens = TimeTokens()
        WordReader.read(text) { word, hash in
            tokens.advance()
            if let time = TimeLexicon.word(word, hash: Vocabulary.spelling(hash)) { tokens.append(time) }
        }
        return tokens
    }
}

/// The words of time in a text, and where they stand.
struct TimeTokens {
    private var words: [TimeWord] = []
    private var positions: [Int] = []
    /// Whether a word like "since" stands right before each.
    private var follows: [Bool] = []
    private var position = 0
    private var prepositionAt = -1

    /// Goes on to the next word of the text.
    mutating func advance() { position += 1 }

    /// The word where we are says something of time.
    mutating func append(_ word: TimeWord) {
        var word = word
        switch word {
        case .preposition:
            // Not kept: it would stand between "8th" and "May" in "8th of May".
            prepositionAt = position
            return
        case .anOrYear:
            if case .number? = words.last, positions.last == position - 1 {
                word = .unit(.year)
            } else {
                word = .number(1, digits: 0)
            }
        default: break
        }
        words.append(word)
        positions.append(position)
        follows.append(prepositionAt == position - 1)
    }

    /// Whether the text says anything of time, be it only "all week".
    var tellsTime: Bool {
        words.contains { word in
            switch word {
            case .unit, .day, .weekday, .ago, .month(_, isDoubtful: false), .season(_, isDoubtful: false): true
            case .number(let number, digits: 4): Self.years.contains(number)
            default: false
            }
        }
    }

    mutating func removeAll() {
        words.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        follows.removeAll(keepingCapacity: true)
        position = 0
        prepositionAt = -1
    }

    /// Whether the text asks for a time.
    var asksWhen: Bool {
        for (index, word) in words.enumerated() where positions[index] <= 2 {
            if word == .when { return true }
            if word == .which, case .unit? = self[index + 1, within: 1, of: index] { return true }
        }
        return false
    }

    /// The word at `index`, when it stands at most `gap` words from the one at `other`.
    private subscript(index: Int, within gap: Int, of other: Int) -> TimeWord? {
        guard words.indices.contains(index), abs(positions[index] - positions[other]) <= gap else { return nil }
        return words[index]
    }

    /// The times that are meant, seen from a moment.
    func spans(at moment: Int64) -> [TimeSpan] {
        guard !words.isEmpty else { return [] }
        let today = CalendarDay(at: moment)
        var spans: [TimeSpan] = []
        var index = 0
        while index < words.count {
            let (found, used) = expression(index, today)
            spans += found
            index += max(1, used)
        }
        return spans
    }

    /// The expression that begins at a word, and how many words of time it takes up.
    private func expression(_ index: Int, _ today: CalendarDay) -> ([TimeSpan], Int) {
        switch words[index] {
        case .number(let number, let digits): return numbered(index, number, digits, today)
        case .day(let offset): return ([TimeSpan(today + shifted(offset, index))], 1)
        case .agoInFront:
            guard let (count, unit) = amount(index + 1, after: index) else { return ([], 1) }
            return ([Self.away(-count, unit, today)], 3)
        case .ilYA:
            guard case .number(1, digits: 0)? = self[index + 1, within: 1, of: index],
                let (count, unit) = amount(index + 2, after: index + 1)
            else { return ([], 1) }
            return ([Self.away(-count, unit, today)], 4)
        case .within:
            guard let (count, unit) = amount(index + 1, after: index) else { return ([], 1) }
            return ([Self.away(count, unit, today)], 3)
        case .unit(let unit): return (relative(index, unit, today), 1)
        case .weekday(let weekday): return (Self.weekday(weekday, direction(index), today), 1)
        case .month(let month, let isDoubtful): return self.month(index, month, isDoubtful, today)
        case .season(let month, let isDoubtful): return season(index, month, isDoubtful, today)
        default: return ([], 1)
        }
    }

    // MARK: Numbers

    private static let years = 1900...2099

    private func numbered(_ index: Int, _ number: Int, _ digits: Int, _ today: CalendarDay) -> ([TimeSpan], Int) {
        if digits == 4, Self.years.contains(number) {
            if case .number(let month, digits: 2)? = self[index + 1, within: 1, of: index], (1...12).contains(month) {
                if case .number(let day, digits: 1...2)? = self[index + 2, within: 1, of: index + 1],
                    let date = CalendarDay(exactly: number, month, day)
                {
                    return ([TimeSpan(date)], 3)
                }
                return ([TimeSpan(year: number, month: month)], 2)
            }
            return ([TimeSpan(year: number)], 1)
        }
        if digits > 0, (1...31).contains(number) {
            if case .month(let month, _)? = self[index + 1, within: 2, of: index] {
                let next = year(index + 2, after: index + 1)
                return (Self.day(number, month, next, today), next == nil ? 2 : 3)
            }
            if case .number(let second, digits: 1...2)? = self[index + 1, within: 1, of: index],
                let year = year(index + 2, after: index + 1, within: 1)
            {
                // 8/5/2023 is one day in London and another in Chicago: both.
                let days = [CalendarDay(exactly: year, second, number), CalendarDay(exactly: year, number, second)]
                return (Array(Set(days.compactMap { $0 })).sorted().map { TimeSpan($0) }, 3)
            }
        }
        if case .unit(let unit)? = self[index + 1, within: 2, of: index], (1...999).contains(number) {
            if case .ago? = self[index + 2, within: 1, of: index + 1] { return ([Self.away(-number, unit, today)], 3) }
            // "last two weeks", "in the next 3 days"
            if let direction = direction(index), direction != 0 {
                return ([Self.stretch(direction * number, unit, today)], 2)
            }
        }
        // "les trois derniers mois"
        if case .direction(let direction, _)? = self[index + 1, within: 1, of: index], direction != 0,
            case .unit(let unit)? = self[index + 2, within: 1, of: index + 1], (1...999).contains(number)
        {
            return ([Self.stretch(direction * number, unit, today)], 3)
        }
        return ([], 1)
    }

    private func amount(_ index: Int, after other: Int) -> (Int, TimeUnit)? {
        guard case .number(let count, _)? = self[index, within: 2, of: other], (1...999).contains(count),
            case .unit(let unit)? = self[index + 1, within: 2, of: index]
        else { return nil }
        return (count, unit)
    }

    private func year(_ index: Int, after other: Int, within gap: Int = 2) -> Int? {
        guard case .number(let year, digits: 4)? = self[index, within: gap, of: other], Self.years.contains(year) else {
            return nil
        }
        return year
    }

    // MARK: Nouns

    /// "last" or "next" beside a noun.
    private func direction(_ index: Int) -> Int? {
        if case .direction(let direction, _)? = self[index - 1, within: 2, of: index] { return direction }
        if case .direction(let direction, behind: true)? = self[index + 1, within: 1, of: index] { return direction }
        return nil
    }

    /// "avant-hier", "the day after tomorrow", "pasado mañana".
    private func shifted(_ offset: Int, _ index: Int) -> Int {
        switch self[index - 1, within: 2, of: index] {
        case .before? where offset < 0: offset - 1
        case .after? where offset > 0: offset + 1
        case .direction(-1, behind: true)? where offset > 0: offset + 1
        default: offset
        }
    }

    private func relative(_ index: Int, _ unit: TimeUnit, _ today: CalendarDay) -> [TimeSpan] {
        guard let direction = direction(index) else { return [] }
        let monday = today - (today.weekday - 1)
        let (year, month, _) = today.date
        switch unit {
        case .day, .night: return [TimeSpan(today + direction)]
        case .week: return [TimeSpan(monday + 7 * direction, until: monday + 7 * (direction + 1))]
        case .weekend: return [TimeSpan(monday + 7 * direction + 5, until: monday + 7 * (direction + 1))]
        case .month: return [TimeSpan(year: year, month: month + direction)]
        case .year: return [TimeSpan(year: year + direction)]
        }
    }

    private static func weekday(_ weekday: Int, _ direction: Int?, _ today: CalendarDay) -> [TimeSpan] {
        let before = TimeSpan(today - ((today.weekday - weekday + 6) % 7 + 1))
        let after = TimeSpan(today + ((weekday - today.weekday + 6) % 7 + 1))
        switch direction {
        case .some(-1): return [before]
        case .some(1): return [after]
        default: return weekday == today.weekday ? [before, TimeSpan(today), after] : [before, after]
        }
    }

    private func month(
        _ index: Int, _ month: Int, _ isDoubtful: Bool, _ today: CalendarDay
    ) -> ([TimeSpan], Int) {
        if case .number(let day, digits: 1...2)? = self[index + 1, within: 1, of: index], (1...31).contains(day) {
            let next = year(index + 2, after: index + 1)
            return (Self.day(day, month, next, today), next == nil ? 2 : 3)
        }
        if let year = year(index + 1, after: index) { return ([TimeSpan(year: year, month: month)], 2) }
        let (year, thisMonth, _) = today.date
        switch direction(index) {
        case .some(-1): return ([TimeSpan(year: month < thisMonth ? year : year - 1, month: month)], 1)
        case .some(1): return ([TimeSpan(year: month > thisMonth ? year : year + 1, month: month)], 1)
        case .some: return ([TimeSpan(year: year, month: month)], 1)
        case nil:
            guard !isDoubtful || isInTime(index) else { return ([], 1) }
            return ([TimeSpan(year: month <= thisMonth ? year : year - 1, month: month)], 1)
        }
    }

    private func season(
        _ index: Int, _ month: Int, _ isDoubtful: Bool, _ today: CalendarDay
    ) -> ([TimeSpan], Int) {
        func season(_ year: Int) -> TimeSpan {
            TimeSpan(
                CalendarDay(year: year, month: month, day: 1), until: CalendarDay(year: year, month: month + 3, day: 1))
        }
        if let year = year(index + 1, after: index) { return ([season(year)], 2) }
        let year = today.date.year
        // The latest that has begun, counted so that a winter that began last year is this winter.
        let latest = (season(year).from <= today.start) ? year : year - 1
        let isNow = season(latest).until > today.start
        switch direction(index) {
        case .some(-1): return ([season(isNow ? latest - 1 : latest)], 1)
        case .some(1): return ([season(latest + 1)], 1)
        case .some: return ([season(isNow ? latest : year)], 1)
        case nil: return isDoubtful && !isInTime(index) ? ([], 1) : ([season(latest)], 1)
        }
    }

    /// Whether a word like "in" or "since" stands before.
    private func isInTime(_ index: Int) -> Bool {
        if follows[index] { return true }
        if case .within? = self[index - 1, within: 1, of: index] { return true }
        return false
    }

    // MARK: Calculating

    /// A day of a month: with its year, or else the nearest such day.
    private static func day(_ day: Int, _ month: Int, _ year: Int?, _ today: CalendarDay) -> [TimeSpan] {
        if let year { return CalendarDay(exactly: year, month, day).map { [TimeSpan($0)] } ?? [] }
        let near = (today.date.year - 1...today.date.year + 1).compactMap { CalendarDay(exactly: $0, month, day) }
        let nearest = near.min { abs($0.number - today.number) < abs($1.number - today.number) }
        return nearest.map { [TimeSpan($0)] } ?? []
    }

    /// So long ago or from now, as exactly as people mean it: "two weeks ago" is a week, "two months ago" a month.
    private static func away(_ count: Int, _ unit: TimeUnit, _ today: CalendarDay) -> TimeSpan {
        let (year, month, _) = today.date
        switch unit {
        case .day, .night: return TimeSpan(today + count)
        case .week: return TimeSpan(today + (7 * count - 3), until: today + (7 * count + 4))
        case .weekend:
            let saturday = today - (today.weekday - 1) + (7 * count + 5)
            return TimeSpan(saturday, until: saturday + 2)
        case .month: return TimeSpan(year: year, month: month + count)
        case .year: return TimeSpan(year: year + count)
        }
    }

    /// The whole time from then to now, or from now to then.
    private static func stretch(_ count: Int, _ unit: TimeUnit, _ today: CalendarDay) -> TimeSpan {
        let (year, month, day) = today.date
        let other: CalendarDay
        switch unit {
        case .day, .night: other = today + count
        case .week, .weekend: other = today + 7 * count
        case .month: other = CalendarDay(year: year, month: month + count, day: min(day, 28))
        case .year: other = CalendarDay(year: year + count, month: month, day: min(day, 28))
        }
        return count < 0 ? TimeSpan(other, until: today + 1) : TimeSpan(today, until: other + 1)
    }
}
