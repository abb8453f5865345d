import SocialChoice

/// The leading eigenvectors of XᵀX for a matrix that is only known by its products: principal components of votes.
///
/// Block Lanczos with full reorthogonalisation, and a restart from the best vectors found (Rayleigh and Ritz; Golub and
/// Van Loan, Matrix Computations, 4th ed. 2013, chapter 10; thick restart: Wu and Simon 2000, doi
/// 10.1137/S0895479898334605). It stops when every wanted vector's residual is below 10⁻¹² of the largest eigenvalue.
struct LeadingComponents {
    /// Eigenvalues, the largest first.
    var values: [Double] = []
    /// A vector of length 1 for each.
    var vectors: [[Double]] = []
    /// Passes over the votes that were needed.
    var passes = 0

    /// - Parameters:
    ///   - dimension: How long the vectors are.
    ///   - wanted: How many, at most four. There may be fewer if the matrix has no more.
    ///   - start: Vectors near the answer, such as those of a moment ago.
    ///   - tolerance: How large a residual may be, as a share of the largest eigenvalue.
    ///   - passLimit: The most passes over the votes. What has been found until then is returned.
    init(
        dimension: Int, wanted: Int, start: [[Double]] = [], tolerance: Double = 1e-12, passLimit: Int = 400,
        product: ([SIMD4<Double>]) -> [SIMD4<Double>]
    ) {
        precondition(wanted <= 4)
        var random = SplitMix(seed: 0x7261_7769)
        let limit = min(dimension, 64)
        var basis: [[Double]] = []
        var images: [[Double]] = []
        var projected: [[Double]] = []
        var candidates = start.filter { $0.count == dimension }.prefix(4).map { $0 }
        while candidates.count < min(4, dimension) {
            candidates.append((0..<dimension).map { _ in random.normal() })
        }
        while true {
            let fresh = Self.orthonormal(candidates, against: basis)
            let saturated = fresh.isEmpty
            if !saturated {
                images += Self.apply(product, to: fresh, dimension: dimension)
                basis += fresh
                passes += 1
                Self.project(basis, images, onto: &projected)
            }
            let full = basis.count + 4 > limit || saturated || passes >= passLimit
            // Looking at the answer costs little, but not nothing. From vectors near it, it may be there at once.
            guard full || passes % 3 == 0 || (!start.isEmpty && basis.count > 0) else {
                candidates = Array(images.suffix(fresh.count))
                continue
            }
            let order = basis.count
            guard let ritz = SymmetricEigen(projected.flatMap { row in row }, order: order) else { return }
            let count = min(wanted, order)
            let shown = min(4, order)
            let largest = max(ritz.values.first ?? 0, 0)
            let vectors = Self.combine(basis, ritz.vectors.prefix(shown))
            let vectorImages = Self.combine(images, ritz.vectors.prefix(shown))
            let residuals = (0..<shown).map { index in
                let value = ritz.values[index]
                return zip(vectorImages[index], vectors[index]).map { $0 - value * $1 }
            }
            let worst = residuals.prefix(count).map(Self.length).max() ?? 0
            if worst <= tolerance * largest || saturated || passes >= passLimit || largest == 0 {
                let real = (0..<count).filter { ritz.values[$0] > largest * 1e-14 }
                values = real.map { ritz.values[$0] }
                self.vectors = real.map { vectors[$0] }
                return
            }
            if full {
                let kept = min(16, order)
                basis = Self.combine(basis, ritz.vectors.prefix(kept))
                images = Self.combine(images, ritz.vectors.prefix(kept))
                projected = []
                Self.project(basis, images, onto: &projected)
                candidates = residuals
            } else {
                candidates = Array(images.suffix(fresh.count))
            }
        }
    }

    /// The matrix as it acts within the basis; rows and columns that are there already stay.
    private static func project(_ basis: [[Double]], _ images: [[Double]], onto projected: inout [[Double]]) {
        let known = projected.count
        for row in 0..<basis.count {
            if row >= known { projected.append([]) }
            for column in projected[row].count..<basis.count {
                // It mirrors itself; so that it does so exactly, each pair is reckoned once.
                projected[row].append(column < row ? projected[column][row] : dot(basis[row], images[column]))
            }
        }
    }

    private static func apply(
        _ product: ([SIMD4<Double>]) -> [SIMD4<Double>], to vectors: [[Double]], dimension: Int
    ) -> [[Double]] {
        var block = [SIMD4<Double>](repeating: .zero, count: dimension)
        for (lane, vector) in vectors.enumerated() {
            for index in 0..<dimension { block[index][lane] = vector[index] }
        }
        let image = product(block)
        return vectors.indices.map { lane in image.map { $0[lane] } }
    }

    /// The vectors made orthogonal to the basis and to each other, twice over; those that have nothing of their own go.
    static func orthonormal(_ vectors: [[Double]], against basis: [[Double]]) -> [[Double]] {
        var fresh: [[Double]] = []
        for var vector in vectors {
            let before = length(vector)
            guard before > 0, before.isFinite else { continue }
            for _ in 0..<2 {
                for other in basis { subtract(other, from: &vector) }
                for other in fresh { subtract(other, from: &vector) }
            }
            let after = length(vector)
            guard after > before * 1e-10, basis.count + fresh.count < vector.count else { continue }
            for index in vector.indices { vector[index] /= after }
            // What was nearly spent has rounding in it: once more.
            for other in basis { subtract(other, from: &vector) }
            for other in fresh { subtract(other, from: &vector) }
            let last = length(vector)
            for index in vector.indices { vector[index] /= last }
            fresh.append(vector)
        }
        return fresh
    }

    private static func subtract(_ other: [Double], from vector: inout [Double]) {
        let share = dot(other, vector)
        vector.withUnsafeMutableBufferPointer { vector in
            other.withUnsafeBufferPointer { other in
                for index in 0..<vector.count { vector[index] -= share * other[index] }
            }
        }
    }

    private static func combine(_ vectors: [[Double]], _ weights: ArraySlice<[Double]>) -> [[Double]] {
        weights.map { weights in
            var sum = [Double](repeating: 0, count: vectors.first?.count ?? 0)
            sum.withUnsafeMutableBufferPointer { sum in
                for (weight, vector) in zip(weights, vectors) {
                    vector.withUnsafeBufferPointer { vector in
                        for index in 0..<sum.count { sum[index] += weight * vector[index] }
                    }
                }
            }
            return sum
        }
    }

    static func dot(_ left: [Double], _ right: [Double]) -> Double {
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                // Four sums side by side: quicker than one, and as exact.
                var sums = SIMD4<Double>.zero
                let whole = left.count & ~3
                var index = 0
                while index < whole {
                    let first = SIMD4<Double>(left[index], left[index + 1], left[index + 2], left[index + 3])
                    let second = SIMD4<Double>(right[index], right[index + 1], right[index + 2], right[index + 3])
                    sums += first * second
                    index += 4
                }
                var total = sums.sum()
                while index < left.count {
                    total += left[index] * right[index]
                    index += 1
                }
                return total
            }
        }
    }

    static func length(_ vector: [Double]) -> Double { dot(vector, vector).squareRoot() }
}
