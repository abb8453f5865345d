import Flourishing
import Testing

@testable import Charters

@Suite("What only shows when layers lie on each other")
struct StackCheckTests {
    private let goods = "goods: {comfort: {says: Ease.}, understanding: {says: Insight.}}\n"
    private let yours = "tensions: [{between: [comfort, understanding], decide: person, advise: Name both.}]\n"

    private func charter(_ name: String, _ sections: String) throws -> Charter {
        try Charter.read("charter: \(name)\nversion: 1.0.0\npurpose: Help.\n" + sections, file: name).charter
    }

    private func check(_ child: String, on parent: String) throws -> [Diagnostic] {
        let parent = try charter("a/parent", parent)
        let child = try charter("a/child", "extends: [a/parent]\n" + child)
        let found = CharterStack(charter: child, parents: [parent]).check()
        #expect(found.allSatisfy { !$0.help.isEmpty && $0.line > 0 }, "\(found)")
        return found
    }

    private func alone(_ sections: String) throws -> [Diagnostic] {
        CharterStack(charter: try charter("a/b", sections)).check()
    }

    // MARK: Decisions

    @Test("a context that decides in passing what is the person's is told of, and one that doesn't isn't")
    func contexts() throws {
        func codes(_ says: String) throws -> [String] {
            let context = "contexts: [{id: c, when: {risk: low}, then: {move: answer, says: '\(says)'}}]"
            let below = try check(context, on: goods + yours).map(\.code)
            #expect(try alone(goods + yours + context).map(\.code) == below)
            return below
        }
        #expect(try codes("Comfort always goes first here; tell the pupil to rest.") == ["decides-for-person"])
        #expect(try codes("Decide for understanding.") == ["decides-for-person"])
        #expect(try codes("Use the formal address.") == [])
        #expect(try codes("Always greet them by name.") == [])
        #expect(try codes("Bring them comfort.") == [])
    }

    @Test("a role that closes the move by which a decision is laid out is told that it stays open")
    func roles() throws {
        let role = "roles: {tutor: {stance: tutor, moves: [scaffold], standards: [Decide for understanding.]}}"
        #expect(try check(role, on: goods + yours).map(\.code) == ["decides-for-person", "decides-for-person"])
        #expect(try check(role, on: goods) == [])
        let open = "roles: {tutor: {stance: tutor, moves: [scaffold, offer-perspectives]}}"
        #expect(try check(open, on: goods + yours) == [])
        let stack = CharterStack(
            charter: try charter("a/child", role), parents: [try charter("a/parent", goods + yours)])
        #expect(try stack.compiled(role: nil).allowedMoves.contains(.offerPerspectives))
        #expect(try charter("a/b", goods + role).compiled(role: nil).allowedMoves.contains(.offerPerspectives) == false)
        // Only the person can ask to be spared it.
        let person = try PersonLayer.read("wishes: 1\navoid: [offer-perspectives]\n", file: "w").wishes
        #expect(try !stack.adding(person).compiled(role: nil).allowedMoves.contains(.offerPerspectives))
    }

    @Test("advice of a higher layer on what is the person's is not told, and its author knows")
    func advice() throws {
        let child =
            "tensions: [{between: [comfort, understanding], decide: person, advise: Understanding always goes first.}]"
        let found = try check(child, on: goods + yours)
        #expect(found.map(\.code) == ["decides-for-person"])
        #expect(found.first?.message.contains("is not told") == true)
        let stack = CharterStack(
            charter: try charter("a/child", "extends: [a/parent]\n" + child),
            parents: [try charter("a/parent", goods + yours)])
        let tension = try #require(stack.composed.tensions.first)
        #expect(tension.advice == ["Name both."])
        let brief = try stack.compiled(role: nil).brief(for: BriefRequest(tension: tension)).text
        #expect(!brief.contains("always goes first") && brief.contains("Don't decide."))
        // The same words again are no other words.
        #expect(try check(yours, on: goods + yours) == [])
    }

    // MARK: Deeds

    @Test(
        "a deed that one layer calls good and another poor is told of, at the higher of the two",
        arguments: [
            ("goods: {wit: {says: A., failures: [Praises every effort]}}", "calls “Praises every effort” a failure"),
            ("goods: {calm: {says: A., failures: [praises every effort]}}", "calls “praises every effort” a failure"),
            (
                "dispositions: {compassion: {says: A., near-enemies: [praises every effort]}}",
                "calls “praises every effort” a near enemy"
            ),
            ("goods: {calm: {says: A., signs: [hurries]}}", "has the sign “hurries”"),
            ("goods: {calm: {says: A., signs: [pity]}}", "has the sign “pity”"),
        ])
    func deeds(child: String, words: String) throws {
        let parent = """
            goods: {calm: {says: A., signs: [praises every effort], failures: [hurries]}}
            dispositions: {compassion: {says: B.}}
            """
        let found = try check(child, on: parent)
        #expect(found.map(\.code) == ["contradiction"], "\(found)")
        #expect(found.first?.message.contains(words) == true, "\(found)")
        #expect(found.first?.file == "a/child" && found.first?.severity == .warning)
    }

    @Test(
        "what a layer leaves out contradicts nothing, and one layer's own contradictions are told once, by its reader")
    func deedsLeftOut() throws {
        let parent = "goods: {calm: {says: A., signs: [praises every effort]}}"
        let child = "without: {calm: because}\ngoods: {wit: {says: A., failures: [praises every effort]}}"
        #expect(try check(child, on: parent) == [])
        let both = "goods: {calm: {says: A., signs: [rests]}, wit: {says: B., failures: [rests]}}"
        #expect(
            try Charter.read("charter: a/b\nversion: 1.0.0\npurpose: Help.\n" + both, file: "b").warnings.count == 1)
        #expect(try check("", on: both) == [])
    }

    // MARK: Moves

    @Test("a move that another layer's roles close is told of, where the higher of the two says it")
    func moves() throws {
        let role = "roles: {tutor: {stance: tutor, moves: [scaffold]}}\n"
        let context = "contexts: [{id: c, when: {topic: exams}, then: {move: celebrate}}]\n"
        let guidance = "guidance: {g: {says: A., asks: May I?, expires: 1d, move: challenge}}\n"
        #expect(try check(context, on: role).map { "\($0.code) \($0.line)" } == ["never-applies 5"])
        #expect(try check(guidance, on: role).map(\.code) == ["never-applies"])
        #expect(try check(role, on: context).map(\.message).first?.contains("`contexts/c`") == true)
        #expect(try check(role + context, on: "").map(\.code) == ["never-applies"])
        // In a file that stands alone, its reader has said so.
        #expect(try check("", on: role + context) == [])
        #expect(try alone(role + context) == [])
        // What is always open, or open because the person decides, can be made.
        #expect(try check("contexts: [{when: {topic: exams}, then: {move: defer}}]", on: role) == [])
        let perspectives = "contexts: [{when: {topic: exams}, then: {move: offer-perspectives}}]"
        #expect(try check(perspectives, on: role).map(\.code) == ["never-applies"])
        #expect(
            try check(perspectives, on: goods + yours + role.replacing("[scaffold]", with: "[scaffold, ask]")).filter {
                $0.code == "never-applies"
            } == [])
        #expect(try check("roles: {friend: {stance: companion}}\n" + context, on: role) == [])
    }
}
