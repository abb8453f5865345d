import Consents

extension StatementOpening {
    static let english: Language = {
        let l = "en"
        return Language(
            openings: [
                group(
                    .remember(.fact), l,
                    [
                        "remember that", "remember this", "remember", "make a note that", "make a note",
                        "don't forget that", "don't forget", "do not forget that",
                        "never forget that", "save this", "for future reference",
                    ],
                    unless: [
                        "when", "how", "what", "the time", "to breathe", "about", "me", "who", "where", "if", "whether",
                    ]),
                // What one says to anybody: only what speaks of oneself is meant for a memory.
                group(
                    .remember(.fact), l, ["keep in mind that", "keep in mind", "note that"], only: .ofThemselves,
                    unless: ["when", "how", "what", "who", "where", "if", "whether"]),
                group(
                    .remember(.goal), l,
                    [
                        "my goal is to", "my goal is", "my aim is to", "my aim is", "my goal for this year is to",
                        "my goal this year is to", "my goal now is to", "i set myself the goal of",
                        "i've set myself the goal of",
                        "i am working towards", "i'm working towards", "my dream is to",
                    ], unless: ["what", "not clear", "unclear"]),
                group(
                    .remember(.commitment), l,
                    [
                        "i promise to", "i promise that i", "i promise i'll", "i commit to", "i'm committing to",
                        "i've decided to", "i have decided to", "i've promised to", "i have promised to", "hold me to",
                    ], unlessOnly: ["it", "that", "this", "them", "my word", "my promise", "both", "everything"]),
                group(
                    .remember(.commitment), l, ["from now on", "starting today", "starting tomorrow", "as of today"],
                    keepsAll: true),
                group(
                    .remember(.preference), l,
                    [
                        "i prefer", "i'd rather you", "i like it when you", "i don't like it when you", "please always",
                        "please never",
                    ], keepsAll: true,
                    unless: [
                        "not to say", "not to answer", "not to tell", "not to talk", "not to discuss",
                        "not to go into", "not to share", "to keep it to myself", "to keep that to myself",
                        "that one", "this one", "the first", "the second", "the third", "the last", "the former",
                        "the latter", "the other", "option", "number", "your", "neither", "either", "both",
                        "this version", "that version",
                    ], unlessOnly: ["it", "that", "this", "them", "these", "those", "not", "not to"]),
                group(
                    .remember(.value), l,
                    [
                        "what matters most to me is", "what matters to me is", "what i care about most is",
                        "the most important thing to me is", "the most important thing for me is", "i value",
                    ], unless: ["your", "you", "that you", "how you", "what you", "the help", "the work you"],
                    unlessOnly: ["it", "that", "this", "them"]),
                group(
                    .remember(.skill), l,
                    ["i can now", "i've learned to", "i have learned to", "i've learnt to"], only: .plainly,
                    unless: [
                        "see", "hear", "find", "open", "access", "view", "tell", "say", "understand", "log", "sign",
                        "send", "download", "go", "leave", "start", "begin", "continue", "move on", "relax", "finally",
                        "read it", "read the", "confirm", "be", "die", "sleep",
                    ], unlessOnly: ["do it", "do that", "do this"]),
                group(
                    .forget, l,
                    [
                        "forget that", "forget what i said about", "forget what i told you about", "forget about",
                        "forget",
                        "please forget that", "don't remember that", "don't remember", "delete what you know about",
                        "erase what you know about", "stop remembering that", "remove from your memory that",
                        "remove from your memory",
                    ], unless: ["it", "me not", "this question", "to"]),
                group(
                    .forgetEverything, l,
                    [
                        "forget everything about me", "forget everything you know about me",
                        "forget everything i told you",
                        "forget everything", "forget all about me", "delete everything you know about me",
                        "erase everything you know about me", "erase my memory", "delete my memory", "wipe my memory",
                        "delete all my memories",
                    ], needs: .nothing),
                group(
                    .pause, l,
                    [
                        "don't remember anything i say", "stop remembering", "stop remembering things",
                        "pause remembering",
                        "pause your memory", "pause memory", "off the record", "this is off the record",
                        "keep this off the record", "what i say now is off the record",
                        "remember nothing of this", "remember nothing of this conversation",
                    ]
                        + ["don't remember", "do not remember", "don't keep", "don't save"].flatMap { not in
                            [
                                "this", "any of this", "anything of this", "this conversation", "this chat",
                                "anything from this conversation", "anything in this conversation",
                                "anything of this conversation", "anything about this conversation",
                                "anything from this chat", "anything here",
                            ].map { "\(not) \($0)" }
                        }, needs: .nothing),
                group(
                    .resume, l,
                    [
                        "you can remember again", "you may remember again", "start remembering again",
                        "resume remembering", "resume memory", "remember again", "back on the record",
                        "remember things again",
                    ], needs: .nothing),
                group(
                    .show, l,
                    [
                        "what do you remember about me", "what do you know about me",
                        "what have you remembered about me",
                        "show me what you remember", "show me what you know about me", "show my memory",
                        "what do you remember", "tell me what you remember about me",
                    ], needs: .nothing),
                group(
                    .show, l, ["what do you remember about", "what do you know about my", "what do you remember of"]),
            ],
            fillers: [
                "please", "and", "no", "wait", "sorry", "also", "but", "so", "ok", "okay", "oh", "hey", "hi", "yes",
                "well", "now",
                "could you",
                "can you", "would you", "will you", "i want you to", "i'd like you to", "you should", "then",
                "actually",
                "thanks", "by the way", "btw", "one more thing", "just",
            ],
            endings: [
                "please", "now", "for now", "for today", "thanks", "thank you", "ok", "from now on", "for a while",
                "in this conversation", "again",
            ])
    }()
}
