import Flourishing

/// A charter as a page that people would read aloud: for the person who talks under it, for the community whose it is,
/// or for somebody who checks it.
///
/// The same page comes as plain text and as HTML that needs nothing else.
public struct CharterPage: Sendable {
    /// Who reads the page.
    public enum Audience: String, Hashable, Sendable, Codable, CaseIterable {
        /// Somebody who talks under the charter: short, in the second person.
        case person
        /// The people whose charter it is: whole, with reasons, withdrawals, dissent, and what lacks an example.
        case community
        /// Somebody who checks it: everything with paths, layers and fingerprints.
        case auditor
    }

    /// A part of a page.
    enum Block: Sendable, Hashable {
        case heading(String, level: Int)
        case paragraph(String)
        case list([String])
        /// Names with what they stand for.
        case facts([Fact])
        /// A short scene.
        case scene(Example)
        /// A text to the letter.
        case verbatim(String)
    }

    struct Fact: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// The page's title.
    public let title: String
    let blocks: [Block]

    /// Lays a page out.
    ///
    /// - Parameters:
    ///   - charter: The charter.
    ///   - stack: What it lies on. Nil takes Trellis's own floor alone; then the page of a charter with parents says that
    ///     they aren't in it.
    ///   - audience: Who reads it.
    /// - Complexity: O(*n*) in the size of the stack.
    public init(of charter: Charter, in stack: CharterStack? = nil, for audience: Audience) {
        let content = PageContent(
            charter: charter, stack: stack ?? CharterStack(charter: charter),
            lacksParents: stack == nil && !charter.extends.isEmpty)
        switch audience {
        case .person:
            title = "What the assistant does when you talk with it"
            blocks = content.forPerson
        case .community:
            title = "The charter \(charter.id)"
            blocks = content.forCommunity
        case .auditor:
            title = "\(charter.id) \(charter.version), for those who check it"
            blocks = content.forAuditor
        }
    }

    /// The page as plain text, with a line feed at its end. Characters that a terminal would act on are shown as
    /// pictures.
    public var text: String {
        var parts = [title.printable + "\n" + String(repeating: "=", count: title.count)]
        for block in blocks {
            switch block {
            case .heading(let text, let level):
                let line = text.printable
                parts.append(level == 2 ? line + "\n" + String(repeating: "-", count: line.count) : line)
            case .paragraph(let text): parts.append(text.printable)
            case .list(let items): parts.append(items.map { "- " + $0.printable }.joined(separator: "\n"))
            case .facts(let facts):
                parts.append(facts.map { "\($0.name.printable): \($0.value.printable)" }.joined(separator: "\n"))
            case .scene(let scene):
                var lines = ["  Somebody says: " + scene.person.indented]
                if let move = scene.move { lines.append("  The reply's move: " + move.rawValue) }
                lines.append("  A good reply: " + scene.shows.indented)
                if let fails = scene.fails { lines.append("  A poor reply: " + fails.indented) }
                parts.append(lines.joined(separator: "\n"))
            case .verbatim(let text): parts.append("    " + text.indented)
            }
        }
        return parts.joined(separator: "\n\n") + "\n"
    }
}

extension String {
    /// The text made safe to print, with every further line moved in.
    fileprivate var indented: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            .joined(separator: "\n    ")
    }
}
