import Charters

extension RunReport {
    /// What an attractor run found, good by good.
    static func attractor(_ shown: ShownAttractor) -> String {
        var text = "<h3>\(shown.title.escapedForHTML)</h3>\n"
        text += shown.terms.map { paragraph($0, kind: "how") }.joined()
        for part in shown.goods {
            text += "<h4>\(part.good.escapedForHTML)</h4>\n"
            text += part.tables.map { table($0, of: part.good) }.joined()
            text += part.curves.map { picture($0, level: 5) }.joined()
            if !part.byKind.isEmpty {
                let pictures = part.byKind.map { picture($0, level: 5) }.joined()
                text +=
                    "<details><summary>\(part.good.escapedForHTML), by kind of push</summary>\n\(pictures)</details>\n"
            }
        }
        if shown.goods.isEmpty { text += paragraph("Nothing can be said yet: no twin is there that was judged.") }
        if let comparisons = shown.comparisons { text += table(comparisons, of: nil) }
        return text + "<h4>What pushing can't show</h4>\n<ul>\n"
            + shown.limits.map { "<li>\($0.escapedForHTML)</li>\n" }.joined() + "</ul>\n"
    }

    private static func table(_ shown: ShownAttractor.Table, of good: String?) -> String {
        table(
            good.map { "\($0): \(shown.caption)" } ?? shown.caption, head: shown.head,
            rows: shown.rows.map { $0.map(\.escapedForHTML) })
    }

    /// A picture of curves, with its figures in a table below it.
    ///
    /// - Parameter level: How deep its heading lies.
    static func picture(_ shown: ShownCurves, level: Int) -> String {
        var text = "<h\(level)>\(shown.title.escapedForHTML)</h\(level)>\n"
        if !shown.about.isEmpty { text += paragraph(shown.about) }
        let keys = shown.curves.enumerated().map { place, curve in
            "<span class=\"key g\(place % 9)\"><span class=\"dot\"></span>\(curve.name.escapedForHTML)</span> "
        }
        text += "<figure>\(CurvePicture.text(shown))<figcaption>\(keys.joined())</figcaption></figure>\n"
        let points = shown.curves.flatMap(\.points)
        let hasCounts = points.contains { $0.conversations != nil }
        let hasCensored = points.contains { $0.censored != nil }
        return text
            + table(
                "\(shown.title), in figures",
                head: ["curve", shown.way, "value", "interval"]
                    + (hasCounts ? ["conversations"] : []) + (hasCensored ? ["watching ended"] : []),
                rows: shown.curves.flatMap { curve in
                    curve.points.map { point in
                        [
                            curve.name.escapedForHTML, point.place.placeWords, point.value.hundredths, interval(point),
                        ] + (hasCounts ? [point.conversations.map { "\($0)" } ?? ""] : [])
                            + (hasCensored ? [point.censored.map { "\($0)" } ?? ""] : [])
                    }
                })
    }

    private static func interval(_ point: ShownCurves.Point) -> String {
        guard let lower = point.lower, let upper = point.upper else { return "none" }
        return "\(lower.hundredths) to \(upper.hundredths)"
    }
}
