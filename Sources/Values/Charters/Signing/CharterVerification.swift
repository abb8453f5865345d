/// What the signatures under a charter are worth: who signed what, and what isn't known.
public struct CharterVerification: Hashable, Sendable, Codable {
    /// What one signature is worth.
    public enum Finding: String, Hashable, Sendable, Codable, CaseIterable {
        /// It fits this charter, and its key is trusted.
        case trusted
        /// It fits this charter, and nobody here knows whose key it is.
        case unknownSigner = "unknown-signer"
        /// It is sound, and was made under another charter, or another version of this one.
        case otherCharter = "other-charter"
        /// It is sound and fits the charter's own words, and was made when the charter built on something else than now.
        case otherParents = "other-parents"
        /// It was not made with the key that it names, or it was changed afterwards.
        case broken
    }

    /// One signature with what it is worth.
    public struct Entry: Hashable, Sendable, Codable {
        /// The signature.
        public let signature: CharterSignature
        /// What it is worth.
        public let finding: Finding
        /// The name under which the key is trusted. Nil for one that isn't.
        public let trustedAs: String?
        /// What that means, in words.
        public let words: String
    }

    /// The charter's name.
    public let charter: String
    /// The charter's version.
    public let version: String
    /// What the charter means.
    public let fingerprint: CharterFingerprint
    /// What the charter builds on, as in `commons/tutor 2.0.0`, ancestors first. Nil when it builds on something that
    /// wasn't looked at.
    public let parents: [String]?
    /// Every signature, in its order.
    public let entries: [Entry]
    /// How many different trusted keys signed this charter.
    public let trustedSigners: Int
    /// How many of them signed all that it builds on too. The same as ``trustedSigners`` for one that builds on nothing.
    public let trustedSignersOfAll: Int

    /// Looks at signatures.
    ///
    /// - Parameter parents: All that it builds on now, ancestors first. Nil when that can't be found: then no signature
    ///   counts that stands for it too.
    /// - Complexity: O(*n* · *k*) for *n* signatures and *k* trusted keys.
    public init(
        of charter: Charter, buildingOn parents: [Charter]? = nil, signatures: CharterSignatures,
        trusting trusted: TrustedSigners
    ) {
        let parents = charter.extends.isEmpty ? [] : parents
        self.charter = charter.id.description
        version = charter.version.description
        fingerprint = charter.fingerprint
        self.parents = parents?.map { "\($0.id) \($0.version)" }
        entries = signatures.signatures.map { Self.entry($0, under: charter, buildingOn: parents, trusting: trusted) }
        let signers = entries.filter { $0.finding == .trusted }.map(\.signature)
        trustedSigners = Set(signers.map(\.key)).count
        trustedSignersOfAll =
            parents?.isEmpty == true
            ? trustedSigners : Set(signers.filter { $0.buildsOn != nil }.map(\.key)).count
    }

    /// Whether enough trusted people signed, and no signature is broken.
    ///
    /// - Parameters:
    ///   - count: How many different trusted keys must have signed, at least 1.
    ///   - all: Whether only those count who signed what it builds on too.
    public func holds(signers count: Int = 1, ofAll all: Bool = false) -> Bool {
        (all ? trustedSignersOfAll : trustedSigners) >= max(1, count)
            && !entries.contains { $0.finding == .broken }
    }

    /// The whole finding in words.
    public var text: String {
        var lines = ["\(charter) \(version), fingerprint \(fingerprint.short):"]
        lines += entries.map { "  - \($0.words)" }
        if entries.isEmpty {
            lines.append("  Nobody has signed it, as far as can be seen here. That says nothing about what it holds.")
        } else if trustedSigners == 0 {
            lines.append("  So it isn't known whether anybody whom you trust stands behind it.")
        } else if trustedSignersOfAll == 0 {
            lines.append(
                "  It builds on \(parents?.joined(separator: ", ") ?? "charters that can't be found here"), and nobody whom you trust signed that."
            )
        }
        return lines.joined(separator: "\n")
    }

    private static func entry(
        _ signature: CharterSignature, under charter: Charter, buildingOn parents: [Charter]?,
        trusting trusted: TrustedSigners
    ) -> Entry {
        let name = VerifyingKey(signature.key).flatMap(trusted.name)
        let claimed = signature.signer.printable
        let when = signature.signedAt.map { ", by their own word on \($0.printable)" } ?? ""
        let extent =
            charter.extends.isEmpty
            ? "" : signature.buildsOn == nil ? ", its own words alone" : " with all that it builds on"
        let finding: Finding
        let words: String
        if !signature.isSound {
            finding = .broken
            words =
                "The signature that calls itself “\(claimed.prefix(200))” is broken: it wasn't made with its key, or something was changed afterwards."
        } else if signature.charter != charter.id.description || signature.version != charter.version.description
            || signature.fingerprint != charter.fingerprint
        {
            finding = .otherCharter
            let whose = name.map { "\($0.printable) signed" } ?? "somebody who calls themselves “\(claimed)” signed"
            let what =
                signature.charter == charter.id.description && signature.version == charter.version.description
                ? "other words under the same version" : "\(signature.charter) \(signature.version)"
            words =
                "\(whose.prefix(1).uppercased() + whose.dropFirst()) \(what) (fingerprint \(signature.fingerprint.short)), not this charter as it stands."
        } else if let signed = signature.buildsOn, signed != parents.map({ CharterFingerprint(ofParents: $0) }) {
            finding = .otherParents
            let whose = name?.printable ?? "Somebody who calls themselves “\(claimed)”"
            words =
                parents == nil
                ? "\(whose) signed this charter with what it builds on, and that can't be found here, so nobody can say whether it is the same."
                : "\(whose) signed this charter when it built on other words than now: a parent was changed, added or left out since."
        } else if let name {
            finding = .trusted
            let called = name == signature.signer ? "" : ", signing as “\(claimed)”,"
            words = "\(name.printable)\(called) signed exactly this charter\(extent)\(when)."
        } else {
            finding = .unknownSigner
            words =
                "Somebody who calls themselves “\(claimed)” signed exactly this charter\(extent)\(when). The key is not among those you trust, so it isn't known who that is."
        }
        return Entry(signature: signature, finding: finding, trustedAs: name, words: words)
    }
}
