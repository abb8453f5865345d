import Testing

@testable import Consents

@Suite("How a person stands to guidance")
struct ConsentOverviewTests {
    private let moment = now + 10

    private func state(
        _ asked: ConsentQuestion = question(), at: Int64? = nil, _ act: (ConsentLedger) async throws -> Void
    ) async throws -> ConsentOverview {
        let ledger = try TemporaryFolder().ledger()
        try await act(ledger)
        let all = ConsentOverview.all([asked], try await ledger.standings(of: ada), at: at ?? moment)
        #expect(all.count == 1)
        return all[0]
    }

    @Test("is told in each of its states, with since when and until when")
    func states() async throws {
        let open = try await state { _ in }
        #expect(open.state == .open && open.since == nil && open.mayBeAsked && open.days == 30)
        let asked = try await state { _ = try await $0.noteAsked(question(), of: ada, at: now, through: .api) }
        #expect(asked.state == .asked && asked.since == now && !asked.mayBeAsked)
        let stale = try await state(at: now + 30 * day) {
            _ = try await $0.noteAsked(question(), of: ada, at: now, through: .api)
        }
        #expect(stale.state == .open && stale.mayBeAsked)
        let live = try await state { try await $0.grant(question(), by: ada, at: now, through: .api) }
        #expect(live.state == .live && live.since == now && live.until == now + 30 * day && !live.mayBeAsked)
        let declined = try await state { try await $0.decline(question(), by: ada, at: now, through: .api) }
        #expect(declined.state == .declined && declined.since == now && !declined.mayBeAsked)
        let revoked = try await state { ledger in
            try await ledger.grant(question(), by: ada, at: now, through: .api)
            try await ledger.revoke("drift", of: "riverside/tutor", by: ada, at: now + 1, through: .api)
        }
        #expect(revoked.state == .revoked && revoked.since == now + 1 && revoked.until == nil)
        let expired = try await state(at: now + 31 * day) {
            try await $0.grant(question(), by: ada, at: now, through: .api)
        }
        #expect(expired.state == .expired && expired.since == now + 30 * day && expired.mayBeAsked)
        let reworded = try await state(question(asks: "Might I?")) {
            try await $0.grant(question(), by: ada, at: now, through: .api)
        }
        #expect(reworded.state == .reworded && reworded.question == "Might I?" && !reworded.mayBeAsked)
    }

    @Test("tells of a consent that is not over although the charter has no such guidance any more")
    func gone() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question("old"), by: ada, at: now, through: .api)
        try await ledger.grant(question("older"), by: ada, at: now, until: now + 5, through: .api)
        let all = ConsentOverview.all([question()], try await ledger.standings(of: ada), at: moment)
        #expect(all.map(\.guidance) == ["drift", "old"])
        #expect(all.map(\.state) == [.open, .gone])
        #expect(all[1].question == "May I bring up your goal?" && all[1].says == nil)
    }
}
