/// A charter made ready for one role: what the model is told, and which clauses that comes from.
///
/// It depends on nothing but the charter's meaning and the role, so it can be compiled once and kept.
public struct CompiledCharter: Hashable, Sendable {
    /// The charter's name, as in `riverside/tutor`.
    public let id: String
    /// The charter's version.
    public let version: String
    /// What the charter means, in 32 bytes.
    public let fingerprint: CharterFingerprint
    /// The role that is played, or nil for none.
    public let role: String?
    /// What the model is told, in front of the conversation: plain text that is the same, byte for byte, every time.
    public let brief: String
    /// SHA-256 of the brief's UTF-8 as 64 hexadecimal digits.
    public let briefFingerprint: String
    /// The clauses that the brief holds and no others, in its order, as in `purpose`, `role/tutor`,
    /// `goods/understanding`, `floor/no-finished-graded-work`.
    public let clauses: [String]
    /// Whether the charter allows the messages themselves to be kept in receipts.
    public let keepsBodies: Bool
}

extension Charter {
    /// Makes the charter ready for a role.
    ///
    /// - Parameter role: The name of one of the charter's roles. With nil, a charter that has exactly one role plays
    ///   it, and any other charter plays none.
    /// - Throws: ``CharterError`` when the charter has no role of that name.
    /// - Complexity: O(*n*) in the length of the charter.
    public func compiled(role: String?) throws(CharterError) -> CompiledCharter {
        let played: Role?
        if let role {
            guard let found = roles.first(where: { $0.id == role }) else { throw unknownRole(role) }
            played = found
        } else {
            played = roles.count == 1 ? roles[0] : nil
        }
        let brief = Brief(charter: self, role: played)
        return CompiledCharter(
            id: id.description, version: version.description, fingerprint: fingerprint, role: played?.id,
            brief: brief.text, briefFingerprint: sha256Hexadecimal(brief.text.utf8), clauses: brief.clauses,
            keepsBodies: memory?.receipts == .bodies)
    }

    private func unknownRole(_ role: String) -> CharterError {
        let names = roles.map(\.id)
        let help =
            if let near = nearMiss(of: role, among: names) {
                "Did you mean `\(near)`?"
            } else if names.isEmpty {
                "This charter has no roles. Leave the role out, or add one under `roles:`."
            } else {
                "Its roles are: \(names.joined(separator: ", "))."
            }
        return CharterError(diagnostics: [
            Diagnostic(
                severity: .error, file: id.description, line: 0, column: 0, code: "unknown-role",
                message: "The charter \(id) has no role `\(role)`.", help: help)
        ])
    }
}
