import Charters
import Flourishing

/// The pictures of a run's report: small, still, drawn from numbers that stand beside them in figures.
enum ReportPictures {
    /// A coordinate with one digit behind the point.
    static func at(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    /// One good on the scale from -1 to 1: a dot, a thick line as far as other scenarios may carry it, a thin one as far
    /// as the judge itself may be off. Whoever can't see it reads the figures beside it.
    static func bar(_ result: RunResults.GoodResult, colour: Int) -> String {
        guard let estimate = result.estimate else { return "" }
        func x(_ value: Double) -> Double { 8 + (value + 1) * 112 }
        var text =
            "<svg class=\"scale g\(colour)\" viewBox=\"0 0 240 22\" width=\"240\" height=\"22\" aria-hidden=\"true\"><path class=\"axis\" d=\"M8 11H232M8 7V15M120 4V18M232 7V15\"/>"
        if let lower = result.judgeLower, let upper = result.judgeUpper {
            text += "<path class=\"reach\" d=\"M\(at(x(lower))) 11H\(at(x(upper)))\"/>"
        }
        if result.hasInterval {
            text += "<path class=\"spread\" d=\"M\(at(x(estimate.lower))) 11H\(at(x(estimate.upper)))\"/>"
        }
        return text + "<circle cx=\"\(at(x(estimate.value)))\" cy=\"11\" r=\"5\"/></svg>"
    }

    /// A conduct in a picture of two goods.
    struct Spot {
        let letter: String
        let colour: Int
        let across: Estimate
        let up: Estimate
        /// Whether there are intervals across and up; where there is none, no line is drawn.
        let hasIntervals: (across: Bool, up: Bool)
        /// Whether none is better for both goods by whole intervals.
        let isOnFront: Bool
    }

    /// Two goods against each other: a cross of intervals for each conduct, and a line through those that no other beats
    /// by value.
    static func front(_ spots: [Spot], across: String, up: String, words: String) -> String {
        func x(_ value: Double) -> Double { 30 + (value + 1) * 100 }
        func y(_ value: Double) -> Double { 220 - (value + 1) * 100 }
        var text =
            "<svg class=\"front\" viewBox=\"0 0 250 250\" role=\"img\" aria-label=\"\(words.escapedForHTML)\"><path class=\"axis\" d=\"M30 220H230M30 220V20M130 220V20M30 120H230\"/><text x=\"130\" y=\"243\" class=\"middle\">\(across.escapedForHTML)</text><text x=\"12\" y=\"120\" class=\"middle\" transform=\"rotate(-90 12 120)\">\(up.escapedForHTML)</text>"
        let line = beaten(spots).filter { !$0.isBeaten }.map(\.spot).sorted {
            ($0.across.value, -$0.up.value) < ($1.across.value, -$1.up.value)
        }
        if line.count > 1 {
            var path = ""
            for (place, spot) in line.enumerated() {
                path +=
                    place == 0
                    ? "M\(at(x(spot.across.value))) \(at(y(spot.up.value)))"
                    : "V\(at(y(spot.up.value)))H\(at(x(spot.across.value)))"
            }
            text += "<path class=\"steps\" d=\"\(path)\"/>"
        }
        for spot in spots {
            let (x0, y0) = (at(x(spot.across.value)), at(y(spot.up.value)))
            let reach =
                (spot.hasIntervals.across ? "M\(at(x(spot.across.lower))) \(y0)H\(at(x(spot.across.upper)))" : "")
                + (spot.hasIntervals.up ? "M\(x0) \(at(y(spot.up.lower)))V\(at(y(spot.up.upper)))" : "")
            text +=
                "<g class=\"g\(spot.colour)\"><path class=\"cross\" d=\"\(reach)\"/><circle class=\"\(spot.isOnFront ? "on" : "off")\" cx=\"\(at(x(spot.across.value)))\" cy=\"\(at(y(spot.up.value)))\" r=\"9\"/><text class=\"letter\" x=\"\(at(x(spot.across.value)))\" y=\"\(at(y(spot.up.value) + 4))\">\(spot.letter)</text></g>"
        }
        return text + "</svg>"
    }

    private static func beaten(_ spots: [Spot]) -> [(spot: Spot, isBeaten: Bool)] {
        spots.map { one in
            let isBeaten = spots.contains {
                $0.across.value >= one.across.value && $0.up.value >= one.up.value
                    && ($0.across.value > one.across.value || $0.up.value > one.up.value)
            }
            return (one, isBeaten)
        }
    }
}
