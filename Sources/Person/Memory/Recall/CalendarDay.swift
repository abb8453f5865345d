/// A day of the Gregorian calendar as a number: days since 1 January 1970, in UTC.
///
/// The calculation is that of Howard Hinnant, "chrono-compatible low-level date algorithms" (2013): exact for every
/// year, without tables and without Foundation's calendars.
struct CalendarDay: Hashable, Comparable {
    var number: Int

    static let milliseconds: Int64 = 86_400_000

    init(number: Int) { self.number = number }

    /// The day that holds a moment.
    init(at moment: Int64) {
        let (quotient, remainder) = moment.quotientAndRemainder(dividingBy: Self.milliseconds)
        number = Int(remainder < 0 ? quotient - 1 : quotient)
    }

    /// A day by its date. A month outside 1…12 counts on into the years before or after.
    init(year: Int, month: Int, day: Int) {
        let months = year * 12 + month - 1
        let wholeYear = months >= 0 ? months / 12 : (months - 11) / 12
        let month = months - wholeYear * 12 + 1
        let year = month <= 2 ? wholeYear - 1 : wholeYear
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// A day by its date, or nil when there is no such day.
    init?(exactly year: Int, _ month: Int, _ day: Int) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(year: year, month: month, day: day)
        guard date == (year, month, day) else { return nil }
    }

    /// Year, month and day.
    var date: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// 1 for Monday to 7 for Sunday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    /// When it begins, in milliseconds since 1970.
    var start: Int64 { Int64(number) * Self.milliseconds }

    static func + (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(number: day.number + days) }
    static func - (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(number: day.number - days) }
    static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}

/// A stretch of time, in milliseconds since 1970.
public struct TimeSpan: Sendable, Hashable {
    /// When it begins.
    public var from: Int64
    /// When it is over: this moment isn't in it any more.
    public var until: Int64

    /// A stretch of time. One that would end before it begins is empty.
    public init(from: Int64, until: Int64) {
        self.from = from
        self.until = max(from, until)
    }

    init(_ from: CalendarDay, until: CalendarDay) {
        self.init(from: from.start, until: until.start)
    }

    /// One day.
    init(_ day: CalendarDay) { self.init(day, until: day + 1) }

    /// A month of the calendar; other months than 1…12 count on.
    init(year: Int, month: Int) {
        self.init(
            CalendarDay(year: year, month: month, day: 1), until: CalendarDay(year: year, month: month + 1, day: 1))
    }

    /// A year of the calendar.
    init(year: Int) {
        self.init(CalendarDay(year: year, month: 1, day: 1), until: CalendarDay(year: year + 1, month: 1, day: 1))
    }

    /// How long it is, in milliseconds.
    public var length: Int64 { until - from }

    /// How far apart two stretches are, in milliseconds: 0 when they touch or share a moment.
    public func distance(to other: TimeSpan) -> Int64 {
        if other.from > until { return other.from - until }
        if from > other.until { return from - other.until }
        return 0
    }
}

extension Int64 {
    /// The moment itself, or the nearest that an item could have: so that calculating with it can't overflow.
    var asMoment: Int64 { Swift.min(Swift.max(self, ItemProblems.moments.lowerBound), ItemProblems.moments.upperBound) }
}
