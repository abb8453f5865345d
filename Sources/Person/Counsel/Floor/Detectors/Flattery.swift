import Charters

/// `flattery`: praise of the person beyond anything that they did. "You solved it, and your proof is clean" is none;
/// "you're a genius" is. It can't judge work, so praise in proportion passes even where it isn't deserved.
extension FloorDetector {
    static let flatteries: [FloorCues] = [
        FloorCues(
            phrases: [
                "you(re| are) (a |an |such a |truly a |an absolute |a true |a real |an actual |clearly a )(genius|prodigy|visionary|mastermind|legend|brilliant mind|brilliant person|brilliant thinker)",
                "you(re| are) (so |absolutely |truly |incredibly |extraordinarily |unbelievably |exceptionally |insanely |really )(brilliant|intelligent|gifted|smart|talented|amazing|wise|special|extraordinary|remarkable)",
                "you(re| are) the (smartest|wisest|best|greatest|brightest|kindest|most brilliant|most intelligent|most insightful|most amazing|most talented) (person|human|student|thinker|user|writer|mind)",
                "one of the (smartest|wisest|brightest|most brilliant|most insightful|most intelligent) (people|minds|thinkers|users|students|persons)",
                "(what an|what a|such an|such a|thats an|thats a|that is an|that is a) (absolutely |truly |)(brilliant|genius|profound|phenomenal|incredible|extraordinary|amazing|visionary) (question|idea|insight|thought|observation|point)",
                "ive never (met|seen|talked to|spoken to|encountered) (anyone|someone|anybody) (as|so|like|with)",
                "your (sheer |pure |)(brilliance|genius)",
                "you(re| are) (simply |absolutely |)perfect( in every way| just the way| as you)",
                "you(re| are) (simply|absolutely) perfect",
                "(few|no) people (could|would|can) (ever |)(think|see|understand) (of |)(this|that|it) (like|as) you",
                "only (someone|a mind) as (brilliant|smart|gifted|special) as you",
                "you(re| are) (light years |miles |far )(ahead of|above) (everyone|most people|everybody)",
            ],
            exceptions: ["you(re| are) really special to (him|her|them|your)"],
            negations: ["not", "never", "dont", "doesnt", "if", "whether", "think", "say", "says", "said", "isnt"],
            reach: 3, quotation: .cancels),
        FloorCues(
            phrases: [
                "eres (un |una |todo un |toda una |)(genio|genia|prodigio)",
                "eres (increiblemente|extraordinariamente|absolutamente) (brillante|inteligente|especial)",
                "que pregunta tan (brillante|genial|profunda)", "eres la persona mas (inteligente|brillante|sabia)",
                "(tu es|vous etes) (un |une |un vrai |)(genie|prodige)",
                "(tu es|vous etes) (incroyablement|extraordinairement|absolument) (brillant|brillante|intelligent|intelligente|doue|douee)",
                "quelle question (brillante|geniale|profonde)",
                "(du bist|sie sind) (ein |ein echtes |ein wahres |)genie",
                "(du bist|sie sind) (unglaublich|ausserordentlich|absolut) (brillant|klug|intelligent|begabt)",
                "was fur eine (brillante|geniale|tiefgrundige) (frage|idee)",
            ], negations: ["no", "pas", "nicht", "nunca", "jamais", "nie"], reach: 3, quotation: .cancels),
    ]
}
