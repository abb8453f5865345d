import Charters
import Foundation
import Testing

@testable import Deliberation

@Suite("A publication")
struct PublicationTests {
    private static let round = Result { try Round() }

    /// A round from votes to a publication that two people signed.
    private struct Round {
        let draft: CharterDraft
        let box: BallotBox
        let ratification: Ratification
        let signatures: CharterSignatures
        let files: [String: [UInt8]]
        let codes: [Publication.Code]

        init() throws {
            draft = try MadeUpRound.draft()
            box = try MadeUpRound.ballots(on: draft) { voter, question in
                ["yes", "yes", "no", "abstain", "yes"][(voter * 3 + question * (voter % 2)) % 5]
            }
            ratification = try Ratification(of: draft.charter, terms: draft.terms, ballots: box)
            signatures = CharterSignatures([
                try CharterSignature(of: ratification.charter, by: "Ama", with: MadeUpRound.key(1)),
                try CharterSignature(of: ratification.charter, by: "Kofi", with: MadeUpRound.key(2), at: "2026-11-28"),
            ])
            (files, codes) = try Self.published(draft, ratification, box, signatures, seed: 1)
        }

        func published(seed: UInt64, withVotes: Bool = true) throws -> ([String: [UInt8]], [Publication.Code]) {
            try Self.published(draft, ratification, box, signatures, seed: seed, withVotes: withVotes)
        }

        private static func published(
            _ draft: CharterDraft, _ ratification: Ratification, _ box: BallotBox, _ signatures: CharterSignatures,
            seed: UInt64, withVotes: Bool = true
        ) throws -> ([String: [UInt8]], [Publication.Code]) {
            var chance = SeededChance(state: seed)
            let publication = try Publication(
                of: draft, ratified: ratification, ballots: box, signatures: signatures, withVotes: withVotes,
                by: "Riverside", with: MadeUpRound.key(), using: &chance)
            return (publication.files, publication.codes)
        }
    }

    /// The files with a manifest that fits them, as somebody with the publisher's key could make it.
    private static func signedAgain(_ files: [String: [UInt8]]) throws -> [String: [UInt8]] {
        let round = try round.get()
        let key = try MadeUpRound.key()
        var files = files
        files[PublicationFile.manifest.rawValue] = nil
        files[PublicationFile.manifestSignature.rawValue] = nil
        let manifest = PublicationManifest(
            .charter, of: round.ratification.charter, files: files, ballotsHeldBack: 0, publisher: "Riverside",
            key: key.verifyingKey)
        files[PublicationFile.manifest.rawValue] = manifest.canonical
        files[PublicationFile.manifestSignature.rawValue] =
            Array(
                (try MadeUpRound.require(key.signature(over: manifest.canonical, for: PublicationManifest.purpose))
                    + "\n")
                    .utf8)
        return files
    }

    /// - Parameter draft: What follows from the votes in the files, where they weren't touched: it takes longest.
    private static func check(_ files: [String: [UInt8]], knowing draft: CharterDraft? = nil) throws -> PublicationCheck
    {
        PublicationCheck(
            files, reckoned: draft,
            trusting: TrustedSigners([
                .init(name: "The town", key: try MadeUpRound.key().verifyingKey),
                .init(name: "Ama Okoye", key: try MadeUpRound.key(1).verifyingKey),
            ]))
    }

