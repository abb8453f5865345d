public import Charters
import SocialChoice

/// Reckons everything in a publication again from the published votes and compares it with what was published, byte by
/// byte: nothing that a server says is taken on trust.
///
/// It shows that the charter follows from these votes by these rules, and that nothing was changed since the publisher
/// signed. It can't show that the votes are those that people cast: each of them can, by the number of their row.
public struct PublicationCheck: Sendable {
    /// What a step found.
    public enum Finding: String, Sendable, Hashable, Codable {
        /// It is as it should be.
        case ok
        /// It isn't.
        case failed
        /// It can't be checked, because the votes weren't published, or nobody named what came before.
        case unchecked
    }

    /// One step.
    public struct Step: Sendable, Hashable, Codable {
        /// What was looked at, in a word or two.
        public let name: String
        /// What was found.
        public let finding: Finding
        /// The same in a sentence.
        public let words: String
    }

    /// The steps, in their order.
    public private(set) var steps: [Step] = []
    /// The charter that was published. Nil when it can't be read.
    public private(set) var charter: Charter?
    /// Who published it, as they call themselves, and whether their key is trusted. Nil without a sound signature.
    public internal(set) var publisher: (name: String, trustedAs: String?)?

    /// Whether every step is as it should be.
    public var holds: Bool { steps.allSatisfy { $0.finding == .ok } }
    /// Whether no step failed, though some couldn't be made.
    public var holdsAsFarAsPublished: Bool { steps.allSatisfy { $0.finding != .failed } }

    let files: [String: [UInt8]]
    let trusted: TrustedSigners
    /// Ballots that are in no file, as the manifest says.
    private(set) var ballotsHeldBack = 0
    private let reckoned: CharterDraft?

    /// Checks.
    ///
    /// - Parameters:
    ///   - files: The files of the publication by their names; those that don't belong to it are complained about.
    ///   - trusted: Keys that are known here. Without them it is said that nobody knows whose signatures these are.
    ///   - previous: For a change to a charter, the check of the publication of that charter.
    /// - Complexity: that of a landscape and a slate.
    public init(
        _ files: [String: [UInt8]], trusting trusted: TrustedSigners = TrustedSigners(),
        after previous: PublicationCheck? = nil
    ) {
        self.init(files, reckoned: nil, trusting: trusted, after: previous)
    }

    /// - Parameter reckoned: What follows from the votes and terms of these very files, so that many checks of files that
    ///   differ elsewhere needn't find the groups each time.
    init(
        _ files: [String: [UInt8]], reckoned: CharterDraft?, trusting trusted: TrustedSigners,
        after previous: PublicationCheck? = nil
    ) {
        self.files = files
        self.trusted = trusted
        self.reckoned = reckoned
        let manifest = checkManifest()
        ballotsHeldBack = manifest?.ballotsHeldBack ?? 0
        switch manifest?.kind ?? (files[PublicationFile.previous.rawValue] == nil ? .charter : .amendment) {
        case .charter: checkCharter()
        case .amendment: checkAmendment(after: previous)
        }
        checkSignatures(manifest)
    }

    // MARK: Noting

    mutating func ok(_ name: String, _ words: String) {
        steps.append(Step(name: name, finding: .ok, words: words))
    }

    mutating func unchecked(_ name: String, _ words: String) {
        steps.append(Step(name: name, finding: .unchecked, words: words))
    }

    mutating func failed(_ name: String, _ words: String) {
        steps.append(Step(name: name, finding: .failed, words: words))
    }

    /// Notes whether what was reckoned is what was published. True if so.
    @discardableResult
    mutating func compare(
        _ name: String, _ file: PublicationFile, with reckoned: [UInt8], _ words: String
    ) -> Bool {
        guard let published = files[file.rawValue] else {
            failed(name, "\(file.rawValue) is missing.")
            return false
        }
        guard published == reckoned else {
            let place = zip(published, reckoned).enumerated().first { $1.0 != $1.1 }?.offset
            let start = max(0, (place ?? min(published.count, reckoned.count)) - 20)
            let excerpt = { (bytes: [UInt8]) in
                importExcerpt(String(decoding: bytes.dropFirst(start).prefix(40), as: UTF8.self))
            }
            failed(
                name,
                "\(file.rawValue) isn't what follows from the votes. It says \(excerpt(published)) where \(excerpt(reckoned)) should stand."
            )
            return false
        }
        ok(name, words)
        return true
    }

    // MARK: A charter

    private mutating func checkCharter() {
        guard let terms = DraftTerms(canonical: files[PublicationFile.terms.rawValue] ?? []) else {
            failed("parameters", "parameters.json is missing, or isn't in canonical form (RFC 8785).")
            return
        }
        guard terms.amends == nil else {
            failed(
                "parameters",
                "parameters.json is of a change to a charter, and this is published as a charter of its own.")
            return
        }
        checkParameters(terms)
        guard let votes = files[PublicationFile.votes.rawValue] else {
            checkWithoutVotes(terms)
            return
        }
        guard let draft = checkVotes(votes, terms) else { return }
        checkRatification(draft.charter, terms)
    }

    mutating func checkParameters(_ terms: DraftTerms) {
        ok(
            "parameters",
            "\(terms.seats) seats, search for groups from seed \(terms.seed), numbers below \(terms.threshold) held back. \(terms.heldBack.words)"
        )
    }

