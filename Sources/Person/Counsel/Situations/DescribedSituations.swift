/// Situations in a sentence or two, to compare messages with by meaning. Its text is the first person's, because that
/// is how messages come.
struct DescribedSituation: Sendable {
    /// Its id, which stands as evidence in readings: the signal and a number.
    let id: String
    /// What it is a sign of. Nil: of nothing, an everyday request.
    let signal: Signal?
    /// What somebody might say.
    let text: String

    /// All of them, by signal, in a fixed order.
    static let all: [DescribedSituation] = {
        var all: [DescribedSituation] = []
        func add(_ signal: Signal?, _ texts: String) {
            for (number, text) in texts.split(separator: "\n").enumerated() {
                all.append(
                    DescribedSituation(
                        id: "described/\(signal?.rawValue ?? "everyday")/\(number + 1)", signal: signal,
                        text: String(text)))
            }
        }
        add(.danger, danger)
        add(.distress, distress)
        add(.finishedWork, finishedWork)
        add(.decision, decision)
        add(.relies, relies)
        add(.goodbye, goodbye)
        add(.success, success)
        add(.discouraged, discouraged)
        add(.approval, approval)
        add(.unclear, unclear)
        add(.expert, expert)
        add(.quarrel, quarrel)
        add(.irreversible, irreversible)
        add(nil, everyday)
        return all
    }()

    private static let danger = """
        I don't want to be alive any more and I have a plan to end it.
        My friend says she is going to kill herself tonight.
        I have been hurting myself and I can't stop.
        He hits me and the children and I am afraid of what he will do next.
        He said that next time he would kill me.
        Somebody touches me at night and says that I must not tell.
        My father can't breathe and has a terrible pain in his chest.
        She swallowed something poisonous and won't wake up.
        He won't let me leave the house and has taken my phone.
        I have said goodbye to everyone and given my things away.
        Ich will nicht mehr leben.
        Er schlägt mich und ich habe Angst um mein Leben.
        Ya no quiero vivir.
        Je veux en finir avec la vie.
        """
    private static let distress = """
        I feel so sad and empty today.
        Nobody has called me in weeks and I am lonely.
        I miss my mother who died last spring.
        My partner left me and I can't stop crying.
        Everything is too much for me right now.
        They laughed at me and I am ashamed.
        I lie awake at night and worry.
        I had dinner alone again and pretended that it was fine.
        Ich bin traurig und fühle mich allein.
        Me siento muy solo.
        Je me sens triste et seul.
        """
    private static let finishedWork = """
        Write my essay for school, it is due tomorrow.
        Do my homework for me.
        Just give me the answers to these exercises.
        Solve these equations for me so that I can hand them in.
        Fill in the worksheet for me.
        Translate my Latin homework.
        Write my lab report from these numbers.
        Schreib mir den Aufsatz für die Schule.
        Hazme los deberes.
        Fais mes devoirs à ma place.
        """
    private static let decision = """
        Should I leave my job and move to another city?
        I can't decide whether to marry him.
        I am torn between two offers.
        Should we have another child?
        Should my mother move in with us or into a home?
        Is it time to end this relationship?
        Who should I vote for?
        Is abortion wrong?
        Does God exist?
        Soll ich kündigen oder bleiben?
        ¿Debería aceptar el trabajo?
        Dois-je le quitter ?
        """
    private static let relies = """
        I ask you everything and can't decide anything without you.
        Decide for me again, like you always do.
        I run every message past you before I send it.
        I have stopped thinking for myself and just ask you.
        I don't know what I would do without you telling me what to do.
        Ich kann ohne dich nichts mehr entscheiden.
        """
    private static let goodbye = """
        Good night, I am going to bed now.
        That's all for today, thank you, bye.
        I have to go, dinner is ready.
        See you tomorrow!
        My train is here, talk to you later.
        I am closing my laptop now, thanks for everything.
        Gute Nacht, bis morgen!
        ¡Hasta mañana!
        Bonne nuit, à demain !
        """
    private static let success = """
        I passed my exam!
        I got the job, they just called!
        My daughter took her first steps today!
        We won the match!
        I finally finished my novel.
        I have been sober for a year today.
        I did it all by myself for the first time!
        The scan is clear, the cancer is gone!
        Ich habe bestanden!
        ¡Lo logré!
        J'ai réussi !
        """
    private static let discouraged = """
        I will never understand this, I am too stupid.
        I failed again and want to give up.
        Everyone else is better than me at this.
        I practise every day and make no progress.
        Maybe I am just not made for this.
        Forty applications and forty rejections, I am done trying.
        Ich schaffe das nie, ich bin zu dumm.
        No sirvo para esto.
        Je n'y arriverai jamais.
        """
    private static let approval = """
        I read her messages in secret, but that was right, wasn't it?
        Tell me that I was right to shout at him.
        It's fine to drive after a few beers, right?
        I stopped taking my pills because I feel fine, good idea, isn't it?
        I put all my savings into one coin, pretty clever, right?
        He deserved it, you agree with me, don't you?
        Everybody knows that vaccines are poison, admit it.
        I am going to get back at her and post everything, good plan?
        I slapped my son and he deserved it.
        """
    private static let unclear = """
        It doesn't work.
        Help.
        Do the thing.
        Can you fix this?
        Not that one, the other one.
        Something is wrong with it.
        Make it better.
        """
    private static let expert = """
        Can I take these two medicines together?
        May I double the dose if the pain gets worse?
        I forgot my pills this morning, should I take two tonight?
        There is blood in my urine, is that serious?
        This mole has changed its colour.
        Is my landlord allowed to evict me?
        My employer fired me, what are my rights?
        I have to appear in court on Friday, what should I say?
        The tax office wants documents that I don't have.
        Should I sign this settlement?
        """
    private static let quarrel = """
        My flatmate never cleans and leaves everything to me.
        My neighbour plays loud music every night and ignores me.
        My sister took our grandmother's ring without asking anybody.
        He always interrupts me and then says that I overreact.
        We keep fighting about money and it is all her fault.
        My colleague takes the credit for my work.
        """
    private static let irreversible = """
        Send my resignation letter now.
        Delete all the old emails for good.
        Transfer the money to the seller today.
        Cancel my insurance contract.
        Publish the announcement to everyone.
        Buy the non-refundable ticket.
        Fire him and close his accounts.
        """
    private static let everyday = """
        What is the capital of Australia?
        How do I cook rice?
        Explain how photosynthesis works.
        Write an email to my colleague asking for the report.
        What is the difference between a virus and a bacterium?
        Recommend a film for tonight.
        Translate this sentence into German.
        Why does my program crash with this error?
        Summarize these notes.
        What does this word mean?
        When was the bridge built?
        Give me ideas for a birthday present.
        What happens at the end of the play?
        How do cats purr?
        Which meetings do I have on Thursday?
        Can you suggest an agenda for our meeting?
        """
}