    @Test("everything that is reckoned again from the published votes is as it was published")
    func whole() throws {
        let round = try Self.round.get()
        let check = try Self.check(round.files)
        #expect(check.holds, "\(check.steps.filter { $0.finding != .ok })")
        #expect(
            check.steps.map(\.name) == [
                "publisher", "files", "parameters", "votes", "groups", "slate", "tables", "draft", "ratification",
                "charter", "changes", "fingerprint", "signatures",
            ])
        #expect(check.charter == round.ratification.charter)
        #expect(check.publisher?.name == "Riverside" && check.publisher?.trustedAs == "The town")
        let signatures = try #require(check.steps.last).words
        #expect(signatures.contains("Ama Okoye") && signatures.contains("Kofi"))
        #expect(PublicationCheck(round.files).publisher?.trustedAs == nil)
        let names = Set(round.files.keys)
        #expect(names == Set(PublicationFile.allCases.map(\.rawValue)).subtracting(["previous.yaml", "proposal.yaml"]))
    }

    @Test("rows get new numbers and another order each time, without times, and a code finds one's own")
    func rows() throws {
        let round = try Self.round.get()
        let (again, _) = try round.published(seed: 2)
        #expect(try Self.check(again).holds)
        let read = { (files: [String: [UInt8]]) in
            try PolisConversation(.init(participantsVotes: files["participants-votes.csv"]))
        }
        let (first, second) = (try read(round.files), try read(again))
        #expect(Set(first.participants).isDisjoint(with: second.participants))
        #expect(Set(first.participants).isDisjoint(with: round.draft.conversation.participants))
        #expect(first.votes.votes != second.votes.votes)
        for code in round.codes where code.file == .votes {
            let row = try #require(first.participants.firstIndex(of: code.code))
            let own = try #require(round.draft.conversation.participants.firstIndex { String($0) == code.participant })
            #expect(
                first.votes.votes(of: row).map(\.stance) == round.draft.conversation.votes.votes(of: own).map(\.stance))
        }
        #expect(round.codes.count == 60 + 30)
        let mine = try #require(round.codes.first { $0.file == .votes })
        let found = try #require(PublishedRow.all(String(mine.code), in: round.files).first)
        #expect(found.file == "participants-votes.csv" && found.answers.count >= 4)
        #expect(found.answers[0].of == "#10 Open the library on Sundays.")
        let ballot = try #require(round.codes.first { $0.participant == "v0" })
        #expect(
            PublishedRow.all(String(ballot.code), in: round.files).first?.answers.map(\.said) == ["yes", "yes", "yes"])
        #expect(
            PublishedRow.all(String(ballot.code), in: round.files).first?.answers.contains {
                $0.of == "we-need-benches-real-ones-12: We need benches, “real” ones."
            } == true)
        #expect(PublishedRow.all("1", in: round.files).isEmpty && PublishedRow.all("x", in: [:]).isEmpty)
        // Different numbers in the two files, so that a ballot can't be laid beside a row.
        #expect(Set(round.codes.map(\.code)).count == 90)
        for (name, bytes) in round.files {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("timestamp") && !text.contains("v17,"), "\(name)")
        }
    }

    @Test("no published number is of fewer people than the threshold, in any table or row")
    func smallCells() throws {
        let round = try Self.round.get()
        let read = try PolisConversation(.init(participantsVotes: round.files["participants-votes.csv"]))
        for tally in read.votes.tallies {
            #expect(Stance.allCases.allSatisfy { tally[$0] == 0 || tally[$0] >= 5 })
        }
        let table = String(decoding: round.files["tables.csv"] ?? [], as: UTF8.self).split(separator: "\n").dropFirst()
        #expect(table.contains { $0.contains(GroupTable.mark) })
        for row in table {
            let cells = row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(2)
            #expect([0, 3].contains(cells.count { $0 == GroupTable.mark }))
            for cell in cells {
                #expect(cell == GroupTable.mark || Int(cell).map { $0 == 0 || $0 >= 5 } == true)
            }
        }
    }

    @Test(
        "a change to any file, a file less and a file more are found",
        arguments: PublicationFile.allCases.filter { $0 != .previous && $0 != .proposal })
    func tampering(file: PublicationFile) throws {
        let files = try Self.round.get().files
        let isSource = [.votes, .statements, .summary, .terms].contains(file)
        let known = isSource ? nil : try Self.round.get().draft
        let bytes = try #require(files[file.rawValue])
        for place in [0, bytes.count / 3, bytes.count / 2, bytes.count - 1] {
            var changed = files
            changed[file.rawValue]?[place] ^= 1
            #expect(try !Self.check(changed, knowing: known).holdsAsFarAsPublished, "\(file) at \(place)")
        }
        for other in [bytes + [10], Array(bytes.dropLast()), []] {
            var changed = files
            changed[file.rawValue] = other
            #expect(try !Self.check(changed, knowing: known).holdsAsFarAsPublished)
        }
        var less = files
        less[file.rawValue] = nil
        #expect(try !Self.check(less, knowing: known).holdsAsFarAsPublished)
        var more = files
        more["more.txt"] = [10]
        #expect(try !Self.check(more, knowing: known).holdsAsFarAsPublished)
    }

    @Test(
        "a server that signs anew what it changed is found at every number that follows from the votes",
        arguments: [PublicationFile.slate, .tables, .draft, .outcome, .charter, .diff])
    func dishonest(file: PublicationFile) throws {
        let files = try Self.round.get().files
        let bytes = try #require(files[file.rawValue])
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let numbers = bytes.indices.filter { isDigit(bytes[$0]) && ($0 + 1 == bytes.count || !isDigit(bytes[$0 + 1])) }
        #expect(!numbers.isEmpty)
        for place in numbers {
            var changed = files
            changed[file.rawValue]?[place] = bytes[place] == 0x39 ? 0x30 : bytes[place] + 1
            let check = try Self.check(Self.signedAgain(changed), knowing: Self.round.get().draft)
            let failed = check.steps.filter { $0.finding == .failed }.map(\.name)
            #expect(!failed.isEmpty && !failed.contains("files"), "\(file) at \(place)")
        }
    }

    @Test("a vote or a ballot that was changed before signing shows in what follows from it")
    func votes() throws {
        let files = try Self.round.get().files
        #expect(try Self.check(Self.signedAgain(files)).holds)
        for (file, from, to) in [
            (PublicationFile.votes, ",1", ",-1"), (.votes, "-1", "1"), (.votes, ",1", ","), (.ballots, "yes", "no"),
            (.ballots, "no", "abstain"), (.ballots, "abstain", ""), (.terms, #""seats":3"#, #""seats":2"#),
            (.terms, #""quorum":10"#, #""quorum":11"#), (.terms, #""consensus":"0.6""#, #""consensus":"0.5""#),
            (.statements, "benches", "beaches"),
        ] {
            let text = String(decoding: files[file.rawValue] ?? [], as: UTF8.self)
            let header = text.prefix { $0 != "\n" }
            let isTable = file == .votes || file == .ballots
            let rest = isTable ? String(text.dropFirst(header.count)) : text
            let place = try #require(rest.range(of: from))
            var changed = files
            changed[file.rawValue] = Array(
                ((isTable ? String(header) : "") + rest.replacingCharacters(in: place, with: to)).utf8)
            let check = try Self.check(Self.signedAgain(changed))
            let isFound = !check.holdsAsFarAsPublished
            #expect(isFound, "\(file): \(from) to \(to)")
        }
    }

    @Test("the sources hold nothing but what is read from them: a column, row or statement more is found")
    func sources() throws {
        let round = try Self.round.get()
        let text = { (file: PublicationFile) in String(decoding: round.files[file.rawValue] ?? [], as: UTF8.self) }
        let wider = { (file: PublicationFile, name: String) in
            text(file).split(separator: "\n").enumerated().map { "\($1),\($0 == 0 ? name : "a@example.org")\n" }
                .joined()
        }
        for (file, bytes) in [
            (PublicationFile.votes, wider(.votes, "email")), (.statements, wider(.statements, "author-id")),
            (.summary, text(.summary) + "moderators,Ama\n"), (.votes, text(.votes).replacing("\n", with: "\r\n")),
            (.statements, text(.statements).replacing("\n14,1,", with: "\n14,-1,")),
        ] {
            #expect(bytes != text(file))
            var changed = round.files
            changed[file.rawValue] = Array(bytes.utf8)
            let check = try Self.check(Self.signedAgain(changed), knowing: round.draft)
            #expect(check.steps.filter { $0.finding == .failed }.map(\.name).contains("votes"), "\(file)")
        }
    }

    @Test("in slate.json so few people who agree with nothing chosen are told as fewer than the threshold")
    func smallNumbers() throws {
        var rows = ["participant," + (0..<8).map(String.init).joined(separator: ",")]
        // Thirty and twenty-seven of two minds, three who disagree with everything, two who hardly voted.
        for person in 0..<60 {
            rows.append(
                "\(person),"
                    + (0..<8).map { person < 57 && (person < 30) == ($0 < 4) ? "1" : "-1" }.joined(separator: ","))
        }
        rows += ["60,1,,,,,,,", "61,,,,,1,,,"]
        let comments = ["comment-id,moderated,comment-body"] + (0..<8).map { "\($0),1,Statement \($0)." }
        let open = PublishableConversation(
            try PolisConversation(
                .init(
                    participantsVotes: Array(rows.joined(separator: "\n").utf8),
                    comments: Array(comments.joined(separator: "\n").utf8))))
        let draft = try CharterDraft(
            open,
            terms: DraftTerms(
                charter: "a/b", version: "0.1.0", purpose: "Help.", conversation: "Minds", seats: 2,
                amendment: .init(by: "vote", quorum: 5, consensus: "0.6")))
        let text = String(decoding: draft.files[.slate] ?? [], as: UTF8.self)
        #expect(draft.slate.unheard == 3 && text.contains(#""unheard":{"fewer-than":5}"#))
        #expect(PublishedSlate(canonical: Array(text.utf8))?.people == 62)
    }

    @Test("another publisher's key, and signatures under another charter, are seen")
    func keys() throws {
        let round = try Self.round.get()
        var chance = SeededChance(state: 3)
        let other = try Publication(
            of: round.draft, ratified: round.ratification, ballots: round.box, by: "Riverside",
            with: MadeUpRound.key(9), using: &chance)
        let check = try Self.check(other.files)
        #expect(check.holds && check.publisher?.trustedAs == nil)
        let stray = CharterSignatures([
            try CharterSignature(of: round.draft.charter, by: "Eve", with: MadeUpRound.key(3))
        ])
        #expect(throws: Publication.Refusal.strangeSignature("Eve")) {
            try Publication(
                of: round.draft, ratified: round.ratification, ballots: round.box, signatures: stray, by: "Riverside",
                with: MadeUpRound.key(), using: &chance)
        }
        #expect(throws: Publication.Refusal.unclearName) {
            try Publication(
                of: round.draft, ratified: round.ratification, ballots: round.box, by: "a\nb", with: MadeUpRound.key(),
                using: &chance)
        }
        var changed = round.files
        changed[PublicationFile.signatures.rawValue] = Array(stray.json.utf8)
        let found = try Self.check(Self.signedAgain(changed))
        #expect(found.steps.last?.finding == .failed)
    }

    @Test("without votes it says what can't be checked, and checks the rest")
    func withoutVotes() throws {
        let round = try Self.round.get()
        let (files, codes) = try round.published(seed: 4, withVotes: false)
        #expect(files["participants-votes.csv"] == nil && codes.allSatisfy { $0.file == .ballots })
        let check = try Self.check(files)
        #expect(!check.holds && check.holdsAsFarAsPublished)
        #expect(
            check.steps.filter { $0.finding == .unchecked }.map(\.name) == [
                "votes", "groups", "slate", "tables", "draft",
            ])
        for (file, from, to) in [
            (PublicationFile.slate, "{", "not json"), (.slate, "{", "{ "), (.slate, #""seats":3"#, #""seats":4"#),
            (.slate, #""agree":53"#, #""agree":54"#), (.slate, #""id":12"#, #""id":99"#),
            (.slate, #""held-by":0."#, #""held-by":0.1"#), (.slate, #""people":60"#, #""people":30"#),
            (.tables, "group-id", "group"), (.tables, "\n12,0,held back", "\n12,0,4"),
            (.tables, "held back,held back,held back", "1,1,1"), (.statements, ",1,", ",-1,"),
            (.statements, "comment-body\n", "comment-body,author-id\n"), (.draft, "agree: 53", "agree: 55"),
        ] {
            let text = String(decoding: files[file.rawValue] ?? [], as: UTF8.self)
            guard let place = text.range(of: from) else {
                #expect(file == .tables, "\(from) isn't in \(file)")
                continue
            }
            var changed = files
            changed[file.rawValue] = Array(text.replacingCharacters(in: place, with: to).utf8)
            #expect(try !Self.check(Self.signedAgain(changed)).holdsAsFarAsPublished, "\(file): \(from) to \(to)")
        }
        for file in [PublicationFile.draft, .outcome, .charter, .diff, .ballots] {
            var changed = files
            let text = String(decoding: files[file.rawValue] ?? [], as: UTF8.self)
            let wrong =
                file == .ballots
                ? text.replacing("yes", with: "no")
                : text.replacing("benches", with: "beaches")
                    .replacing("\"yes\":", with: "\"yes\":1") + (file == .diff ? "x" : "")
            changed[file.rawValue] = Array(wrong.utf8)
            #expect(try !Self.check(Self.signedAgain(changed)).holdsAsFarAsPublished, "\(file)")
        }
    }

    @Test("a change to a charter is published and checked in the same way")
    func amendment() throws {
        let old = try Self.round.get().ratification.charter
        let proposal = try Charter.read(
            old.text.replacing("purpose: ", with: "purpose: Always, "), file: "proposal.yaml"
        ).charter
        let box = try MadeUpRound.ballots(on: proposal, changing: old, voters: 20) { $0 < 13 ? "yes" : "no" }
        let change = try AmendmentRound(of: old, proposal: proposal, ballots: box, threshold: 5)
        let new = try #require(change.charter)
        let signatures = CharterSignatures([try CharterSignature(of: new, by: "Ama", with: MadeUpRound.key(1))])
        var chance = SeededChance(state: 8)
        let publication = try Publication(
            of: change, from: old, proposal: proposal, ballots: box, threshold: 5, signatures: signatures,
            by: "Riverside", with: MadeUpRound.key(), using: &chance)
        let check = try Self.check(publication.files)
        #expect(check.holdsAsFarAsPublished, "\(check.steps)")
        #expect(check.steps.filter { $0.finding == .unchecked }.map(\.name) == ["previous"])
        #expect(check.charter == new)
        let voter = try #require(publication.codes.first)
        let own = try #require(PublishedRow.all(String(voter.code), in: publication.files).first?.answers.first)
        #expect(own.of.hasPrefix("proposal: ") && own.of.contains("Always, "))
        for (name, bytes) in publication.files {
            var changed = publication.files
            changed[name]?[bytes.count / 2] ^= 1
            #expect(try !Self.check(changed).holdsAsFarAsPublished, "\(name)")
        }
        let refused = try AmendmentRound(
            of: old, proposal: proposal, ballots: MadeUpRound.ballots(on: proposal, changing: old) { _ in "no" },
            threshold: 5)
        #expect(throws: Publication.Refusal.notTaken) {
            try Publication(
                of: refused, from: old, proposal: proposal, ballots: box, threshold: 5, by: "Riverside",
                with: MadeUpRound.key(), using: &chance)
        }
    }

    @Test("no files make the check crash, and what was changed without being signed anew never holds")
    func fuzz() throws {
        let whole = try Self.round.get().files
        let (withoutVotes, _) = try Self.round.get().published(seed: 5, withVotes: false)
        var chance = SeededChance(state: 13)
        for number in 0..<160 {
            let files = number < 60 ? whole : withoutVotes
            var changed = files
            for name in files.keys.sorted() where Int.random(in: 0..<3, using: &chance) == 0 {
                var bytes = changed[name] ?? []
                for _ in 0..<3 where !bytes.isEmpty {
                    let place = Int.random(in: 0..<bytes.count, using: &chance)
                    if Bool.random(using: &chance) {
                        bytes[place] = UInt8.random(in: 0...255, using: &chance)
                    } else {
                        bytes.removeSubrange(place...)
                    }
                }
                changed[name] = bytes
            }
            // Signed anew, a change to what nothing can be reckoned from may stand; it only mustn't crash.
            let isSignedAgain = Bool.random(using: &chance)
            let check = try Self.check(isSignedAgain ? Self.signedAgain(changed) : changed)
            if !isSignedAgain, changed != files { #expect(!check.holdsAsFarAsPublished) }
        }
        #expect(!PublicationCheck([:]).holds)
    }
}
