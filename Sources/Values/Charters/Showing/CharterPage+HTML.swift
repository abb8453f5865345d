import Flourishing

extension CharterPage {
    /// The page as one HTML file that needs nothing else: no script, no font, no picture, no address.
    ///
    /// Every text of the charter is escaped, so none of it can become markup.
    public var html: String {
        var body = "<h1>\(title.escaped)</h1>\n"
        for block in blocks { body += block.html + "\n" }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title.escaped)</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
    }

    /// Readable at any size, in the light and in the dark, and on paper.
    private static let style = """
        :root { color-scheme: light dark; }
        body { margin: 0; font: 1.125rem/1.6 Georgia, "Times New Roman", serif; color: #1b1b1b; background: #fdfcf8; }
        main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
        h1 { font-size: 2rem; line-height: 1.2; }
        h1, h2, h3 { text-wrap: balance; }
        h2 { font-size: 1.4rem; margin-top: 2.5rem; border-bottom: 1px solid #6b6b6b; }
        h3 { font-size: 1.125rem; margin: 1.75rem 0 0.25rem; }
        h3 + p { margin-top: 0.25rem; }
        li { margin: 0.35rem 0; }
        dt { font-weight: bold; }
        dd { margin: 0 0 0.5rem 1.25rem; }
        blockquote { margin: 1rem 0; padding: 0.25rem 1rem; border-left: 0.25rem solid #2f6b3c; }
        blockquote p { margin: 0.5rem 0; white-space: pre-line; }
        pre { white-space: pre-wrap; padding: 1rem; background: #efede4; font-size: 0.95rem; }
        @media (min-width: 40rem) {
          dl { display: grid; grid-template-columns: fit-content(13rem) 1fr; gap: 0.35rem 1.25rem; }
          dd { margin: 0; }
        }
        @media (prefers-color-scheme: dark) {
          body { color: #ececec; background: #161816; }
          pre { background: #242824; }
          blockquote { border-color: #8fcf9d; }
        }
        @media print { body { background: none; color: #000; } }
        """
}

extension CharterPage.Block {
    fileprivate var html: String {
        switch self {
        case .heading(let text, let level): "<h\(level)>\(text.escaped)</h\(level)>"
        case .paragraph(let text): "<p>\(text.escaped)</p>"
        case .list(let items): "<ul>\n" + items.map { "<li>\($0.escaped)</li>\n" }.joined() + "</ul>"
        case .facts(let facts):
            "<dl>\n" + facts.map { "<dt>\($0.name.escaped)</dt><dd>\($0.value.escaped)</dd>\n" }.joined() + "</dl>"
        case .scene(let scene):
            "<blockquote>\n<p><b>Somebody says:</b> \(scene.person.escaped)</p>\n"
                + (scene.move.map { "<p><b>The reply’s move:</b> \($0.rawValue.escaped)</p>\n" } ?? "")
                + "<p><b>A good reply:</b> \(scene.shows.escaped)</p>\n"
                + (scene.fails.map { "<p><b>A poor reply:</b> \($0.escaped)</p>\n" } ?? "") + "</blockquote>"
        case .verbatim(let text): "<pre>\(text.escaped)</pre>"
        }
    }
}

extension String {
    /// The text for HTML, inside an element or an attribute: what could be markup, or hide, is written so that it can't.
    fileprivate var escaped: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\n": text += "\n"
            default: text.unicodeScalars.append(scalar.isUnsafeToPrint ? scalar.picture : scalar)
            }
        }
        return text
    }
}
