/// A page of HTML that needs nothing else: no script, no font, no picture, no address; readable on screens and on paper.
///
/// ```swift
/// HTMLPage(title: "What we care about", body: "<p>\(words.escapedForHTML)</p>\n").text
/// ```
public struct HTMLPage: Sendable, Hashable {
    /// The title, as plain text. It stands above the body too.
    public var title: String
    /// What stands below the title: markup, in which every text from elsewhere has been escaped.
    public var body: String
    /// Rules of style beyond those that every page has.
    public var style: String

    /// A page.
    public init(title: String, body: String, style: String = "") {
        self.title = title
        self.body = body
        self.style = style
    }

    /// The whole file.
    public var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="\(Self.securityPolicy)">
        <title>\(title.escapedForHTML)</title>
        <style>
        \(Self.style)\(style.isEmpty ? "" : "\n" + style)
        </style>
        </head>
        <body>
        <main>
        <h1 dir="auto">\(title.escapedForHTML)</h1>
        \(body)</main>
        </body>
        </html>

        """
    }

    /// What a browser may load for such a page: nothing. A server sends it as `Content-Security-Policy` too.
    public static let securityPolicy = "default-src 'none'; style-src 'unsafe-inline'"

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

extension String {
    /// The text for HTML, inside an element or an attribute: what could be markup, or hide, is written so that it can't.
    public var escapedForHTML: String {
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
