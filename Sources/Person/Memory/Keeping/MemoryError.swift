public import Consents
public import Store

/// What can go wrong with a person's memory, each with what to do next in its ``description``.
public enum MemoryError: Error, Hashable, Sendable {
    /// Things that can't be remembered as they are: the place in the list, and what is wrong. Nothing was written.
    case unfit([Int: ItemProblems])
    /// There is no such item, or none that this permit lets one see.
    case noSuchItem(MemoryItem.ID)
    /// There is no such decision.
    case noSuchDecision(MemoryItem.ID)
    /// The person granted no such use of items of this kind. Nothing was read or written.
    case notGranted(MemoryPurpose, MemoryKind?)
    /// The permit is over; ask the grants anew.
    case permitOver
    /// The permit is for another person's memory.
    case permitForAnother
    /// The person paused remembering in this conversation.
    case paused(conversation: String)
    /// The person erased after this was heard, so it is not kept.
    case erasedSince(Int64)
    /// A decision can't be undone because something else happened to the same item since.
    case changedSince(MemoryItem.ID)
    /// An item is in a state in which this can't be done to it.
    case unfitState(MemoryItem.ID, reason: String)
    /// More than is taken at a time, or kept for one person.
    case tooMany(what: String, limit: Int)
    /// A vector that is not one: empty, of another dimension, or with a number that is none.
    case unfitVector(MemoryItem.ID)
    /// A number of days that no retention can be.
    case unfitRetention(days: Int)
    /// A name or an id that can't be kept.
    case unfitName(String)
    /// Too many others changed the same person's memory at the same time. Nothing was written; try again.
    case contended
    /// The person's memory is being erased.
    case beingErased
    /// The key that this person's memory is sealed under is gone. Nothing was overwritten.
    case keyGone
    /// What lies in the store is not what was sealed. Nothing was overwritten.
    case damaged
    /// A file that can't be brought in, with every problem in it.
    case unfitFile([ImportProblem])
    /// Opening or sealing failed.
    case seal(SealError)
    /// The store failed. Nothing was written.
    case store(StoreError)

    init(any error: any Error) {
        switch error {
        case let error as MemoryError: self = error
        case let error as StoreError: self = .store(error)
        case SealError.keyDestroyed: self = .keyGone
        case SealError.store(let error): self = .store(error)
        case let error as SealError: self = .seal(error)
        case is UnreadableRecord: self = .damaged
        default: self = .store(.sql(code: 0, message: "\(error)", statement: nil))
        }
    }
}

extension MemoryError: CustomStringConvertible {
    /// The whole story for a person: what happened, and what to do next.
    public var description: String {
        switch self {
        case .unfit(let problems):
            problems.sorted { $0.key < $1.key }.map { "item \($0.key + 1): \($0.value)" }.joined(separator: "\n")
        case .noSuchItem(let id): "There is no item \(id) here. It may have been erased; list the items to see what is."
        case .noSuchDecision(let id):
            "There is no decision \(id) here. What it was about may have been erased; list the decisions to see what is."
        case .notGranted(let purpose, let kind):
            """
            The person has not granted “\(purpose.rawValue)” for \(kind.map { "items of kind “\($0.rawValue)”" } ?? "this"). \
            Ask them; a grant takes one step and ends by itself.
            """
        case .permitOver: "The leave to use this memory is over. Ask the person's grants again for each use."
        case .permitForAnother: "This leave is for another person's memory."
        case .paused:
            "The person paused remembering in this conversation, so nothing of it is kept until they resume it."
        case .erasedSince: "The person erased their memory after this was said, so it is not kept."
        case .changedSince(let id):
            "The item \(id) was changed again since. Undo the later decision first, or correct the item."
        case .unfitState(_, let reason): reason
        case .tooMany(let what, let limit): "There are too many \(what): at most \(limit) are taken."
        case .unfitVector(let id):
            "The vector of item \(id) is empty, too long, not of the embedder's dimension, or holds a number that is none."
        case .unfitRetention(let days): "\(days) days is no time to keep things. Choose 1 to 36,500 days, or none."
        case .unfitName(let name):
            "“\(name.prefix(40))” can't be a conversation's id: it must have 1 to \(ItemProblems.longestName) visible characters."
        case .contended: "Others changed the same memory at that moment. Nothing was changed; try again."
        case .beingErased: "This memory is being erased. Try again in a moment; it will be empty."
        case .keyGone:
            """
            The key that this memory was sealed under is gone: somebody erased this person, or the table of keys was \
            lost. Nothing was overwritten. If it was lost, restore the database from a backup. If not, erase this \
            person's memory, and it begins anew.
            """
        case .damaged:
            """
            A sealed part of this memory is damaged, or stands in another's place. Nothing was overwritten. Restore \
            the database from a backup; what the person exported can be imported again.
            """
        case .unfitFile(let problems):
            "This file can't be brought in, and nothing of it was:\n"
                + problems.map { "\($0)" }.joined(separator: "\n")
        case .seal(let error): error.description
        case .store(let error): error.description
        }
    }
}
