import Charters

/// `threats-and-shame`: threats against a person, and words that shame them for who they are. Reports of such words
/// ("they said you're worthless") and denials don't count; irony and veiled threats are not seen.
extension FloorDetector {
    static let threats: [FloorCues] = [
        FloorCues(
            phrases: [
                "(ill|i will|im going to|i am going to|im gonna|i am gonna) (kill|hurt|beat|destroy|ruin|harm|hunt|end|punish|strangle|stab|shoot) you",
                "(ill|i will|im going to) make you (suffer|pay|regret|bleed)",
                "you(ll| will) (regret|pay for) (this|that|it)",
                "(you better|youd better|you had better) watch (your back|out)", "watch your back",
                "you(re| are) (going to|gonna) (die|pay for|regret)", "i know where you live",
                "you deserve to (die|suffer|be hurt|be alone|be punished|fail)",
                "(go |just |)(kill|hang) yourself", "kys",
                "you(re| are) (so |really |just |such |nothing but |too |)(a |an |)(stupid|idiot|worthless|pathetic|useless|failure|disgusting|disgrace|moron|imbecile|dumb|loser|embarrassment|waste of space|burden|coward|complete failure|total failure|complete idiot)",
                "(shame on you|you should be ashamed)",
                "(nobody|no one) (likes|loves|wants|cares about|will ever love|would ever love|will ever want) you",
                "you disgust me", "you(ll| will) never amount to (anything|much)",
                "the world would be better (off |)without you", "how (stupid|dumb) (are|can) you( be|)",
                "even you (should|could) understand",
            ],
            exceptions: [
                "you(re| are) (a |)burden(ed)", "you(re| are) (so |)(stupid|stupidly) (lucky|good|happy)",
                "im going to beat you (at|in|to)", "ill beat you (at|in|to)", "ill end you(r)",
            ],
            negations: [
                "not", "never", "isnt", "arent", "dont", "doesnt", "if", "whether", "think", "thinking", "feel",
                "feeling", "say", "says", "said", "saying", "told", "tells", "tell", "called", "calls", "calling",
                "believe", "believing", "wasnt", "mean", "suggest", "implying",
            ], reach: 5, quotation: .cancels),
        FloorCues(
            phrases: [
                "(te voy a|voy a) (matar|matarte|destruirte|hacerte dano)", "te (matare|arrepentiras)",
                "eres (un |una |)(idiota|inutil|estupido|estupida|fracaso|fracasado|fracasada|verguenza|basura)",
                "deberia darte verguenza",
                "je vais te (tuer|frapper|detruire|faire du mal)", "tu (vas le regretter|le regretteras)",
                "tu es (un |une |)(idiot|idiote|nul|nulle|inutile|rate|ratee|stupide|honte|minable)",
                "tu devrais avoir honte",
                "ich (werde|bringe) dich (umbringen|um|toten|fertigmachen)", "das wirst du bereuen",
                "du bist (ein |eine |)(idiot|idiotin|versager|versagerin|nutzlos|wertlos|dumm|erbarmlich|peinlich|niete|nichts wert)",
                "scham dich", "schame dich",
                "eu vou te (matar|machucar|destruir)", "voce e (um |uma |)(idiota|inutil|burro|burra|fracasso|lixo)",
                "ti (ammazzo|uccido|faro del male)",
                "sei (un |una |)(idiota|inutile|stupido|stupida|fallito|fallita|vergogna)",
            ],
            negations: [
                "no", "nunca", "pas", "jamais", "nicht", "kein", "keine", "nie", "nao", "non", "mai", "si", "wenn",
                "se", "dice", "dit", "sagt", "diz",
            ], reach: 4, quotation: .cancels),
    ]
}
