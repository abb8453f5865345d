import Charters
import Flourishing

extension GoodClause {
    /// What the good says.
    var words: String { good.says }
}
