import Testing

@testable import Charters

@Suite("Comparing charters")
struct CharterDiffTests {
    private func charter(_ text: String) throws -> Charter { try Charter.read(text, file: "a.yaml").charter }

    private func diff(_ replacements: [String: String]) throws -> CharterDiff {
        var text = riverside
        for (old, new) in replacements {
            #expect(text.contains(old), "\(old)")
            text = text.replacing(old, with: new)
        }
        return CharterDiff(from: try charter(riverside), to: try charter(text))
    }

    @Test("finds nothing between a charter and itself, however it is laid out", arguments: Commons.names)
    func same(name: String) throws {
        let source = try #require(Commons.source(name))
        let formed = try CharterForm.formatted(source.utf8, file: name)
        let diff = CharterDiff(from: try charter(source), to: try charter(formed))
        #expect(diff.isEmpty && diff.advice.isEnough && diff.advice.needed == nil)
        #expect(diff.text.contains("Both say the same."))
    }

    @Test("finds a change exactly where the meaning changed", arguments: UInt64(0)..<80)
    func complete(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let first = CharterContent.random(using: &generator)
        let second =
            Bool.random(using: &generator)
            ? first.changed(using: &generator) : CharterContent.random(using: &generator)
        let old = try charter(first.written(in: .plain))
        let new = try charter(second.written(in: .plain))
        let samesVersion = try charter(
            new.text.replacing("version: \(new.version)", with: "version: \(old.version)"))
        let diff = CharterDiff(from: old, to: new)
        #expect(diff.isEmpty == (samesVersion == old))
        #expect(!diff.changes.contains { $0.words.isEmpty || $0.path.isEmpty })
        // Seen from the other side, what was added is removed, and the same paths change.
        let back = CharterDiff(from: new, to: old)
        #expect(Set(back.changes.map(\.path)) == Set(diff.changes.map(\.path)))
        let added = diff.changes.filter { $0.kind == .added }.map(\.path).sorted()
        #expect(back.changes.filter { $0.kind == .removed }.map(\.path).sorted() == added)
    }

    @Test(
        "says when the floor gets weaker, and asks for a new first number",
        arguments: [
            ("severity: block", "severity: note", CharterChange.Effect.weakensFloor, VersionLevel.major),
            ("severity: block", "severity: hand-over", .weakensFloor, .major),
            ("says: Never write graded work for a pupil.", "says: Avoid graded work.", .rewordsFloor, .minor),
            ("no-finished-graded-work:", "no-other-work:", .weakensFloor, .major),
        ])
    func floor(old: String, new: String, effect: CharterChange.Effect, level: VersionLevel) throws {
        let diff = try diff([old: new])
        #expect(diff.changes.contains { $0.effect == effect && $0.level == level && $0.path.hasPrefix("floor/") })
        #expect(!diff.advice.isEnough && diff.advice.needed == level)
        #expect(diff.advice.lowest == (level == .major ? "3.0.0" : "2.2.0"))
        #expect((effect == .weakensFloor) == diff.losses.contains { $0.effect == .weakensFloor })
    }

    @Test("says in words what changes for whom")
    func words() throws {
        let diff = try diff([
            "receipts: bodies": "receipts: facts", "stance: tutor": "stance: delegate",
            "held-by: 0.31": "held-by: 0.4", "2.1.0": "3.0.0",
            "says: Pupils have people to learn with.": "says: Pupils learn with others.",
        ])
        #expect(diff.advice.isEnough)
        let text = diff.text
        for part in [
            "From riverside/tutor 2.1.0 to riverside/tutor 3.0.0.", "For people who talk under it:",
            "Receipts no longer keep the messages themselves", "[less is kept about people]", "not as tutor",
            "What is meant by friendship is said anew: “Pupils learn with others.”", "goods/friendship/says",
            "For the community:", "is now held by 0.4 of the community", "which is enough",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
        // What weighs most comes first.
        #expect(diff.changes.first?.path == "roles/tutor/stance")
    }

    @Test("doesn't let a dissent disappear silently")
    func dissent() throws {
        let without = riverside.split(separator: "dissent:")[0]
        let diff = CharterDiff(from: try charter(riverside), to: try charter(String(without)))
        #expect(diff.losses.map(\.effect) == [.dropsDissent])
    }

    @Test(
        "asks for a version that is high enough",
        arguments: [
            ("1.2.3", "2.0.0", VersionLevel.major, true), ("1.2.3", "1.3.0", .major, false),
            ("1.2.3", "1.3.0", .minor, true), ("1.2.3", "1.2.4", .minor, false), ("1.2.3", "1.2.4", .patch, true),
            ("1.2.3", "1.2.3", .patch, false), ("0.3.0", "0.4.0", .major, true), ("0.3.0", "0.3.1", .major, false),
            ("0.3.0", "0.3.1", .minor, true), ("2.0.0-draft.1", "2.0.0-draft.2", .major, true),
            ("2.0.0-draft.2", "2.0.0-draft.10", .major, true), ("2.0.0-draft.2", "2.0.0-draft.1", .patch, false),
            ("2.0.0-draft.1", "2.0.0", .major, true), ("1.2.3", "2.0.0-draft.1", .major, true),
            ("2.0.0", "1.9.0", .patch, false),
        ])
    func versions(old: String, new: String, needed: VersionLevel, isEnough: Bool) throws {
        let advice = VersionAdvice(
            from: try #require(SemanticVersion(old)), to: try #require(SemanticVersion(new)), needed: needed)
        #expect(advice.isEnough == isEnough, "\(advice.words)")
    }

    @Test("puts versions in the order of Semantic Versioning, rule 11")
    func order() throws {
        let versions = [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "1.0.0", "1.0.1", "1.10.0", "2.0.0",
        ].compactMap(SemanticVersion.init)
        for (index, version) in versions.enumerated() {
            for (other, later) in versions.enumerated() {
                #expect(version.precedes(later) == (index < other), "\(version) \(later)")
            }
        }
    }
}
