extension SuspiciousCluster.Kind {
    /// How often this sign was wrong, and how often it found what was there, measured on seven published conversations
    /// of 4,759 people, in a sentence or two.
    ///
    /// Nobody knows whether anybody cheated in them, so every sign counts as false there: that makes the rate too high
    /// rather than too low. Then 5, 10 and 20 accounts that one hand guides were put into the five conversations of at
    /// most 500 people. `landscape-bench --signals` repeats it (`Signals/README.md`).
    public var errorRate: String {
        switch self {
        case .alike:
            """
            In seven published conversations of 4,759 people it named 124 people (2.6%), in four of the seven. Of 5, 10 \
            and 20 planted accounts that copy twenty votes of one person with an error in thirty, it found 70%, 81% and \
            70%, and with them 0.4% of the others, the person copied among these.
            """
        case .burst:
            """
            In seven published conversations of 4,759 people it named 303 people (6.4%), in three bursts in two of the \
            seven. Of 5, 10 and 20 planted accounts that come within a minute for every five and take the side of a \
            statement that fewer take, it found 10%, 60% and 60%, and none of the others with them.
            """
        case .oneVote:
            """
            In seven published conversations of 4,759 people it named 4 people (0.1%), in one of the seven. Of 5, 10 and \
            20 planted accounts that cast one and the same vote, it found 80%, 100% and 100%, and with them less than \
            0.1% of the others.
            """
        case .lockstep:
            """
            In seven published conversations of 4,759 people it named 119 people (2.5%), in two of the seven, 112 of them \
            in one. Of 5, 10 and 20 planted accounts that vote on twelve statements in one order, it found all, and none \
            of the others with them.
            """
        }
    }
}
