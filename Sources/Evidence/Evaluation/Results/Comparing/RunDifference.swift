import Judges

/// Something in which two runs' plans differ, so that a comparison leaves it out or compares it as it is.
public struct RunDifference: Hashable, Sendable, Codable {
    /// What differs.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A suite, or what it says.
        case suite
        /// Some of a suite's scenarios.
        case scenarios
        /// A seed.
        case seed
        /// A judge, or the way it judges.
        case judge
        /// A model.
        case model
        /// A charter, or what it says.
        case charter
        /// How conversations are held.
        case way
    }

    /// What differs.
    public let kind: Kind
    /// Its name.
    public let name: String
    /// Whether it is on one side only, or says something else there, so that the comparison leaves it out. Otherwise it
    /// is compared, and the difference is part of what is seen.
    public let isLeftOut: Bool
    /// The difference in a sentence.
    public let words: String
}

extension RunResults {
    /// In what another run's plan differs from this one's: what is on one side only first.
    public func differences(from other: RunResults) -> [RunDifference] {
        let (one, two) = (plan, other.plan)
        var found: [RunDifference] = []
        func oneSided(_ kind: RunDifference.Kind, _ first: [String], _ second: [String]) {
            for name in first where !second.contains(name) {
                found.append(.init(kind, name, true, "The \(kind.rawValue) \(name) is in the first run only."))
            }
            for name in second where !first.contains(name) {
                found.append(.init(kind, name, true, "The \(kind.rawValue) \(name) is in the second run only."))
            }
        }
        oneSided(.suite, one.suites.map(\.id), two.suites.map(\.id))
        for suite in one.suites {
            guard let twin = two.suites.first(where: { $0.id == suite.id }) else { continue }
            if twin.fingerprint != suite.fingerprint {
                found.append(
                    .init(
                        .suite, suite.id, true,
                        "The suite \(suite.id) says something else in the second run (\(suite.version), then \(twin.version))."
                    ))
                continue
            }
            let here = suite.scenarios.count { !twin.scenarios.contains($0) }
            let there = twin.scenarios.count { !suite.scenarios.contains($0) }
            if here + there > 0 {
                found.append(
                    .init(
                        .scenarios, suite.id, true,
                        "Of the suite \(suite.id), \(here) scenarios are in the first run only and \(there) in the second only."
                    ))
            }
        }
        oneSided(.seed, one.seeds.map { "\($0)" }, two.seeds.map { "\($0)" })
        oneSided(.judge, one.judges.map(Self.name), two.judges.map(Self.name))
        oneSided(.model, one.models.map(\.label), two.models.map(\.label))
        oneSided(.charter, one.governances.map(\.label), two.governances.map(\.label))
        for model in one.models {
            guard let twin = two.models.first(where: { $0.label == model.label }), twin != model else { continue }
            found.append(
                .init(
                    .model, model.label, false,
                    "The model \(model.label) was \(model.name) at \(model.address), and is \(twin.name) at \(twin.address)."
                ))
        }
        for charter in one.governances {
            guard let twin = two.governances.first(where: { $0.label == charter.label }), twin != charter else {
                continue
            }
            found.append(
                .init(
                    .charter, charter.label, false,
                    "The charter \(charter.label) says something else in the second run (\(charter.charter ?? "none"), then \(twin.charter ?? "none"))."
                ))
        }
        if one.persons != two.persons || one.personModel != two.personModel || one.mostTurns != two.mostTurns
            || one.sampling != two.sampling
        {
            found.append(
                .init(
                    .way, "conversations", false,
                    "Conversations are held in another way in the second run: persons, their model, the number of replies, or how words are drawn."
                ))
        }
        return found.filter(\.isLeftOut) + found.filter { !$0.isLeftOut }
    }

    /// A judge by everything that makes it this one.
    private static func name(_ judge: JudgeIdentity) -> String {
        "\(judge.name) (\(judge.version), \(judge.fingerprint.prefix(12)))"
    }
}

extension RunDifference {
    fileprivate init(_ kind: Kind, _ name: String, _ isLeftOut: Bool, _ words: String) {
        self.init(kind: kind, name: name, isLeftOut: isLeftOut, words: words)
    }
}
