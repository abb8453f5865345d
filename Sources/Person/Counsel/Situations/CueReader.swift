public import Charters
import Synchronization

/// Reads situations by words and phrases alone: no model, no waiting, the same for the same words.
///
/// Three things work together: cues, which are turns of phrase that say a thing outright; rules on them; and weights
/// learned from examples over concepts, pairs of concepts and words (``LearnedWeights``), which hear some of what is only
/// hinted at. It knows English, German, Spanish and French well, Portuguese, Italian, Arabic, Chinese, Japanese and Hindi
/// less well, and what is gravest in Dutch. It understands nothing: irony and rare ways to say a thing pass it by. What it
/// finds is a score with the id of a cue or concept, never the person's words.
///
/// - Complexity: O(*n*) in the length of the message, of which at most 16 KiB are read. Some ten microseconds for a few
///   hundred characters.
public struct CueReader: SituationReader {
    private let known: CharterCuesKept

    /// A reader. The first one in a process makes the lexicon ready, which takes about a third of a second; better now
    /// than with the first message.
    ///
    /// - Parameter isReady: Whether that is done now. False: with the first message, if there ever is one.
    public init(isReady: Bool = true) {
        known = CharterCuesKept()
        guard isReady else { return }
        _ = CueIndex.builtIn
        _ = CueIndex.danger
        _ = LearnedWeights.fitted
    }

    /// See ``SituationReader/read(_:known:charter:)``. Doesn't wait.
    public func read(
        _ conversation: Conversation, known circumstances: Circumstances, charter: CompiledCharter
    ) async -> Situation {
        reading(of: conversation, known: circumstances, charter: charter)
    }

    /// The situation, without waiting.
    public func reading(
        of conversation: Conversation, known circumstances: Circumstances, charter: CompiledCharter
    ) -> Situation {
        situation(of: conversation, known: circumstances, charter: charter, weights: .fitted).situation
    }

    /// The situation, and the features that weights are learned from.
    ///
    /// - Parameters:
    ///   - weights: What was learned; nil for the rules on cues alone.
    ///   - meaning: What the message means, where an embedder is at hand whose vectors were learned too.
    func situation(
        of conversation: Conversation, known circumstances: Circumstances, charter: CompiledCharter,
        weights: LearnedWeights?, meaning: MeaningReading? = nil
    ) -> (situation: Situation, features: MessageFeatures?) {
        guard let message = conversation.message else { return (Situation(circumstances: circumstances), nil) }
        let text = FoldedText(message)
        let findings = CueFindings(text, in: .builtIn, language: circumstances.language) {
            Self.earlierLanguage(conversation)
        }
        let language = findings.language
        let cues = known.cues(of: charter)
        let own = cues.index.map { CueFindings(text, in: $0, language: language) }

        var topics = findings.topics(from: 0.2)
        for (topic, reading) in cues.topics(in: text, findings: own) {
            topics[topic] = max(topics[topic] ?? .none, reading)
        }
        if text.hasCode {
            topics["technology"] = max(topics["technology"] ?? .none, Reading(score: 0.7, evidence: "code"))
        }

        let shape = MessageShape(text)
        var readings = Self.readings(findings, shape, topics, charter)
        readings[.relies] = Self.relies(findings, readings, conversation, language, charter)
        let features = MessageFeatures(
            text, findings: findings, rules: readings, shape: shape, language: language,
            earlier: conversation.earlier.reduce(0) { count, _ in count + 1 },
            learned: (weights ?? .fitted).words)
        // What was learned only raises what the rules saw: a phrase that stands there isn't overruled. A bare yes or no
        // says what was asked, which nothing was learned about.
        if let weights, !shape.isBareAnswer {
            for opinion in weights.opinions(of: features, meaning: meaning) {
                let score = opinion.signal == .danger ? opinion.score * findings.earnest : opinion.score
                guard score >= Self.faintest else { continue }
                readings.raise(opinion.signal, to: score, weights.evidence(opinion))
            }
        }
        let tradeOff = Self.tradeOff(cues, findings, own, decision: readings[.decision])
        if let tradeOff { readings[.tradeOff] = tradeOff.reading }
        var stakes = Self.stakes(findings, readings, topics)
        let earlier = EarlierDanger(conversation, language: language)
        let course = earlier.map { _ in
            EarlierDanger.course(
                text, language: language, isGrave: findings.score(.danger) >= Reading.threshold,
                leaves: readings[.goodbye].holds)
        }
        if let earlier, let course {
            stakes = max(stakes, course == .over ? .medium : .high)
            earlier.raise(&readings, &topics, course, cues: findings[.danger])
        }
        var situation = Situation(
            known: circumstances, language: language, topics: topics, readings: readings.seen,
            tradeOff: tradeOff.flatMap { $0.reading.holds ? $0.tension : nil }, stakes: stakes)
        situation.followsDanger = course == .goesOn || course == .open
        situation.saysDanger =
            findings.score(.danger) >= Self.outright
            || course == .goesOn && earlier?.said.score ?? 0 >= Self.outright
        return (situation, features)
    }

