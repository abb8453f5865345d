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
    case willReplace
    case willPullApart
    case consideredToForget
    case ended
    case nothingToEnd
    case severalToEnd(Int)
    case corrected
    case undone
    case cannotUndo
    case confirmed
    case rejected
    case severalWait(Int)
    case pinned
    case unpinned
    case keptFor(Int?)
    case keepForAsked(Int)
    case takeAlong
    case notDone

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
        case .willReplace:
            "What they ask you to remember is about something that was remembered before, and takes its place. Say in a "
                + "few words what it replaces, if it stands in the list above, and that they can say “undo that” if both "
                + "were so."
        case .willPullApart:
            "What they say now pulls against something that was remembered before, which stands in the list above if you "
                + "may know it. Both are kept. What they decided on reflection weighs more, unless they say otherwise."
        case .consideredToForget:
            "They asked that something be forgotten. It fits something that they once decided on reflection, though not in "
                + "its own words, so nothing was erased yet, since it can't be undone. Name it, if it stands in the list "
                + "above, and ask whether they mean it: if they say “yes, forget it” or ask again, it is erased for good."
        case .ended:
            "They said that something is so no longer. It is kept as past and not used as if it were so now: confirm that. "
                + "They can say “undo that”."
        case .nothingToEnd:
            "They said that something is so no longer. Nothing that is remembered fits those words, so nothing was "
                + "changed: say so."
        case .severalToEnd(let count):
            "They said that something is so no longer, and \(count) remembered things fit those words, so nothing was "
                + "changed yet. Ask which they mean, and let them say it with its own words."
        case .corrected:
            "They put something right that was remembered. It was changed to what they say now: confirm that. They can say "
                + "“undo that”."
        case .undone: "They asked to take back what was just done in their memory, and it was taken back: confirm that."
        case .cannotUndo:
            "They asked to take back what was just done in their memory. What was erased is gone for good and can't be "
                + "brought back: say so. They can say it again to have it remembered anew."
        case .confirmed: "They stand by what was only noticed until now. It is held like what they said: confirm that."
        case .rejected: "They said that what was noticed is not so. It is used for nothing: confirm that."
        case .severalWait(let count):
            "\(count) noticed things wait for their word, so it isn't clear which they mean, and nothing was changed. Ask; "
                + "they can also answer each in the settings for memory."
        case .pinned:
            "They asked that what they just had remembered be kept, however long things of its kind are kept. It is: "
                + "confirm that."
        case .unpinned: "They asked that what they just had remembered be kept no longer than others. Confirm that."
        case .keptFor(let days?): "They set that such things are kept for \(days) days. Confirm that."
        case .keptFor(nil): "They set that such things are kept until they erase them. Confirm that."
        case .keepForAsked(let count):
            "They asked to keep some things for a shorter time. \(Self.things(count)) of that kind would then be erased for "
                + "good, so nothing was changed yet. Tell them: if they say it once more now, it is done."
        case .takeAlong:
            "They ask for a copy of what is remembered. You can't hand it to them here: say that they can take all of it "
                + "along, as a file or a page, in the settings for memory of this application."
        case .notDone:
            "They asked to change something that is remembered, and it could not be done, since it was changed otherwise "
                + "since. Nothing was changed: say so, and that they can see all of it in the settings for memory."
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
        case .willReplace: "it takes the place of something that was remembered before"
        case .willPullApart: "it pulls against something that was remembered before, and both are kept"
        case .consideredToForget:
            "what they asked to be forgotten is something they decided on reflection; they were asked, and nothing was "
                + "erased yet"
        case .ended: "one thing is kept as past, as they said"
        case .nothingToEnd: "nothing fitted what they said is so no longer"
        case .severalToEnd(let count): "\(count) things fitted what they said is so no longer; nothing was changed"
        case .corrected: "one thing was put right, as they said"
        case .undone: "what was done before was taken back, as they asked"
        case .cannotUndo: "they asked to take back an erasure, which can't be"
        case .confirmed: "they confirmed one thing that was noticed"
        case .rejected: "they rejected one thing that was noticed"
        case .severalWait(let count): "\(count) noticed things wait for their word; nothing was changed"
        case .pinned: "one thing was pinned, as they asked"
        case .unpinned: "one thing is no longer pinned, as they asked"
        case .keptFor(let days?): "some kinds are kept for \(days) days, as they asked"
        case .keptFor(nil): "some kinds are kept until they erase them, as they asked"
        case .keepForAsked(let count):
            "they asked once for a shorter time, which would erase \(Self.things(count)); nothing was changed yet"
        case .takeAlong: "they asked for a copy of what is remembered, and were told where to take it"
        case .notDone: "what they asked could not be done, since it was changed otherwise since"
        }
    }

    private static func things(_ count: Int) -> String { count == 1 ? "one thing" : "\(count) things" }

    /// What receipts say of what is noted to be remembered.
    static let promises = Set([MemoryNote.willRemember, .willRememberSome].map(\.done))
}
