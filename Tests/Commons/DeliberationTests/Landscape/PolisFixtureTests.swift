import Deliberation
import Testing

@Suite("What Polis's servers published comes out again", .enabled(if: PolisFixture.isHere))
struct PolisFixtureTests {
    @Test("the centre and both components agree to 1e-9", arguments: PolisFixture.names)
    func components(name: String) throws {
        let fixture = try PolisFixture(name)
        let map = fixture.map
        #expect(fixture.votes.participantCount == fixture.mathematics.n)
        #expect(fixture.votes.statementCount == fixture.mathematics.commentCount)
        let center = largestDifference(map.center.map { -$0 }, fixture.mathematics.pca.center)
        let first = largestDifference(map.components[0].map { -$0 }, fixture.mathematics.pca.comps[0])
        let second = largestDifference(map.components[1].map { -$0 }, fixture.mathematics.pca.comps[1])
        print("\(name): centre \(center), components \(first) \(second)")
        #expect(center < 1e-9)
        #expect(first < 1e-9)
        #expect(second < 1e-9)
    }

    @Test("statements stand where Polis put them, as far out", arguments: PolisFixture.names)
    func statements(name: String) throws {
        let fixture = try PolisFixture(name)
        let map = fixture.map
        let theirs = fixture.mathematics.pca
        let x = largestDifference(map.statementPositions.map(\.x), theirs.commentProjection[0])
        let y = largestDifference(map.statementPositions.map(\.y), theirs.commentProjection[1])
        let extremity = largestDifference(map.extremity, theirs.commentExtremity)
        print("\(name): statement positions \(x) \(y), extremity \(extremity)")
        #expect(max(x, y, extremity) < 1e-9)
    }

    @Test("people's positions average to the published base clusters", arguments: PolisFixture.names)
    func baseClusters(name: String) throws {
        let fixture = try PolisFixture(name)
        let map = fixture.map
        var worst = 0.0
        for cluster in fixture.groups.baseClusters {
            let sum = cluster.members.reduce(SIMD2<Double>.zero) { $0 + map.positions[$1] }
            let difference = sum / Double(cluster.members.count) - cluster.center
            worst = max(worst, abs(difference.x), abs(difference.y))
        }
        print("\(name): base clusters \(worst)")
        #expect(worst < 1e-9)
    }

    @Test("base clusters weighted by people average to the published groups", arguments: PolisFixture.names)
    func groupCentres(name: String) throws {
        let fixture = try PolisFixture(name)
        let base = Dictionary(uniqueKeysWithValues: fixture.groups.baseClusters.map { ($0.id, $0) })
        var worst = 0.0
        for group in fixture.groups.groups {
            var sum = SIMD2<Double>.zero
            var people = 0.0
            for member in group.members {
                let cluster = try #require(base[member])
                sum += Double(cluster.members.count) * cluster.center
                people += Double(cluster.members.count)
            }
            let difference = sum / people - group.center
            worst = max(worst, abs(difference.x), abs(difference.y))
        }
        print("\(name): groups \(worst)")
        #expect(worst < 1e-9)
    }

    @Test("an update from the published clusters leaves them as they are", arguments: PolisFixture.names)
    func fixedPoint(name: String) throws {
        let fixture = try PolisFixture(name)
        let again = PolisGroups(
            fixture.map, participation: PolisParticipation(participants: fixture.mathematics.inConversation),
            previous: fixture.groups)
        let memberships = { (clusters: [PolisCluster]) in clusters.map { Set($0.members) } }
        #expect(memberships(again.baseClusters) == memberships(fixture.groups.baseClusters))
        let count = fixture.groups.groups.count
        #expect(memberships(again.clusterings[count] ?? []) == memberships(fixture.groups.groups))
        print("\(name): silhouettes \(again.silhouettes), published number \(count)")
    }

    @Test("who is in the conversation agrees, given who was in before", arguments: PolisFixture.names)
    func participation(name: String) throws {
        let fixture = try PolisFixture(name)
        let published = PolisParticipation(participants: fixture.mathematics.inConversation)
        #expect(PolisParticipation(fixture.votes, previous: published) == published)
        let counts = Dictionary(
            uniqueKeysWithValues: (0..<fixture.votes.participantCount).map {
                (String($0), fixture.votes.voteCount(of: $0))
            })
        #expect(counts == fixture.mathematics.userVoteCounts)
    }

