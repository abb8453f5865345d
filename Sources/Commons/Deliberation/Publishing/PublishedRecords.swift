public import Charters
import Foundation
import SocialChoice

// What is reckoned from the votes, as canonical JSON (RFC 8785). Whoever reckons again gets the same bytes.

extension CharterDraft {
    /// `slate.json`: the groups, the chosen statements, the certificate, and the dissent that is told.
    var slateRecord: [UInt8] {
        let leftOut: [(key: String, value: CanonicalJSON)] =
            slate.dissentLeftOut > 0 ? [("dissent-left-out", .integer(slate.dissentLeftOut))] : []
        return CanonicalJSON.object(
            [
                ("people", .integer(slate.people)), ("seats", .integer(slate.seats)),
                ("groups", .list(Array(sizes.dropLast()))), ("without-group", sizes[groupCount]),
                (
                    "statements",
                    .list(
                        slate.entries.map { entry in
                            .object([
                                ("id", .integer(conversation.statements[entry.statement].id)),
                                ("agree", .integer(entry.votes.agreed)), ("disagree", .integer(entry.votes.disagreed)),
                                ("pass", .integer(entry.votes.passed)), ("agreement", entry.agreement.json),
                                ("paid-for", .boolean(entry.isPaidFor)),
                            ])
                        })
                ),
                ("certificate", certificate), ("unheard", told(slate.unheard)),
                ("dissent", .list(dissent.map(\.json))), ("dissent-held-back", .integer(dissentHeldBack)),
            ] + leftOut
        ).bytes
    }

    /// A number of people; `{"fewer-than": 5}` where it is smaller than the threshold, and not none.
    private func told(_ count: Int) -> CanonicalJSON {
        count > 0 && count < terms.threshold ? .object([("fewer-than", .integer(terms.threshold))]) : .integer(count)
    }

    /// How many people are in each group and, at the end, in none. They add up to everybody, so where one is small,
    /// another isn't told either.
    private var sizes: [CanonicalJSON] {
        let counts = (0..<groupCount).map { group in groups.count { $0 == group } } + [groups.count { $0 < 0 }]
        return zip(counts, GroupTable.holdingBack(counts, below: terms.threshold)).map { count, shown in
            shown != nil || (count > 0 && count < terms.threshold) ? told(count) : .text(GroupTable.mark)
        }
    }

    private var certificate: CanonicalJSON {
        let axiom = RepresentationAxiom.extendedJustifiedRepresentationPlus.name
        let (result, words): (String, String) =
            switch slate.certificate {
            case .holds(let proof): ("holds", proof.words)
            case .fails(let witness): ("fails", witness.words(noun: (one: "statement", many: "statements")))
            case .undecided: ("undecided", "The check wasn't finished.")
            }
        return .object([("axiom", .text(axiom)), ("result", .text(result)), ("words", .text(words))])
    }

    /// The group table with what must be held back.
    public var table: GroupTable {
        GroupTable(conversation, groups: groups, groupCount: groupCount, threshold: terms.threshold)
    }
}

extension ShareEstimate {
    /// The share with its interval of 95%, in ten-thousandths.
    var json: CanonicalJSON {
        let units = { (value: Double) in CanonicalJSON.tenThousandths(Int((value * 10_000).rounded())) }
        return .object([("value", units(value)), ("lower", units(lower)), ("upper", units(upper))])
    }
}

extension BallotCount {
    var json: [(key: String, value: CanonicalJSON)] {
        [("yes", .integer(yes)), ("no", .integer(no)), ("abstain", .integer(abstain))]
    }
}

extension AmendmentRule {
    var json: CanonicalJSON {
        .object(
            [("quorum", .integer(quorum))]
                + (consensus.map { [("consensus", .tenThousandths($0.tenThousandths))] } ?? []))
    }
}

extension Ratification {
    /// `outcome.json`: how each clause fared.
    var record: [UInt8] {
        CanonicalJSON.object(
            [
                ("voters", .integer(voters)),
                (
                    "clauses",
                    .list(
                        outcomes.map { outcome in
                            .object(
                                [
                                    ("name", .text(outcome.name)), ("path", .text(outcome.path)),
                                    ("finding", .text(outcome.finding.rawValue)),
                                ] + outcome.count.json)
                        })
                ),
                ("dissent", .list(dissent.map(\.json))),
                ("charter", .text(charter.fingerprint.hexadecimal)),
            ] + (AmendmentRule(of: charter).map { [("rule", $0.json)] } ?? [])
        ).bytes
    }
}

extension AmendmentRound {
    /// `outcome.json`: how the proposal fared.
    func record(under old: Charter) -> [UInt8] {
        CanonicalJSON.object(
            [
                ("finding", .text(finding == .taken ? "taken" : "\(finding)")),
                ("from", .text(diff.from.fingerprint.hexadecimal)), ("to", .text(diff.to.fingerprint.hexadecimal)),
                ("version", .text(diff.to.version)),
            ] + count.json + (AmendmentRule(of: old).map { [("rule", $0.json)] } ?? [])
        ).bytes
    }
}

// MARK: Files of a round

extension CharterDraft {
    /// The files that follow from the votes and the terms; of a change, with the charter that it changes.
    public var files: [PublicationFile: [UInt8]] {
        var files: [PublicationFile: [UInt8]] = [
            .terms: terms.canonical, .slate: slateRecord, .tables: table.bytes,
            previous == nil ? .draft : .proposal: Array(charter.text.utf8),
        ]
        if let previous { files[.previous] = Array(previous.text.utf8) }
        return files
    }

    /// What a clause of the draft says, and what it came from.
    public func clause(at path: String) -> (says: String, origin: ClauseOrigin?)? { charter.words(at: path) }
}

extension CharterDraft {
    /// What people vote on.
    public var subject: BallotSubject {
        previous.map { BallotSubject(charter, changing: $0) } ?? BallotSubject(charter, terms: terms)
    }
}

extension Ratification {
    /// The files that follow from the second vote.
    public var files: [PublicationFile: [UInt8]] {
        [
            .outcome: record, .charter: Array(charter.text.utf8), .diff: Array((diff.text + "\n").utf8),
        ]
    }
}

extension PublishableConversation {
    /// The conversation as files of a Polis export, under the names that the source has for people.
    public var polisFiles: PolisConversation.Files {
        let written = files(order: Array(participants.indices), names: participants, groups: [])
        return PolisConversation.Files(
            participantsVotes: written.votes, comments: written.comments, summary: written.summary)
    }
}
