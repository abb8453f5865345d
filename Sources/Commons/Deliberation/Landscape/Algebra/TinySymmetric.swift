/// A symmetric matrix of four rows.
struct TinySymmetric {
    /// 00 01 02 03 11 12 13 22 23 33.
    var packed: SIMD16<Double>

    init(_ packed: SIMD16<Double>) { self.packed = packed }

    private static func lane(_ row: Int, _ column: Int) -> Int {
        let low = min(row, column)
        let high = max(row, column)
        return low * (7 - low) / 2 + high
    }

    subscript(row: Int, column: Int) -> Double {
        get { packed[Self.lane(row, column)] }
        set { packed[Self.lane(row, column)] = newValue }
    }

    var diagonal: SIMD4<Double> { SIMD4(packed[0], packed[4], packed[7], packed[9]) }

    static func * (matrix: TinySymmetric, vector: SIMD4<Double>) -> SIMD4<Double> {
        let entries = matrix.packed
        let first = SIMD4(entries[0], entries[1], entries[2], entries[3]) * vector
        let second = SIMD4(entries[1], entries[4], entries[5], entries[6]) * vector
        let third = SIMD4(entries[2], entries[5], entries[7], entries[8]) * vector
        let fourth = SIMD4(entries[3], entries[6], entries[8], entries[9]) * vector
        return SIMD4(first.sum(), second.sum(), third.sum(), fourth.sum())
    }

    /// The inverse of a positive definite matrix, by blocks of two rows.
    func inverse() -> TinySymmetric {
        let entries = packed
        // [A B; Bᵀ C] with A = 00 01 11, B = 02 03 12 13, C = 22 23 33.
        let determinant = entries[0] * entries[4] - entries[1] * entries[1]
        let a00 = entries[4] / determinant
        let a01 = -entries[1] / determinant
        let a11 = entries[0] / determinant
        // T = A⁻¹ B.
        let t00 = a00 * entries[2] + a01 * entries[5]
        let t01 = a00 * entries[3] + a01 * entries[6]
        let t10 = a01 * entries[2] + a11 * entries[5]
        let t11 = a01 * entries[3] + a11 * entries[6]
        // S = C − Bᵀ T, and its inverse.
        let s00 = entries[7] - (entries[2] * t00 + entries[5] * t10)
        let s01 = entries[8] - (entries[2] * t01 + entries[5] * t11)
        let s11 = entries[9] - (entries[3] * t01 + entries[6] * t11)
        let second = s00 * s11 - s01 * s01
        let c00 = s11 / second
        let c01 = -s01 / second
        let c11 = s00 / second
        // Upper right: −T S⁻¹; upper left: A⁻¹ + T S⁻¹ Tᵀ.
        let u00 = t00 * c00 + t01 * c01
        let u01 = t00 * c01 + t01 * c11
        let u10 = t10 * c00 + t11 * c01
        let u11 = t10 * c01 + t11 * c11
        var result = SIMD16<Double>.zero
        result[0] = a00 + u00 * t00 + u01 * t01
        result[1] = a01 + u00 * t10 + u01 * t11
        result[2] = -u00
        result[3] = -u01
        result[4] = a11 + u10 * t10 + u11 * t11
        result[5] = -u10
        result[6] = -u11
        result[7] = c00
        result[8] = c01
        result[9] = c11
        return TinySymmetric(result)
    }
}
