import Charters

/// Why a reply came out as it did, in plain words for the person who got it: what the model was asked to care about and
/// by whom, what was noticed, what was chosen and why, what else was possible, and how to change it.
///
/// It is made from the receipt and nothing else, so it says the same tomorrow. It reads well aloud.
///
/// ```swift
/// print(Why(receipt).text)
/// ```
public struct Why: Sendable, Hashable, Codable {
    /// One part of the account.
    public struct Part: Sendable, Hashable, Codable {
        /// What kind of part it is, the same in every account: `care`, `remembered`, `noticed`, `chosen`, `instead`, `consents`,
        /// `limits`, `checked`, `written`, `kept`, `change`.
        public var id: String
        /// Its heading.
        public var title: String
        /// Its sentences.
        public var says: [String]
    }

    /// The receipt that it tells of.
    public let receipt: ReceiptID
    /// The parts that have something to say, in their order.
    public let parts: [Part]
    /// All of it as text: each part a heading and a paragraph.
    public let text: String

    /// Tells why.
    ///
    /// - Parameter remembered: the words of what is remembered, by item, as far as whoever reads this may see them and it
    ///   was not erased since. Only for the person's own eyes.
    public init(_ receipt: Receipt, remembered: [String: String] = [:]) {
        self.receipt = receipt.id
        let account = WhyAccount(receipt: receipt, remembered: remembered)
        parts = [
            Part(id: "care", title: "What the model was asked to care about", says: account.care),
            Part(id: "remembered", title: "What you let it remember", says: account.memory),
            Part(id: "noticed", title: "What was noticed", says: account.noticed),
            Part(id: "chosen", title: "What was chosen, and why", says: account.chosen),
            Part(id: "instead", title: "What else was possible", says: account.instead),
            Part(id: "consents", title: "Guidance and your consent", says: account.consents),
            Part(id: "limits", title: "Limits that hold whatever is asked", says: account.limits),
            Part(id: "checked", title: "The draft and its check", says: account.checked),
            Part(id: "written", title: "Who wrote it", says: account.written),
            Part(id: "kept", title: "What is kept", says: account.kept),
            Part(id: "change", title: "How to change it", says: account.change),
        ].filter { !$0.says.isEmpty }
        text = parts.map { "\($0.title)\n\($0.says.joined(separator: " "))" }.joined(separator: "\n\n")
    }
}

/// The sentences, part by part.
struct WhyAccount {
    let receipt: Receipt
    let remembered: [String: String]

    func clauses(_ section: String) -> [String] {
        receipt.clauses.compactMap { clause in
            let parts = clause.split(separator: "/", maxSplits: 1).map(String.init)
            return parts.count == 2 && parts[0] == section ? parts[1].inWords : nil
        }
    }

    // MARK: Care

    var care: [String] {
        guard let charter = receipt.charter else { return ["No charter governed this reply."] }
        let role = charter.role.map { ", in the role of \($0.inWords)" } ?? ""
        var says = [
            "This reply was governed by the charter \(charter.id), version \(charter.version)\(role) "
                + "(fingerprint \(charter.fingerprint.short))."
        ]
        let layers = (receipt.layers ?? []).compactMap(words)
        if layers.count > 1 { says.append("Those who had a say, from the ground up: \(layers.listed("and")).") }
        says += asked
        if receipt.brief == nil, !receipt.lacksReasons {
            says.append(
                receipt.wasAskedOfModel
                    ? "The model was told nothing beyond what the application sent."
                    : "No model was asked, so none was told anything.")
        }
        return says
    }

    func words(_ layer: Receipt.Layer) -> String? {
        let version = layer.version.map { " \($0)" } ?? ""
        return switch layer.kind {
        case "floor": "Trellis's own floor"
        case "parent": "the charter \(layer.name)\(version) that it builds on"
        case "community": "the community's charter \(layer.name)\(version)"
        case "person": "your own wishes"
        default: "\(layer.name)\(version)"
        }
    }

    // MARK: Memory

