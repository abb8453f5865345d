/// Finds where a smooth function of many numbers is smallest, with the memory of a few steps in place of a matrix of second
/// derivatives: L-BFGS with a line search that meets the strong Wolfe conditions.
///
/// For a convex function the place it finds is the smallest of all; for any other it is some place that is flat.
///
/// Liu and Nocedal 1989, doi 10.1007/BF01589116; Nocedal and Wright 2006, *Numerical Optimization*, algorithms 7.4 and 7.5
/// (two-loop recursion), 3.5 and 3.6 (line search), with steps by cubic interpolation (3.59).
///
/// The same function and start give the same result to the last bit, for nothing is drawn and nothing runs side by side.
/// Not for functions with corners, or with bounds on the numbers.
public struct LimitedMemoryBFGS: Sendable {
    /// How it ended.
    public enum Ending: String, Sendable, Hashable, Codable {
        /// The gradient is as flat as was asked for.
        case flat
        /// No step along the way down makes the function smaller by as much as its digits can show.
        case noSmaller
        /// As many steps as allowed.
        case stepsSpent
    }

    /// What was found.
    public struct Minimum: Sendable, Hashable {
        /// The place.
        public let point: [Double]
        /// The function's value there.
        public let value: Double
        /// The largest part of the gradient there, without its sign.
        public let slope: Double
        /// How many steps were taken.
        public let steps: Int
        /// How often the function was asked.
        public let evaluations: Int
        /// How it ended.
        public let ending: Ending
    }

    /// How many steps are remembered; 1 at least.
    public var memory = 10
    /// So flat must the gradient be, in its largest part.
    public var flatness = 1e-9
    /// So many steps at most.
    public var mostSteps = 500

    /// A search.
    public init() {}

    /// The part of the decrease that the slope promises which a step must bring (c₁ of the Wolfe conditions).
    private static let decrease = 1e-4
    /// The part of the slope that may be left after a step (c₂).
    private static let curvature = 0.9

    /// A function's value and gradient at a place.
    public typealias Function = ([Double]) -> (value: Double, gradient: [Double])

    /// The smallest value from a start.
    ///
    /// - Parameter function: Its gradient has as many numbers as its place.
    /// - Complexity: O(*m* *n*) a step beside the function itself, for *n* numbers and a memory of *m*.
    public func minimum(from start: [Double], of function: @escaping Function) -> Minimum {
        var line = Line(function)
        var (point, value, gradient) = (start, 0.0, [Double]())
        (value, gradient) = line.asked(start)
        var remembered: [(step: [Double], change: [Double], scale: Double)] = []
        var steps = 0
        func ended(_ ending: Ending) -> Minimum {
            Minimum(
                point: point, value: value, slope: gradient.largest, steps: steps, evaluations: line.evaluations,
                ending: ending)
        }
        while gradient.largest > flatness {
            guard steps < mostSteps else { return ended(.stepsSpent) }
            var direction = Self.direction(gradient, remembered)
            if dot(direction, gradient) >= 0 {
                // Rounding can turn the way down; the plain way down is always one.
                remembered = []
                direction = gradient.map { -$0 }
            }
            // The first step has no scale yet: one as long as the gradient is flat.
            let length = remembered.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
            guard let found = line.search(from: point, value, gradient, along: direction, length: length) else {
                guard remembered.isEmpty else {
                    remembered = []
                    continue
                }
                return ended(.noSmaller)
            }
            let step = zip(found.point, point).map { $0 - $1 }
            let change = zip(found.gradient, gradient).map { $0 - $1 }
            let product = dot(step, change)
            (point, value, gradient) = (found.point, found.value, found.gradient)
            steps += 1
            if product > 1e-300 {
                remembered.append((step, change, 1 / product))
                if remembered.count > max(1, memory) { remembered.removeFirst() }
            }
        }
        return ended(.flat)
    }

    /// The way to go: the gradient times an estimate of the inverse of the second derivatives, downwards.
    private static func direction(
        _ gradient: [Double], _ remembered: [(step: [Double], change: [Double], scale: Double)]
    ) -> [Double] {
        var way = gradient
        var shares: [Double] = []
        for (step, change, scale) in remembered.reversed() {
            let share = scale * dot(step, way)
            shares.append(share)
            for at in way.indices { way[at] -= share * change[at] }
        }
        if let last = remembered.last {
            let size = 1 / (last.scale * dot(last.change, last.change))
            for at in way.indices { way[at] *= size }
        }
        for ((step, change, scale), share) in zip(remembered, shares.reversed()) {
            let rest = share - scale * dot(change, way)
            for at in way.indices { way[at] += rest * step[at] }
        }
        return way.map { -$0 }
    }

