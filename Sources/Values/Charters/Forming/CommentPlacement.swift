/// Where each comment of a file belongs: above a key or item, beside it, or behind the last entry of a mapping or list.
///
/// A comment on a line of its own belongs to what follows it, unless it stands further in than that: then it closes the
/// block whose column it shares. Every comment gets a place, so none is lost.
struct CommentPlacement {
    /// The notes of each key and item, in the order of the file; an item comes before what is in it.
    private(set) var notes: [WrittenNotes]
    /// The comments behind the last entry of each list and mapping, in the order of the file.
    private(set) var tails: [[String]]
    /// The comments of a file that holds nothing else.
    private(set) var others: [String] = []

    private var elements: [Element] = []
    private var containers: [Container] = []

    /// A key or an item.
    private struct Element {
        /// Where it starts.
        var offset: Int
        var line: Int
        var column: Int
        /// Whether it stands inside brackets.
        var isInFlow: Bool
        /// Where its value starts, when that is a text on a later line.
        var textOffset: Int?
        /// The lists and mappings that it stands in, the innermost last.
        var containers: [Int]
    }

    private struct Container {
        var column: Int
        /// Where its closing bracket ends. Nil for one without brackets.
        var end: Int?
    }

    init(of root: SourceNode, comments: [Int], in source: SourceText) {
        notes = []
        tails = []
        collect(root, source: source, in: [], inFlow: false)
        notes = Array(repeating: WrittenNotes(), count: elements.count)
        tails = Array(repeating: [], count: containers.count)
        place(comments, in: SourceRows(source))
    }

    // MARK: What there is

    private mutating func collect(_ node: SourceNode, source: SourceText, in outer: [Int], inFlow: Bool) {
        let start = node.span.lowerBound
        switch node.form {
        case .text, .empty, .broken: return
        case .list(let items):
            let isFlow = inFlow || source.bytes[start] == UInt8(ascii: "[")
            let inner = open(node, isFlow: isFlow, in: source, outer)
            for item in items {
                add(item.span.lowerBound, textOffset: nil, column: isFlow ? nil : start, isFlow, in: inner, source)
                collect(item, source: source, in: inner, inFlow: isFlow)
            }
        case .map(let entries):
            let isFlow = inFlow || source.bytes[start] == UInt8(ascii: "{")
            let inner = open(node, isFlow: isFlow, in: source, outer)
            for entry in entries {
                var textOffset: Int?
                if case .text = entry.value.form { textOffset = entry.value.span.lowerBound }
                add(entry.keySpan.lowerBound, textOffset: textOffset, column: nil, isFlow, in: inner, source)
                collect(entry.value, source: source, in: inner, inFlow: isFlow)
            }
        }
    }

    private mutating func open(_ node: SourceNode, isFlow: Bool, in source: SourceText, _ outer: [Int]) -> [Int] {
        containers.append(
            Container(
                column: source.byteColumn(of: node.span.lowerBound), end: isFlow ? node.span.upperBound : nil))
        return outer + [containers.count - 1]
    }

    private mutating func add(
        _ offset: Int, textOffset: Int?, column: Int?, _ isFlow: Bool, in containers: [Int], _ source: SourceText
    ) {
        elements.append(
            Element(
                offset: offset, line: source.lineNumber(of: offset), column: source.byteColumn(of: column ?? offset),
                isInFlow: isFlow, textOffset: textOffset, containers: containers))
    }

    // MARK: Where comments go

    private enum Place: Equatable {
        case above(Int)
        case tail(Int)
        case others
    }

    private mutating func place(_ comments: [Int], in rows: SourceRows) {
        var next = 0
        var previousPlace: Place?
        var previousElement = -1
        var limit = Int.max
        for offset in comments {
            while next < elements.count, elements[next].offset < offset { next += 1 }
            if previousElement != next { (previousPlace, previousElement, limit) = (nil, next, Int.max) }
            let comment = rows.comment(at: offset)
            guard rows.isAloneOnItsLine(offset) else {
                placeBeside(comment, at: offset, next: next, rows: rows)
                continue
            }
            let column = min(rows.column(of: offset), limit)
            var place = place(of: offset, column: column, next: next)
            // What comes behind a comment that belongs further out belongs there too: their order stays.
            if previousPlace == .above(next) { place = .above(next) }
            if case .tail(let container) = place { limit = containers[container].column }
            let isSpaced = rows.isBlank(rows.line(of: offset) - 1)
            append(comment, to: place, spaced: isSpaced)
            previousPlace = place
        }
        for index in elements.indices where index == 0 || elements[index - 1].line < elements[index].line {
            finishAbove(index, rows: rows)
        }
    }

