import Flourishing
import Testing

@testable import Charters

/// The laws of composing, each over layers put together at random. One seed makes several.
@Suite("Composing layers")
struct CompositionTests {
    private static let seeds = UInt64(0)..<150

    /// Three layers of charters; every third time the last is a person's.
    private func layers(_ seed: UInt64) -> (CharterLayer, CharterLayer, CharterLayer) {
        var random = SeededGenerator(seed: seed)
        let first = GeneratedCharters.layer(using: &random)
        let second = GeneratedCharters.layer(using: &random)
        let third =
            seed % 3 == 0 ? GeneratedCharters.wishes(using: &random) : GeneratedCharters.layer(using: &random)
        return (first, second, third)
    }

    @Test(
        "the generator makes layers that meet: clauses of one name, withdrawals that hit, decisions given and claimed")
    func generator() {
        var met = (clauses: 0, withdrawn: 0, claimed: 0, weakened: 0)
        for seed in Self.seeds {
            let (lower, higher, _) = layers(seed)
            met.clauses += lower.goods.filter { good in higher.goods.contains { $0.id == good.id } }.count
            met.withdrawn += higher.withdrawals.filter { lower.ids(of: $0.section).contains($0.clause) }.count
            met.claimed +=
                lower.tensions.filter { tension in
                    tension.decide == .person
                        && (higher.tensions.contains { $0.id == tension.id && $0.decide != .person }
                            || higher.withdrawals.contains { $0.id == "tensions/\(tension.id)" })
                }.count
            met.weakened +=
                lower.floor.filter { clause in
                    higher.floor.contains { $0.id == clause.id && $0.severity < clause.severity }
                }.count
        }
        #expect(met.clauses > 100 && met.withdrawn > 100 && met.claimed > 20 && met.weakened > 50, "\(met)")
    }

    @Test("is associative: it doesn't matter which neighbours are composed first", arguments: seeds)
    func associative(seed: UInt64) {
        let (first, second, third) = layers(seed)
        let left = first.composed(with: second).composed(with: third)
        let right = first.composed(with: second.composed(with: third))
        #expect(left == right)
        #expect(CharterLayer.composed([first, second, third]) == left)
    }

    @Test("is idempotent: a layer laid on itself is itself, and so is what was composed", arguments: seeds)
    func idempotent(seed: UInt64) {
        let (first, second, _) = layers(seed)
        #expect(first.composed(with: first) == first)
        let both = first.composed(with: second)
        #expect(both.composed(with: both) == both)
    }

    @Test("leaves a layer as it is when the other says nothing", arguments: seeds)
    func identity(seed: UInt64) {
        let (first, _, third) = layers(seed)
        for layer in [first, third] {
            #expect(layer.composed(with: CharterLayer()) == layer)
            #expect(CharterLayer().composed(with: layer) == layer)
        }
        #expect(CharterLayer.composed([]) == CharterLayer())
    }

    @Test("doesn't depend on the order in which a file writes names", arguments: seeds)
    func reordering(seed: UInt64) {
        let (first, second, _) = layers(seed)
        var random = SeededGenerator(seed: seed &+ 1_000)
        let shuffled = first.shuffled(using: &random).composed(with: second.shuffled(using: &random))
        #expect(shuffled == first.composed(with: second))
    }

    @Test("never takes anything from the floor, whatever the higher layer says", arguments: seeds)
    func floor(seed: UInt64) {
        let (first, second, third) = layers(seed)
        let whole = CharterLayer.composed([first, second, third])
        for layer in [first, second, third] { expectFloor(of: layer, in: whole) }
    }

    @Test("keeps every good that isn't left out by name, under no narrower condition", arguments: seeds)
    func goods(seed: UInt64) throws {
        let (first, second, _) = layers(seed)
        let both = first.composed(with: second)
        var random = SeededGenerator(seed: seed &+ 2_000)
        for clause in first.goods {
            let isOut = second.withdrawals.contains { $0.id == "goods/\(clause.id)" }
            guard let kept = both.goods.first(where: { $0.id == clause.id }) else {
                #expect(isOut, "\(clause.id) was lost without a word")
                continue
            }
            if isOut {
                // Left out and said anew: then only the new words count.
                #expect(second.goods.contains(kept))
                continue
            }
            #expect(Set(kept.signs).isSuperset(of: clause.signs) && Set(kept.failures).isSuperset(of: clause.failures))
            for _ in 0..<20 {
                let circumstances = GeneratedCharters.circumstances(using: &random)
                if clause.when.map({ $0.holds(in: circumstances) == true }) ?? true {
                    #expect(kept.when.map { $0.holds(in: circumstances) == true } ?? true)
                }
            }
        }
        // What was left out stays visible.
        for withdrawal in first.withdrawals + second.withdrawals {
            #expect(both.withdrawals.contains { $0.id == withdrawal.id })
        }
    }

