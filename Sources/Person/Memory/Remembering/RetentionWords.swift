import Consents

/// For how long things are to be kept, as people say it: "episodes for 30 days only", "meine Ziele für immer", "los hechos
/// solo 2 meses", "les faits pendant un an".
///
/// Only a phrase that says nothing else is taken, so "keep the milk for 3 days" and "keep facts apart" are not.
enum RetentionWords {
    /// The kinds, and for how many days; nil days for until they are erased.
    static func read(_ words: [String]) -> (kinds: [MemoryItem.Kind], days: Int?)? {
        var kinds: [MemoryItem.Kind] = []
        var number: Int?
        var unit: Int?
        var isForGood = false
        for word in words {
            if let named = Self.kinds[word] {
                kinds += named
            } else if let days = units[word] {
                guard unit == nil else { return nil }
                unit = days
            } else if let value = Int(word) ?? numbers[word] {
                guard number == nil else { return nil }
                number = value
            } else if forGood.contains(word) {
                isForGood = true
            } else if !small.contains(word) {
                return nil
            }
        }
        guard !kinds.isEmpty, Set(kinds).count == kinds.count else { return nil }
        switch (number, unit, isForGood) {
        case (let number?, let unit?, false):
            let (days, isTooMany) = number.multipliedReportingOverflow(by: unit)
            guard !isTooMany, (1...MemorySettings.longestRetention).contains(days) else { return nil }
            return (kinds, days)
        case (nil, nil, true): return (kinds, nil)
        default: return nil
        }
    }

    private static func table<Value>(_ entries: KeyValuePairs<String, Value>) -> [String: Value] {
        var table: [String: Value] = [:]
        for (list, value) in entries {
            for word in list.split(separator: " ") { table[String(Sentence.folded(String(word)))] = value }
        }
        return table
    }

    private static let kinds: [String: [MemoryItem.Kind]] = table([
        "everything alles todo tout": MemoryItem.Kind.allCases,
        "values werte valores valeurs": [.value],
        "goals ziele objetivos metas objectifs buts": [.goal],
        "commitments promises vorsätze zusagen versprechen compromisos promesas engagements promesses": [.commitment],
        "preferences vorlieben preferencias préférences": [.preference],
        "skills fähigkeiten habilidades compétences": [.skill],
        "relationships beziehungen relaciones relations": [.relationship],
        "episodes events erlebnisse episoden ereignisse episodios épisodes événements": [.episode],
        "facts fakten tatsachen hechos faits": [.fact],
    ])

    private static let units: [String: Int] = table([
        "day days tag tage tagen día días jour jours": 1,
        "week weeks woche wochen semana semanas semaine semaines": 7,
        "month months monat monate monaten mes meses mois": 30,
        "year years jahr jahre jahren año años an ans année années": 365,
    ])

    private static let numbers: [String: Int] = table([
        "one a ein eine einen einem un una une": 1, "two zwei dos deux": 2, "three drei tres trois": 3,
        "four vier cuatro quatre": 4, "five fünf cinco cinq": 5, "six sechs seis": 6, "seven sieben siete sept": 7,
        "ten zehn diez dix": 10, "twelve zwölf doce douze": 12, "thirty dreißig treinta trente": 30,
        "sixty sechzig sesenta soixante": 60, "ninety neunzig noventa": 90,
    ])

    private static let forGood: Set<String> = Set(
        table(["forever immer siempre toujours": 0]).keys)

    /// Words that may stand around.
    private static let small: Set<String> = Set(
        table([
            "my all the for only just no longer than and": 0,
            "meine meinen die der nur für lang lange auf nicht länger als und": 0,
            "mis los las solo sólo durante por para más de que y": 0,
            "mes les des seulement pendant pour et pas plus que": 0,
        ]).keys)
}
