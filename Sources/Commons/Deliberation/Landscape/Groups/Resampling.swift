import SocialChoice

/// Conversations as they might have been with other people from the same crowd.
enum Resampling {
    /// As many people, drawn with replacement (Efron 1979, doi 10.1214/aos/1176344552).
    static func people(_ count: Int, _ random: inout SplitMix) -> [Int] {
        (0..<count).map { _ in random.below(count) }.sorted()
    }
}
