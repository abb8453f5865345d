import Charters

extension Receipt {
    /// Writes the receipt as compact JSON, as `Codable` reads it, without what is kept apart from it: the words that
    /// were said, and the brief's text. By hand, since every reply pays for it.
    ///
    /// Complexity: O(length).
    func write(to json: inout JSONBytes) {
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
        json.member("clauses", clauses)
        json.member("move", move)
        json.member("moveReason", moveReason)
        if let brief {
            json.name("brief")
            json.open("{")
            json.member("fingerprint", brief.fingerprint)
            json.close("}")
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

    private func write(_ outcome: Outcome, to json: inout JSONBytes) {
        json.name("outcome")
        json.open("{")
        json.member("kind", outcome.kind)
        if case .cutOff(let party, _) = outcome { json.member("by", party.rawValue) }
        json.member("reason", ifAny: outcome.reason)
        json.close("}")
    }
}
