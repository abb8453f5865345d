public import ArgumentParser

/// What a person says to a statement, by the words that the API has for it.
public enum VotedStance: String, CaseIterable, ExpressibleByArgument, Sendable {
    case agree, disagree, pass

    /// `You agree`, for a sentence.
    var sentence: String {
        switch self {
        case .agree: "You agree"
        case .disagree: "You disagree"
        case .pass: "You pass"
        }
    }

    /// What was said, in a list.
    static func said(_ word: String) -> String {
        VotedStance(rawValue: word)?.rawValue ?? WrappedText.plain(word)
    }
}
