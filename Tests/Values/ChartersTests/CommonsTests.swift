import Flourishing
import Testing

@testable import Charters

@Suite("The starter charters")
struct CommonsTests {
    @Test("there are at least ten, each under one name")
    func names() {
        #expect(Commons.names.count >= 10)
        #expect(Set(Commons.names).count == Commons.names.count)
    }

    @Test("every starter charter is sound, without a doubt, and bears its own name", arguments: Commons.names)
    func sound(name: String) throws {
        let source = try #require(Commons.source(name))
        let (charter, warnings) = try Charter.read(source, file: name)
        #expect(charter.id.description == name)
        #expect(warnings == [])
        #expect(try Commons.charter(name) == charter)
        #expect(CharterStack(charter: charter).check() == [])
    }

    @Test(
        "every good, disposition, tension and floor clause has a scene that shows the difference",
        arguments: Commons.names)
    func scenes(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        var clauses = charter.goods.map { ("goods/\($0.id)", $0.examples) }
        clauses += charter.dispositions.map { ("dispositions/\($0.id)", $0.examples) }
        clauses += charter.tensions.map { ("tensions/\($0.id)", $0.examples) }
        clauses += charter.floor.map { ("floor/\($0.id)", $0.examples) }
        #expect(!charter.goods.isEmpty && !charter.dispositions.isEmpty)
        #expect(!charter.tensions.isEmpty && !charter.floor.isEmpty)
        for (path, examples) in clauses { #expect(examples.contains { $0.fails != nil }, "\(path)") }
        for clause in charter.goods { #expect(!clause.signs.isEmpty && !clause.failures.isEmpty, "\(clause.id)") }
        for clause in charter.dispositions { #expect(!clause.signs.isEmpty, "\(clause.id)") }
    }

    @Test("the move that a scene expects is one that the role may make", arguments: Commons.names)
    func moves(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let allowed = try charter.compiled(role: nil).allowedMoves
        for (path, example) in charter.scenes {
            if let move = example.move { #expect(allowed.contains(move), "\(path): \(move.rawValue)") }
        }
        for tension in charter.tensions where tension.decide == .person {
            #expect(tension.examples.allSatisfy { $0.move == .offerPerspectives }, "\(tension.id)")
        }
        for context in charter.contexts { #expect(context.move.map(allowed.contains) ?? true, "\(context.id)") }
    }

    @Test("every starter charter brings in a person when somebody is in danger", arguments: Commons.names)
    func danger(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let first = try #require(charter.contexts.first)
        #expect(first.when == .topic("crisis"))
        #expect(first.move == .handOver)
        let line = try #require(try charter.compiled(role: nil).resources.first { $0.id == first.to })
        #expect(line.says.contains("findahelpline.com") && line.says.contains("112") && line.says.contains("911"))
        // The floor says whom to call, and no starter says it in other words.
        #expect(BaseFloor.resourceNames.contains(line.id))
        #expect(!charter.layer.resources.contains { BaseFloor.resourceNames.contains($0.id) })
    }

    @Test("whoever can help is a placeholder that says so, and each is used", arguments: Commons.names)
    func resources(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let used = Set(charter.contexts.compactMap(\.to) + charter.floor.flatMap(\.to))
        #expect(
            Commons.source(name)?.contains("REPLACE THIS") == true
                || Commons.source(name)?.contains("REPLACE THESE") == true)
        for resource in charter.layer.resources {
            #expect(resource.isPlaceholder && resource.says.contains("[To be replaced:"), "\(resource.id)")
            #expect(used.contains(resource.id), "\(resource.id)")
        }
    }

    @Test("guidance asks a question, and a consent to it runs out", arguments: Commons.names)
    func guidance(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        for guidance in charter.layer.guidance {
            #expect(guidance.asks.hasSuffix("?"), "\(guidance.id)")
            #expect((guidance.expiresDays ?? .max) <= 90, "\(guidance.id)")
        }
    }

    @Test("a starter charter's own floor says something new, and it keeps no messages", arguments: Commons.names)
    func floor(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let base = BaseFloor.layer.floor
        for clause in charter.floor {
            #expect(!base.contains { $0.id == clause.id || $0.sayings == clause.sayings }, "\(clause.id)")
            if clause.severity >= .replace && clause.severity < .block {
                #expect(!clause.instead.isEmpty, "\(clause.id) says nothing in the reply's place")
            }
        }
        let compiled = try charter.compiled(role: nil)
        #expect(Set(compiled.floor.map(\.id)).isSuperset(of: base.map(\.id)))
        #expect(compiled.keepsBodies == false)
    }

    @Test("a starter charter plays its one role, in a brief that is short enough to be read", arguments: Commons.names)
    func brief(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        let compiled = try charter.compiled(role: nil)
        #expect(compiled.role.map { "commons/" + $0 } == name)
        #expect(compiled.brief.count <= 1_400, "\(compiled.brief.count) characters:\n\(compiled.brief)")
    }

    @Test("no two of them share a good's sentence, a sign or a scene: each was written for itself")
    func ownWords() throws {
        var seen: [String: String] = [:]
        for name in Commons.names {
            let charter = try #require(try Commons.charter(name))
            var texts: [String] = [charter.purpose ?? ""]
            for clause in charter.goods { texts += [clause.good.says] + clause.signs + clause.failures }
            for clause in charter.dispositions { texts += [clause.says] + clause.signs }
            for clause in charter.tensions { texts += clause.advice }
            for clause in charter.layer.guidance { texts += [clause.says, clause.asks] }
            for clause in charter.floor { texts += clause.sayings }
            for (_, scene) in charter.scenes { texts += [scene.person, scene.shows, scene.fails ?? ""] }
            for text in texts where !text.isEmpty {
                #expect(seen[text] == nil, "\(name) and \(seen[text] ?? ""): \(text)")
                seen[text] = name
            }
        }
    }

    @Test(
        "what is drawn from a living tradition names its sources and what it does not claim",
        arguments: Commons.names)
    func sources(name: String) throws {
        let source = try #require(Commons.source(name))
        #expect(source.contains("# Drawn from:") || source.contains(" Drawn from: "))
        #expect(source.contains("does not claim"))
        let charter = try #require(try Commons.charter(name))
        for clause in charter.goods { #expect(!clause.good.traditions.isEmpty, "\(clause.id)") }
        for clause in charter.dispositions where Disposition(rawValue: clause.id) != nil {
            #expect(!clause.traditions.isEmpty, "\(clause.id)")
        }
    }

    @Test("every starter charter is in form, as fmt writes it", arguments: Commons.names)
    func form(name: String) throws {
        let source = try #require(Commons.source(name))
        #expect(try CharterForm.formatted(source.utf8, file: name) == source)
    }

    @Test("a name that isn't among them gives nothing")
    func unknown() throws {
        #expect(Commons.source("commons/oracle") == nil)
        #expect(try Commons.charter("commons/oracle") == nil)
    }
}

extension Charter {
    /// Every scene with the clause that it belongs to.
    fileprivate var scenes: [(String, Example)] {
        var scenes: [(String, Example)] = []
        for clause in goods { scenes += clause.examples.map { ("goods/\(clause.id)", $0) } }
        for clause in dispositions { scenes += clause.examples.map { ("dispositions/\(clause.id)", $0) } }
        for clause in tensions { scenes += clause.examples.map { ("tensions/\(clause.id)", $0) } }
        for clause in floor { scenes += clause.examples.map { ("floor/\(clause.id)", $0) } }
        return scenes
    }
}
