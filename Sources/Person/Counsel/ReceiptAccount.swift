import Charters

extension Receipt {
    /// Why this reply came out as it did, in plain words for the person who got it; several lines.
    ///
    /// What `/why` in `trellis chat` and `trellis receipt` show.
    public var plainAccount: String {
        var lines: [String] = [charterLine]
        lines += clauseLines
        lines.append(moveLine)
        lines.append(modelLine)
        if let outcomeLine { lines.append(outcomeLine) }
        for absence in missing { lines.append("What could not be done: \(absence.asSentence)") }
        lines.append(bodiesLine)
        return lines.joined(separator: "\n")
    }

    private var charterLine: String {
        guard let charter else { return "No charter governed this reply." }
        let role = charter.role.map { ", in the role of \($0.inWords)" } ?? ""
        return
            "This reply was governed by the charter \(charter.id), version \(charter.version)\(role) "
            + "(fingerprint \(charter.fingerprint.short))."
    }

    private var clauseLines: [String] {
        var goods: [String] = []
        var floor: [String] = []
        var others: [String] = []
        for clause in clauses {
            let parts = clause.split(separator: "/", maxSplits: 1).map(String.init)
            switch (parts.first, parts.count) {
            case ("goods", 2): goods.append(parts[1].inWords)
            case ("floor", 2): floor.append(parts[1].inWords)
            case ("role", 2), ("purpose", 1): continue
            default: others.append(clause)
            }
        }
        var lines: [String] = []
        if !goods.isEmpty { lines.append("The model was asked to care about: \(goods.joined(separator: ", ")).") }
        if !floor.isEmpty {
            lines.append("It was given limits that nothing may weaken: \(floor.joined(separator: ", ")).")
        }
        if !others.isEmpty { lines.append("Also part of its brief: \(others.joined(separator: ", ")).") }
        if lines.isEmpty, brief == nil { lines.append("The model was told nothing beyond what the application sent.") }
        return lines
    }

    private var moveLine: String {
        let why = moveReason.isEmpty ? "" : ", because: \(moveReason)"
        return "The move was to \(move.inWords)\(why)".asSentence
    }

    private var modelLine: String {
        guard let upstream else { return "No model was asked." }
        let model = modelServed ?? modelRequested ?? "The model"
        var line = "\(model), at \(upstream), was asked"
        if let total = timings.total { line += "; it took \(Self.seconds(total))" }
        if let first = timings.firstByte, streamed { line += ", with the first words after \(Self.seconds(first))" }
        if attempts > 1 { line += ", in \(attempts) attempts" }
        switch (usage.source, usage.input, usage.output) {
        case (.unknown, _, _), (_, nil, nil): break
        case (let source, let input, let output):
            let counted = source == .estimated ? ", estimated" : ""
            line += " (\(input.map(String.init) ?? "?") tokens in, \(output.map(String.init) ?? "?") out\(counted))"
        }
        return line + "."
    }

    private var outcomeLine: String? {
        switch outcome {
        case .complete:
            switch finishReason {
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

    private var bodiesLine: String {
        if let bodiesUnreadable { return bodiesUnreadable.asSentence }
        return bodies == nil
            ? "What was said is not kept in this receipt." : "What was said is kept in this receipt, sealed at rest."
    }

    private static func seconds(_ microseconds: Int64) -> String {
        if microseconds < 1_000 { return "\(microseconds) µs" }
        if microseconds < 1_000_000 { return "\((microseconds + 500) / 1_000) ms" }
        let tenths = (microseconds + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}

extension String {
    /// An id as a person would say it: `step-back` is "step back".
    fileprivate var inWords: String { String(map { $0 == "-" || $0 == "_" ? " " : $0 }) }

    /// Ends with a full stop, unless it ends already.
    fileprivate var asSentence: String {
        guard let last = last(where: { !$0.isWhitespace }) else { return self }
        return ".!?…".contains(last) ? self : self + "."
    }
}
