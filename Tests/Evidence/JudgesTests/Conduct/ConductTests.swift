import Foundation
import Testing

@testable import Judges

@Suite("What a reply does, by its words")
struct ConductTests {
    private static let shown = ConductSignal.allCases.filter(\.isPresence)

    @Test("each signal was labelled at least twenty times as there and twenty as not")
    func enough() {
        for signal in Self.shown {
            let there = LabelledReply.all.count { $0.shows.contains(signal) }
            #expect(there >= 20 && LabelledReply.all.count - there >= 20, "\(signal)")
            #expect(LabelledReply.all.count { $0.half == .held && $0.shows.contains(signal) } >= 10, "\(signal)")
        }
    }

    @Test("on the half that rules were written with, few are wrong", arguments: shown)
    func open(_ signal: ConductSignal) throws {
        let counts = MeasuredConduct.Counts(signal, .open)
        if ProcessInfo.processInfo.environment["TRELLIS_CONDUCT_MISSES"] != nil {
            print("OPEN", signal, counts)
            for one in LabelledReply.all where one.half == .open {
                let reading = Conduct(of: one.reply, to: one.person)[signal]
                if (reading.value == 1) != one.shows.contains(signal) {
                    print("  WRONG", signal, reading.value, one.reply.prefix(200), reading.quotes.map(\.cue))
                }
            }
        }
        #expect(try #require(counts.precision) >= 0.9 && (try #require(counts.recall)) >= 0.85, "\(counts)")
    }
}
