/// A reading for each signal, while a message is read: by place, because names would have to be hashed each time.
struct SignalReadings: Sendable {
    private var readings = [Reading](repeating: .none, count: Signal.count)

    subscript(signal: Signal) -> Reading {
        get { readings[signal.number] }
        set { readings[signal.number] = newValue }
    }

    /// Takes away a part of what speaks for a signal.
    mutating func weaken(_ signal: Signal, by factor: Double) {
        let reading = self[signal]
        self[signal] = Reading(score: reading.score * factor, evidence: reading.evidence)
    }

    /// Raises a signal, unless something says it more surely already.
    mutating func raise(_ signal: Signal, to score: Double, _ evidence: @autoclosure () -> String) {
        if score > self[signal].score { self[signal] = Reading(score: score, evidence: evidence()) }
    }

    /// Those of which there is any sign.
    var seen: [Signal: Reading] {
        var seen = [Signal: Reading](minimumCapacity: Signal.count)
        for signal in Signal.allCases where self[signal].score > 0 { seen[signal] = self[signal] }
        return seen
    }
}
