import CLAPACK

/// The eigenvalues and eigenvectors of a small symmetric matrix, by LAPACK's divide and conquer (`dsyevd`).
///
/// It is only called for matrices of some dozen rows: what is large here is sparse, and never written out in full.
struct SymmetricEigen {
    /// Eigenvalues, the largest first.
    var values: [Double]
    /// The eigenvector of each, of length 1.
    var vectors: [[Double]]

    /// One thread for OpenBLAS in this program: matrices are so small here that waiting for others costs several times as
    /// much as the reckoning, above all on a busy machine.
    private static let oneThread: Void = openblas_set_num_threads(1)

    /// O(order³). `matrix` holds `order` × `order` values; of each pair that mirror each other, one is read.
    ///
    /// Nil if a value isn't finite, or LAPACK found no answer.
    init?(_ matrix: [Double], order: Int) {
        precondition(matrix.count == order * order)
        guard order > 0 else {
            values = []
            vectors = []
            return
        }
        guard matrix.allSatisfy(\.isFinite) else { return nil }
        Self.oneThread
        var entries = matrix
        var size = Int32(order)
        var found = [Double](repeating: 0, count: order)
        var workCount = Int32(1 + 6 * order + 2 * order * order)
        var integerCount = Int32(3 + 5 * order)
        var work = [Double](repeating: 0, count: Int(workCount))
        var integers = [Int32](repeating: 0, count: Int(integerCount))
        var info: Int32 = 0
        dsyevd_("V", "U", &size, &entries, &size, &found, &work, &workCount, &integers, &integerCount, &info)
        guard info == 0 else { return nil }
        values = found.reversed()
        vectors = (0..<order).reversed().map { Array(entries[($0 * order)..<(($0 + 1) * order)]) }
    }
}
