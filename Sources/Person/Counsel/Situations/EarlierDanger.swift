import Models

/// Danger that the person spoke of in a turn before the message, as far as it still counts.
///
/// Whoever said that they want to die and now says "I took them" is in danger, though nothing in those three words says
/// so. The person's last turns are read again for danger alone: quoted, told of a story or denied, it counts as little as
/// in a message of its own. It fades from turn to turn, and ends when the person says that it is over ("the ambulance is
/// here", "it was a line from my novel").
///
/// - Complexity: O(*n*) in the bytes of the turns read, of which there are at most ``bytesAtMost``.
struct EarlierDanger: Sendable {
    /// What the message makes of it.
    enum Course: Sendable {
        /// It says that the danger goes on, or says goodbye.
        case goesOn
        /// It speaks of something else.
        case open
        /// It says that the danger is over.
        case over
    }

    /// How surely there was danger, in the turn where it counts most by now.
    let said: Reading
    /// What is left of it.
    let left: Double
    /// What those words were about: the topics that the charter's contexts may wait for.
    let topics: [String: Reading]

    /// So many turns of the person are read.
    static let turnsAtMost = 8
    /// So many bytes of them in all, and of each.
    static let bytesAtMost = 4_096
    static let bytesOfATurn = 1_024
    /// What is left from one turn to the next. What was said as surely as can be counts as danger for four turns, and
    /// keeps the stakes high for all of them.
    static let fading = 0.87

    /// Looks for danger in what the person said before. Nil when there was none, or when it was said to be over.
    init?(_ conversation: Conversation, language: String?) {
        var best: (said: Reading, left: Double, topics: [String: Reading])?
        var room = Self.bytesAtMost
        var share = 1.0
        for earlier in conversation.earlier.prefix(Self.turnsAtMost) {
            share *= Self.fading
            let bytes = min(earlier.utf8.count, Self.bytesOfATurn)
            guard bytes <= room else { break }
            room -= bytes
            let text = FoldedText(earlier, limit: bytes)
            let findings = CueFindings(text, in: .danger, language: language)
            let danger = findings[.danger]
            if danger.holds {
                guard danger.score * share > best?.left ?? 0 else { continue }
                best = (danger, danger.score * share, findings.topics())
            } else if findings.score(.isOver) >= Reading.threshold {
                break
            }
        }
        guard let best else { return nil }
        (said, left, topics) = best
    }

    /// What the message makes of it.
    ///
    /// - Parameters:
    ///   - isGrave: Whether the message speaks of danger itself.
    ///   - leaves: Whether it says goodbye.
    static func course(_ text: FoldedText, language: String?, isGrave: Bool, leaves: Bool) -> Course {
        let findings = CueFindings(text, in: .danger, language: language)
        if !isGrave, findings.score(.isOver) >= Reading.threshold { return .over }
        return leaves || findings.score(.goesOn) >= Reading.threshold ? .goesOn : .open
    }
}

extension EarlierDanger {
    /// Raises what a message says of danger to what is left of it, or to all of it when it goes on. When it is over,
    /// only what the cues say counts: what was learned takes every ambulance for danger.
    func raise(_ readings: inout SignalReadings, _ topics: inout [String: Reading], _ course: Course, cues: Reading) {
        guard course != .over else {
            readings[.danger] = cues
            return
        }
        let share = course == .goesOn ? 1 : left / said.score
        readings.raise(.danger, to: said.score * share, "earlier/\(said.evidence)")
        for (topic, reading) in self.topics where reading.score * share >= Reading.threshold {
            topics[topic] = max(
                topics[topic] ?? .none,
                Reading(score: reading.score * share, evidence: "earlier/\(reading.evidence)"))
        }
    }
}

extension CueIndex {
    /// The part of the built-in lexicon that speaks of danger or of what takes it back, and what weighs only after it.
    static let danger = {
        let modifiers: Set = ["figure", "negation", "no-negation", "fiction"]
        var lexicon = BuiltInLexicon.lexicon.keeping { group in
            group.weights.contains { $0.feature == Signal.danger.rawValue || modifiers.contains($0.feature) }
        }
        lexicon.add(BuiltInLexicon.afterDanger)
        return CueIndex(lexicon)
    }()
}
