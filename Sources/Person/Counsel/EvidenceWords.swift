/// What told a reading, in plain words for the person whose message it was.
///
/// Receipts name a cue or a concept by its id, because that is exact. A person should not need to know what those are.
enum EvidenceWords {
    /// The words for an evidence, to stand in brackets; nil when there is nothing to say.
    static func words(for evidence: String) -> String? {
        switch evidence {
        case "": return nil
        case "model": return "a model that read the message said so"
        case "meaning": return "by what the message means as a whole"
        case "learned": return "by its words taken together"
        case "code": return "there is code in it"
        case "asked-again-and-again": return "you have asked for the like again and again"
        default: break
        }
        if evidence.hasPrefix("earlier/") {
            let before = words(for: String(evidence.dropFirst("earlier/".count)))
            return "by what you wrote before" + (before.map { ": \($0)" } ?? "")
        }
        let parts = evidence.split(separator: "/").map(String.init)
        switch parts.first {
        case "concepts" where parts.count == 2: return words(forConcepts: parts[1])
        case "described": return "it is much like what somebody in that situation might say"
        case "tensions": return "by words for both of them"
        case "charter": return "by phrases that the charter names"
        default: return evidence.contains(" ") ? evidence : "the sign: \(evidence.inWords)"
        }
    }

    private static func words(forConcepts name: String) -> String {
        if name.hasPrefix("first:") { return "it begins with \(concept(name.dropFirst(6)))" }
        if name.hasPrefix("asked:") { return "it asks about \(concept(name.dropFirst(6)))" }
        let both = name.split(separator: "+")
        return "it speaks of " + both.map(concept).joined(separator: " and then of ")
    }

    private static func concept(_ name: Substring) -> String { concepts[String(name)] ?? String(name).inWords }

    /// The built-in concepts (``Concepts``), after "it speaks of".
    static let concepts = [
        "act-for-good": "an act that lasts", "all-of-it": "all of something",
        "body-emergency": "a body that needs help",
        "boss-colleague": "people at work", "child": "a child", "deceit": "deceiving somebody", "dying": "dying",
        "effort": "effort", "everyday-thing": "everyday things", "fact-question": "something to know",
        "failing": "failing", "farewell-arrangement": "a last farewell", "fear-danger": "fear or danger",
        "friend": "a friend", "he-she": "somebody else", "hedge-slang": "everyday talk", "joy": "joy",
        "law-office": "law and offices", "lean-on": "leaning on somebody", "leave": "leaving",
        "life-matters": "a big matter of life", "loss": "a loss", "make-text": "a text to be written",
        "me": "yourself", "mediation-frame": "two people with somebody between them", "medicine": "medicine",
        "negator": "something that is not so", "parent": "a parent", "partner": "a partner", "past": "what is past",
        "quarrel-words": "a quarrel", "risky": "something risky", "sad-lonely": "being sad or lonely",
        "self-injury": "hurting oneself", "should-or": "what should be done", "sibling": "a brother or sister",
        "story-game-lesson": "a story, a game or a lesson", "tag-right": "“right?” or the like",
        "teacher-school": "school", "time-press": "having little time", "unclear-words": "something left open",
        "violence": "violence", "we": "you and others", "weapon": "a weapon", "you": "whom you talk to",
    ]
}
