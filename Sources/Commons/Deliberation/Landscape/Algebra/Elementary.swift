#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The natural logarithm.
@inline(__always) func logarithm(_ value: Double) -> Double { log(value) }
/// e to the power of the value.
@inline(__always) func exponential(_ value: Double) -> Double { exp(value) }
/// The logarithm of the gamma function for a value above 0.
func logarithmOfGamma(_ value: Double) -> Double { lgamma(value) }

/// The share that a log-odds stands for: 1 ⁄ (1 + e⁻ˣ).
@inline(__always) func logistic(_ value: Double) -> Double { 1 / (1 + exponential(-value)) }