    /// What was learned and is fainter than this isn't mentioned.
    private static let faintest = 0.2
    /// From here on a phrase says danger outright.
    private static let outright = 0.85

    // MARK: Parts

    /// For a message of a word or two: what the person wrote before says more.
    private static func earlierLanguage(_ conversation: Conversation) -> String? {
        for earlier in conversation.earlier.prefix(3) {
            let text = FoldedText(earlier)
            let hits = CueIndex.builtIn.trie.hits(in: text)
            if let language = LanguageGuess.language(of: text, hits: hits, index: .builtIn) { return language }
        }
        return nil
    }

    private static func readings(
        _ findings: CueFindings, _ shape: MessageShape, _ topics: [String: Reading], _ charter: CompiledCharter
    ) -> SignalReadings {
        var readings = SignalReadings()
        for signal in Signal.allCases { readings[signal] = findings[signal] }
        let asks = findings.score(.request)
        let facts = findings.score(.facts)
        let (glad, sad) = (findings.score(.glad), findings.score(.sad))
        let wantsNothing = asks < 0.5 && facts < 0.5 && shape.questions == 0

        // How something is said, where no turn of phrase told what it is.
        if wantsNothing, shape.words <= 60 {
            let calm: [Signal] = [.danger, .irreversible, .goodbye, .unclear, .finishedWork, .discouraged]
            if glad < 0.3, sad < 0.3, shape.endsExclaiming, shape.words >= 4, charter.stance != .delegate,
                findings.score(.blame) < 0.5, calm.allSatisfy({ findings.score($0) < 0.5 })
            {
                readings.raise(.success, to: 0.55, "exclaims")
            }
            if glad >= 0.5, glad > sad {
                readings.raise(.success, to: glad * (shape.exclamations > 0 ? 0.95 : 0.72), "glad")
            } else if sad >= 0.5 {
                readings.raise(.distress, to: sad * 0.8, "sad")
            }
        }
        let mayI = findings.score(.mayI)
        let matter = ["medication", "health", "law"].map { topics[$0]?.score ?? 0 }.max() ?? 0
        if mayI >= 0.5, matter >= 0.6 { readings.raise(.expert, to: matter * 0.8, "may-i") }
        if findings.score(.somebodyElse) >= Reading.threshold,
            findings.score(.blame) >= Reading.threshold || readings[.distress].holds || sad >= 0.5
        {
            readings.raise(.quarrel, to: 0.6, "blame")
        }
        if charter.stance == .mediator, wantsNothing, findings.score(.somebodyElse) >= Reading.threshold, glad < 0.5 {
            readings.raise(.quarrel, to: 0.55, "somebody-else")
        }
        // "This or that?" asked of oneself, about life and not about a lesson, a program or a dish.
        let lessons = ["schoolwork", "exams", "technology", "food", "creativity"]
        if shape.questions > 0, findings.score(.or) >= Reading.threshold,
            findings.score(.ofOurselves) >= Reading.threshold, facts < 0.5,
            findings.score(.smallChoice) < 0.5, !lessons.contains(where: { topics[$0]?.holds ?? false })
        {
            readings.raise(.decision, to: 0.55, "or")
        }
        if findings.score(.excuse) >= Reading.threshold {
            // An excuse and a question whether it is one, or an excuse for what does harm.
            readings.raise(.approval, to: 1 - (1 - readings[.approval].score) * 0.65, "excuse")
        }

        // Who asks for something while telling of a success wants an answer; who asks something at the door stays.
        if asks >= 0.5 || shape.questions > 0 {
            readings.weaken(.success, by: asks >= 0.5 ? 0.45 : 0.7)
            readings.weaken(.goodbye, by: asks >= 0.5 && shape.questions > 0 ? 0.4 : 0.75)
        }
        if shape.words > 60 { readings.weaken(.goodbye, by: 0.5) }
        // A question for facts is no lament.
        if facts >= 0.5 {
            readings.weaken(.distress, by: 0.7)
            readings.weaken(.unclear, by: 0.3)
            readings.weaken(.discouraged, by: 0.8)
        }
        // What a doctor or a lawyer must say is no decision of one's own life.
        if readings[.expert].holds, matter >= 0.6 { readings.weaken(.decision, by: 0.6) }
        // "In my place" said of homework is no decision either.
        if readings[.finishedWork].score >= 0.8 { readings.weaken(.decision, by: 0.6) }
        // "Stuff" in a long message says nothing; "do the thing" alone does.
        readings.weaken(.unclear, by: min(1, findings.unclearShare * 1.7))
        if shape.isMute { readings.raise(.unclear, to: 0.6, "no-words") }
        return readings
    }

