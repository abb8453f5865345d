import Foundation

/// The index over one person's items: which of them fit what was just said.
///
/// Words by BM25 (``LexicalPostings``), meaning by exact cosine (``VectorRows``), time, who spoke, and what was said
/// beside it, weighed by ``Ranking``. A value, in memory only, without a clock, a store or a random number: the same items
/// and the same question give the same answer, in whatever order the items came.
///
/// It holds words as hashes and never as text. What is removed is overwritten and gone from every part.
public struct RecallIndex: Sendable {
    var vocabulary = Vocabulary()
    var postings = LexicalPostings()
    var tables: [VectorRows] = []
    var slots: [RecallSlot] = []
    var slotOf: [MemoryItem.ID: Int32] = [:]
    var conversations = Conversations()
    var speakers = Speakers()
    var conflicts = Conflicts()
    var pinned: Set<Int32> = []

    /// Used again and again while items come in.
    private var stemmer = PorterStemmer()
    private var terms: [Vocabulary.Term] = []
    private var times = TimeTokens()

    /// An index without items.
    ///
    /// - Parameter dimension: Numbers in a vector, if known. Vectors of another dimension are kept beside them, each found
    ///   by questions of their own dimension: so recall goes on while items are embedded anew.
    public init(dimension: Int? = nil) {
        if let dimension, dimension > 0 { tables.append(VectorRows(dimension: dimension)) }
    }

    /// How many items it holds.
    public var count: Int { slotOf.count }

    /// How many of them have a vector of this dimension.
    public func vectorCount(dimension: Int) -> Int { tables.first { $0.dimension == dimension }?.count ?? 0 }

    /// Whether it holds an item.
    public func contains(_ id: MemoryItem.ID) -> Bool { slotOf[id] != nil }

    /// Bytes of its storage, within some percent.
    public var byteCount: Int {
        vocabulary.byteCount + postings.byteCount + tables.reduce(0) { $0 + $1.byteCount }
            + slots.capacity * MemoryLayout<RecallSlot>.stride
            + slotOf.capacity * (MemoryLayout<MemoryItem.ID>.stride + MemoryLayout<Int32>.stride + 1)
            + conversations.byteCount + speakers.byteCount
    }

    // MARK: Items come

    /// Adds an item, or puts it in the place of the one with its id.
    ///
    /// Only what the person stands by can be found: a proposed or rejected item is not taken in, and takes out what
    /// stood under its id. Likewise one that isn't held any more (``MemoryItem/closedAt``) before the question's moment.
    ///
    /// - Parameter vector: The vector of ``MemoryItem/embeddedText``; nil, of no length or not finite, and the item is
    ///   found by its words alone.
    /// - Complexity: O(words + dimension), amortised.
    public mutating func insert(_ item: MemoryItem, vector: [Float]?) {
        add(item, vector)
        postings.settle()
    }

    /// Adds many items: quicker than one by one.
    public mutating func insert(_ items: some Collection<(item: MemoryItem, vector: [Float]?)>) {
        let dimension = items.first { $0.vector != nil }?.vector?.count
        if let dimension, dimension > 0 {
            let table = table(dimension)
            tables[table].reserve(tables[table].count + items.count)
        }
        slots.reserveCapacity(slots.count + items.count)
        slotOf.reserveCapacity(slotOf.count + items.count)
        for (item, vector) in items { add(item, vector) }
        postings.post()
    }

    /// Adds items whose words were read before, where they were.
    ///
    /// - Parameters:
    ///   - items: each once, none of which is here.
    ///   - readings: ``ReadingRecord`` of many of them, one behind the other.
    ///   - places: Where the reading of each item is; −1 for one whose words have to be read.
    mutating func insert(
        _ items: [MemoryItem], readings: UnsafeRawBufferPointer, places: [Int]
    ) throws(UnreadableRecord) {
        slots.reserveCapacity(slots.count + items.count)
        slotOf.reserveCapacity(slotOf.count + items.count)
        var entries: [LexicalPostings.Entry] = []
        for number in items.indices where items[number].isFindable {
            guard places[number] >= 0 else {
                add(items[number], nil)
                continue
            }
            entries.removeAll(keepingCapacity: true)
            let traits = try ReadingRecord.read(readings, at: places[number]) { hash, count in
                entries.append(LexicalPostings.Entry(term: vocabulary.add(stem: hash), count: Int32(count)))
            }
            add(items[number], nil, traits, length: postings.append(counted: entries))
        }
        postings.post()
    }

    private mutating func add(_ item: MemoryItem, _ vector: [Float]?) {
        remove(item.id)
        guard item.status == .confirmed else { return }
        read(item.words)
        let length = terms.count
        postings.append(&terms)
        add(item, vector, Self.traits(of: item, times), length: length)
    }

    /// What an item's words say beside themselves, by the times that were found in them.
    static func traits(of item: MemoryItem, _ times: TimeTokens) -> ItemTraits {
        var flags: RecallSlot.Flags = []
        let mentioned = times.spans(at: item.validFrom ?? item.recordedAt).first
        if mentioned != nil || times.tellsTime { flags.insert(.tellsTime) }
        let form = TextForm(item.words)
        if form.holdsQuestion { flags.insert(.holdsQuestion) }
        if form.endsAsQuestion { flags.insert(.isQuestion) }
        return ItemTraits(mentioned: mentioned, flags: flags, tokens: Int32(clamping: form.tokens))
    }

