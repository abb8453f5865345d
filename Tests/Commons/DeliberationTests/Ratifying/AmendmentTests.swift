import Charters
import Foundation
import Testing

@testable import Deliberation

@Suite("A change to a charter")
struct AmendmentTests {
    private static let published = Result { try Published() }

    /// A charter that was published, with dissent, and a change to it.
    private struct Published {
        let draft: CharterDraft
        let old: Charter
        let files: [String: [UInt8]]

        init() throws {
            draft = try MadeUpRound.draft()
            let box = try MadeUpRound.ballots(on: draft) { voter, question in
                question == 0 && voter < 10 ? "no" : "yes"
            }
            let ratification = try Ratification(of: draft.charter, terms: draft.terms, ballots: box)
            old = ratification.charter
            var chance = SeededChance(state: 5)
            files = try Publication(
                of: draft, ratified: ratification, ballots: box, by: "Riverside", with: MadeUpRound.key(),
                using: &chance
            ).files
        }

        func proposal(_ from: String = "purpose: ", _ to: String = "purpose: Always, ") throws -> Charter {
            try Charter.read(old.text.replacing(from, with: to), file: "proposal.yaml").charter
        }

        /// The check of the charter's own publication.
        func check(trusting trusted: TrustedSigners = TrustedSigners()) -> PublicationCheck {
            PublicationCheck(files, trusting: trusted)
        }
    }

    /// Sixty people say yes to a change, and forty no.
    private static func box(_ proposal: Charter, changing old: Charter, yes: Int = 60, no: Int = 40) throws -> BallotBox
    {
        try MadeUpRound.ballots(on: proposal, changing: old, voters: yes + no) { voter in voter < yes ? "yes" : "no" }
    }

    private static func publish(
        _ old: Charter, _ proposal: Charter, yes: Int = 60, no: Int = 40, threshold: Int = 5, heldBack: Int = 0
    ) throws -> [String: [UInt8]] {
        let box = try box(proposal, changing: old, yes: yes, no: no)
        let round = try AmendmentRound(of: old, proposal: proposal, ballots: box, threshold: threshold)
        var chance = SeededChance(state: 8)
        return try Publication(
            of: round, from: old, proposal: proposal, ballots: box, threshold: threshold, ballotsHeldBack: heldBack,
            by: "Riverside", with: MadeUpRound.key(), using: &chance
        ).files
    }

    /// The files with a manifest that fits them, as somebody with the publisher's key could make it.
    private static func signedAgain(_ files: [String: [UInt8]], heldBack: Int = 0) throws -> [String: [UInt8]] {
        let charter = try Charter.read(files["charter.yaml"] ?? [], file: "charter.yaml").charter
        var files = files
        files[PublicationFile.manifest.rawValue] = nil
        files[PublicationFile.manifestSignature.rawValue] = nil
        let key = try MadeUpRound.key()
        let manifest = PublicationManifest(
            .amendment, of: charter, files: files, ballotsHeldBack: heldBack, publisher: "Riverside",
            key: key.verifyingKey)
        files[PublicationFile.manifest.rawValue] = manifest.canonical
        let signature = try MadeUpRound.require(
            key.signature(over: manifest.canonical, for: PublicationManifest.purpose))
        files[PublicationFile.manifestSignature.rawValue] = Array((signature + "\n").utf8)
        return files
    }

    private static func step(_ name: String, of check: PublicationCheck) throws -> PublicationCheck.Step {
        try #require(check.steps.first { $0.name == name })
    }

    @Test("what was held against the charter stays, also where the proposal leaves it out")
    func dissentStays() throws {
        let round = try Self.published.get()
        #expect(!round.old.dissent.isEmpty)
        let bare = try round.proposal().reissued(as: round.old.version, settling: Set(round.old.dissent))
        let change = try AmendmentRound(
            of: round.old, proposal: bare, ballots: Self.box(bare, changing: round.old), threshold: 1_000_000)
        let new = try #require(change.charter)
        for dissent in round.old.dissent { #expect(new.dissent.contains(dissent), "\(dissent.says)") }
        // Forty no are told, whatever threshold was asked for.
        #expect(new.dissent.last?.heldBy == Share("0.4") && new.dissent.count == round.old.dissent.count + 1)
        // Only to leave out dissent changes nothing.
        let only = round.old.reissued(as: round.old.version, settling: Set(round.old.dissent))
        #expect(throws: RatificationError.nothingProposed) {
            try AmendmentRound(
                of: round.old, proposal: only, ballots: Self.box(only, changing: round.old), threshold: 5)
        }
    }

