import Testing

@testable import SocialChoice

@Suite("Committees agree with the reference", .enabled(if: ReferenceInstances.isHere, "the reference data isn't here"))
struct ReferenceAgreementTests {
    @Test("every rule finds every tied committee of every instance", arguments: ReferenceInstances.rules.map(\.0))
    func allTied(name: String) throws {
        let rule = try #require(ReferenceInstances.rules.first { $0.0 == name }?.1)
        var compared = 0
        for instance in try ReferenceInstances.all() {
            guard let expected = instance.expected[name]?.irresolute else { continue }
            let profile = try ApprovalProfile(candidateCount: instance.candidates, ballots: instance.profile)
            let outcome = try rule.outcome(of: profile, seats: instance.seats)
            #expect(outcome.committees == expected.map { Committee($0) }.sorted(), "\(name) of \(instance.id)")
            #expect(outcome.completeness == .complete)
            compared += 1
        }
        // Two rules are defined only along an order, and of leximax Phragmén fewer answers are known.
        let known = ["greedy-monroe": 0, "equal-shares-with-increment-completion": 0, "leximaxphragmen": 116]
        #expect(compared == known[name] ?? 240)
    }

    @Test(
        "with ties broken by index, every rule's committee is an accepted one",
        arguments: ReferenceInstances.rules.map(\.0))
    func resolute(name: String) throws {
        let rule = try #require(ReferenceInstances.rules.first { $0.0 == name }?.1)
        var compared = 0
        for instance in try ReferenceInstances.all() {
            guard let accepted = instance.expected[name]?.accepted else { continue }
            let profile = try ApprovalProfile(candidateCount: instance.candidates, ballots: instance.profile)
            let outcome = try rule.outcome(of: profile, seats: instance.seats, ties: .byIndex)
            #expect(outcome.committees.count == 1)
            #expect(accepted.map { Committee($0) }.contains(outcome.committees[0]), "\(name) of \(instance.id)")
            compared += 1
        }
        #expect(compared == (name == "leximaxphragmen" ? 116 : 240))
    }
}
