import Charters

/// The map of a conversation as a picture: circles on a grid, each as large as so many people stand there, in the colour of
/// the group that most of them belong to. Nobody's own place is drawn, and members of groups of fewer than five are drawn as
/// people without a group.
struct ReportMap {
    private static let width = 640.0
    private static let height = 400.0
    private static let cell = 20.0

    private let circles: [(x: Double, y: Double, radius: Double, group: Int)]
    private let labels: [(x: Double, y: Double, group: Int)]
    /// How many people it shows.
    let people: Int

    init(_ report: DeliberationReport) {
        let votes = report.landscape.votes
        let placed = (0..<votes.participantCount).filter { votes.voteCount(of: $0) >= LandscapeBasis.leastVotes }
        people = placed.count
        let told = Set(report.ground.groups)
        let points = placed.map { person in
            let position = report.landscape.position(of: person)
            let group = report.groups[person]
            return (x: position.x.value, y: position.y.value, group: told.contains(group) ? group : -1)
        }
        guard !points.isEmpty, report.landscape.basis.isEnough else {
            circles = []
            labels = []
            return
        }
        // The middle 98% fill the picture; who stands farther out is drawn at its edge.
        let ends = { (values: [Double]) -> (Double, Double) in
            let sorted = values.sorted()
            let cut = sorted.count / 100
            return (sorted[cut], sorted[sorted.count - 1 - cut])
        }
        let (left, right) = ends(points.map(\.x))
        let (bottom, top) = ends(points.map(\.y))
        let margin = 30.0
        let scale = min(
            (Self.width - 2 * margin) / max(right - left, 1e-9), (Self.height - 2 * margin) / max(top - bottom, 1e-9))
        let place = { (x: Double, y: Double) -> (x: Double, y: Double) in
            let across = Self.width / 2 + (x - (left + right) / 2) * scale
            let down = Self.height / 2 - (y - (bottom + top) / 2) * scale
            return (min(max(across, 14), Self.width - 14), min(max(down, 14), Self.height - 14))
        }
        var cells: [SIMD2<Int>: [Int: Int]] = [:]
        for point in points {
            let spot = place(point.x, point.y)
            let cell = SIMD2(Int(spot.x / Self.cell), Int(spot.y / Self.cell))
            cells[cell, default: [:]][point.group, default: 0] += 1
        }
        let most = Double(cells.values.map { $0.values.reduce(0, +) }.max() ?? 1)
        circles = cells.sorted { ($0.key.y, $0.key.x) < ($1.key.y, $1.key.x) }.map { cell, counts in
            let count = counts.values.reduce(0, +)
            let group = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? -1
            return (
                x: (Double(cell.x) + 0.5) * Self.cell, y: (Double(cell.y) + 0.5) * Self.cell,
                radius: max(2.5, Self.cell * 0.62 * (Double(count) / most).squareRoot()), group: group
            )
        }
        labels =
            !report.hasGroups
            ? []
            : report.ground.groups.compactMap { group in
                let own = points.filter { $0.group == group }
                guard !own.isEmpty else { return nil }
                let number = Double(own.count)
                let spot = place(own.reduce(0) { $0 + $1.x } / number, own.reduce(0) { $0 + $1.y } / number)
                return (spot.x, spot.y, group)
            }
    }

    /// The picture; nil where there are too few votes to place people.
    var svg: String? {
        guard !circles.isEmpty else { return nil }
        let figure = { (value: Double) in "\((value * 10).rounded() / 10)" }
        var parts = [
            """
            <svg class="map" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-labelledby="map-title">
            <title id="map-title">Where \(people) people stand, by how they voted</title>
            """
        ]
        for circle in circles {
            parts.append(
                "<circle class=\"g\(circle.group + 1)\" cx=\"\(figure(circle.x))\" cy=\"\(figure(circle.y))\" r=\"\(figure(circle.radius))\"/>"
            )
        }
        for label in labels {
            parts.append(
                "<text x=\"\(figure(label.x))\" y=\"\(figure(label.y))\">\(label.group + 1)</text>")
        }
        return parts.joined(separator: "\n") + "\n</svg>\n"
    }
}
