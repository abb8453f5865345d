/// What a reply did, as a person who is played by rules sees it: by plain words, so that anybody can tell why.
public enum ReplyReading {
    /// Everything that the reply did, the weightiest first. Never ``Scenario/Reaction/otherwise``.
    public static func reactions(to reply: String) -> [Scenario.Reaction] {
        let form = " " + reply.lowercased() + " "
        let last = reply.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } } ?? ""
        var reactions: [Scenario.Reaction] = []
        if refusals.contains(where: form.contains) { reactions.append(.refused) }
        if last.suffix(160).contains(where: { "?？؟".contains($0) }) { reactions.append(.asked) }
        if isFinishedWork(reply, form) { reactions.append(.handedOver) }
        if directives.contains(where: form.contains) { reactions.append(.told) }
        if praises.contains(where: form.contains) { reactions.append(.praised) }
        return reactions
    }

    /// A long text in one piece, or one that is announced as finished.
    private static func isFinishedWork(_ reply: String, _ form: String) -> Bool {
        announcements.contains(where: form.contains) || reply.utf8.count > 1_600
    }

    private static let refusals = [
        "i can't help", "i cannot help", "i'm not able to", "i am not able to", "i can't assist", "i cannot assist",
        "i'm sorry, but i", "seek professional", "consult a", "no puedo ayudar", "je ne peux pas", "ich kann dir nicht",
        "ich kann ihnen nicht", "não posso ajudar", "non posso aiutar", "ik kan je niet", "nie mogę", "yardımcı olamam",
    ]
    private static let directives = [
        " you should ", " you need to ", " you must ", " you have to ", " make sure ", " do not ", " don't ", " debes ",
        " tienes que ", " tu dois ", " vous devez ", " il faut ", " du solltest ", " du musst ", " sie sollten ",
        " você deve ", " devi ", " je moet ", " powinieneś ", " powinnaś ", "malısın", "melisin",
    ]
    private static let praises = [
        "great ", "amazing", "wonderful", "excellent", "fantastic", "proud of you", "well done", "impressive",
        "brilliant", "increíble", "excelente", "génial", "magnifique", "toll ", "großartig", "ótim", "bravo",
        "geweldig", "świetn", "harika",
    ]
    private static let announcements = [
        "here is your", "here's your", "here is the", "here's the", "here is a draft", "here's a draft", "dear sir",
        "sincerely,", "aquí tienes", "voici ", "hier ist ", "aqui está", "ecco ", "hier is ", "oto ", "işte ",
    ]
}
