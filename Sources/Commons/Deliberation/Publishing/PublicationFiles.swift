/// The names of the files of a publication, and what each is.
public enum PublicationFile: String, Sendable, Hashable, CaseIterable {
    /// Who voted what, one row a person, and the group of each.
    case votes = "participants-votes.csv"
    /// The statements.
    case statements = "comments.csv"
    /// What it is about.
    case summary = "summary.csv"
    /// How the slate was chosen and what became of it.
    case terms = "parameters.json"
    /// The slate with its certificate and dissent.
    case slate = "slate.json"
    /// How each group voted on each statement.
    case tables = "tables.csv"
    /// The charter that was put to the second vote.
    case draft = "draft.yaml"
    /// The charter before a change.
    case previous = "previous.yaml"
    /// The charter as somebody proposed it.
    case proposal = "proposal.yaml"
    /// The second vote.
    case ballots = "ratification.csv"
    /// What the second vote came to.
    case outcome = "outcome.json"
    /// The charter.
    case charter = "charter.yaml"
    /// What the second vote, or the change, changed.
    case diff = "diff.txt"
    /// Who signed the charter.
    case signatures = "charter.yaml.sig"
    /// Every file with its SHA-256.
    case manifest = "manifest.json"
    /// The publisher's signature under the manifest.
    case manifestSignature = "manifest.sig"

    /// What a publication is of.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A charter made from a conversation.
        case charter
        /// A change to a charter.
        case amendment
    }

    /// The files of a kind, without the manifest, its signature, and what may be missing.
    static func needed(by kind: Kind) -> [PublicationFile] {
        switch kind {
        case .charter:
            [.statements, .summary, .terms, .slate, .tables, .draft, .ballots, .outcome, .charter, .diff]
        case .amendment: [.terms, .previous, .proposal, .ballots, .outcome, .charter, .diff]
        }
    }

    /// The files of a kind that may be missing: votes that aren't published, signatures, and the conversation of a change that was
    /// proposed in writing.
    static func optional(in kind: Kind) -> [PublicationFile] {
        kind == .charter ? [.votes, .signatures] : [.signatures] + conversation
    }

    /// The files of a conversation.
    static let conversation: [PublicationFile] = [.votes, .statements, .summary, .slate, .tables]
}
