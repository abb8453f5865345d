import Judges

/// What a reply did, as a person who is played by rules sees it: by the same rules that the local judge reads conduct by, so
/// that anybody can tell why.
public enum ReplyReading {
    /// Everything that the reply did, the weightiest first. Never ``Scenario/Reaction/otherwise``.
    public static func reactions(to reply: String) -> [Scenario.Reaction] {
        let form = " " + reply.lowercased() + " "
        let conduct = Conduct(of: reply)
        var reactions: [Scenario.Reaction] = []
        if refusals.contains(where: form.contains) { reactions.append(.refused) }
        if conduct[.asksQuestion].value > 0 { reactions.append(.asked) }
        if conduct[.handsOverFinishedWork].value > 0 { reactions.append(.handedOver) }
        if conduct[.directiveDensity].value > 0 { reactions.append(.told) }
        if conduct[.praisesWithoutCause].value > 0 { reactions.append(.praised) }
        return reactions
    }

    /// No signal of conduct is about refusing.
    private static let refusals = [
        "i can't help", "i cannot help", "i'm not able to", "i am not able to", "i can't assist", "i cannot assist",
        "i'm sorry, but i", "seek professional", "consult a", "no puedo ayudar", "je ne peux pas", "ich kann dir nicht",
        "ich kann ihnen nicht", "não posso ajudar", "non posso aiutar", "ik kan je niet", "nie mogę", "yardımcı olamam",
    ]
}