    /// What a tutor is to leave to the learner, what anybody could decide alone: asked for again and again, or said.
    private static func relies(
        _ findings: CueFindings, _ readings: SignalReadings, _ conversation: Conversation, _ language: String?,
        _ charter: CompiledCharter
    ) -> Reading {
        let said = findings[.relies]
        func leans(_ findings: CueFindings) -> Bool {
            findings.score(.smallChoice) >= Reading.threshold || findings.score(.finishedWork) >= Reading.threshold
        }
        guard said.score < 0.9, leans(findings) || findings.score(.again) >= Reading.threshold else { return said }
        var count = 0
        var budget = 6_000
        for earlier in conversation.earlier.prefix(8) {
            budget -= earlier.utf8.count
            guard budget > 0 else { break }
            if leans(CueFindings(FoldedText(earlier), in: .builtIn, language: language)) { count += 1 }
        }
        guard count >= 2 else { return said }
        return max(said, Reading(score: count == 2 ? 0.7 : 0.85, evidence: "asked-again-and-again"))
    }

    private static func tradeOff(
        _ cues: CharterCues, _ findings: CueFindings, _ own: CueFindings?, decision: Reading
    ) -> (tension: TensionClause, reading: Reading)? {
        func score(_ side: CharterCues.Side) -> Double {
            // The charter's words and the built-in ones for the same value bear each other out.
            let value = side.values.reduce(0) { max($0, findings.score(feature: $1)) }
            return 1 - (1 - value) * (1 - (own?.score(feature: side.feature) ?? 0))
        }
        // Somebody who sets two things against each other, or stands before a choice between them.
        let torn = max(findings.score(.torn), decision.score * 0.8, findings.score(.mayI) * 0.6)
        var best: (tension: TensionClause, reading: Reading)?
        for (clause, first, second) in cues.tensions {
            let (one, other) = (score(first), score(second))
            guard min(one, other) > 0.3 else { continue }
            let score = min(1, (one * other).squareRoot() * (0.4 + 0.75 * torn))
            let reading = Reading(score: score, evidence: "tensions/\(clause.id)")
            // What is the person's to decide isn't hidden behind a likelier tension that somebody else decides.
            let rank = (reading.holds && clause.decide == .person ? 1 : 0, score)
            if rank > best.map({ ($0.reading.holds && $0.tension.decide == .person ? 1 : 0, $0.reading.score) }) ?? (
                0, 0
            ) {
                best = (clause, reading)
            }
        }
        return best
    }

    private static func stakes(
        _ findings: CueFindings, _ readings: SignalReadings, _ topics: [String: Reading]
    ) -> Risk {
        func shows(_ signal: Signal) -> Bool { readings[signal].holds }
        let grave: [KnownTopic] = [.crisis, .selfHarm, .abuse]
        if shows(.danger) || findings.score(.highStakes) >= Reading.threshold
            || grave.contains(where: { topics[$0.rawValue]?.holds ?? false })
        {
            return .high
        }
        let isMedium =
            shows(.expert) || shows(.irreversible) || findings.score(.mediumStakes) >= Reading.threshold
            || readings[.distress].score >= 0.7 || topics["violence"]?.holds ?? false
        return isMedium ? .medium : .low
    }
}

extension Reading: Comparable {
    /// Whether the first is less sure.
    public static func < (first: Reading, second: Reading) -> Bool { first.score < second.score }
}

extension Situation {
    /// Completes what was known by what was read: known topics stay, risk can only rise.
    init(
        known: Circumstances, language: String?, topics: [String: Reading], readings: [Signal: Reading],
        tradeOff: TensionClause?, stakes: Risk, method: Method = .cues
    ) {
        var circumstances = known
        circumstances.topics = Set(topics.filter(\.value.holds).keys).union(known.topics ?? [])
        circumstances.language = known.language ?? language
        let risk = max(known.risk ?? .low, stakes)
        circumstances.risk = risk
        self.init(
            circumstances: circumstances, stakes: risk, topics: topics, readings: readings, tradeOff: tradeOff,
            method: method)
    }
}

/// The cues of charters that were seen lately. A class, so that copies of a reader share it.
final class CharterCuesKept: Sendable {
    private let kept = Mutex<[CharterFingerprint: CharterCues]>([:])
    /// More charters than one gateway usually serves; above that it starts anew.
    private static let most = 256

    /// A charter's cues, made once.
    func cues(of charter: CompiledCharter) -> CharterCues {
        let fingerprint = charter.fingerprint
        if let known = kept.withLock({ $0[fingerprint] }) { return known }
        let cues = CharterCues(charter)
        kept.withLock { kept in
            if kept.count >= Self.most { kept.removeAll() }
            kept[fingerprint] = cues
        }
        return cues
    }
}
