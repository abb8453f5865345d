import SocialChoice
import Testing

/// An election and its outcomes.
struct EqualSharesSample: Sendable {
    let text: String
    let cardinality: [Int]
    let cardinalityRaised: [Int]
    let cardinalityTied: [[Int]]
    let cost: [Int]
    let costRaised: [Int]
    let costTied: [[Int]]
    let points: [Int]
}

/// Elections made by chance, and what pabutools 1.2.3 from PyPI chose: `method_of_equal_shares` with `Cardinality_Sat`,
/// `Cost_Sat` and `Additive_Cardinal_Sat`, ties by the order of the file, `voter_budget_increment=1` for raised, and
/// `resoluteness=False` for tied. Ballots with points were given to the first two as approvals of what they name.
@Suite("Equal Shares chooses what pabutools chooses")
struct EqualSharesPeerTests {
    static let samples: [EqualSharesSample] = [
        EqualSharesSample(
            text: """
                META
                key;value
                budget;8718
                vote_type;cumulative
                PROJECTS
                project_id;cost
                p0;898.00
                p1;2567.67
                p2;4683.42
                p3;2408.20
                p4;2863.21
                p5;1218.12
                VOTES
                voter_id;vote;points
                0;p2,p3,p5;1.7,0.4,2.1
                1;p0;3.2
                2;p1,p5;3.7,0.9
                3;p1,p3,p4;2.1,2.8,2.9
                4;p0,p2;2.4,2.7
                5;p4;1.6
                """,
            cardinality: [0, 5, 4], cardinalityRaised: [0, 5, 3, 4], cardinalityTied: [[0, 4, 5]], cost: [0, 1, 5],
            costRaised: [0, 1, 5, 4], costTied: [[0, 1, 5], [0, 3, 5], [0, 4, 5]], points: [0, 5, 4]),
        EqualSharesSample(
            text: """
                META
                key;value
                budget;8
                vote_type;scoring
                PROJECTS
                project_id;cost
                p0;2
                p1;2
                p2;4
                p3;1
                p4;3
                p5;2
                VOTES
                voter_id;vote;points
                0;p1,p3,p5;1,1,2
                1;p0,p2,p3,p4,p5;5,4,2,5,5
                2;p2,p3,p4,p5;1,4,5,1
                3;p2,p4;4,5
                4;p2,p4;3,3
                5;p1,p2,p4,p5;2,4,2,4
                6;p0,p1,p2,p4;3,3,3,1
                """,
            cardinality: [3, 4, 1], cardinalityRaised: [3, 4, 1], cardinalityTied: [[1, 3, 4], [3, 4, 5]],
            cost: [2, 5], costRaised: [2, 5], costTied: [[2, 5], [4, 5]], points: [3, 4, 1]),
        EqualSharesSample(
            text: """
                META
                key;value
                budget;6
                vote_type;scoring
                PROJECTS
                project_id;cost
                p0;2
                p1;3
                p2;1
                p3;4
                p4;4
                VOTES
                voter_id;vote;points
                0;p0,p1,p3,p4;3.9,1.4,3.0,2.3
                1;p3,p4;1.3,2.4
                2;p0,p1,p2,p3;1.8,0.2,1.0,1.4
                3;p1,p2,p4;3.8,2.8,1.2
                """,
            cardinality: [2, 0], cardinalityRaised: [2, 0], cardinalityTied: [[0, 2], [1, 2]], cost: [1, 2],
            costRaised: [1, 2], costTied: [[1, 2], [2, 3], [2, 4]], points: [2, 0]),
    ]

    @Test("by cardinality, by cost and by points, plain, raised and with every tie", arguments: samples)
    func chooses(sample: EqualSharesSample) throws {
        let election = try PabulibFile(parsing: sample.text).reading().election
        let order = ChoiceOrder(listed: election.projects.count)
        func chosen(
            _ satisfaction: BudgetSatisfaction, _ completion: EqualSharesCompletion = .none
        ) throws -> [Int] {
            try election.equalShares(for: satisfaction, completion: completion, settlingTiesBy: order).chosen
        }
        #expect(try chosen(.cardinality) == sample.cardinality)
        #expect(try chosen(.cardinality, .raise(step: 1)) == sample.cardinalityRaised)
        #expect(try chosen(.cost) == sample.cost)
        #expect(try chosen(.cost, .raise(step: 1)) == sample.costRaised)
        #expect(try chosen(.points) == sample.points)
        #expect(try election.equalSharesOutcomes(for: .cardinality).outcomes == sample.cardinalityTied)
        #expect(try election.equalSharesOutcomes(for: .cost).outcomes == sample.costTied)
    }
}
