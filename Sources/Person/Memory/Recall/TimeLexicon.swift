/// A word that says something of time, whatever the language.
enum TimeWord: Sendable, Hashable {
    /// A number; `digits` is 0 when it was written as a word.
    case number(Int, digits: Int)
    /// Day, week, month, year, weekend, night.
    case unit(TimeUnit)
    /// Today is 0, yesterday −1, tomorrow 1.
    case day(Int)
    /// A month, 1…12. Doubtful: "may" and "march" are other words too.
    case month(Int, isDoubtful: Bool)
    /// A weekday, 1 for Monday.
    case weekday(Int)
    /// A season by the month it begins in. Doubtful: "spring" and "fall" are other words too.
    case season(Int, isDoubtful: Bool)
    /// Last −1, this 0, next 1; whether it may stand behind its noun.
    case direction(Int, behind: Bool)
    /// "ago", behind; "vor" and "hace", in front.
    case ago, agoInFront
    /// English "an", or French "an" where a number stands before it.
    case anOrYear
    /// The middle of French "il y a".
    case ilYA
    /// "in", "dans": in front of how long from now, or of a month.
    case within
    /// What shows that a doubtful word means a time: "since", "early".
    case preposition
    /// "before" and "after", in "the day before yesterday".
    case before, after
    /// "when"; "what" or "which", in front of a unit.
    case when, which
}

/// How time is counted.
enum TimeUnit: Sendable, Hashable {
    case day, night, week, weekend, month, year
}

/// Words of time in English, German, Spanish and French, folded as ``WordReader`` folds them.
enum TimeLexicon {
    static let words: [String: TimeWord] = {
        var words: [String: TimeWord] = [:]
        func add(_ list: String, _ word: TimeWord) {
            for spelling in list.split(separator: " ") { words[String(spelling)] = word }
        }
        let numbers = [
            "a an one ein eine einem einer einen un una une", "two couple zwei dos deux", "three few drei tres trois",
            "four vier cuatro quatre", "five funf cinco cinq", "six sechs seis", "seven sieben siete sept",
            "eight acht ocho huit", "nine neun nueve neuf", "ten zehn diez dix", "eleven elf onze",
            "twelve zwolf doce douze",
        ]
        for (index, list) in numbers.enumerated() { add(list, .number(index + 1, digits: 0)) }
        add("day days tag tage tagen tages dia dias jour jours", .unit(.day))
        add("night nights nacht noche nuit", .unit(.night))
        add("week weeks woche wochen semana semanas semaine semaines", .unit(.week))
        add("weekend weekends wochenende wochenenden finde", .unit(.weekend))
        add("month months monat monate monaten monats mes meses mois", .unit(.month))
        add("year years jahr jahre jahren jahres ano anos an ans annee annees", .unit(.year))
        words["an"] = .anOrYear
        add("today tonight heute hoy aujourd", .day(0))
        add("yesterday gestern ayer hier anoche", .day(-1))
        add("vorgestern anteayer antier", .day(-2))
        add("tomorrow morgen manana demain", .day(1))
        add("ubermorgen", .day(2))
        let months = [
            "january jan januar janner enero janvier", "february feb februar febrero fevrier",
            "march", "april apr abril avril", "may", "june jun juni junio juin", "july jul juli julio juillet",
            "august aug agosto aout", "september sep sept septiembre septembre",
            "october oct oktober okt octubre octobre",
            "november nov noviembre novembre", "december dec dezember dez diciembre decembre",
        ]
        for (index, list) in months.enumerated() {
            add(list, .month(index + 1, isDoubtful: index == 2 || index == 4))
        }
        add("marz maerz marzo mars", .month(3, isDoubtful: false))
        add("mai mayo", .month(5, isDoubtful: false))
        words["sept"] = .month(9, isDoubtful: false)
        let weekdays = [
            "monday montag lunes lundi", "tuesday dienstag martes mardi", "wednesday mittwoch miercoles mercredi",
            "thursday donnerstag jueves jeudi", "friday freitag viernes vendredi",
            "saturday samstag sonnabend sabado samedi",
            "sunday sonntag domingo dimanche",
        ]
        for (index, list) in weekdays.enumerated() { add(list, .weekday(index + 1)) }
        add("fruhling fruhjahr primavera printemps", .season(3, isDoubtful: false))
        add("summer sommer verano ete", .season(6, isDoubtful: false))
        add("autumn herbst otono automne", .season(9, isDoubtful: false))
        add("winter invierno hiver", .season(12, isDoubtful: false))
        add("spring", .season(3, isDoubtful: true))
        add("fall", .season(9, isDoubtful: true))
        words["ete"] = .season(6, isDoubtful: true)  // French "been"
        add(
            "last previous letzte letzten letzter letztes letztem vergangene vergangenen vergangenes",
            .direction(-1, behind: false))
        add("past pasado pasada pasados pasadas ultimo ultima ultimos ultimas", .direction(-1, behind: true))
        add("dernier derniere derniers dernieres passe passee", .direction(-1, behind: true))
        add("this diese diesen dieser dieses diesem este esta cette cet ce", .direction(0, behind: false))
        add("next nachste nachsten nachster nachstes nachstem kommende kommenden", .direction(1, behind: false))
        add(
            "upcoming coming proximo proxima proximos proximas prochain prochaine prochains prochaines",
            .direction(1, behind: true))
        add("ago", .ago)
        add("vor hace", .agoInFront)
        add("y", .ilYA)
        add("in dentro dans", .within)
        add(
            "of since until till by during early late mid on from im am en au seit bis desde hasta depuis", .preposition
        )
        add("before avant antes", .before)
        add("after apres", .after)
        add("when wann cuando quand", .when)
        add("what which welchem welches welchen que quel quelle", .which)
        return words
    }()

    /// The same by the hash of the word.
    static let byHash: [UInt64: TimeWord] = Dictionary(
        uniqueKeysWithValues: words.map { (Vocabulary.mark($0.key.utf8), $0.value) })

    /// What a word says of time: a number with at most four digits ("8th" is one too), or a word of the lexicon.
    static func word(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> TimeWord? {
        if bytes.count > 0, (0x30...0x39).contains(bytes[0]) { return number(bytes) }
        return byHash[hash]
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> TimeWord? {
        var value = 0
        var digits = 0
        while digits < bytes.count, (0x30...0x39).contains(bytes[digits]) {
            guard digits < 4 else { return nil }
            value = value * 10 + Int(bytes[digits] - 0x30)
            digits += 1
        }
        // What follows the digits: nothing, or the ending of an ordinal.
        switch bytes.count - digits {
        case 0: return .number(value, digits: digits)
        case 2 where digits <= 2:
            let ending = (bytes[digits], bytes[digits + 1])
            let ordinals: [(UInt8, UInt8)] = [
                (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68), (0x65, 0x72),
            ]  // st nd rd th er
            return ordinals.contains { $0 == ending } ? .number(value, digits: digits) : nil
        default: return nil
        }
    }
}