    /// Looks along a line for a step that meets the strong Wolfe conditions.
    private struct Line {
        /// A place on the line.
        struct Place {
            let length: Double
            let value: Double
            let slope: Double
            let point: [Double]
            let gradient: [Double]
        }

        let function: Function
        private(set) var evaluations = 0

        init(_ function: @escaping Function) { self.function = function }

        mutating func asked(_ point: [Double]) -> (value: Double, gradient: [Double]) {
            evaluations += 1
            return function(point)
        }

        mutating func search(
            from point: [Double], _ value: Double, _ gradient: [Double], along direction: [Double], length: Double
        ) -> Place? {
            let start = Place(
                length: 0, value: value, slope: dot(gradient, direction), point: point, gradient: gradient)
            func isTooHigh(_ place: Place) -> Bool {
                !(place.value <= start.value + decrease * place.length * start.slope)
            }
            func isFlat(_ place: Place) -> Bool { abs(place.slope) <= -curvature * start.slope }
            var before = start
            var length = length
            for attempt in 0..<40 {
                let place = at(length, start, direction)
                if isTooHigh(place) || (attempt > 0 && place.value >= before.value) {
                    return zoom(before, place, start, direction)
                }
                if isFlat(place) { return place }
                if place.slope >= 0 { return zoom(place, before, start, direction) }
                before = place
                length *= 2
            }
            return nil
        }

        /// Narrows an interval: `low` has the smallest value so far of those that fell enough, and the function falls from
        /// it toward `high`.
        private mutating func zoom(_ low: Place, _ high: Place, _ start: Place, _ direction: [Double]) -> Place? {
            var (low, high) = (low, high)
            for _ in 0..<60 {
                let width = high.length - low.length
                guard abs(width) > 1e-16 * max(1, low.length) else { break }
                let place = at(Self.between(low, high), start, direction)
                if !(place.value <= start.value + decrease * place.length * start.slope) || place.value >= low.value {
                    high = place
                } else {
                    if abs(place.slope) <= -curvature * start.slope { return place }
                    if place.slope * (high.length - low.length) >= 0 { high = low }
                    low = place
                }
            }
            // What fell at all is better than nothing.
            return low.length > 0 && low.value < start.value ? low : nil
        }

        private mutating func at(_ length: Double, _ start: Place, _ direction: [Double]) -> Place {
            let point = zip(start.point, direction).map { $0 + length * $1 }
            let (value, gradient) = asked(point)
            return Place(
                length: length, value: value, slope: dot(gradient, direction), point: point, gradient: gradient)
        }

        /// Where a cubic through both places with their slopes is smallest, kept off the ends; the middle where there is
        /// none.
        private static func between(_ one: Place, _ other: Place) -> Double {
            let middle = (one.length + other.length) / 2
            let first = one.slope + other.slope - 3 * (one.value - other.value) / (one.length - other.length)
            let inside = first * first - one.slope * other.slope
            guard inside >= 0, inside.isFinite else { return middle }
            let root = (other.length > one.length ? 1 : -1) * inside.squareRoot()
            let found =
                other.length - (other.length - one.length) * (other.slope + root - first)
                / (other.slope - one.slope + 2 * root)
            let (least, most) = (min(one.length, other.length), max(one.length, other.length))
            let margin = 0.1 * (most - least)
            return found.isFinite && found > least + margin && found < most - margin ? found : middle
        }

        private var decrease: Double { LimitedMemoryBFGS.decrease }
        private var curvature: Double { LimitedMemoryBFGS.curvature }
    }
}

/// The sum of the products of two lists of one length, from the front.
func dot(_ one: [Double], _ other: [Double]) -> Double {
    precondition(one.count == other.count)
    return one.withUnsafeBufferPointer { one in
        other.withUnsafeBufferPointer { other in
            var sum = 0.0
            for at in 0..<one.count { sum += one[at] * other[at] }
            return sum
        }
    }
}

extension [Double] {
    /// The largest number without its sign; 0 for none.
    fileprivate var largest: Double { reduce(0) { Swift.max($0, abs($1)) } }
}
