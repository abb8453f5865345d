import Charters
import Foundation
import Models
import Testing

@testable import Counsel

/// How often a signal was seen where it is and where it isn't.
private struct Tally {
    var there = 0
    var seen = 0
    var hits = 0

    var precision: Double { seen == 0 ? 1 : Double(hits) / Double(seen) }
    var recall: Double { there == 0 ? 1 : Double(hits) / Double(there) }
}

/// The phrases taught the reader, so this says whether it kept what it learned. What it makes of phrases that it never
/// saw is told by the folds that `Scripts/train-situations.sh` leaves out.
@Suite("The phrases that taught the reader")
struct PhraseTests {
    @Test("each signal is seen where it is, and seldom where it isn't")
    func phrases() throws {
        let charter = try SituationFiles.charter("plain", role: "advisor")
        let reader = CueReader()
        var tallies: [Signal: Tally] = [:]
        let phrases = try SituationFiles.phrases()
        #expect(phrases.count >= 2_000)
        for phrase in phrases {
            let read = reader.reading(
                of: Conversation(turns: [ChatTurn(.user, phrase.text)]), known: Circumstances(), charter: charter)
            for signal in LearnedWeights.fitted.signals {
                tallies[signal, default: Tally()].there += phrase.signals.contains(signal) ? 1 : 0
                guard read.shows(signal) else { continue }
                tallies[signal, default: Tally()].seen += 1
                tallies[signal, default: Tally()].hits += phrase.signals.contains(signal) ? 1 : 0
            }
        }
        for (signal, tally) in tallies.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let name = signal.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0)
            print("\(name) \(tally.there) phrases, precision \(tally.precision), recall \(tally.recall)")
            #expect(tally.there >= 60, "\(signal.rawValue) has too few phrases to learn from")
            #expect(tally.recall >= 0.75, "\(signal.rawValue)")
            // Whoever is hurt by somebody has a side in a quarrel, labelled or not; only a mediator acts on it.
            #expect(tally.precision >= (signal == .quarrel ? 0.4 : 0.7), "\(signal.rawValue)")
        }
    }

    @Test("every phrase stands there once, in a language with concepts")
    func distinct() throws {
        let phrases = try SituationFiles.phrases()
        #expect(Set(phrases.map { "\($0.language) \($0.text)" }).count == phrases.count)
        #expect(phrases.allSatisfy { Concepts.builtIn.languages.contains($0.language) })
        #expect(Set(phrases.map(\.language)) == ["en", "de", "es", "fr", "pt", "it", "zh", "ja", "ar", "hi"])
    }
}