    @Test("votes by base cluster and by group agree exactly", arguments: PolisFixture.names)
    func groupVotes(name: String) throws {
        let fixture = try PolisFixture(name)
        let landscape = fixture.landscape
        for (index, group) in landscape.groups.groups.enumerated() {
            let theirs = try #require(fixture.mathematics.groupVotes[String(group.id)])
            for statement in 0..<fixture.votes.statementCount {
                let counts = try #require(theirs.votes[String(statement)])
                let ours = landscape.groupVotes[index][statement]
                #expect(ours.agreed == counts.agreed && ours.disagreed == counts.disagreed && ours.seen == counts.seen)
            }
        }
        var cluster = [Int](repeating: -1, count: fixture.votes.participantCount)
        for (index, base) in landscape.groups.baseClusters.enumerated() {
            for person in base.members { cluster[person] = index }
        }
        let byBase = fixture.votes.tallies(in: cluster, groupCount: landscape.groups.baseClusters.count)
        for statement in 0..<fixture.votes.statementCount {
            let theirs = try #require(fixture.mathematics.votesBase[String(statement)])
            #expect(byBase.map { $0[statement].agreed } == theirs.agreed)
            #expect(byBase.map { $0[statement].disagreed } == theirs.disagreed)
            #expect(byBase.map { $0[statement].seen } == theirs.seen)
        }
    }

    @Test("group-aware consensus agrees to 1e-9", arguments: PolisFixture.names)
    func consensus(name: String) throws {
        let fixture = try PolisFixture(name)
        let ours = fixture.landscape.groupAwareConsensus
        let worst =
            ours.indices.map { abs(ours[$0] - (fixture.mathematics.groupAwareConsensus[String($0)] ?? .infinity)) }
            .max() ?? .infinity
        print("\(name): group-aware consensus \(worst)")
        #expect(worst < 1e-9)
    }

    @Test("priorities agree to 1e-9", arguments: PolisFixture.names)
    func priorities(name: String) throws {
        let fixture = try PolisFixture(name)
        let ours = fixture.landscape.priorities
        let differences = ours.indices.map {
            abs(ours[$0] - (fixture.mathematics.commentPriorities[String($0)] ?? .infinity))
        }
        print(
            "\(name): priorities \(differences.max() ?? 0), beyond: \(differences.indices.filter { differences[$0] > 1e-9 })"
        )
        #expect((differences.max() ?? .infinity) < 1e-9)
    }

    @Test(
        "the statements that represent each group are the same, with the same statistics", arguments: PolisFixture.names
    )
    func representatives(name: String) throws {
        let fixture = try PolisFixture(name)
        let landscape = fixture.landscape
        for (group, ours) in zip(landscape.groups.groups, landscape.representatives) {
            let theirs = try #require(fixture.mathematics.repness[String(group.id)])
            #expect(ours.map(\.statement) == theirs.map(\.tid), "group \(group.id)")
            for (one, other) in zip(ours, theirs) {
                #expect(one.successes == other.successes && one.trials == other.trials)
                #expect((one.stance == .agree ? "agree" : "disagree") == other.stance)
                #expect(one.isBestAgreement == (other.bestAgree ?? false))
                #expect(abs(one.share - other.share) < 1e-9)
                #expect(abs(one.shareTest - other.shareTest) < 1e-9)
                #expect(abs(one.representativeness - (other.repness ?? .infinity)) < 1e-9)
                #expect(abs(Double(one.representativenessTest) - (other.repnessTest ?? .infinity)) < 1e-6)
            }
        }
    }

    @Test("the statements of consensus are the same, with the same statistics", arguments: PolisFixture.names)
    func consensusStatements(name: String) throws {
        let fixture = try PolisFixture(name)
        let landscape = fixture.landscape
        for (stance, theirs) in [
            (Stance.agree, fixture.mathematics.consensus.agree), (.disagree, fixture.mathematics.consensus.disagree),
        ] {
            let ours = landscape.consensus(stance)
            #expect(ours.map(\.statement) == theirs.map(\.tid))
            for (one, other) in zip(ours, theirs) {
                #expect(one.successes == other.successes && one.trials == other.trials)
                #expect(abs(one.share - other.share) < 1e-9 && abs(one.shareTest - other.shareTest) < 1e-9)
            }
        }
    }
}
