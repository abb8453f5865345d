import Foundation
import Testing

@testable import Deliberation

@Suite("What people get to see of a landscape")
struct SeenLandscapeTests {
    /// Forty people in two camps over eight statements, of which all agree with the first.
    private func camps(_ hall: TownHall) async throws -> (OpenedConversation, [JoinedParticipant]) {
        let opened = try await hall.open((0..<8).map { "Statement number \($0)." })
        let people = try await hall.invited(40, to: opened)
        for (place, person) in people.enumerated() {
            for statement in 0..<8 where (place + statement) % 7 != 0 {
                let agrees = statement == 0 || (place < 20) == (statement < 4)
                try await hall.vote(agrees ? .agree : .disagree, on: statement, by: person, in: opened)
            }
        }
        return (opened, people)
    }

    private func json(_ seen: SeenLandscape) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(seen), as: UTF8.self)
    }

    @Test("what everybody sees stays the same, byte for byte, until five people voted, changed a vote or left")
    func steps() async throws {
        try await inTownHall { hall in
            let (opened, people) = try await camps(hall)
            let views = ConversationViews(hall.conversations, samples: 2)
            func look(at moment: Int64) async throws -> SeenLandscape {
                try await views.landscape(of: opened.id, for: nil, at: moment)
            }
            func live() async throws -> SeenLandscape {
                try await views.landscape(of: opened.id, for: .moderator(opened.moderator), at: 9)
            }
            _ = try await look(at: 1)
            await views.examined(opened.id)
            let first = try await look(at: 2)
            #expect(first.asOf == 1 && first.renewedAfter == 5 && first.told.groups.count == 2)
            // One person changes their mind about everything, and four more about one thing or by leaving.
            for statement in 1..<8 { try await hall.vote(.pass, on: statement, by: people[0], in: opened) }
            for person in people[21...23] { try await hall.vote(.pass, on: 2, by: person, in: opened) }
            #expect(try await json(look(at: 3)) == json(first))
            let before = try await live()
            #expect(before.event == first.event + 10 && before.renewedAfter == 0 && before.asOf == 9)
            try await hall.conversations.withdraw(people[0].secret, from: opened.id)
            #expect(try await json(look(at: 4)) == json(first))
            #expect(try await live().people == 39)
            // The fifth: one who left, three, and this one.
            try await hall.vote(.pass, on: 1, by: people[5], in: opened)
            let second = try await look(at: 5)
            #expect(second.asOf == 5 && second.people == 39 && second.event == first.event + 11)
            try await hall.vote(.pass, on: 1, by: people[6], in: opened)
            #expect(try await look(at: 6).asOf == 5)
        }
    }

    @Test("looking at the whole reckons nothing anew for everybody before five people have voted")
    func whole() async throws {
        try await inTownHall { hall in
            let (opened, people) = try await camps(hall)
            let views = ConversationViews(hall.conversations, samples: 2)
            _ = try await views.landscape(of: opened.id, for: nil, at: 1)
            try await hall.vote(.pass, on: 1, by: people[6], in: opened)
            let after = try await views.landscape(of: opened.id, for: nil, isWhole: true, at: 2)
            #expect(after.asOf == 1)
            for person in people[7...10] { try await hall.vote(.pass, on: 1, by: person, in: opened) }
            let renewed = try await views.landscape(of: opened.id, for: nil, isWhole: true, at: 3)
            #expect(renewed.asOf == 3 && renewed.votesSince == 0)
        }
    }

    @Test("a statement that moderators took out is gone at once from what everybody sees, and nothing else changes")
    func rejected() async throws {
        try await inTownHall { hall in
            let (opened, _) = try await camps(hall)
            let views = ConversationViews(hall.conversations, samples: 2)
            let before = try await views.landscape(of: opened.id, for: nil, at: 1)
            #expect(before.told.agreed.map(\.statement.number) == [0])
            try await hall.conversations.decide(
                .rejected, about: 0, in: opened.id, because: "Off topic.", by: .moderator(opened.moderator),
                at: TownHall.now)
            let after = try await views.landscape(of: opened.id, for: nil, at: 2)
            #expect(after.told.agreed.isEmpty && after.asOf == 1)
            #expect(after.told.divisive.map(\.statement) == before.told.divisive.map(\.statement))
            let short = try await views.landscape(of: opened.id, for: nil, limit: 2, at: 3)
            #expect(short.told.divisive.count == 2)
        }
    }

    @Test("nobody but a moderator of this conversation sees it live")
    func strangers() async throws {
        try await inTownHall { hall in
            let (opened, _) = try await camps(hall)
            let other = try await hall.open(["Something else."])
            let views = ConversationViews(hall.conversations, samples: 2)
            await #expect(throws: ConversationError.notAModerator) {
                try await views.landscape(of: opened.id, for: .moderator(other.moderator), at: 1)
            }
            await #expect(throws: ConversationError.noSuchConversation) {
                try await views.landscape(of: opened.id, of: "village", for: nil, at: 1)
            }
        }
    }

    @Test("groups are unexamined until they were, and then the verdict stands in both views while votes go on")
    func verdicts() async throws {
        try await inTownHall { hall in
            let (opened, people) = try await camps(hall)
            let views = ConversationViews(hall.conversations, samples: 4)
            let moderator = Overseer.moderator(opened.moderator)
            let first = try await views.landscape(of: opened.id, for: nil, at: 1)
            #expect(first.told.verdict == "unexamined" && first.told.groups.allSatisfy { $0.verdict == "unexamined" })
            await views.examined(opened.id)
            let examined = try await views.landscape(of: opened.id, for: nil, at: 2)
            #expect(examined.asOf == 1)
            for group in examined.told.groups {
                #expect(GroupExamination.Verdict(rawValue: group.verdict) != nil)
                #expect(group.reason.contains("similarity") && group.stability != nil)
            }
            #expect(GroupVerdict.Whole(rawValue: examined.told.verdict) != nil)
            try await hall.vote(.pass, on: 1, by: people[6], in: opened)
            let live = try await views.landscape(of: opened.id, for: moderator, isWhole: true, at: 3)
            #expect(live.told.groups.map(\.verdict) == examined.told.groups.map(\.verdict))
            let text = try json(live)
            for member in ["verdict", "reason", "asOf", "renewedAfter", "groups", "basis", "event", "untold"] {
                #expect(text.contains("\"\(member)\":") == (member != "untold"), "\(member)")
            }
        }
    }

    @Test("a verdict follows the people of a group, and other groups are unexamined")
    func following() async throws {
        try await inTownHall { hall in
            let (opened, _) = try await camps(hall)
            let reading = try await hall.conversations.landscape(of: opened.id, isWhole: true)
            let examined = ExaminedGroups(reading, samples: 2)
            let members = ExaminedGroups.members(of: reading)
            #expect(examined.verdicts(of: members, rejected: []) == examined.findings)
            #expect(examined.verdicts(of: members.reversed(), rejected: []) == examined.findings.reversed())
            #expect(examined.verdicts(of: members, rejected: [3]) == nil)
            #expect(examined.verdicts(of: [members[0].union(members[1]), []], rejected: []) == nil)
            // Half of the one with half of the other.
            let halves = members.map { group in (first: group.sorted().prefix(10), rest: group.sorted().dropFirst(10)) }
            let mixed = [
                Set(halves[0].first).union(halves[1].first), Set(halves[0].rest).union(halves[1].rest),
            ]
            #expect(examined.verdicts(of: mixed, rejected: []) == nil)
        }
    }

    @Test("the whole is real only when every group is, and says why")
    func together() {
        let basis = LandscapeBasis.enough(people: 40)
        func verdict(_ kinds: [GroupExamination.Verdict], chance: Double? = 0.01) -> GroupVerdict {
            GroupVerdict(
                basis,
                of: kinds.enumerated().map { place, kind in
                    GroupVerdict(
                        GroupExamination.Finding(
                            group: place, size: 20, share: ShareEstimate(count: 20, of: 40), stability: 0.8,
                            evidence: 9, verdict: kind))
                }, chance: chance)
        }
        #expect(verdict([.real, .real]).finding == "real" && verdict([.real, .real]).reason.contains("In 1% of"))
        #expect(verdict([.real, .noise]).finding == "partly-real")
        #expect(verdict([.region, .noise]).finding == "regions")
        #expect(verdict([.uncertain, .noise]).finding == "uncertain")
        #expect(verdict([.real, .real], chance: nil) == .unexamined)
        #expect(verdict([]).finding == "no-groups")
        #expect(GroupVerdict(.tooFewPeople(3), of: [], chance: nil).finding == "too-few-votes")
    }
}