    @Test("never takes back a decision that was given to the person", arguments: seeds)
    func decisions(seed: UInt64) throws {
        let (first, second, third) = layers(seed)
        let whole = CharterLayer.composed([first, second, third])
        for tension in (first.tensions + second.tensions + third.tensions) where tension.decide == .person {
            let kept = try #require(whole.tensions.first { $0.id == tension.id })
            #expect(kept.decide == .person)
        }
        // And nobody else's words stand under it but those of the layer that gave it first.
        for kept in whole.tensions where kept.decide == .person {
            let giver = (first.tensions + second.tensions + third.tensions).first {
                $0.id == kept.id && $0.decide == .person
            }
            #expect(kept.advice == giver?.advice)
        }
    }

    @Test("keeps memory for the shortest time that a layer names", arguments: seeds)
    func memory(seed: UInt64) {
        let (first, second, third) = layers(seed)
        let days = [first, second, third].compactMap { $0.memory?.retentionDays }
        #expect(CharterLayer.composed([first, second, third]).memory?.retentionDays == days.min())
    }

    @Test("puts the higher layer's contexts first, each layer's in its own order", arguments: seeds)
    func contexts(seed: UInt64) {
        let (first, second, _) = layers(seed)
        let ids = first.composed(with: second).contexts.map(\.id)
        let above = second.contexts.map(\.id)
        let gone = Set(second.withdrawals.filter { $0.section == .contexts }.map(\.clause))
        #expect(ids == above + first.contexts.map(\.id).filter { !above.contains($0) && !gone.contains($0) })
    }

    @Test("takes time linear in the layers", arguments: [100, 4_000])
    func large(count: Int) {
        var lower = CharterLayer()
        lower.goods = (0..<count).map { number in
            GoodClause(good: Good(id: "good-\(100_000 + number)", says: "Idea \(number)."), signs: ["asks"])
        }
        var higher = lower
        higher.goods = lower.goods.map { GoodClause(good: $0.good, signs: ["waits"]) }
        let both = lower.composed(with: higher)
        #expect(both.goods.count == count && both.goods.allSatisfy { $0.signs == ["asks", "waits"] })
    }
}

/// What must be true of every floor that another is part of.
func expectFloor(of layer: CharterLayer, in whole: CharterLayer, sourceLocation: SourceLocation = #_sourceLocation) {
    for clause in layer.floor {
        guard let kept = whole.floor.first(where: { $0.id == clause.id }) else {
            Issue.record("floor/\(clause.id) is gone", sourceLocation: sourceLocation)
            continue
        }
        #expect(kept.severity >= clause.severity, sourceLocation: sourceLocation)
        #expect(Set(kept.sayings).isSuperset(of: clause.sayings), sourceLocation: sourceLocation)
        #expect(Set(kept.instead).isSuperset(of: clause.instead), sourceLocation: sourceLocation)
        for language in [nil, "de", "pt", "yue", "fr"] {
            #expect(
                Set(kept.instead(in: language)).isSuperset(of: clause.instead(in: language)),
                sourceLocation: sourceLocation)
        }
        #expect(Set(kept.to).isSuperset(of: clause.to), sourceLocation: sourceLocation)
        #expect(Set(kept.examples).isSuperset(of: clause.examples), sourceLocation: sourceLocation)
        let (before, after) = (clause.detection, kept.detection)
        #expect(Set(after.phrases).isSuperset(of: before.phrases), sourceLocation: sourceLocation)
        #expect(Set(after.detectors).isSuperset(of: before.detectors), sourceLocation: sourceLocation)
        #expect(Set(after.guardCategories).isSuperset(of: before.guardCategories), sourceLocation: sourceLocation)
        // No side named means the model's side.
        let looked = before.isEmpty || !before.sides.isEmpty ? before.sides : [.output]
        let looks = after.sides.isEmpty ? [.output] : after.sides
        #expect(looks.isSuperset(of: looked), sourceLocation: sourceLocation)
    }
}