    var memory: [String] {
        var says: [String] = []
        if let memories = receipt.memories, !memories.isEmpty {
            let told = memories.map { used in
                let words = remembered[used.item].map { ": “\($0)”" } ?? ""
                let why = used.reasons.map { Self.memoryReasons[$0] ?? $0.inWords }.listed("and")
                return "\(used.kind.withArticle)\(words) (\(why))"
            }
            says.append(
                "The model was told what you want remembered and let be used in replies: \(told.listed("and")).")
        }
        says += (receipt.asksOfMemory ?? []).map { "In this message, \($0)".asSentence }
        if receipt.isHeard == true {
            says.append("As you allow, this message was read after the reply for what you want remembered.")
        }
        return says
    }

    private static let memoryReasons = [
        "lexical": "it shares words with your message",
        "meaning": "it means something like your message",
        "time": "it has to do with the time you spoke of",
        "neighbour": "it was said beside something that fits",
        "speaker": "it was said by somebody you named",
        "kind": "you hold it on reflection, or it is due soon",
        "pinned": "you pinned it",
        "conflict": "it pulls against something else that fits",
        "asked": "you asked for it",
    ]

    // MARK: Noticed

    var noticed: [String] {
        guard let situation = receipt.situation else { return [] }
        var says: [String] = []
        if !situation.topics.isEmpty {
            says.append("The message seemed to be about \(situation.topics.map(\.inWords).listed("and")).")
        }
        if situation.stakes != "low" {
            says.append("\(situation.stakes == "high" ? "Much" : "Something") could go wrong for somebody here.")
        }
        for reading in situation.readings {
            let sure = reading.certainty >= 80 ? "It seemed clear" : reading.certainty >= 50 ? "It seemed" : "It may be"
            let told = EvidenceWords.words(for: reading.evidence).map { " (\($0))" } ?? ""
            says.append("\(sure) that \(Self.readings[reading.about] ?? reading.about.inWords)\(told).")
        }
        if says.isEmpty { says.append("Nothing about the message stood out.") }
        return says
    }

    private static let readings = [
        "danger": "somebody may be in danger",
        "distress": "you are having a hard time",
        "finished-work": "you asked for finished work",
        "decision": "you are facing a decision",
        "relies": "you have come back for the same kind of help several times",
        "goodbye": "you are about to leave",
        "success": "something went well for you",
        "discouraged": "you have lost heart",
        "approval": "you were looking for agreement",
        "unclear": "it was not clear yet what you need",
        "expert": "somebody who knows the matter should be asked",
        "quarrel": "you told one side of a quarrel",
        "irreversible": "what you asked for can't be undone",
        "wrongdoing": "somebody could be deceived or wronged by this",
        "trade-off": "two things that matter pull apart here",
    ]

    // MARK: Chosen

    var chosen: [String] {
        guard !receipt.lacksReasons else { return ["What was noticed and chosen isn't shown.", receipt.moveReason] }
        var says: [String] = []
        let move = Self.moves[receipt.move] ?? receipt.move.inWords
        let why = receipt.moveReason.isEmpty ? "" : ", because: \(receipt.moveReason)"
        says.append(
            receipt.isFloorsAnswer ? receipt.moveReason.asSentence : "The reply was to \(move)\(why)".asSentence)
        if let tension = receipt.tension {
            let goods = tension.between.map(\.inWords).listed("and")
            says.append("Here \(goods) pull apart.")
            switch (tension.decide, tension.chosen) {
            case (_, let chosen?): says.append("You have said that \(chosen.inWords) goes first for you, and it did.")
            case ("person", nil):
                says.append("That is yours to decide: the model was to say what speaks for each and what each costs.")
            case ("community", nil): says.append("The community has decided what to do then, and the model was told.")
            default: says.append("The model was told how to advise you, and not to decide for you.")
            }
        }
        return says
    }

    private static let moves = [
        "answer": "answer what was asked, plainly",
        "ask": "ask one question that helps you along",
        "challenge": "say openly where it sees things differently",
        "scaffold": "give you the next step and leave the rest to you",
        "offer-perspectives": "lay several views side by side and decide for none of them",
        "encourage": "name truthfully what you have done or can do",
        "celebrate": "be glad with you",
        "defer": "say who would know better",
        "hand-over": "bring in a person or a service that can help",
        "step-back": "do less, because you are better off doing it yourself or ending here",
    ]

