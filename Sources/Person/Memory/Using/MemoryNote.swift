/// What a person asked of their memory in a message, and what became of it: said to the model, so that it can tell the
/// person truly, and noted in the receipt.
enum MemoryNote: Hashable, Sendable {
    case willRemember
    case willRememberSome
    case mayNotRemember
    case pausedSo
    case forgotten
    case nothingToForget
    case severalToForget(Int)
    case forgetEverythingAsked
    case everythingForgotten
    case paused
    case resumed
    case shown(all: Int, told: Int)
    case nothingToShow
    case mayNotShow

    /// What the model is told.
    var told: String {
        switch self {
        case .willRemember:
            "They ask you to remember something. It will be kept for later conversations, in their own words; confirm it "
                + "in a few words."
        case .willRememberSome:
            "They ask you to remember several things. Some are of a kind that they have not allowed to be kept, and "
                + "those will not be: say so."
        case .mayNotRemember:
            "They ask you to remember something, and they have not yet allowed such things to be kept, so it will not "
                + "be. Say so plainly, say that they can allow it in the settings for memory, and don't promise to "
                + "remember it."
        case .pausedSo:
            "They ask you to remember something, and they paused remembering in this conversation, so it will not be "
                + "kept. Say so, and that they can say: “remember again”."
        case .forgotten: "They asked that something be forgotten. It has been erased for good: confirm that."
        case .nothingToForget:
            "They asked that something be forgotten. Nothing that is kept fits those words, so nothing was erased: say "
                + "so, and that they can ask what is remembered."
        case .severalToForget(let count):
            "They asked that something be forgotten, and \(count) things fit those words, so nothing was erased yet. Ask "
                + "which they mean; they can say “forget that” with its own words."
        case .forgetEverythingAsked:
            "They asked that everything be forgotten. Nothing was erased yet, since it can't be undone. Tell them: if "
                + "they say it once more now, everything that is remembered of them is erased for good."
        case .everythingForgotten:
            "They asked twice that everything be forgotten. All that was remembered of them has been erased for good: "
                + "confirm that."
        case .paused: "They asked that nothing more of this conversation be remembered, and nothing is: confirm that."
        case .resumed: "They asked that this conversation be remembered again, as far as they allow it: confirm that."
        case .shown(let all, let told):
            all == told
                ? "They ask what is remembered of them. It is all in the list above: tell it to them."
                : "They ask what is remembered of them. \(told) of \(all) things are in the list above: tell these, and "
                    + "say that the rest can be seen in the settings for memory."
        case .nothingToShow: "They ask what is remembered of them. Nothing that fits is: say so."
        case .mayNotShow:
            "They ask what is remembered of them. They have not allowed it to be used in replies, so you don't know it: "
                + "say so, and that they can see all of it in the settings for memory."
        }
    }

    /// What the receipt says.
    var done: String {
        switch self {
        case .willRemember: "what they asked to be remembered is noted"
        case .willRememberSome: "some of what they asked to be remembered is noted, and some is of a kind not allowed"
        case .mayNotRemember: "what they asked to be remembered is not, since they have not allowed it"
        case .pausedSo: "what they asked to be remembered is not, since they paused it"
        case .forgotten: "one thing was erased, as they asked"
        case .nothingToForget: "nothing fitted what they asked to be forgotten"
        case .severalToForget(let count): "\(count) things fitted what they asked to be forgotten; nothing was erased"
        case .forgetEverythingAsked: "they asked once that everything be forgotten; nothing was erased yet"
        case .everythingForgotten: "everything that was remembered was erased, as they asked"
        case .paused: "remembering was paused in this conversation"
        case .resumed: "remembering goes on in this conversation"
        case .shown(let all, let told): "\(told) of \(all) remembered things were shown, as they asked"
        case .nothingToShow: "they asked what is remembered, and nothing was"
        case .mayNotShow: "they asked what is remembered, and have not allowed it to be used in replies"
        }
    }
}