    /// Adds an item whose words the postings have already.
    private mutating func add(_ item: MemoryItem, _ vector: [Float]?, _ traits: ItemTraits, length: Int) {
        let slot = Int32(slots.count)
        var flags = traits.flags.union(.isLive)
        if item.isPinned {
            flags.insert(.isPinned)
            pinned.insert(slot)
        }
        slots.append(
            RecallSlot(
                id: item.id, validFrom: item.validFrom ?? RecallSlot.never,
                validUntil: item.validUntil ?? RecallSlot.never, closedAt: item.closedAt ?? RecallSlot.never,
                due: item.due ?? RecallSlot.never, recordedAt: item.recordedAt,
                mentioned: traits.mentioned ?? TimeSpan(from: 0, until: 0),
                tokens: traits.tokens, conversation: -1, turn: 0,
                speaker: speakers.add(item.speaker, &vocabulary, &stemmer), confidence: Float(item.confidence),
                length: log1p(Float(length)), kind: item.kind, flags: flags))
        slotOf[item.id] = slot
        conflicts.add(item)
        if let origin = item.origin {
            slots[Int(slot)].turn = Int32(clamping: origin.turn)
            conversations.add(origin.conversation, slot, &slots)
        }
        if let vector { add(vector, slot) }
    }

    /// Fills `terms` and `times`.
    private mutating func read(_ words: String) {
        terms.removeAll(keepingCapacity: true)
        times.removeAll()
        WordReader.read(words) { word, hash in
            times.advance()
            let hash = Vocabulary.spelling(hash)
            let found = vocabulary.add(word, hash: hash, &stemmer)
            if found.term != Vocabulary.stopped { terms.append(found.term) }
            if found.mayTellTime, let time = TimeLexicon.word(word, hash: hash) { times.append(time) }
        }
    }

    /// Gives an item another vector, of the same or another dimension, or none: cheaper than ``insert(_:vector:)``, for
    /// embedding anew.
    ///
    /// - Complexity: O(dimension).
    /// - Returns: Whether the item is there.
    @discardableResult public mutating func attach(_ vector: [Float]?, to id: MemoryItem.ID) -> Bool {
        guard let slot = slotOf[id] else { return false }
        removeVector(slot)
        if let vector { add(vector, slot) }
        return true
    }

    /// Takes up rows of vectors that were read in one go, each with the item that it belongs to.
    ///
    /// - Parameter owners: whose each row is; nil for a row that has no direction. Rows of items that aren't here go.
    mutating func take(_ rows: [SIMD8<Float>], dimension: Int, owners: [MemoryItem.ID?]) {
        let table = table(dimension)
        guard tables[table].count == 0 else { return }
        let owned = owners.map { owner -> Int32 in
            guard let slot = owner.flatMap({ slotOf[$0] }), slots[Int(slot)].table < 0 else { return -1 }
            slots[Int(slot)].table = Int32(table)
            return slot
        }
        tables[table] = VectorRows(dimension: dimension, rows: rows, slots: owned)
        for (row, slot) in tables[table].slots.enumerated() {
            slots[Int(slot)].row = Int32(row)
        }
    }

    private mutating func removeVector(_ slot: Int32) {
        let (table, row) = (Int(slots[Int(slot)].table), slots[Int(slot)].row)
        guard row >= 0 else { return }
        if let moved = tables[table].remove(Int(row)) { slots[Int(moved)].row = row }
        slots[Int(slot)].table = -1
        slots[Int(slot)].row = -1
    }

    private mutating func add(_ vector: [Float], _ slot: Int32) {
        guard !vector.isEmpty else { return }
        let table = table(vector.count)
        guard let row = tables[table].append(vector, slot: slot) else { return }
        slots[Int(slot)].table = Int32(table)
        slots[Int(slot)].row = Int32(row)
    }

    private mutating func table(_ dimension: Int) -> Int {
        if let known = tables.firstIndex(where: { $0.dimension == dimension }) { return known }
        tables.append(VectorRows(dimension: dimension))
        return tables.count - 1
    }

    // MARK: Items go

    /// Removes an item from every part: its words, its vector, its links and its place among its neighbours. What held
    /// them is overwritten.
    ///
    /// - Complexity: O(words × log items + dimension); now and then O(all of it), when words or much room came free.
    /// - Returns: Whether it was there.
    @discardableResult public mutating func remove(_ id: MemoryItem.ID) -> Bool {
        guard let slot = slotOf.removeValue(forKey: id) else { return false }
        let lostWord = postings.remove(slot: Int(slot))
        let speaker = slots[Int(slot)].speaker
        removeVector(slot)
        conversations.remove(slot, &slots)
        let lostSpeaker = speakers.remove(speaker)
        conflicts.remove(id)
        pinned.remove(slot)
        slots[Int(slot)] = .empty
        if lostWord || lostSpeaker {
            let (postings, speakers) = (postings, speakers)
            vocabulary.forgetSpellings { postings.frequency($0) == 0 && !speakers.named($0) }
        }
        if slots.count > 64, slots.count > slotOf.count * 2 { compact() }
        return true
    }

    /// Puts the items that are left side by side.
    private mutating func compact() {
        var number: [Int32] = []
        number.reserveCapacity(slots.count)
        var next: Int32 = 0
        for slot in slots {
            number.append(slot.isLive ? next : -1)
            if slot.isLive { next += 1 }
        }
        func renumber(_ slot: Int32) -> Int32 { slot < 0 ? -1 : number[Int(slot)] }
        postings.keep { slots[$0].isLive }
        slots = slots.filter(\.isLive)
        for index in slots.indices {
            slots[index].before = renumber(slots[index].before)
            slots[index].after = renumber(slots[index].after)
            slotOf[slots[index].id] = Int32(index)
        }
        for table in tables.indices { tables[table].renumber(renumber) }
        conversations.renumber(renumber)
        pinned = Set(pinned.map(renumber))
    }
}
