import Flourishing

extension CharterPage {
    /// The page as one HTML file that needs nothing else: no script, no font, no picture, no address.
    ///
    /// Every text of the charter is escaped, so none of it can become markup.
    public var html: String {
        HTMLPage(title: title, body: blocks.map { $0.html + "\n" }.joined()).text
    }
}

extension CharterPage.Block {
    fileprivate var html: String {
        switch self {
        case .heading(let text, let level): "<h\(level)>\(text.escapedForHTML)</h\(level)>"
        case .paragraph(let text): "<p>\(text.escapedForHTML)</p>"
        case .list(let items): "<ul>\n" + items.map { "<li>\($0.escapedForHTML)</li>\n" }.joined() + "</ul>"
        case .facts(let facts):
            "<dl>\n" + facts.map { "<dt>\($0.name.escapedForHTML)</dt><dd>\($0.value.escapedForHTML)</dd>\n" }.joined()
                + "</dl>"
        case .scene(let scene):
            "<blockquote>\n<p><b>Somebody says:</b> \(scene.person.escapedForHTML)</p>\n"
                + (scene.move.map { "<p><b>The reply’s move:</b> \($0.rawValue.escapedForHTML)</p>\n" } ?? "")
                + "<p><b>A good reply:</b> \(scene.shows.escapedForHTML)</p>\n"
                + (scene.fails.map { "<p><b>A poor reply:</b> \($0.escapedForHTML)</p>\n" } ?? "") + "</blockquote>"
        case .verbatim(let text): "<pre>\(text.escapedForHTML)</pre>"
        }
    }
}
