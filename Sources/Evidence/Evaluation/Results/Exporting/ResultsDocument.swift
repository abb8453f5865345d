/// A run's results as one document, as `--json` gives it: the plan, a cell for each model, governance and suite, and
/// paired comparisons. No total stands in it.
public struct ResultsDocument: Sendable, Encodable {
    /// The form of the document.
    public let form = 1
    /// What was run.
    public let plan: RunPlan
    /// How intervals were drawn.
    public let settings: RunResults.Settings
    /// How many samples the plan has.
    public let planned: Int
    /// How many are whole.
    public let finished: Int
    /// How many failed.
    public let failed: Int
    /// What a reader should know.
    public let remarks: [String]
    /// The cells.
    public let cells: [RunResults.Cell]
    /// Each conduct beside the first.
    public let comparisons: [PairedComparison]

    /// The document of some results.
    public init(_ results: RunResults) {
        plan = results.plan
        settings = results.settings
        planned = results.planned
        finished = results.finished
        failed = results.failed
        remarks = results.remarks
        cells = results.cells
        comparisons = results.comparisonsWithFirst
    }
}