    /// What follows from the votes, each compared with what was published. Nil where nothing does.
    mutating func checkVotes(_ votes: [UInt8], _ terms: DraftTerms, changing old: Charter? = nil) -> CharterDraft? {
        let conversation: PublishableConversation
        let published: PolisConversation
        do throws(ImportProblem) {
            published = try PolisConversation(
                .init(
                    participantsVotes: votes, comments: files[PublicationFile.statements.rawValue],
                    summary: files[PublicationFile.summary.rawValue]))
            conversation = PublishableConversation(published: published, heldBack: terms.heldBack)
        } catch {
            failed("votes", "\(error)")
            return nil
        }
        if let odd = oddities(published, conversation) {
            failed("votes", odd)
        } else if let rare = conversation.rareAnswer(below: terms.threshold) {
            failed(
                "votes",
                "Only \(rare.count) gave one of the answers to statement #\(rare.statement), and fewer than \(terms.threshold) should have been held back."
            )
        } else {
            ok(
                "votes",
                "\(conversation.votes.voteCount) votes of \(conversation.votes.participantCount) people on \(conversation.statements.count) statements; every answer was given by at least \(terms.threshold)."
            )
        }
        let draft: CharterDraft
        if let reckoned {
            draft = reckoned
        } else {
            do throws(DraftError) { draft = try CharterDraft(conversation, terms: terms, changing: old) } catch {
                failed("slate", "\(error)")
                return nil
            }
        }
        checkGroups(draft, published)
        checkDraft(draft, terms)
        return draft
    }

    private mutating func checkGroups(_ draft: CharterDraft, _ published: PolisConversation) {
        let said = Dictionary(
            zip(published.participants, published.publishedGroups), uniquingKeysWith: { first, _ in first })
        let differing = zip(draft.conversation.participants, draft.groups).count { said[$0] != $1 }
        if differing == 0 {
            ok(
                "groups",
                draft.groupCount > 1
                    ? "\(draft.groupCount) groups, everybody in the one that was published."
                    : "No groups, as published.")
        } else {
            failed("groups", "\(differing) people are in another group than was published.")
        }
    }

    private mutating func checkDraft(_ draft: CharterDraft, _ terms: DraftTerms) {
        let certificate =
            if case .holds = draft.slate.certificate { "no group was forgotten (EJR+ holds)" } else {
                "a group was forgotten (EJR+ fails)"
            }
        compare(
            "slate", .slate, with: draft.slateRecord,
            "The same \(draft.slate.entries.count) statements are chosen, \(certificate), and \(draft.dissent.count) dissents are kept\(draft.dissentHeldBack == 0 ? "" : "; \(draft.dissentHeldBack) of too few people, or without words, are counted and not told")."
        )
        let table = draft.table
        compare(
            "tables", .tables, with: table.bytes,
            "How groups voted is the same; \(table.heldBack) numbers are held back, and none can be reckoned from the others there and the sizes of groups."
        )
        // A clause for each statement is added where the terms lack one: then they aren't the terms that were drafted by.
        guard draft.terms == terms else {
            failed("draft", "A chosen statement has no clause in parameters.json.")
            return
        }
        guard draft.previous == nil else {
            let kept = draft.kept.map { "#\($0.statement) (\($0.path))" }.joined(separator: ", ")
            compare(
                "proposal", .proposal, with: Array(draft.charter.text.utf8),
                "It is the charter with \(terms.clauses.count) new clauses, each on chosen statements, with the votes that it says, and with all that was held against it.\(kept.isEmpty ? "" : " Said in it already: \(kept).")"
            )
            return
        }
        compare(
            "draft", .draft, with: Array(draft.charter.text.utf8),
            "Each of its \(terms.clauses.count) clauses stands on chosen statements, with the votes that it says.")
    }

    mutating func checkRatification(_ draft: Charter, _ terms: DraftTerms) {
        let ratification: Ratification
        let box: BallotBox
        do {
            box = try BallotBox(
                files[PublicationFile.ballots.rawValue] ?? [], on: BallotSubject(draft, terms: terms))
            ratification = try Ratification(of: draft, terms: terms, ballots: box)
        } catch {
            failed("ratification", "\(error)")
            return
        }
        let ratified = ratification.outcomes.count { $0.finding == .ratified }
        compare(
            "ratification", .outcome, with: ratification.record,
            "\(ratification.voters) people voted on the draft \(draft.fingerprint.hexadecimal), which their ballots name; \(ratified) of \(ratification.outcomes.count) clauses were ratified. \(AmendmentRule(of: draft)?.words ?? "")\(turning(ratification.outcomes, by: AmendmentRule(of: draft)))"
        )
        checkResult(ratification.charter, diff: ratification.diff)
    }

    mutating func checkResult(_ reckoned: Charter, diff: CharterDiff) {
        if compare(
            "charter", .charter, with: Array(reckoned.text.utf8),
            "It is what was ratified: \(reckoned.id) \(reckoned.version), fingerprint \(reckoned.fingerprint.short).")
        {
            charter = reckoned
        }
        compare("changes", .diff, with: Array((diff.text + "\n").utf8), "What changed is told as it is.")
    }
}
