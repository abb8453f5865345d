/// Holds receipts against consents: was every guided reply given under a consent that was live?
///
/// Pure: hand it what receipts say and what the ledger's events say, and it says where the two don't fit. It shares no
/// code with the ledger's own decision, so that a slip there is seen here.
///
/// ```swift
/// let history = try await ledger.history()
/// let report = ConsentAudit.report(on: replies, events: history.events, erasures: history.erasures)
/// print(report.violations.isEmpty ? "every guided reply had a live consent" : "look here:", report.violations)
/// ```
public enum ConsentAudit {
    /// What a receipt says about guidance.
    public struct GuidedReply: Hashable, Sendable {
        /// The receipt's id.
        public var receipt: String
        /// When the request arrived, in milliseconds since 1970.
        public var at: Int64
        /// The application that asked.
        public var application: String
        /// The person's pseudonym; nil when the application named nobody.
        public var person: String?
        /// The id of the charter that governed.
        public var charter: String?
        /// The ids of the guidance that was in the brief.
        public var guidance: [String]
        /// The fingerprint of the question that was consented to, by guidance. Receipts of older Trellises name none.
        public var questions: [String: String]
        /// How many more guidances spoke, of which nobody can read any more which: they were sealed under the person's
        /// key, and that is gone.
        public var unreadable: Int

        /// What a receipt says about guidance.
        public init(
            receipt: String, at: Int64, application: String, person: String?, charter: String?, guidance: [String],
            questions: [String: String] = [:], unreadable: Int = 0
        ) {
            self.receipt = receipt
            self.at = at
            self.application = application
            self.person = person
            self.charter = charter
            self.guidance = guidance
            self.questions = questions
            self.unreadable = unreadable
        }
    }

    /// A guided reply without a live consent.
    public struct Violation: Hashable, Sendable {
        /// Why there was none.
        public enum Reason: Hashable, Sendable {
            /// The receipt names nobody, so nobody can have consented.
            case noPerson
            /// The receipt names no charter, so nobody can know what was consented to.
            case noCharter
            /// The person never said yes to this guidance.
            case neverGiven
            /// The person said yes later.
            case notYetGiven(givenAt: Int64)
            /// The last yes before the reply was over by time.
            case expired(at: Int64)
            /// The last yes before the reply had been taken back.
            case takenBack(at: Int64)
            /// The yes that held then was to another question than the one that the receipt names.
            case otherQuestion
            /// Which guidance it was can't be read, and the person was not erased since.
            case unreadable
        }

        /// The receipt's id.
        public var receipt: String
        /// When its request arrived.
        public var at: Int64
        /// The id of the guidance; nil when it can't be read.
        public var guidance: String?
        /// Why there was no live consent.
        public var reason: Reason

        /// Describes a finding.
        public init(receipt: String, at: Int64, guidance: String?, reason: Reason) {
            self.receipt = receipt
            self.at = at
            self.guidance = guidance
            self.reason = reason
        }
    }

    /// What came of an audit.
    public struct Report: Hashable, Sendable {
        /// How many uses of guidance were looked at: a reply with two guidances counts twice.
        public var uses = 0
        /// Those for which a live consent was found.
        public var covered = 0
        /// Those of people who were erased afterwards: what they had consented to is gone with them.
        public var erased = 0
        /// Those without a live consent, in the order of the receipts.
        public var violations: [Violation] = []

        /// A report on nothing.
        public init() {}
    }

    /// The uses of guidance that lacked a live consent.
    public static func violations(receipts: [GuidedReply], events: [ConsentEvent]) -> [Violation] {
        report(on: receipts, events: events).violations
    }

