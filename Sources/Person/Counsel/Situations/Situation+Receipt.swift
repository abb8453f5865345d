import Charters

extension Receipt.Situation {
    /// What a receipt says about a situation: whatever the rules took for true, in general terms.
    public init(_ situation: Situation) {
        let readings = situation.readings.filter(\.value.holds).map { signal, reading in
            Receipt.Reading(
                about: signal.rawValue, certainty: Int((reading.score * 100).rounded()), evidence: reading.evidence)
        }
        self.init(
            topics: (situation.circumstances.topics ?? []).sorted(), stakes: situation.stakes.rawValue,
            language: situation.circumstances.language,
            readings: readings.sorted { ($1.certainty, $0.about) < ($0.certainty, $1.about) })
    }
}
