import Store
import Testing

@testable import Consents
@testable import Memory

@Suite("The use of what is remembered")
struct GrantedUseTests {
    private static let kinds = Set(MemoryItem.Kind.allCases)

    /// Whether it was kept; false when it was not granted.
    private func remembers(
        _ draft: ItemDraft, in memory: PersonMemory, under permit: MemoryPermit, at moment: Int64
    ) async throws -> Bool {
        do {
            try await memory.remember([.add(draft)], under: permit, at: moment)
            return true
        } catch {
            guard case .notGranted = error else { throw error }
            return false
        }
    }

    /// One thing that somebody said about uses.
    private struct Said {
        var isGrant: Bool
        var person: PersonKey
        var purpose: MemoryPurpose
        var kinds: Set<MemoryItem.Kind>
        var at: Int64
        var until: Int64
    }

    @Test("takes a live grant for that purpose and kind")
    func grants() async throws {
        let place = try Place()
        let memory = place.memories.memory(of: ada)
        #expect(place.grants.permit(.remember, for: ada, at: now) == nil)
        try await place.grants.grant(.remember, [.goal, .fact], by: ada, at: now, until: now + day, through: .api)
        let permit = try #require(place.grants.permit(.remember, for: ada, at: now + 1))
        #expect(permit.kinds == [.goal, .fact])
        try await memory.remember(
            [.add(ItemDraft(.goal, "pass")), .add(ItemDraft(.fact, "lives here"))], under: permit, at: now + 1)
        await #expect(throws: MemoryError.notGranted(.remember, .value)) {
            try await memory.remember([.add(ItemDraft(.value, "patience"))], under: permit, at: now + 1)
        }
        await #expect(throws: MemoryError.permitForAnother) {
            try await place.memories.memory(of: ben).remember(
                [.add(ItemDraft(.goal, "pass"))], under: permit, at: now + 1)
        }
        await #expect(throws: MemoryError.permitOver) { try await memory.items(under: permit, at: now + 70_000) }
        // Remembering is no leave to share, and use in replies none to remember.
        await #expect(throws: MemoryError.notGranted(.shareInAggregate, nil)) {
            try await memory.counts(under: permit, at: now + 1)
        }
        try await place.grants.grant(.useInReplies, [.goal], by: ada, at: now, through: .api)
        let use = try #require(place.grants.permit(.useInReplies, for: ada, at: now + 1))
        #expect(try await memory.items(under: use, at: now + 1).map(\.words) == ["pass"])
        await #expect(throws: MemoryError.notGranted(.remember, nil)) {
            try await memory.remember([.add(ItemDraft(.goal, "more"))], under: use, at: now + 1)
        }
        try await place.grants.grant(.shareInAggregate, Self.kinds, by: ada, at: now, through: .api)
        let share = try #require(place.grants.permit(.shareInAggregate, for: ada, at: now + 1))
        #expect(try await memory.counts(under: share, at: now + 1) == [.goal: 1, .fact: 1])
        await #expect(throws: MemoryError.self) { try await memory.items(under: share, at: now + 1) }
    }

    @Test("ends for writing with the grant, even under a permit from before, and elsewhere")
    func takenBack() async throws {
        let place = try Place()
        let other = try place.again()
        try await place.grants.grant(.remember, Self.kinds, by: ada, at: now, through: .api)
        let permit = try #require(place.grants.permit(.remember, for: ada, at: now + 1))
        try await other.grants.revoke(.remember, [.goal], by: ada, at: now + 2, through: .api)
        let memory = place.memories.memory(of: ada)
        await #expect(throws: MemoryError.notGranted(.remember, .goal)) {
            try await memory.remember([.add(ItemDraft(.goal, "pass"))], under: permit, at: now + 3)
        }
        try await memory.remember([.add(ItemDraft(.fact, "fine"))], under: permit, at: now + 3)
        try await other.grants.revokeAll(by: ada, at: now + 4, through: .api)
        await #expect(throws: MemoryError.notGranted(.remember, nil)) {
            try await memory.remember([.add(ItemDraft(.fact, "not fine"))], under: permit, at: now + 5)
        }
    }

    @Test("of what was inferred waits for the person, unless the grant lets that kind pass")
    func inferred() async throws {
        let place = try Place()
        let memory = place.memories.memory(of: ada)
        try await place.grants.grant(.remember, Self.kinds, by: ada, at: now, through: .api)
        try await place.grants.grant(.remember, [.skill], acceptsInferred: true, by: ada, at: now, through: .api)
        try await place.grants.grant(.useInReplies, Self.kinds, by: ada, at: now, through: .api)
        let permit = try #require(place.grants.permit(.remember, for: ada, at: now + 1))
        let tea = try await memory.remember([.add(ItemDraft(.preference, "prefers tea"))], under: permit, at: now + 1)[
            0
        ].item
        let remembered = try await memory.remember(
            [
                .add(ItemDraft(.skill, "solves equations", source: .inferred)),
                .replace(tea.id, with: ItemDraft(.preference, "prefers coffee", source: .inferred)),
            ],
            under: permit, at: now + 2, by: .model, reason: "said so in passing")
        #expect(remembered.map(\.item.status) == [.confirmed, .proposed])
        let use = try #require(place.grants.permit(.useInReplies, for: ada, at: now + 3))
        #expect(try await memory.items(under: use, at: now + 3).map(\.words) == ["prefers tea", "solves equations"])
        #expect(try await memory.own.proposals().map(\.words) == ["prefers coffee"])
        try await memory.own.confirm(remembered[1].item.id, at: now + 4)
        #expect(try await memory.items(under: use, at: now + 4).map(\.words) == ["solves equations", "prefers coffee"])
        #expect(try await memory.own.decisions().map(\.author) == [.person, .model, .model, .rule])
        // What nobody answers goes.
        try await memory.remember([.add(ItemDraft(.value, "maybe", source: .inferred))], under: permit, at: now + 5)
        #expect(try await place.memories.sweep(at: now + 31 * day) == 1)
    }

    @Test("and remembering is paused for a conversation")
    func pause() async throws {
        let place = try Place()
        let memory = place.memories.memory(of: ada)
        try await place.grants.grant(.remember, Self.kinds, by: ada, at: now, through: .api)
        let permit = try #require(place.grants.permit(.remember, for: ada, at: now + 1))
        try await memory.own.pause("c1", at: now)
        #expect(try await memory.isPaused("c1"))
        await #expect(throws: MemoryError.paused(conversation: "c1")) {
            try await memory.remember(
                [.add(ItemDraft(.goal, "a", origin: .init(conversation: "c1", turn: 1)))], under: permit, at: now + 1)
        }
        try await memory.remember(
            [.add(ItemDraft(.goal, "b", origin: .init(conversation: "c2", turn: 1)))], under: permit, at: now + 1)
        try await memory.own.resume("c1", at: now + 2)
        try await memory.remember(
            [.add(ItemDraft(.goal, "c", origin: .init(conversation: "c1", turn: 2)))], under: permit, at: now + 3)
        #expect(try await memory.own.items().map(\.words) == ["b", "c"])
        await #expect(throws: MemoryError.unfitName("")) { try await memory.own.pause("", at: now) }
    }

    /// Grants and their ends, of several people, kinds and purposes, against a list that knows only what was said; and
    /// after each, whatever can be read or written is read and written, here and in another process.
    @Test("never happens without a live grant, over random histories", arguments: 1...5)
    func histories(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let place = try Place()
        let other = try place.again()
        let people = [ada, ben, PersonKey(application: "coaching", person: "ada1")]
        var said: [Said] = []
        func isGranted(_ purpose: MemoryPurpose, _ kind: MemoryItem.Kind, _ person: PersonKey, _ at: Int64) -> Bool {
            guard
                let last = said.last(where: { $0.person == person && $0.purpose == purpose && $0.kinds.contains(kind) })
            else { return false }
            return last.isGrant && last.at <= at && at < last.until
        }
        var at = now
        var (allowed, refused, counted) = (0, 0, 0)
        for step in 0..<90 {
            at += Int64.random(in: 1...(2 * day), using: &random)
            let person = people.randomElement(using: &random)!
            let purpose = MemoryPurpose.allCases.randomElement(using: &random)!
            let kinds = Set(MemoryItem.Kind.allCases.filter { _ in Bool.random(using: &random) })
            if Int.random(in: 0..<3, using: &random) > 0, !kinds.isEmpty {
                let until = at + Int64.random(in: 1...(30 * day), using: &random)
                try await place.grants.grant(purpose, kinds, by: person, at: at, until: until, through: .api)
                said.append(Said(isGrant: true, person: person, purpose: purpose, kinds: kinds, at: at, until: until))
            } else {
                try await other.grants.revoke(purpose, kinds.isEmpty ? nil : kinds, by: person, at: at, through: .api)
                said.append(
                    Said(
                        isGrant: false, person: person, purpose: purpose,
                        kinds: kinds.isEmpty ? Set(MemoryItem.Kind.allCases) : kinds, at: at, until: at))
            }
            try await Task.sleep(for: .milliseconds(step % 10 == 0 ? 450 : 0))
            for (index, reader) in [place, other].enumerated() where step % 10 == 0 || index == step % 2 {
                try reader.grants.refresh()
                for person in people {
                    let memory = reader.memories.memory(of: person)
                    if let permit = reader.grants.permit(.remember, for: person, at: at) {
                        for kind in MemoryItem.Kind.allCases {
                            let draft = ItemDraft(kind, "of \(person.person) \(kind) \(step) \(index)")
                            if try await remembers(draft, in: memory, under: permit, at: at) {
                                #expect(isGranted(.remember, kind, person, at))
                                allowed += 1
                            } else {
                                #expect(!isGranted(.remember, kind, person, at))
                                refused += 1
                            }
                        }
                    } else {
                        #expect(MemoryItem.Kind.allCases.allSatisfy { !isGranted(.remember, $0, person, at) })
                    }
                    for purpose in [MemoryPurpose.useInReplies, .useForGrowth] {
                        guard let permit = reader.grants.permit(purpose, for: person, at: at) else { continue }
                        for item in try await memory.items(under: permit, at: at) {
                            #expect(isGranted(purpose, item.kind, person, at))
                            #expect(item.words.hasPrefix("of \(person.person) "))
                            allowed += 1
                        }
                    }
                    if let permit = reader.grants.permit(.shareInAggregate, for: person, at: at) {
                        let counts = try await memory.counts(under: permit, at: at)
                        for (kind, count) in counts where count > 0 {
                            #expect(isGranted(.shareInAggregate, kind, person, at))
                            counted += 1
                        }
                        #expect(permit.kinds.allSatisfy { isGranted(.shareInAggregate, $0, person, at) })
                    } else {
                        #expect(MemoryItem.Kind.allCases.allSatisfy { !isGranted(.shareInAggregate, $0, person, at) })
                    }
                }
            }
        }
        #expect(allowed > 50 && refused > 20 && counted > 0)
        // Everything that was ever written was written under a grant that was live just then.
        for person in people {
            for item in try await place.own(person).items() {
                let step = said.last { $0.at <= item.recordedAt }
                #expect(step != nil)
                #expect(
                    said.filter { $0.at <= item.recordedAt }.last {
                        $0.person == person && $0.purpose == .remember && $0.kinds.contains(item.kind)
                    }.map { $0.isGrant && item.recordedAt < $0.until } == true)
            }
        }
    }
}
