import Charters

/// Curves over a way, each with a band as wide as its intervals, where it has any.
struct CurvePicture {
    private let shown: ShownCurves
    private let first: Double
    private let width: Double
    private let reach: ClosedRange<Double>

    /// The picture, or nothing without a point.
    static func text(_ shown: ShownCurves) -> String {
        let places = shown.curves.flatMap(\.points).map(\.place).filter(\.isFinite)
        guard let first = places.min(), let last = places.max() else { return "" }
        return CurvePicture(shown: shown, first: first, last: last).text
    }

    private init(shown: ShownCurves, first: Double, last: Double) {
        self.shown = shown
        self.first = first
        // A step that falls at the last place needs room to be seen to stay there.
        width = (last > first ? last - first : 1) + (shown.kind == .survival ? 0.5 : 0)
        reach = shown.reach
    }

    private func x(_ place: Double) -> String { ReportPictures.at(40 + (place - first) / width * 540) }

    private func y(_ value: Double) -> String {
        let inside = min(reach.upperBound, max(reach.lowerBound, value))
        return ReportPictures.at(240 - (inside - reach.lowerBound) / (reach.upperBound - reach.lowerBound) * 220)
    }

    /// Points as a path: straight from one to the next, or in steps that fall where a point is.
    private func path(_ points: [(place: Double, value: Double)]) -> [String] {
        guard shown.kind == .survival else { return points.map { "\(x($0.place)) \(y($0.value))" } }
        var corners: [String] = []
        for (index, point) in points.enumerated() {
            if index > 0 { corners.append("\(x(point.place)) \(y(points[index - 1].value))") }
            corners.append("\(x(point.place)) \(y(point.value))")
        }
        if let last = points.last { corners.append("\(x(last.place + 0.5)) \(y(last.value))") }
        return corners
    }

    private var text: String {
        let names = "\(shown.title), by \(shown.way): the figures stand in the table below".escapedForHTML
        let middle = (reach.lowerBound + reach.upperBound) / 2
        func label(_ value: Double, _ height: Int) -> String {
            let words = value == value.rounded() ? "\(Int(value))".replacing("-", with: "−") : "\(value)"
            return "<text x=\"34\" y=\"\(height)\" class=\"end\">\(words)</text>"
        }
        var text =
            "<svg class=\"curves\" viewBox=\"0 0 600 290\" role=\"img\" aria-label=\"\(names)\"><path class=\"axis\" d=\"M40 20V240M40 \(shown.kind == .survival ? 240 : 130)H580\"/>"
        text += label(reach.upperBound, 24) + label(middle, 134) + label(reach.lowerBound, 244)
        text += "<text x=\"310\" y=\"282\" class=\"middle\">\(shown.way.escapedForHTML)</text>"
        for place in Set(shown.curves.flatMap(\.points).map(\.place)).sorted().prefix(25) where place.isFinite {
            text += "<text x=\"\(x(place))\" y=\"260\" class=\"middle\">\(place.placeWords)</text>"
        }
        for (place, curve) in shown.curves.enumerated() {
            let points = curve.points.filter { $0.place.isFinite && $0.value.isFinite }
            guard !points.isEmpty else { continue }
            text += "<g class=\"g\(place % 9)\">" + band(points)
            let line = path(points.map { ($0.place, $0.value) })
            text +=
                "<path class=\"line d\(place % 4)\" d=\"M\(line.joined(separator: "L"))\"/>" + marks(points) + "</g>"
        }
        return text + "</svg>"
    }

    private func band(_ points: [ShownCurves.Point]) -> String {
        let ends = points.compactMap { point -> (place: Double, lower: Double, upper: Double)? in
            guard let lower = point.lower, let upper = point.upper, lower.isFinite, upper.isFinite else { return nil }
            return (point.place, lower, upper)
        }
        guard !ends.isEmpty else { return "" }
        let there = path(ends.map { ($0.place, $0.upper) })
        let back = path(ends.map { ($0.place, $0.lower) }).reversed()
        return "<path class=\"band\" d=\"M\((there + back).joined(separator: "L"))Z\"/>"
    }

    /// A short upright line where watching ended, a little behind the step that falls at the same place.
    private func marks(_ points: [ShownCurves.Point]) -> String {
        let marked = points.filter { ($0.censored ?? 0) > 0 }
        guard !marked.isEmpty else { return "" }
        let strokes = marked.map { "M\(x($0.place + 0.2)) \(y($0.value))m0 -7v14" }.joined()
        return "<path class=\"mark\" d=\"\(strokes)\"/>"
    }
}

extension Double {
    /// Where on a way: `3`, or `0.50`.
    var placeWords: String {
        abs(self) < 1e6 && self == rounded() ? "\(Int(self))".replacing("-", with: "−") : hundredths
    }
}
