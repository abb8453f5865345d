import Charters
import Foundation
import Testing

@testable import Deliberation

@Suite("A change to a charter that a conversation made")
struct DeliberatedChangeTests {
    private static let made = Result { try Made() }

    /// A charter, a proposal from the next conversation, and its publication.
    private struct Made {
        let old: Charter
        let open: PublishableConversation
        let draft: CharterDraft

        init() throws {
            let first = try MadeUpRound.draft()
            old = try Ratification(
                of: first.charter, terms: first.terms, ballots: MadeUpRound.ballots(on: first)
            ).charter
            // The next conversation has other statements, but for the benches, which the charter has.
            let source = try PolisConversation(MadeUpRound.export())
            open = PublishableConversation(try Self.reworded(source))
            draft = try CharterDraft(
                open,
                terms: DraftTerms(changing: old, conversation: "Winter", seats: 3, heldBack: open.heldBack),
                changing: old)
        }

        private static func reworded(_ source: PolisConversation) throws -> PolisConversation {
            var files = MadeUpRound.export()
            var rows = ["comment-id,moderated,comment-body"]
            for statement in source.statements {
                let words =
                    statement.id == 12
                    ? "WE NEED BENCHES, “real”  ones!" : "\(statement.text.replacing(".", with: "")) in winter."
                rows.append("\(statement.id),\(statement.id == 15 ? -1 : 1),\"\(words)\"")
            }
            files.comments = Array((rows.joined(separator: "\n") + "\n").utf8)
            return try PolisConversation(files)
        }

        func terms(clauses: [PlannedClause] = [], seats: Int = 3) -> DraftTerms {
            DraftTerms(
                changing: old, conversation: "Winter", seats: seats, clauses: clauses, heldBack: open.heldBack)
        }

        func published(yes: Int = 20, withVotes: Bool = true) throws -> [String: [UInt8]] {
            let box = try MadeUpRound.ballots(on: draft.charter, changing: old) { $0 < yes ? "yes" : "no" }
            let round = try AmendmentRound(of: draft, changing: old, ballots: box)
            var chance = SeededChance(state: 4)
            return try Publication(
                of: draft, taken: round, from: old, ballots: box, withVotes: withVotes, by: "Riverside",
                with: MadeUpRound.key(), using: &chance
            ).files
        }
    }

    /// The files with a manifest that fits them, as somebody with the publisher's key could make it.
    private static func signedAgain(_ files: [String: [UInt8]]) throws -> [String: [UInt8]] {
        var files = files
        files["manifest.json"] = nil
        files["manifest.sig"] = nil
        let key = try MadeUpRound.key()
        let manifest = PublicationManifest(
            .amendment, of: try Charter.read(files["charter.yaml"] ?? [], file: "charter.yaml").charter, files: files,
            ballotsHeldBack: 0, publisher: "Riverside", key: key.verifyingKey)
        files["manifest.json"] = manifest.canonical
        let signature = try MadeUpRound.require(
            key.signature(over: manifest.canonical, for: PublicationManifest.purpose))
        files["manifest.sig"] = Array((signature + "\n").utf8)
        return files
    }

    private static func changed(_ files: [String: [UInt8]], _ name: String, _ from: String, _ to: String) throws
        -> [String: [UInt8]]
    {
        let text = String(decoding: files[name] ?? [], as: UTF8.self)
        let place = try #require(text.range(of: from), "\(from) isn't in \(name)")
        var changed = files
        changed[name] = Array(text.replacingCharacters(in: place, with: to).utf8)
        return try signedAgain(changed)
    }

    @Test("it adds what is new, with the votes behind it, and keeps every clause and every dissent that was there")
    func proposal() throws {
        let made = try Self.made.get()
        let (old, draft) = (made.old, made.draft)
        #expect(draft.kept.map(\.statement) == [12] && draft.terms.clauses.count == 2)
        let after = draft.charter.wordedClauses
        for clause in old.wordedClauses {
            #expect(after.contains { $0.path == clause.path && $0.says == clause.says && $0.origins == clause.origins })
        }
        #expect(after.count == old.wordedClauses.count + 2)
        for clause in draft.terms.clauses {
            let own = try #require(draft.clause(at: clause.path))
            #expect(own.says.hasSuffix("in winter.") && own.origin?.conversation == "Winter")
            #expect(own.origin?.statements == clause.statements)
        }
        #expect(Array(draft.charter.dissent.prefix(old.dissent.count)) == old.dissent)
        #expect(draft.charter.dissent.count > old.dissent.count)
        #expect(draft.charter.version == old.version && draft.charter.amendment == old.amendment)
        #expect(draft.charter.purpose == old.purpose && draft.charter.community == old.community)
        let text = draft.charter.text
        #expect(try Charter.read(Array(text.utf8), file: "proposal.yaml").charter == draft.charter)
        #expect(DraftTerms(canonical: draft.terms.canonical) == draft.terms)
    }