    @Test("a refusal goes with the very clause that it refuses, and no other dissent does")
    func clauseGone() throws {
        let round = try Self.published.get()
        let clause = try #require(round.draft.terms.clauses.first)
        let words = try #require(round.old.words(at: clause.path)).says
        let refusal = try #require(round.old.dissent.first { $0.says == CharterDraft.refusal(of: words) })
        let gone = round.old.reissued(
            as: round.old.version, leavingOut: [clause.path], settling: Set(round.old.dissent))
        let new = try #require(
            try AmendmentRound(
                of: round.old, proposal: gone, ballots: Self.box(gone, changing: round.old, yes: 100, no: 0),
                threshold: 5
            ).charter)
        #expect(new.dissent == round.old.dissent.filter { $0 != refusal })
    }

    @Test("a proposal can't say how people voted on what they didn't vote on")
    func forgedNumbers() throws {
        let round = try Self.published.get()
        let clause = try #require(round.draft.terms.clauses.first)
        let own = try #require(round.old.words(at: clause.path))
        let origin = try #require(own.origin)
        let better = try round.proposal(" of: \(origin.of)", " of: \(origin.of + 1)")
        let other = try round.proposal(own.says, "Everybody pays.")
        for proposal in [better, other] {
            #expect(throws: RatificationError.self) {
                try AmendmentRound(
                    of: round.old, proposal: proposal, ballots: Self.box(proposal, changing: round.old), threshold: 5)
            }
        }
        #expect(throws: RatificationError.strangeOrigin(clause.path)) {
            try AmendmentRound(
                of: round.old, proposal: other, ballots: Self.box(other, changing: round.old), threshold: 5)
        }
        let says = "Nearly all of us want more."
        let louder = round.old.reissued(
            as: round.old.version, adding: [Charters.Dissent(says: says, heldBy: Share("0.9"))])
        #expect(throws: RatificationError.strangeDissent(says)) {
            try AmendmentRound(
                of: round.old, proposal: louder, ballots: Self.box(louder, changing: round.old), threshold: 5)
        }
        let plain = round.old.reissued(as: round.old.version, adding: [Charters.Dissent(says: says, heldBy: nil)])
        let taken = try AmendmentRound(
            of: round.old, proposal: plain, ballots: Self.box(plain, changing: round.old), threshold: 5)
        #expect(taken.charter?.dissent.contains { $0.says == says } == true)
    }

    @Test("it is said what was changed, and known to have been published only where its publication is named")
    func previous() throws {
        let round = try Self.published.get()
        let files = try Self.publish(round.old, round.proposal())
        let alone = PublicationCheck(files)
        let open = try Self.step("previous", of: alone)
        #expect(open.finding == .unchecked && open.words.contains(round.old.fingerprint.hexadecimal))
        #expect(!alone.holds && alone.holdsAsFarAsPublished)
        let after = PublicationCheck(files, after: round.check())
        #expect(after.holds, "\(after.steps)")
        #expect(try Self.step("previous", of: after).finding == .ok)
        // A publisher that isn't trusted isn't trusted for what came before either.
        let trusted = TrustedSigners([.init(name: "Ama", key: try MadeUpRound.key(1).verifyingKey)])
        let strange = PublicationCheck(files, trusting: trusted, after: round.check(trusting: trusted))
        #expect(try Self.step("previous", of: strange).finding == .failed)
        // A charter that is easier to change than the one that was published.
        let easy = try Charter.read(
            round.old.text.replacing("consensus: 0.6", with: "consensus: 0.1").replacing(
                "quorum: 10", with: "quorum: 1"),
            file: "previous.yaml"
        ).charter
        let changed = try Charter.read(
            easy.text.replacing("purpose: ", with: "purpose: Always, "), file: "proposal.yaml"
        ).charter
        let forged = try Self.publish(easy, changed, yes: 3, no: 2)
        #expect(PublicationCheck(forged).holdsAsFarAsPublished)
        let found = PublicationCheck(forged, after: round.check())
        #expect(try Self.step("previous", of: found).finding == .failed)
        // One change after the other.
        let second = try #require(after.charter)
        let third = try Charter.read(
            second.text.replacing("purpose: ", with: "purpose: Again, "), file: "proposal.yaml"
        ).charter
        let more = try Self.publish(second, third)
        #expect(PublicationCheck(more, after: after).holds)
        #expect(try Self.step("previous", of: PublicationCheck(more, after: alone)).finding == .unchecked)
        #expect(!PublicationCheck(more, after: round.check()).holdsAsFarAsPublished)
    }

    @Test("a change that was changed and signed anew is found")
    func signedAnew() throws {
        let round = try Self.published.get()
        let files = try Self.publish(round.old, round.proposal())
        let before = round.check()
        #expect(PublicationCheck(try Self.signedAgain(files), after: before).holds)
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        for file in [PublicationFile.terms, .previous, .outcome, .charter, .diff] {
            let bytes = try #require(files[file.rawValue])
            for place in bytes.indices
            where isDigit(bytes[place]) && (place + 1 == bytes.count || !isDigit(bytes[place + 1])) {
                var changed = files
                changed[file.rawValue]?[place] = bytes[place] == 0x39 ? 0x30 : bytes[place] + 1
                guard let signed = try? Self.signedAgain(changed) else { continue }
                #expect(!PublicationCheck(signed, after: before).holdsAsFarAsPublished, "\(file) at \(place)")
            }
        }
        for (file, from, to) in [
            (PublicationFile.ballots, "yes", "no"), (.ballots, "no\n", "abstain\n"), (.proposal, " of: ", " of: 1"),
            (.proposal, "Always", "Never"), (.charter, "held-by: 0.4", "held-by: 0.1"),
        ] {
            let text = String(decoding: files[file.rawValue] ?? [], as: UTF8.self)
            let place = try #require(text.range(of: from))
            var changed = files
            changed[file.rawValue] = Array(text.replacingCharacters(in: place, with: to).utf8)
            guard let signed = try? Self.signedAgain(changed) else { continue }
            #expect(!PublicationCheck(signed, after: before).holdsAsFarAsPublished, "\(file): \(from) to \(to)")
        }
        // Without the dissent that was there before, as a careless or hostile publisher would leave it out.
        var bare = files
        let new = try #require(PublicationCheck(files).charter)
        bare["charter.yaml"] = Array(new.reissued(as: new.version, settling: Set(new.dissent)).text.utf8)
        #expect(!PublicationCheck(try Self.signedAgain(bare), after: before).holdsAsFarAsPublished)
        // With a threshold that would lose a no.
        var high = files
        high["parameters.json"] = AmendmentTerms(threshold: 1_000_000).canonical
        let check = PublicationCheck(try Self.signedAgain(high), after: before)
        #expect(try Self.step("parameters", of: check).finding == .failed)
    }

    @Test("ballots that were held back are told, with what they could have changed, and can't be fewer than none")
    func heldBack() throws {
        let round = try Self.published.get()
        let files = try Self.publish(round.old, round.proposal(), yes: 50, no: 30, heldBack: 20)
        let words = try Self.step("ratification", of: PublicationCheck(files)).words
        #expect(words.contains("20 ballots were held back") && words.contains("could have changed the result"))
        let few = try Self.publish(round.old, round.proposal(), yes: 90, no: 10, heldBack: 1)
        let none = try Self.step("ratification", of: PublicationCheck(few)).words
        #expect(none.contains("One ballot was held back") && none.contains("couldn't have changed the result"))
        let wrong = try Self.signedAgain(few, heldBack: -3)
        #expect(!PublicationCheck(wrong).holdsAsFarAsPublished)
        let proposal = try round.proposal()
        let all = try Self.box(proposal, changing: round.old, yes: 50, no: 50)
        #expect(AmendmentRound.finding(of: all, under: round.old) == .tooFewAgreed)
        #expect(
            AmendmentRound.finding(of: try Self.box(proposal, changing: round.old, yes: 50, no: 30), under: round.old)
                == .taken)
    }
}
