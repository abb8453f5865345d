import BigInt

/// Calls `body` with the least common multiple of some positive numbers, however large it is.
///
/// Kept apart so that the rules themselves needn't import the library behind unbounded integers.
func withUnboundedMultiple<Result>(of numbers: some Sequence<Int>, _ body: (Unbounded) -> Result) -> Result {
    // Capacity is unlimited here, so there always is one.
    body(leastCommonMultiple(of: numbers, as: Unbounded.self) ?? 1)
}

/// The integers without bound.
typealias Unbounded = BigInt