    private func place(of offset: Int, column: Int, next: Int) -> Place {
        let previous = next > 0 ? elements[next - 1] : nil
        if let textOffset = previous?.textOffset, textOffset > offset { return .above(next - 1) }
        // Inside brackets that are still open.
        let open = previous?.containers.last { containers[$0].end.map { $0 > offset } ?? false }
        if next < elements.count, elements[next].isInFlow, elements[next].containers.contains(where: { $0 == open }) {
            return .above(next)
        }
        if let open { return .tail(open) }
        let floor = next < elements.count ? elements[next].column : -1
        if column > floor, let previous {
            let block = previous.containers.last {
                containers[$0].end == nil && containers[$0].column <= column && containers[$0].column > floor
            }
            if let block { return .tail(block) }
        }
        if next < elements.count { return .above(next) }
        return containers.isEmpty ? .others : .tail(0)
    }

    private mutating func append(_ comment: String, to place: Place, spaced: Bool) {
        switch place {
        case .above(let index):
            if spaced {
                if notes[index].above.isEmpty {
                    notes[index].hasBlankAbove = true
                } else {
                    notes[index].above.append("")
                }
            }
            notes[index].above.append(comment)
        case .tail(let container):
            if spaced { tails[container].append("") }
            tails[container].append(comment)
        case .others:
            if spaced, !others.isEmpty { others.append("") }
            others.append(comment)
        }
    }

    private mutating func placeBeside(_ comment: String, at offset: Int, next: Int, rows: SourceRows) {
        guard next > 0 else {
            append(comment, to: place(of: offset, column: 0, next: next), spaced: false)
            return
        }
        let previous = elements[next - 1]
        let isInsideBrackets = previous.containers.contains { containers[$0].end.map { $0 > offset } ?? false }
        var index = next - 1
        if !isInsideBrackets {
            while index > 0, elements[index].isInFlow { index -= 1 }
        }
        notes[index].beside = notes[index].beside.map { $0 + " " + comment } ?? comment
    }

    /// Notes the empty line right above an element.
    private mutating func finishAbove(_ index: Int, rows: SourceRows) {
        guard rows.isBlank(elements[index].line - 1) else { return }
        if notes[index].above.isEmpty {
            notes[index].hasBlankAbove = true
        } else {
            notes[index].above.append("")
        }
    }
}

/// The lines of a file, as far as comments need them. Lines count from 1.
private struct SourceRows {
    let source: SourceText

    init(_ source: SourceText) {
        self.source = source
    }

    func line(of offset: Int) -> Int { source.lineNumber(of: offset) }

    func column(of offset: Int) -> Int { source.byteColumn(of: offset) }

    /// Whether nothing but blanks stands before an offset on its line.
    func isAloneOnItsLine(_ offset: Int) -> Bool {
        source.bytes[source.start(of: line(of: offset))..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// Whether a line is empty. Lines outside the file are not.
    func isBlank(_ line: Int) -> Bool {
        guard line >= 1 else { return false }
        for byte in source.bytes[source.start(of: line)...] {
            if byte == 0x0A || byte == 0x0D { return true }
            if byte != 0x20, byte != 0x09 { return false }
        }
        return false
    }

    /// The comment that starts at an offset, without blanks at its end.
    func comment(at offset: Int) -> String {
        var end = offset
        while end < source.bytes.count, source.bytes[end] != 0x0A, source.bytes[end] != 0x0D { end += 1 }
        while end > offset, source.bytes[end - 1] == 0x20 || source.bytes[end - 1] == 0x09 { end -= 1 }
        return String(decoding: source.bytes[offset..<end], as: UTF8.self)
    }
}

extension SourceText {
    /// How many bytes stand before an offset on its line.
    fileprivate func byteColumn(of offset: Int) -> Int { offset - start(of: lineNumber(of: offset)) }
}
