public import Models

/// Vectors of an embedder as heads take them.
public enum HeadVectors {
    /// A vector of length 1 for each text, in order, rounded to ten-thousandths so that the last digits of another
    /// processor rarely matter.
    ///
    /// - Parameters:
    ///   - together: How many texts are embedded at a time. One by one the same model gives the same numbers to the last bit;
    ///     several at a time they may differ in the last digits with the company they keep.
    ///   - progress: Told how many are done.
    /// - Throws: ``HeadProblem/noVectors``, or what the embedder throws.
    public static func of(
        _ texts: [String], by embedder: any Embedder, together: Int = 1, progress: (Int) -> Void = { _ in }
    ) async throws -> [[Float]] {
        var made: [[Float]] = []
        for from in stride(from: 0, to: texts.count, by: max(1, together)) {
            let part = texts[from..<min(from + max(1, together), texts.count)].map {
                String($0.prefix(ReplySentences.letters))
            }
            let vectors = try await embedder.embed(part)
            guard vectors.count == part.count else { throw HeadProblem.noVectors }
            for vector in vectors {
                guard let unit = unit(vector), unit.count == made.first?.count ?? unit.count else {
                    throw HeadProblem.noVectors
                }
                made.append(unit)
            }
            progress(made.count)
        }
        return made
    }

    private static func unit(_ vector: [Float]) -> [Float]? {
        let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length > 0, length.isFinite else { return nil }
        return vector.map { Float((Double($0) / length * 10_000).rounded() / 10_000) }
    }
}
