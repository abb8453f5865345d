import Consents
import Foundation

/// Since when and until when something is so, as a sentence says it: "I lived in Lyon until May", "ich wohne seit 2019 in
/// Lyon", "vivo en Lyon desde mayo", "j'habitais à Lyon jusqu'en mai".
///
/// Only what stands right behind such a word counts, and only where it is plain: a month without a year that is over is
/// taken as the end only of what is told as past. What isn't plain stays as words.
enum StatedTimes {
    static func read(_ words: String, at moment: Int64) -> (from: Int64?, until: Int64?) {
        let letters = Sentence.folded(words)
        let all = Sentence.words(of: letters[...])
        var from: Int64?
        var until: Int64?
        for (place, word) in all.enumerated() {
            let isSince = since.contains(word)
            guard isSince || untils.contains(word) else { continue }
            let rest = all[place...].prefix(6).joined(separator: " ")
            let spans = TimeExpressions.spans(in: rest, at: moment)
            // "since I finished in May" speaks of something else first.
            guard !spans.isEmpty, all[(place + 1)...].prefix(3).contains(where: isOfTime) else { continue }
            if isSince {
                from = from ?? spans.map(\.from).filter { $0 <= moment }.max()
            } else if isPast(all) {
                until = until ?? spans.filter { $0.from <= moment }.map { min($0.until, moment) }.max()
            } else {
                until = until ?? spans.map(\.until).filter { $0 > moment }.min()
            }
        }
        if let start = from, let end = until, end < start { return (nil, nil) }
        return (from, until)
    }

    private static func isOfTime(_ word: String) -> Bool {
        word.contains(where: \.isNumber) || TimeLexicon.words[word].map { $0 != .preposition } ?? false
    }

    private static let since: Set<String> = ["since", "seit", "desde", "depuis"]
    private static let untils: Set<String> = ["until", "till", "bis", "hasta", "jusqu", "jusque"]

    /// Whether a sentence tells of what was.
    private static func isPast(_ words: [String]) -> Bool {
        words.contains { word in
            past.contains(word) || word.count > 4 && pastEndings.contains { word.hasSuffix($0) }
        }
    }

    private static let past = Set(
        """
        was were had did went used been taught ran war waren hatte hatten wohnte wohnten lebte lebten era eran estaba estaban
        fui fue estuve vivi vivia viviamos tenia trabaje estudie etais etait avais avait habitais habitait vivais vivait
        travaillais travaillait etudiais vecu
        """.split(whereSeparator: \.isWhitespace).map(String.init))
    private static let pastEndings = ["ed", "eitete", "ierte", "aba"]
}
