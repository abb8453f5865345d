import Charters

extension FloorDetector {
    /// The phrases that the detector looks for on one side of the conversation, by language.
    func cues(for side: FloorClause.Detection.Side) -> [FloorCues] {
        switch self {
        case .claimsHuman: Self.humanClaims
        case .finishedWork: side == .input ? Self.workRequests : Self.workAnnouncements
        case .selfHarmMethod: Self.selfHarmMethods
        case .dangerToLife: Self.dangers
        case .engagementHook: Self.hooks
        case .flattery: Self.flatteries
        case .threatsAndShame: Self.threats
        case .personalData, .secrets: []
        }
    }
}
