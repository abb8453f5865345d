import Charters

extension Receipt {
    /// Writes the receipt as compact JSON, as `Codable` reads it, without what is kept apart from it: the words that
    /// were said, and the brief's text. By hand, since every reply pays for it.
    ///
    /// - Parameter withoutReasons: leaves out what tells of the person (``Reasons``), and says that it is sealed.
    /// - Complexity: O(length).
    func write(to json: inout JSONBytes, withoutReasons: Bool = false) {
        json.open("{")
        json.name("id")
        json.plain(count: ReceiptID.length) { id.write(into: $0) }
        json.member("at", at)
        json.member("door", door.rawValue)
        json.member("application", application)
        if let person {
            json.name("person")
            json.plain(count: PersonPseudonym.length) { person.write(into: $0) }
        }
        json.member("keyID", ifAny: keyID)
        if let charter {
            json.name("charter")
            json.open("{")
            json.member("id", charter.id)
            json.member("version", charter.version)
            json.member("fingerprint", charter.fingerprint.hexadecimal)
            json.member("role", ifAny: charter.role)
            json.close("}")
        }
        if withoutReasons {
            json.member("clauses", [])
            json.member("move", Self.sealed)
            json.member("moveReason", Self.sealedReason)
            // The fingerprint of a person's few words can be guessed from them.
            writeLayers(layers?.filter { $0.kind != StackLayer.Kind.person.rawValue }, to: &json)
            json.member("guided", ifAny: guidance?.count ?? guided)
        } else {
            json.member("clauses", clauses)
            json.member("move", move)
            json.member("moveReason", moveReason)
            writeReasons(to: &json)
            writeConsents(to: &json)
            writeCritique(to: &json)
            writeLayers(layers, to: &json)
            writeBrief(to: &json)
            json.member("guided", ifAny: guided)
        }
        json.member("upstream", ifAny: upstream)
        json.member("modelRequested", ifAny: modelRequested)
        json.member("modelServed", ifAny: modelServed)
        json.member("status", status)
        write(outcome, to: &json)
        json.member("finishReason", ifAny: finishReason)
        json.name("streamed")
        json.truth(streamed)
        json.name("usage")
        json.open("{")
        json.member("input", ifAny: usage.input)
        json.member("output", ifAny: usage.output)
        json.member("source", usage.source.rawValue)
        json.close("}")
        json.name("timings")
        json.open("{")
        json.member("prepare", ifAny: timings.prepare)
        json.member("firstByte", ifAny: timings.firstByte)
        json.member("total", ifAny: timings.total)
        json.close("}")
        json.member("attempts", attempts)
        json.member("trace", ifAny: trace)
        json.member("missing", missing)
        json.close("}")
        json.end()
    }

    func writeLayers(_ layers: [Layer]?, to json: inout JSONBytes) {
        json.members("layers", layers) { layer, json in
            json.member("kind", layer.kind)
            json.member("name", layer.name)
            json.member("version", ifAny: layer.version)
            json.member("fingerprint", layer.fingerprint)
        }
    }

    func writeBrief(to json: inout JSONBytes) {
        guard let brief else { return }
        json.name("brief")
        json.open("{")
        json.member("fingerprint", brief.fingerprint)
        json.close("}")
    }

    /// The reasons, but for those that every receipt has.
    func writeReasons(to json: inout JSONBytes) {
        json.member("moveRule", ifAny: moveRule)
        if let situation {
            json.name("situation")
            json.open("{")
            json.member("topics", situation.topics)
            json.member("stakes", situation.stakes)
            json.member("language", ifAny: situation.language)
            json.members("readings", situation.readings) { reading, json in
                json.member("about", reading.about)
                json.member("certainty", reading.certainty)
                json.member("evidence", reading.evidence)
            }
            json.close("}")
        }
        json.members("alternatives", alternatives) { alternative, json in
            json.member("move", alternative.move)
            json.member("whyNot", alternative.whyNot)
        }
        if let tension {
            json.name("tension")
            json.open("{")
            json.member("between", tension.between)
            json.member("decide", tension.decide)
            json.member("chosen", ifAny: tension.chosen)
            json.close("}")
        }
        json.members("floor", floor) { finding, json in
            json.member("clause", finding.clause)
            json.member("severity", finding.severity)
            json.member("side", finding.side)
            json.member("detector", finding.detector)
            json.member("within", ifAny: finding.within)
            json.member("at", finding.at)
            json.member("action", finding.action.rawValue)
        }
        json.members("memories", memories) { used, json in
            json.member("item", used.item)
            json.member("kind", used.kind)
            json.member("reasons", used.reasons)
            json.member("fit", used.fit)
        }
        if let asksOfMemory { json.member("asksOfMemory", asksOfMemory) }
        if let isHeard {
            json.name("isHeard")
            json.truth(isHeard)
        }
    }

    func writeConsents(to json: inout JSONBytes) {
        if let guidance { json.member("guidance", guidance) }
        json.members("consents", consents) { consent, json in
            json.member("guidance", consent.guidance)
            json.member("question", consent.question)
        }
        json.member("asked", ifAny: asked)
    }

    func writeCritique(to json: inout JSONBytes) {
        guard let critique else { return }
        json.name("critique")
        json.open("{")
        json.member("rounds", critique.rounds)
        json.member("failed", critique.failed)
        json.name("revised")
        json.truth(critique.revised)
        json.member("ended", ifAny: critique.ended)
        json.member("tokens", critique.tokens)
        json.member("took", critique.took)
        json.close("}")
    }

    private func write(_ outcome: Outcome, to json: inout JSONBytes) {
        json.name("outcome")
        json.open("{")
        json.member("kind", outcome.kind)
        if case .cutOff(let party, _) = outcome { json.member("by", party.rawValue) }
        json.member("reason", ifAny: outcome.reason)
        json.close("}")
    }
}