    var instead: [String] {
        guard let alternatives = receipt.alternatives else { return [] }
        return alternatives.map { alternative in
            "It could have set out to \(Self.moves[alternative.move] ?? alternative.move.inWords): \(alternative.whyNot)"
                .asSentence
        }
    }

    // MARK: Consents and limits

    var consents: [String] {
        var says: [String] = []
        if let guidance = receipt.guidance, !guidance.isEmpty {
            says.append(
                "You have agreed to be steered in this, and it spoke here: "
                    + "\(guidance.map { quoted("guidance/\($0)") }.listed("and")). "
                    + "You can take that back at any time; it holds from your next message on.")
        } else if let guided = receipt.guided, guided > 0 {
            says.append("\(guided == 1 ? "One guidance" : "\(guided) guidances") spoke here. Which isn't shown.")
        } else if receipt.brief != nil {
            says.append("Nothing steered you beyond answering: no guidance spoke.")
        }
        if let asked = receipt.asked {
            says.append(
                "At the end you were asked, in the charter's own words, about the guidance “\(asked.inWords)”. "
                    + "Until you say yes it stays off.")
        }
        return says
    }

    var limits: [String] {
        let floor = clauses("floor")
        var says: [String] = []
        if !floor.isEmpty {
            says.append("It was given limits that nothing may weaken: \(floor.joined(separator: ", ")).")
        }
        return says + (receipt.floor ?? []).map(words)
    }

    private func words(_ finding: FloorFinding) -> String {
        let clause = finding.clause.inWords
        let isInput = finding.side == "input"
        if finding.isUnjudged {
            let what = isInput ? "what you wrote" : "what the model wrote"
            let why =
                switch finding.detector {
                case FloorFinding.guardMissing:
                    "The limit \(clause) needs a guard model to judge \(what), and none is set up here"
                case FloorFinding.unknownDetector:
                    "The limit \(clause) asks for a check of \(what) that this Trellis doesn't have"
                default: "The guard model that the limit \(clause) needs to judge \(what) could not be asked"
                }
            return why
                + (finding.action == .noted
                    ? "; it went on all the same, as the charter says, and this notes it."
                    : ", so nothing was let past it.")
        }
        let place = finding.within.map { " in its \($0)" } ?? ""
        let touched = isInput ? "What you wrote touched" : "What the model wrote\(place) broke"
        return switch finding.action {
        case .noted: "\(touched) the limit \(clause); the reply went on, and this notes it."
        case .revised: "\(touched) the limit \(clause), so the model wrote its reply once more."
        case .replaced: "\(touched) the limit \(clause), so the charter's own words were said instead."
        case .handedOver:
            "\(touched) the limit \(clause), so the charter's own words were said, with somebody who can help."
        case .blocked: "\(touched) the limit \(clause), so the reply was held back."
        }
    }

    // MARK: The draft

    var checked: [String] {
        guard let critique = receipt.critique else { return [] }
        var says = [critique.rounds == 0 ? "A draft was written." : "A draft was written and held against the clauses."]
        if !critique.failed.isEmpty {
            let failed = critique.failed.map { ($0.split(separator: "/").last.map(String.init) ?? $0).inWords }
            says.append("It fell short of: \(failed.joined(separator: ", ")).")
        } else if critique.rounds > 0, critique.ended == nil {
            says.append("Nothing was found to be missing.")
        }
        says.append(critique.revised ? "What you got is the revision." : "What you got is the draft.")
        if let ended = critique.ended { says.append("The check ended early: \(ended)".asSentence) }
        return says
    }

    // MARK: Who wrote it

    var written: [String] { [model] + [outcome].compactMap { $0 } + receipt.missing.map(missing) }

    private func missing(_ absence: String) -> String { "What could not be done: \(absence)".asSentence }

    private var model: String {
        guard let upstream = receipt.upstream, receipt.wasAskedOfModel else { return "No model was asked." }
        let model = receipt.modelServed ?? receipt.modelRequested ?? "The model"
        var line = "\(model), at \(upstream), was asked"
        if let total = receipt.timings.total { line += "; it took \(Self.seconds(total))" }
        if let first = receipt.timings.firstByte, receipt.streamed {
            line += ", with the first words after \(Self.seconds(first))"
        }
        if receipt.attempts > 1 { line += ", in \(receipt.attempts) attempts" }
        let usage = receipt.usage
        if usage.source != .unknown, usage.input != nil || usage.output != nil {
            let counted = usage.source == .estimated ? ", estimated" : ""
            let (input, output) = (usage.input.map(String.init) ?? "?", usage.output.map(String.init) ?? "?")
            line += " (\(input) tokens in, \(output) out\(counted))"
        }
        return line + "."
    }