    @Test("the charter's own rule decides, the version is raised, and a no stays as dissent")
    func vote() throws {
        let made = try Self.made.get()
        let count = { (yes: Int, voters: Int) in
            try AmendmentRound(
                of: made.draft, changing: made.old,
                ballots: MadeUpRound.ballots(on: made.draft.charter, changing: made.old, voters: voters) {
                    $0 < yes ? "yes" : "no"
                })
        }
        #expect(try count(17, 30).finding == .tooFewAgreed && count(9, 9).finding == .tooFewTookPart)
        let taken = try count(18, 30)
        let new = try #require(taken.charter)
        #expect(new.version != made.old.version && taken.diff.advice.isEnough)
        #expect(new.dissent.last?.heldBy == Share("0.4") && new.dissent.count == made.draft.charter.dissent.count + 1)
        // The same proposal in writing: nobody can take over numbers that they can't show votes for.
        #expect(throws: RatificationError.self) {
            try AmendmentRound(
                of: made.old, proposal: made.draft.charter,
                ballots: MadeUpRound.ballots(on: made.draft.charter, changing: made.old), threshold: 5)
        }
    }

    @Test("names that the charter has are given to nothing else, and tensions may be between its goods")
    func names() throws {
        let made = try Self.made.get()
        let taken = try #require(made.old.goods.first).id
        let statement = try #require(made.draft.terms.clauses.first).statements
        let planned = { (clause: PlannedClause) in
            try CharterDraft(made.open, terms: made.terms(clauses: [clause]), changing: made.old)
        }
        #expect(throws: DraftError.twice(taken)) {
            try planned(PlannedClause(kind: .good, name: taken, statements: statement))
        }
        let pair = made.old.goods.prefix(2).map(\.id).sorted()
        let tension = try planned(
            PlannedClause(kind: .tension, name: "pull", statements: statement, between: pair))
        #expect(tension.charter.tensions.map(\.id) == [pair.joined(separator: "~")])
        #expect(tension.charter.goods.filter { made.old.goods.map(\.id).contains($0.id) } == made.old.goods)
        let again = CharterDraft.renamed(
            [
                PlannedClause(kind: .good, name: taken, statements: [1]),
                PlannedClause(kind: .good, name: taken, statements: [2]),
            ],
            beside: made.old, [])
        #expect(again.map(\.name) == ["\(taken)-2", "\(taken)-3"])
    }

    @Test("there is no proposal without something new, without a rule, or for another charter")
    func refused() throws {
        let made = try Self.made.get()
        #expect(throws: DraftError.otherCharter) { try CharterDraft(made.open, terms: made.terms()) }
        #expect(throws: DraftError.otherCharter) {
            try CharterDraft(made.open, terms: made.terms(), changing: made.draft.charter)
        }
        let whole = made.draft.charter
        #expect(throws: DraftError.nothingNew) {
            try CharterDraft(
                made.open, terms: DraftTerms(changing: whole, conversation: "Winter", seats: 3), changing: whole)
        }
        let silent = try Charter.read(
            Array("charter: a/b\nversion: 1.0.0\npurpose: Help.\n".utf8), file: "a.yaml"
        ).charter
        #expect(throws: DraftError.withoutRule) {
            try CharterDraft(
                made.open, terms: DraftTerms(changing: silent, conversation: "Winter", seats: 3), changing: silent)
        }
    }

    @Test("the proposal is reckoned again from the votes, and what was changed and signed anew is found")
    func check() throws {
        let made = try Self.made.get()
        let files = try made.published()
        let check = PublicationCheck(files)
        #expect(check.holdsAsFarAsPublished, "\(check.steps.filter { $0.finding == .failed })")
        #expect(check.steps.filter { $0.finding == .unchecked }.map(\.name) == ["previous"])
        #expect(
            check.steps.map(\.name) == [
                "publisher", "files", "parameters", "previous", "votes", "groups", "slate", "tables", "proposal",
                "ratification", "charter", "changes", "fingerprint", "signatures",
            ])
        #expect(PublicationCheck(try Self.signedAgain(files)).holdsAsFarAsPublished)
        for (name, from, to) in [
            ("participants-votes.csv", ",1", ",-1"), ("proposal.yaml", "in winter", "in summer"),
            ("proposal.yaml", " of: ", " of: 1"), ("previous.yaml", "consensus: 0.6", "consensus: 0.1"),
            ("parameters.json", #""seats":3"#, #""seats":2"#), ("parameters.json", #""amends":""#, #""amends":"0"#),
            ("slate.json", #""agree":"#, #""agree":1"#), ("ratification.csv", "yes", "no"),
            ("comments.csv", "winter", "summer"), ("charter.yaml", "in winter", "in summer"),
        ] {
            let found = PublicationCheck(try Self.changed(files, name, from, to))
            #expect(!found.holdsAsFarAsPublished, "\(name): \(from) to \(to)")
        }
        for name in ["comments.csv", "summary.csv", "slate.json", "tables.csv", "previous.yaml", "proposal.yaml"] {
            var less = files
            less[name] = nil
            #expect(
                !PublicationCheck(try Self.signedAgain(less))
                    .holdsAsFarAsPublished, "\(name)")
        }
    }

    @Test("without the votes it is checked that the proposal changes nothing but what fits the slate")
    func withoutVotes() throws {
        let made = try Self.made.get()
        let files = try made.published(withVotes: false)
        let check = PublicationCheck(files)
        #expect(!check.holds && check.holdsAsFarAsPublished, "\(check.steps.filter { $0.finding == .failed })")
        #expect(check.steps.contains { $0.name == "proposal" && $0.finding == .unchecked })
        for (name, from, to) in [
            ("proposal.yaml", "Help Riverside decide.", "Help."), ("proposal.yaml", " of: ", " of: 1"),
            ("slate.json", #""held-by":0."#, #""held-by":0.1"#), ("slate.json", #""seats":3"#, #""seats":2"#),
            ("proposal.yaml", "quorum: 10", "quorum: 1"),
        ] {
            let found = PublicationCheck(try Self.changed(files, name, from, to))
            let step = found.steps.first { $0.finding == .failed }?.name
            #expect(step == "proposal" || step == "slate", "\(name): \(from) to \(to): \(step ?? "none")")
        }
    }
}
