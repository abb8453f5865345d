import Charters
import Counsel
import Memory
import NIOCore
import NIOHTTP1

/// What a passage will answer for: gathered on the way, written into the receipt and the metrics at the end.
struct PassageAccount {
    let id: ReceiptID
    let at: Int64
    let door: Door
    let startedAt: Moment
    var application = GatewayCore.developmentApplication
    var keyID: String?
    var isKnownCaller = false
    var isRecorded = false
    var person: PersonPseudonym?
    var governing: GatewayCore.Governing?
    /// What was said so far, as counsel reads it.
    var conversation: Conversation?
    /// Whether some of its newest turns were too long to be read whole.
    var conversationIsCut = false
    /// What counsel had to say; nil before it was asked, and where nobody is answered.
    var advice: Advice?
    /// What the model is told of what the person wants remembered, and what they ask of it.
    var recollection = Recollection.nothing
    /// The guidance whose question was put at the end of the reply.
    var asked: String?
    /// How drafts are to be criticised, when somebody asked for it.
    var critiqueTerms: CritiqueTerms?
    /// What became of a draft.
    var critique: Critique.Outcome?
    /// Whether the message has gone to the upstream.
    var wasSent = false
    var upstream = ""
    var modelRequested: String?
    /// How many replies in one were asked for.
    var choices = 1
    var modelServed: String?
    var finishReason: String?
    var streamed = false
    var status = 200
    var trace = TraceContext.new()
    var missing: [String] = []
    var attempts = 0
    var preparedAt: NIODeadline?
    var firstByteAt: NIODeadline?
    var estimatedInput = 0
    var keepsBodies = false
    /// What broke the floor, and what was done about it.
    var floor: [FloorFinding] = []
    /// The reason to finish that the floor gave in place of the upstream's.
    var floorFinish: String?
    var requestBody = ByteBuffer()
    var replyBody = ByteBuffer()
    private let started = NIODeadline.now()
    private var inputTokens: Int?
    private var outputTokens: Int?
    private var estimatedOutput = 0

    init(door: Door, head: HTTPRequestHead) {
        self.door = door
        startedAt = Moment.now()
        at = startedAt.wall
        id = ReceiptID(at: startedAt.wall)
    }

    // MARK: What the reply says of itself

    mutating func read(_ scan: ReplyScan) {
        inputTokens = scan.inputTokens
        outputTokens = scan.outputTokens
        finishReason = scan.finishReason
        modelServed = scan.model
    }

    mutating func read(_ tally: ReplyTally) {
        inputTokens = tally.inputTokens
        outputTokens = tally.outputTokens
        finishReason = tally.finishReason
        modelServed = tally.model
        // Most servers send one token an event, so this is near the truth when no usage was sent.
        estimatedOutput = tally.deltas
    }

    private var usage: Receipt.Usage {
        if inputTokens != nil || outputTokens != nil {
            return Receipt.Usage(input: inputTokens, output: outputTokens, source: .reported)
        }
        guard estimatedOutput > 0 else { return .unknown }
        return Receipt.Usage(input: estimatedInput, output: estimatedOutput, source: .estimated)
    }

    /// What the token budget is charged: what the upstream reported, or our estimate. Nothing for a refusal.
    var tokensUsed: Int {
        let usage = usage
        if usage.source == .unknown {
            return preparedAt != nil && (200..<300).contains(status) ? estimatedInput : 0
        }
        return (usage.input ?? 0) + (usage.output ?? 0)
    }

    // MARK: Where it goes

    func receipt(outcome: Receipt.Outcome) -> Receipt {
        let now = NIODeadline.now()
        var receipt = Receipt(
            id: id, at: at, door: Receipt.Door(door), application: application, person: person, keyID: keyID,
            charter: governing?.reference, move: "answer",
            moveReason: door == .embeddings
                ? "Embeddings are numbers for a program; no one is being answered."
                : "It did not come to a choice of moves.",
            upstream: upstream.isEmpty || !wasSent ? nil : upstream, modelRequested: modelRequested,
            modelServed: modelServed,
            status: status, outcome: outcome, finishReason: finishReason, streamed: streamed, usage: usage,
            timings: Receipt.Timings(
                prepare: preparedAt.map { ($0 - started).microseconds },
                firstByte: firstByteAt.map { ($0 - started).microseconds },
                total: (now - started).microseconds),
            attempts: attempts, trace: trace.traceID, missing: missing)
        if let governing, door != .embeddings { note(governing, in: &receipt) }
        if let floorFinish { receipt.finishReason = floorFinish }
        if !floor.isEmpty { receipt.floor = floor }
        if let floorsAnswer { receipt.noteAnswer(of: floorsAnswer) }
        if keepsBodies {
            receipt.bodies = Receipt.Bodies(
                request: String(buffer: requestBody), reply: String(buffer: replyBody))
        }
        return receipt
    }

    /// The finding that decided what was said. A reply of several choices has none: each goes its own way.
    private var floorsAnswer: FloorFinding? {
        floor.first { finding in
            switch finding.action {
            case .noted, .revised: false
            case .replaced, .handedOver, .blocked: finding.side == "input" || choices == 1
            }
        }
    }

    /// What governed the reply, what counsel said, and what became of a draft. What was prepared for a model that was
    /// never asked is left out: nobody was told it.
    private func note(_ governing: GatewayCore.Governing, in receipt: inout Receipt) {
        let compiled = governing.charter.compiled
        receipt.layers = governing.layers
        receipt.asked = asked
        receipt.note(recollection, isTold: wasSent)
        var workings = Receipt.Workings()
        if let advice, wasSent || floorsAnswer == nil {
            receipt.note(advice, under: compiled)
            if wasSent {
                receipt.brief = Receipt.Brief(fingerprint: advice.brief.fingerprint)
                if governing.isPersonal || advice.isForOne {
                    workings.brief = advice.brief.text
                    workings.asked = compiled.asked(of: advice.brief.clauses)
                }
            } else {
                (receipt.clauses, receipt.guidance, receipt.consents) = ([], nil, nil)
            }
        } else if let advice {
            receipt.noteSituation(advice)
        }
        if let critique {
            receipt.critique = critique.record
            (workings.drafts, workings.criticisms) = (critique.drafts, critique.criticisms)
        }
        if !workings.isEmpty { receipt.workings = workings }
    }

    func count(in metrics: Metrics) {
        let door = Metrics.Door(door)
        let total = (NIODeadline.now() - started).nanoseconds
        metrics.answered(door, status: status, nanoseconds: UInt64(max(0, total)))
        if let firstByteAt {
            metrics.firstByte(door, nanoseconds: UInt64(max(0, (firstByteAt - started).nanoseconds)))
        }
        if let inputTokens { metrics.tokens(input: inputTokens, output: outputTokens ?? 0) }
        if attempts > 1 { for _ in 1..<attempts { metrics.upstreamRetried(upstream) } }
    }
}

extension TimeAmount {
    fileprivate var microseconds: Int64 { nanoseconds / 1_000 }
}

extension Receipt.Door {
    init(_ door: Door) {
        self =
            switch door {
            case .chatCompletions: .chatCompletions
            case .messages: .messages
            case .embeddings: .embeddings
            }
    }
}

extension Metrics.Door {
    init(_ door: Door) {
        self =
            switch door {
            case .chatCompletions: .chatCompletions
            case .messages: .messages
            case .embeddings: .embeddings
            }
    }
}
