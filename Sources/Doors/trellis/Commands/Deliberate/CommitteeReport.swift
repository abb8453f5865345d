import Deliberation
import SocialChoice

/// What `trellis deliberate committee` says, for JSON and for the page.
struct CommitteeReport: Encodable {
    struct Certified: Encodable {
        let axiom: String
        /// `holds`, `fails` or `undecided`.
        let result: String
        let words: String
    }

    struct Chosen: Encodable {
        let members: [String]
        /// How many people approve of none of them.
        let withoutMember: Double
        /// Nil beyond the first committees of many.
        let certificates: [Certified]?
    }

    let candidates: [String]
    let voters: Int
    /// What the voters weigh together: as many as they are where nobody carries a weight.
    let weight: Double
    let seats: Int
    let rule: String
    let ruleName: String
    let ties: DeliberateCommand.Committee.Ties
    /// `complete`, `more-committees` or `limit-reached`.
    let completeness: String
    /// For rules that seek the best by a number: that number, and the best that any committee could have, as fractions.
    let score: String?
    let bound: String?
    let committees: [Chosen]

    /// So many committees get certificates: where many are tied, the rest are only listed.
    static let certified = 20

    init(
        _ file: ApprovalBallotFile, seats: Int, rule: CommitteeRule, ties: DeliberateCommand.Committee.Ties,
        limit: WorkLimit
    ) throws(ApprovalError) {
        let profile = file.profile
        let outcome = try rule.outcome(
            of: profile, seats: seats, ties: ties == .all ? .all : .byIndex, limit: limit)
        candidates = file.candidates
        voters = file.voters
        weight = Double(profile.totalWeight) / Double(file.unit)
        self.seats = seats
        self.rule = rule.id
        ruleName = rule.name
        self.ties = ties
        completeness =
            switch outcome.completeness {
            case .complete: "complete"
            case .moreCommittees: "more-committees"
            case .limitReached: "limit-reached"
            }
        score = outcome.score?.description
        bound = outcome.bound?.description
        var all: [Chosen] = []
        for (place, committee) in outcome.committees.enumerated() {
            var certificates: [Certified]?
            if place < Self.certified {
                certificates = []
                for axiom in RepresentationAxiom.allCases {
                    let found = try axiom.certificate(
                        for: committee.members, in: profile, seats: seats, limit: limit)
                    certificates?.append(Self.certified(axiom, found, file.candidates))
                }
            }
            let without = (0..<profile.voterCount).filter { voter in
                !profile.ballot(of: voter).contains(where: committee.contains)
            }.reduce(0) { $0 + profile.weights[$1] }
            all.append(
                Chosen(
                    members: committee.members.map { file.candidates[$0] },
                    withoutMember: Double(without) / Double(file.unit), certificates: certificates))
        }
        committees = all
    }

    private static func certified(
        _ axiom: RepresentationAxiom, _ certificate: Certificate, _ names: [String]
    ) -> Certified {
        switch certificate {
        case .holds(let proof): Certified(axiom: axiom.id, result: "holds", words: proof.words)
        case .fails(let witness): Certified(axiom: axiom.id, result: "fails", words: witness.words(names: names))
        case .undecided(let nodes):
            Certified(
                axiom: axiom.id, result: "undecided",
                words: "The work allowed ran out after \(nodes) sets of candidates: --work allows more.")
        }
    }

    /// The page.
    func show() {
        let page = DeliberatePage()
        let people = page.count(voters, "voter", "voters")
        let weighs = weight == Double(voters) ? "" : ", who weigh \(Self.number(weight)) together"
        page.paragraph(
            "\(people)\(weighs), \(page.count(candidates.count, "candidate", "candidates")), \(page.count(seats, "seat", "seats")), by \(ruleName)."
        )
        if let score { page.paragraph("The number that it makes best: \(score).") }
        switch completeness {
        case "more-committees": page.paragraph("There are more tied committees than are listed.")
        case "limit-reached":
            page.paragraph(
                "The work allowed ran out (--work): there may be other committees, or better ones\(bound.map { ", though none beyond \($0)" } ?? "")."
            )
        default: break
        }
        if ties == .all {
            page.paragraph(
                committees.count == 1
                    ? "No tie changes the outcome." : "\(committees.count) committees are tied.")
        }
        for (number, chosen) in committees.enumerated() {
            page.heading(committees.count == 1 ? "Chosen" : "Committee \(number + 1)")
            page.paragraph(
                chosen.members.isEmpty ? "Nobody." : chosen.members.map(DeliberatePage.line).joined(separator: ", "),
                indent: 2)
            if chosen.members.count < seats {
                page.paragraph("The rule fills \(chosen.members.count) of \(seats) seats.", indent: 2)
            }
            page.paragraph("Approve of none of them: \(Self.number(chosen.withoutMember)).", indent: 2)
            for one in chosen.certificates ?? [] {
                page.detail("\(one.axiom): \(one.result). \(DeliberatePage.line(one.words))")
            }
        }
        if committees.count > Self.certified {
            page.gap()
            page.paragraph("Certificates are given for the first \(Self.certified) committees.")
        }
    }

    /// A number without a point where it is whole.
    private static func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
}
