import Counsel
import DequeModule
import Models
import NIOCore

/// What happens to a stream whose text breaks a clause.
extension FloorStream {
    func breach(_ found: FloorFinding, in strand: FloorStrand, _ out: inout ByteBuffer) -> Course {
        let found = found.within(found.within ?? strand.key.field.name)
        let choice = strand.choice
        release(&out, upTo: (strand, found.at))
        if found.callsForRevision, mayRevise, !choice.isShown {
            let draft = strands[FloorStrand.Key(choice: choice.index, field: .content)]?.text ?? []
            return .revise(found, draft: String(decoding: draft, as: UTF8.self))
        }
        let finding = floor.settled(found)
        settled.append(finding)
        choice.isOver = true
        let finish = FloorWording.finishReason(finding, dialect)
        finishReason = finish
        let hasSpoken = strands[FloorStrand.Key(choice: choice.index, field: .content)]?.isShown == true
        let words = (hasSpoken ? "\n\n" : "") + floor.words(finding, in: language)
        switch dialect {
        case .openAI:
            var said = ByteBuffer()
            let opening: JSONValue =
                choice.isShown ? ["content": .string(words)] : ["role": "assistant", "content": .string(words)]
            let frame = chunk.flatMap { FloorStreamChunk($0) }?.frame ?? JSONObject()
            StreamEvent.write(FloorWording.chunk(choice.index, opening, finish: nil, frame: frame), to: &said)
            StreamEvent.write(FloorWording.chunk(choice.index, [:], finish: finish, frame: frame), to: &said)
            guard choicesAsked > 1 else {
                said.writeString("data: [DONE]\n\n")
                return cut(said, &out)
            }
            // What stands before the breach may still wait for another choice.
            strand.free = max(strand.free, finding.at)
            drop(choice, after: finding.at, in: strand)
            held.append(Held(bytes: said))
            return .on
        case .anthropic:
            return cut(seen.ending(words, finish: finish, isShown: choice.isShown), &out)
        }
    }

    /// Says the last words.
    private func cut(_ said: ByteBuffer, _ out: inout ByteBuffer) -> Course {
        held.removeAll()
        isCut = true
        out.writeImmutableBuffer(said)
        return .cut
    }

    /// The words that end a stream whose second try failed.
    func instead(of finding: FloorFinding) -> ByteBuffer {
        var out = ByteBuffer()
        mayRevise = false
        var finding = finding
        finding.action = .replaced
        settled.removeAll { $0.clause == finding.clause && $0.at == finding.at }
        _ = breach(finding, in: strand(0), &out)
        return out
    }

    /// Takes what is held of one choice out of the events of several, but for what stands before its breach and was
    /// cleared.
    private func drop(_ choice: FloorChoice, after byte: Int, in breached: FloorStrand) {
        func mayStay(_ mark: Mark) -> Bool {
            guard mark.strand.choice === choice else { return true }
            if isGuarded, mark.end > mark.strand.cleared { return false }
            return mark.end <= (mark.strand === breached ? byte : mark.strand.free)
        }
        held = Deque(
            held.compactMap { item in
                guard !item.allMarks(mayStay) else { return item }
                guard let rest = FloorStreamChunk(item.bytes)?.without(choice.index) else { return nil }
                var item = item
                item.bytes = rest
                item.dropMarks(of: choice)
                return item
            })
    }
}
