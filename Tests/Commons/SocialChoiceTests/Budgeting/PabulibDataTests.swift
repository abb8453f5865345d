import Foundation
import SocialChoice
import Testing

@Suite("Real elections from Pabulib", .enabled(if: PabulibSamples.areHere))
struct PabulibDataTests {
    @Test("there are 38 of them, and a record of what the greedy rule gives for 30")
    func everything() throws {
        #expect(PabulibSamples.names.count == 38)
        #expect(try PabulibSamples.agreements().count == 30)
    }

    @Test(
        "each is read whole: what META tells is there, and counting votes and points gives what PROJECTS says",
        arguments: PabulibSamples.names)
    func counts(name: String) throws {
        let file = try PabulibFile(parsing: try PabulibSamples.bytes(name))
        let reading = try file.reading()
        let election = reading.election
        #expect(reading.remarks.isEmpty)
        #expect(file.value(of: "num_projects") == "\(election.projects.count)")
        #expect(file.value(of: "num_votes") == "\(election.ballots.count)")
        #expect(file.value(of: "budget") == "\(election.budget)")
        #expect(file.value(of: "vote_type") == election.kind.rawValue)
        #expect(reading.voters.count == election.ballots.count)
        #expect(election.projects.allSatisfy { !$0.name.isEmpty && $0.cost > .zero })
        if let column = file.projectColumns.firstIndex(of: "votes") {
            #expect(file.projects.map { $0[column] } == election.votes.map { "\($0)" })
        }
        if let column = file.projectColumns.firstIndex(of: "score"), let points = election.points {
            #expect(file.projects.map { $0[column] } == points.map(\.description))
        }
        if let agreement = try PabulibSamples.agreements()[name] {
            #expect(agreement.kind == election.kind.rawValue)
            #expect(agreement.projects == election.projects.count)
            #expect(agreement.votes == election.ballots.count)
            #expect(BudgetAmount(agreement.budget) == election.budget)
        }
    }

    @Test(
        "written down again, nothing is lost, and but for the last line's end each byte is the same",
        arguments: PabulibSamples.names)
    func roundTrip(name: String) throws {
        let bytes = try PabulibSamples.bytes(name)
        let file = try PabulibFile(parsing: bytes)
        let written = Array(file.text().utf8)
        #expect(try PabulibFile(parsing: written) == file)
        #expect(written == bytes || written == bytes + [0x0A])
        #expect(try PabulibFile(parsing: written).reading() == file.reading())
    }

    @Test(
        "where greedy by votes explains what was selected, ours selects the same; where it doesn't, ours doesn't",
        arguments: PabulibSamples.names)
    func greedyAgreement(name: String) throws {
        let reading = try PabulibSamples.reading(name)
        guard let agreement = try PabulibSamples.agreements()[name] else {
            // Just the files without a column `selected` have no record.
            #expect(reading.selected == nil)
            return
        }
        let selected = try #require(reading.selected)
        let election = reading.election
        let chosen = try election.greedy(settlingTiesBy: ChoiceOrder(listed: election.projects.count)).sorted()
        #expect((chosen == selected) == agreement.agrees)
        let all = try election.greedyOutcomes()
        #expect(all.isComplete)
        #expect(all.outcomes.contains(chosen))
        #expect(all.outcomes.contains(selected) == agreement.agrees)
    }

    @Test("projects that were funded later by other money don't count as selected")
    func laterFunded() throws {
        let reading = try PabulibSamples.reading("poland_gdynia_2020_babie-doly-small.pb")
        #expect(reading.selectionCodes.contains(2))
        #expect(reading.selected?.contains { reading.selectionCodes[$0] == 2 } == false)
    }

    @Test(
        "Equal Shares represents every group, pays no more than there is, and leaves nothing that its payers could buy",
        arguments: PabulibSamples.names)
    func equalShares(name: String) throws {
        let election = try PabulibSamples.reading(name).election
        let order = ChoiceOrder(listed: election.projects.count)
        for satisfaction in [BudgetSatisfaction.cardinality, .cost] {
            let chosen = try election.equalShares(for: satisfaction, settlingTiesBy: order).chosen
            #expect(election.cost(of: chosen) <= election.budget)
            #expect(try election.representation(of: chosen, for: satisfaction) == .holds)
            let full = try election.equalShares(for: satisfaction, completion: .utilitarian, settlingTiesBy: order)
            let left = election.budget - election.cost(of: full.chosen)
            #expect(
                !election.projects.indices.contains { !full.chosen.contains($0) && election.projects[$0].cost <= left })
        }
    }
}
