import Flourishing

// What only a person's own wishes hold.
extension CharterReader {
    mutating func avoids(_ entry: SourceEntry?) -> [Move] {
        var moves: [Move] = []
        for (word, span) in sentences(entry, "avoid") {
            guard let move = choice(word, span, "avoid", of: Move.self) else { continue }
            moves.append(move)
            if move.isAlwaysOpen {
                log.warning(
                    "floor-refuses", at: span, "The move `\(word)` stays open, whatever is wished.",
                    help:
                        "Take it away: people must always be able to get an answer, and to be sent to somebody who can help."
                )
            }
        }
        return moves.sorted { $0.rawValue < $1.rawValue }
    }

    mutating func choices(_ entry: SourceEntry?) -> [TensionChoice] {
        var seen: [String: Range<Int>] = [:]
        let choices = items(entry, "choices") { reader, node -> TensionChoice? in
            guard let fields = reader.mapping(node, as: Grammar.choice) else { return nil }
            let between = reader.between(fields, refersToGoods: false)
            let choose = fields["choose"].flatMap { reader.identifier($0, "choose") }
            guard let between,
                reader.isNew(
                    [between.first, between.second].sorted().joined(separator: "~"), at: between.span, among: &seen,
                    "tension")
            else { return nil }
            if let choose, choose != between.first, choose != between.second {
                let names = [between.first, between.second]
                reader.log.error(
                    "unknown-name", at: fields["choose"]?.value.span ?? node.span,
                    "`\(choose)` is neither of the two goods.",
                    help: nearMiss(of: choose, among: names).map { "Did you mean `\($0)`?" }
                        ?? "Write `choose: \(names[0])` or `choose: \(names[1])`; leave it out to be asked each time.")
                return nil
            }
            let choice = TensionChoice(between: between.first, between.second, choose: choose)
            reader.note(.clause("choices"), choice.id, at: between.span, start: node.span.lowerBound)
            return choice
        }
        return choices.sorted { $0.id < $1.id }
    }
}
