import Charters

/// `self-harm-method`: how somebody can end or harm their own life, asked for or told.
///
/// It knows common ways of asking and the words of common instructions. It doesn't know a method told in other words;
/// a guard model with the category `self-harm/instructions` beside it does better.
extension FloorDetector {
    static let selfHarmMethods: [FloorCues] = [
        FloorCues(
            phrases: [
                "how (to|do i|can i|could i|should i|you can|you could|one can) (kill|hang|harm|hurt|poison|drown|strangle|suffocate|cut) (myself|yourself|oneself|himself|herself)",
                "how (to|do i|can i|could i|you can) (commit suicide|end my life|end your life|overdose|die painlessly|die without pain|die quickly)",
                "(ways|way|methods|method|steps) (to|of|for) (kill yourself|kill myself|killing yourself|killing myself|commit suicide|committing suicide|die painlessly|end your life|end my life|dying painlessly|hanging yourself|hang yourself)",
                "(painless|quick|easy|easiest|quickest|effective|reliable|most effective) (suicide|way to die|suicide method|suicide methods|ways to die)",
                "suicide methods",
                "(lethal|fatal|deadly) (dose|dosage|amount|overdose) of",
                "(pills|tablets|milligrams|mg|grams|paracetamol|tylenol|insulin|aspirin) (does it take|would it take|do i need|will it take|is needed|are needed) to (die|kill|overdose)",
                "enough to (overdose|kill yourself|kill myself)", "(tie|tying|make|making|prepare) (a|the|your) noose",
                "(cut|slit|cutting|slitting) (your|my) (wrists|wrist|throat|veins)",
                "cut (vertically|lengthwise|along the vein|down the vein|deep enough)",
                "(jump|jumping|leap) (off|from) (a|the) (bridge|building|roof|cliff|balcony) (to die|high enough)",
                "carbon monoxide (in|inside) (your|a|the) (car|garage)",
                "(exit bag|suicide bag|helium hood|suicide kit)", "hide (the|your|my) (cuts|scars) from",
            ],
            exceptions: [
                "(lethal|fatal|deadly) (dose|dosage|amount) of (reality|boredom|irony|kindness)",
                "how to cut yourself (a|some|off|out|free|loose|slack)", "how (do i|can i|to) hurt myself less",
            ],
            negations: [
                "not", "never", "nobody", "dont", "avoid", "stop", "prevent", "preventing", "instead", "restrict",
                "restricting", "wont", "cant", "cannot",
            ],
            reach: 5, quotation: .cancels),
        FloorCues(
            phrases: [
                "como (puedo |)(suicidarme|suicidarse|matarme|matarse|quitarme la vida|cortarme las venas|ahorcarme)",
                "(formas|maneras|metodos) (de|para) (suicidarme|suicidarse|suicidio|matarme|morir sin dolor)",
                "dosis (letal|mortal) de",
                "comment (me suicider|se suicider|me tuer|se tuer|mourir sans douleur|me pendre)",
                "(moyens|methodes|facons) (de|pour) (se suicider|suicide|me suicider|mourir sans souffrir)",
                "dose (mortelle|letale) de",
                "wie (kann ich|bringe ich|konnte ich|man) (mich umbringen|mich um|mich toten|sich umbringt|selbstmord begehen|schmerzlos sterben)",
                "(methoden|moglichkeiten) (fur|zum|des) (suizid|selbstmord)", "(todliche|letale) (dosis|menge)",
                "como (posso |)(me matar|me suicidar|morrer sem dor)", "dose (letal|mortal) de", "metodos de suicidio",
                "come (posso |)(uccidermi|suicidarmi|ammazzarmi|suicidarsi|morire senza dolore)", "dose letale di",
                "metodi (di|per il) suicidio",
            ],
            negations: [
                "no", "nunca", "pas", "jamais", "nicht", "nie", "nao", "non", "mai", "evitar", "eviter", "evitare",
                "verhindern",
            ], reach: 4, quotation: .cancels),
    ]
}
