import Foundation

extension String {
    /// Whether the text is in every form already, seen at a glance: ASCII on one line, with single spaces between words
    /// and none at its ends. Nearly every text is.
    var isPlain: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20 else { return false }
            var previous: UInt8 = 0
            var isOdd = false
            // Without a way out, so that many bytes are looked at together.
            for byte in bytes {
                isOdd = isOdd || byte >= 0x80 || byte < 0x20 || (byte == 0x20 && previous == 0x20)
                previous = byte
            }
            return !isOdd
        } ?? false
    }

    /// Whether every byte is ASCII.
    private var isASCII: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            var all: UInt8 = 0
            for byte in bytes { all |= byte }
            return all < 0x80
        } ?? utf8.allSatisfy { $0 < 0x80 }
    }

    /// The text on one line: every run of blanks and line breaks is one space, and none stands at the ends.
    ///
    /// So the layout of a sentence in its file, and the way it is quoted there, carry no meaning.
    var onOneLine: String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        // Nearly every text is in this form already.
        var previousIsBlank = true
        let isDone = utf8.allSatisfy { byte in
            let fits = isBlank(byte) ? byte == 0x20 && !previousIsBlank : true
            previousIsBlank = isBlank(byte)
            return fits
        }
        if isDone, !previousIsBlank { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for byte in utf8 {
            if !isBlank(byte) {
                bytes.append(byte)
            } else if let last = bytes.last, last != 0x20 {
                bytes.append(0x20)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text with its lines kept, without blanks at the ends of lines and without empty lines at its ends.
    var trimmedLines: String {
        // Nearly every text is a single line without blanks at its ends.
        let isBlank = { (byte: UInt8?) in byte == 0x20 || byte == 0x09 }
        if !isBlank(utf8.first), !isBlank(utf8.last), !utf8.contains(0x0A) { return self }
        let lines = split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            while line.last == " " || line.last == "\t" { line.removeLast() }
            return line
        }
        let text = lines.joined(separator: "\n")
        let start = text.firstIndex { $0 != "\n" && $0 != " " && $0 != "\t" } ?? text.endIndex
        let end = text.lastIndex { $0 != "\n" }.map { text.index(after: $0) } ?? text.endIndex
        return start < end ? String(text[start..<end]) : ""
    }

    /// The text in Unicode's composed form (NFC), because composed and decomposed letters look alike and so must mean
    /// alike.
    var composed: String {
        // Scalars that neither decompose nor combine with a neighbour: Latin, Greek and Cyrillic letters, punctuation,
        // Chinese characters, most symbols. A text of these alone is in the form already.
        if isASCII { return self }
        let isStable = unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x300, 0x400..<0x483, 0x2002..<0x2126, 0x4E00...0x9FFF, 0x1F300...0x1FAFF: true
            default: false
            }
        }
        return isStable ? self : precomposedStringWithCanonicalMapping
    }
}

extension String {
    /// The text without regard to case and to the blanks and breaks between words, to find what only looks different.
    var folded: String { lowercased().onOneLine }

    /// A hash of ``folded``, found without making it: FNV-1a (Fowler, Noll and Vo, 1991). Equal folds have equal hashes.
    var foldHash: UInt64 {
        var text = isASCII ? self : lowercased()
        return text.withUTF8 { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            var isBetween = false
            for byte in bytes {
                if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
                    isBetween = hash != 0xCBF2_9CE4_8422_2325
                    continue
                }
                if isBetween { hash = (hash ^ 0x20) &* 0x100_0000_01B3 }
                isBetween = false
                let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                hash = (hash ^ UInt64(lower)) &* 0x100_0000_01B3
            }
            return hash
        }
    }
}