    private var outcome: String? {
        switch receipt.outcome {
        case .complete:
            switch receipt.finishReason {
            case "length", "max_tokens": "The reply stops where the token limit was reached, so it may be unfinished."
            default: nil
            }
        case .cutOff(by: .client, let reason): "The reply was cut off by the client: \(reason)".asSentence
        case .cutOff(by: .upstream, let reason): "The reply was cut off by the upstream: \(reason)".asSentence
        case .cutOff(by: .trellis, let reason): "The reply was cut off by Trellis: \(reason)".asSentence
        case .refused(let reason): "The request was refused: \(reason)".asSentence
        case .failed(let reason): "There is no reply: \(reason)".asSentence
        }
    }

    private static func seconds(_ microseconds: Int64) -> String {
        if microseconds < 1_000 { return "\(microseconds) µs" }
        if microseconds < 999_500 { return "\((microseconds + 500) / 1_000) ms" }
        let tenths = microseconds / 100_000 + (microseconds % 100_000 >= 50_000 ? 1 : 0)
        return "\(tenths / 10).\(tenths % 10) s"
    }

    var kept: [String] {
        let reasons = "What was noticed and chosen is, sealed under your own key, until you erase it."
        let isHers = receipt.person != nil && receipt.tellsOfPerson
        let workings = receipt.workingsUnreadable.map { [$0.asSentence] } ?? []
        return said + workings + (isHers && receipt.bodies == nil ? [reasons] : [])
    }

    private var said: [String] {
        if let unreadable = receipt.bodiesUnreadable { return [unreadable.asSentence] }
        if receipt.bodies != nil { return ["What was said is kept in this receipt, sealed under your own key."] }
        if let workings = receipt.workings, !workings.drafts.isEmpty {
            return ["The drafts and what was said of them are kept in this receipt, sealed under your own key."]
        }
        return ["What was said is not kept in this receipt."]
    }

    // MARK: How to change it

    var change: [String] {
        guard let charter = receipt.charter else { return [] }
        var says = [
            "Your own wishes can change what goes first for you, and which moves you would rather be spared: write them into "
                + "a file, and `/wishes FILE` in a conversation, `trellis wishes set FILE`, or `PUT /trellis/v1/wishes` by "
                + "the application keeps them."
        ]
        if receipt.guidance?.isEmpty == false || receipt.asked != nil {
            let id = receipt.guidance?.first ?? receipt.asked ?? "ID"
            says.append(
                "A consent is given and taken back in one step: `/consent yes \(id)` and `/consent no \(id)` in a "
                    + "conversation, `trellis consent grant \(id)` and `trellis consent revoke \(id)`, or `POST` and "
                    + "`DELETE /trellis/v1/consents/\(id)` by the application.")
        }
        if receipt.memories != nil || receipt.isHeard == true {
            says.append(
                "What is remembered, and what for, is yours to see, correct, pause and erase, with `trellis memory`, by the "
                    + "API, or by saying so.")
        }
        says.append(
            "What the charter says is its community's to change: \(charter.id) can be amended by those who wrote it, and "
                + "anybody may make their own version of it.")
        says.append(
            "If something went wrong, tell whoever runs \(receipt.application), and name the receipt \(receipt.id).")
        return says
    }
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`.
    func listed(_ word: String) -> String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " \(word) " + last
    }
}

extension String {
    /// With "a" or "an" in front, as English needs it.
    fileprivate var withArticle: String { (first.map { "aeiou".contains($0) } == true ? "an " : "a ") + self }

    /// An id as a person would say it: `step-back` is "step back".
    var inWords: String { String(map { $0 == "-" || $0 == "_" ? " " : $0 }) }

    /// Ends with a full stop, unless it ends already.
    var asSentence: String {
        guard let last = last(where: { !$0.isWhitespace }) else { return self }
        return ".!?…".contains(last) ? self : self + "."
    }
}
