import ArgumentParser
import Deliberation

/// How a landscape draws people anew, for every command that shows one.
struct DrawingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "How often people are drawn again to see whether groups are real: 49 to 1000, or 0 to leave that open.")
    var samples = 60

    @Option(name: .long, help: "What every draw follows from: the same seed, the same result.")
    var seed: UInt64 = 1

    /// With fewer, no group could be called real: one made-up crowd in so many would already be too much.
    private static let fewestSamples = Int((1 / GroupExamination.chanceLimit).rounded(.up)) - 1

    func validate() throws {
        guard samples == 0 || (Self.fewestSamples...1000).contains(samples) else {
            throw ValidationError(
                "--samples is 0, or a number from \(Self.fewestSamples) to 1000: with fewer, no group can be called real."
            )
        }
    }
}
