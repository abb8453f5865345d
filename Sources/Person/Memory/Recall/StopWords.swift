/// Words that say nothing of what a text is about, so that they are neither kept nor looked for.
///
/// Only English: the weight by rarity does most of the work in every language, and no other list was measured to help.
/// Negations and "like", "want", "own" stay: in a memory of persons they carry meaning.
enum StopWords {
    static let english: Set<String> = Set(
        """
        a about am an and any are as at be been being but by can could d did didn do does doesn doing don for from had has \
        hasn have haven having he her hers him his how i if in into is isn it its itself just ll m me my of on or our ours \
        re s shall she should so some such t than that the their theirs them then there these they this those to too ve \
        very was wasn we were weren what when where which who whom whose why will with would you your yours
        """.split(separator: " ").map(String.init))
}
