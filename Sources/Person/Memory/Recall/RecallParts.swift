import Consents

/// Which items come from which conversation, in the order of its turns, so that each knows its neighbours.
struct Conversations: Sendable {
    private var numbers: [String: Int32] = [:]
    private var names: [String] = []
    /// The one that was last added to: what comes next is nearly always of the same.
    private var last: Int32 = -1
    /// The slots of each conversation by turn, then by id.
    private var members: [[Int32]] = []

    var byteCount: Int {
        members.reduce(0) { $0 + $1.capacity * 4 + 32 } + names.reduce(0) { $0 + $1.utf8.count + 64 }
    }

    /// The number of a conversation, if anything is from it.
    func number(_ name: String) -> Int32? { numbers[name] }

    /// Gives an item its place.
    mutating func add(_ name: String, _ slot: Int32, _ slots: inout [RecallSlot]) {
        let number: Int32
        if last >= 0, names[Int(last)] == name {
            number = last
        } else if let known = numbers[name] {
            number = known
        } else {
            number = Int32(members.count)
            numbers[name] = number
            names.append(name)
            members.append([])
        }
        last = number
        slots[Int(slot)].conversation = number
        let key = (slots[Int(slot)].turn, slots[Int(slot)].id)
        var (at, end) = (0, members[Int(number)].count)
        // What is said comes last, nearly always.
        if let last = members[Int(number)].last, (slots[Int(last)].turn, slots[Int(last)].id) < key { at = end }
        while at < end {
            let middle = (at + end) / 2
            let other = slots[Int(members[Int(number)][middle])]
            if (other.turn, other.id) < key { at = middle + 1 } else { end = middle }
        }
        members[Int(number)].insert(slot, at: at)
        link(number, at, &slots)
    }

    /// Takes an item out.
    mutating func remove(_ slot: Int32, _ slots: inout [RecallSlot]) {
        let number = slots[Int(slot)].conversation
        guard number >= 0, let at = members[Int(number)].firstIndex(of: slot) else { return }
        members[Int(number)].remove(at: at)
        link(number, at, &slots)
        if members[Int(number)].isEmpty {
            numbers[names[Int(number)]] = nil
            names[Int(number)] = ""
            last = -1
        }
    }

    /// The slots get other numbers.
    mutating func renumber(_ number: (Int32) -> Int32) {
        for index in members.indices { members[index] = members[index].map(number) }
    }

    /// How many turns may lie between neighbours: what the other said in between is seldom kept.
    private static let reach: Int32 = 2

    /// Mends the links around a place.
    private func link(_ number: Int32, _ at: Int, _ slots: inout [RecallSlot]) {
        let members = members[Int(number)]
        for index in max(0, at - 1)..<max(0, min(members.count, at + 2)) {
            let slot = Int(members[index])
            let turn = slots[slot].turn
            slots[slot].before = -1
            slots[slot].after = -1
            if index > 0, turn - slots[Int(members[index - 1])].turn <= Self.reach {
                slots[slot].before = members[index - 1]
            }
            if index + 1 < members.count, slots[Int(members[index + 1])].turn - turn <= Self.reach {
                slots[slot].after = members[index + 1]
            }
        }
    }
}

/// Who speaks in a memory, by the words of their names.
struct Speakers: Sendable {
    private var numbers: [String: Int32] = [:]
    private var names: [String] = []
    private var terms: [[Vocabulary.Term]] = []
    private var counts: [Int] = []

    var byteCount: Int { names.reduce(0) { $0 + $1.utf8.count + 96 } }

    /// The number of a speaker, −1 for nobody.
    mutating func add(
        _ name: String?, _ vocabulary: inout Vocabulary, _ stemmer: inout PorterStemmer
    ) -> Int32 {
        guard let name else { return -1 }
        if let known = numbers[name] {
            counts[Int(known)] += 1
            return known
        }
        var found: [Vocabulary.Term] = []
        WordReader.read(name) { word, hash in
            let term = vocabulary.add(word, hash: Vocabulary.spelling(hash), &stemmer).term
            if term != Vocabulary.stopped { found.append(term) }
        }
        let number = Int32(names.count)
        numbers[name] = number
        names.append(name)
        terms.append(found)
        counts.append(1)
        return number
    }

    /// One item fewer is theirs. Returns whether it was the last.
    mutating func remove(_ number: Int32) -> Bool {
        guard number >= 0 else { return false }
        counts[Int(number)] -= 1
        guard counts[Int(number)] == 0 else { return false }
        numbers[names[Int(number)]] = nil
        names[Int(number)] = ""
        terms[Int(number)] = []
        return true
    }

    /// Whether a word is part of anybody's name.
    func named(_ term: Vocabulary.Term) -> Bool { terms.contains { $0.contains(term) } }

    /// Whom a question names: their numbers, the words of their names, and how many people speak at all.
    func named(in question: [Vocabulary.Term]) -> (speakers: Set<Int32>, terms: Set<Vocabulary.Term>, of: Int) {
        var speakers: Set<Int32> = []
        var words: Set<Vocabulary.Term> = []
        for (number, terms) in terms.enumerated() where counts[number] > 0 && terms.contains(where: question.contains) {
            speakers.insert(Int32(number))
            words.formUnion(terms)
        }
        return (speakers, words, counts.count { $0 > 0 })
    }
}

/// Which items conflict, whichever of the two says so.
struct Conflicts: Sendable {
    private var said: [MemoryItem.ID: [MemoryItem.ID]] = [:]
    private var heard: [MemoryItem.ID: [MemoryItem.ID]] = [:]

    /// Whether there are none.
    var isEmpty: Bool { said.isEmpty }

    mutating func add(_ item: MemoryItem) {
        let others = item.links.filter { $0.relation == .conflictsWith }.map(\.item)
        guard !others.isEmpty else { return }
        said[item.id] = others
        for other in others { heard[other, default: []].append(item.id) }
    }

    /// Takes out what an item said. What others say of it is theirs.
    mutating func remove(_ id: MemoryItem.ID) {
        for other in said.removeValue(forKey: id) ?? [] {
            heard[other]?.removeAll { $0 == id }
            if heard[other]?.isEmpty ?? false { heard[other] = nil }
        }
    }

    /// What an item conflicts with, each once, by id.
    func with(_ id: MemoryItem.ID) -> [MemoryItem.ID] {
        Array(Set((said[id] ?? []) + (heard[id] ?? []))).sorted()
    }
}

extension RecallSlot {
    /// A slot that nothing is in.
    static let empty = RecallSlot(
        id: MemoryItem.ID(high: 0, low: 0), validFrom: never, validUntil: never, closedAt: never, due: never,
        recordedAt: never, mentioned: TimeSpan(from: 0, until: 0), tokens: 0, conversation: -1, turn: 0, speaker: -1,
        confidence: 0, length: 0, kind: .fact, flags: [])
}