    /// Looks at every use of guidance.
    ///
    /// - Parameters:
    ///   - receipts: in any order.
    ///   - events: of everybody that the receipts name, in any order.
    ///   - erasures: when people were erased. What they were told up to then can't be judged any more.
    /// - Complexity: O(*r* log *e* + *e* log *e*) for *r* uses and *e* events.
    public static func report(
        on receipts: [GuidedReply], events: [ConsentEvent], erasures: [PersonKey: Int64] = [:]
    ) -> Report {
        let spans = spans(of: events)
        var report = Report()
        for reply in receipts {
            let person = reply.person.map { PersonKey(application: reply.application, person: $0) }
            let wasErased = person.flatMap { erasures[$0] }.map { reply.at <= $0 } ?? false
            for _ in 0..<max(0, reply.unreadable) {
                report.uses += 1
                if wasErased {
                    report.erased += 1
                } else {
                    report.violations.append(
                        Violation(receipt: reply.receipt, at: reply.at, guidance: nil, reason: .unreadable))
                }
            }
            for guidance in reply.guidance {
                report.uses += 1
                func violate(_ reason: Violation.Reason) {
                    report.violations.append(
                        Violation(receipt: reply.receipt, at: reply.at, guidance: guidance, reason: reason))
                }
                guard let person else { violate(.noPerson); continue }
                guard let charter = reply.charter else { violate(.noCharter); continue }
                let found = spans[Matter(person: person, charter: charter, guidance: guidance)] ?? []
                let question = reply.questions[guidance]
                guard let reason = reason(against: found, to: question, at: reply.at) else {
                    report.covered += 1
                    continue
                }
                if wasErased { report.erased += 1 } else { violate(reason) }
            }
        }
        return report
    }

    // MARK: Spans of time

    private struct Matter: Hashable {
        var person: PersonKey
        var charter: String
        var guidance: String
    }

    /// A stretch of time over which one yes held: from its start up to, not including, its end.
    private struct Span {
        var start: Int64
        var end: Int64
        /// The fingerprint of the question that was said yes to.
        var question: String?
        var wasTakenBack = false
    }

    private static func spans(of events: [ConsentEvent]) -> [Matter: [Span]] {
        var spans: [Matter: [Span]] = [:]
        for event in events.sorted(by: { ($0.at, $0.number) < ($1.at, $1.number) }) {
            let matter = Matter(person: event.person, charter: event.charter, guidance: event.guidance)
            switch event.kind {
            case .asked: break
            case .granted:
                end(&spans[matter, default: []], at: event.at, wasTakenBack: false)
                spans[matter, default: []].append(
                    Span(start: event.at, end: event.until ?? event.at, question: event.questionFingerprint))
            case .declined, .revoked:
                end(&spans[matter, default: []], at: event.at, wasTakenBack: true)
            }
        }
        return spans
    }

    private static func end(_ spans: inout [Span], at moment: Int64, wasTakenBack: Bool) {
        guard let last = spans.indices.last, spans[last].end > moment else { return }
        spans[last].end = moment
        spans[last].wasTakenBack = wasTakenBack
    }

    /// Why no span covers the moment; nil when one does. The spans are in order and don't overlap.
    private static func reason(
        against spans: [Span], to question: String?, at moment: Int64
    ) -> Violation.Reason? {
        guard let first = spans.first else { return .neverGiven }
        // The last span that starts by then.
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= moment { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return .notYetGiven(givenAt: first.start) }
        let span = spans[low - 1]
        if moment >= span.end {
            guard span.wasTakenBack else { return .expired(at: span.end) }
            // Within one millisecond nobody can tell which came first.
            guard moment == span.end else { return .takenBack(at: span.end) }
        }
        guard let question, question != span.question else { return nil }
        // Within a millisecond, the yes before may be the one that was used.
        let before = spans[..<(low - 1)].reversed().prefix { moment <= $0.end }
        return before.contains { $0.question == question } ? nil : .otherQuestion
    }
}

extension ConsentAudit.Violation: CustomStringConvertible {
    /// The finding in one sentence.
    public var description: String {
        let why =
            switch reason {
            case .noPerson: "the application named no person"
            case .noCharter: "no charter governed the reply"
            case .neverGiven: "the person never said yes to it"
            case .notYetGiven: "the person said yes to it only later"
            case .expired: "the person's consent was over by then"
            case .takenBack: "the person had taken their consent back"
            case .otherQuestion: "the person had said yes to another question than the one that the receipt names"
            case .unreadable: "which one can't be read any more, though the person was not erased"
            }
        return "\(receipt) was guided by \(guidance ?? "something"), and \(why)"
    }
}
