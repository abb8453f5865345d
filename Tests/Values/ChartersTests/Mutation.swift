@testable import Charters

/// Words of the language, so that changes at random reach every section of it.
private let words =
    (Grammar.allShapes.flatMap { shape in shape.names.map { "\($0): " } }
    + ["goods/", "floor/", "~", "@1", "https://", "./", "21-6", "30d", "person", "hand-over", "0.5", "[", "{", "}, "])
    .map { Array($0.utf8) }

/// A copy of the bytes with one to four small changes: a byte flipped, put in, taken out, a word of the
/// language put in, or a piece moved.
func mutated(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let telling = Array(" \n\t:-#[]{},'\"|>&*!?%@\\~0aé\r\u{FEFF}\u{202E}".utf8)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
        guard !bytes.isEmpty else { return bytes }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[place] = telling.randomElement(using: &generator) ?? 0
        case 2: bytes.insert(telling.randomElement(using: &generator) ?? 0, at: place)
        case 3: bytes.remove(at: place)
        case 4, 5: bytes.insert(contentsOf: words.randomElement(using: &generator) ?? [], at: place)
        case 6:
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
            let piece = Array(bytes[place..<end])
            bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &generator))
        default:
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
            bytes.removeSubrange(place..<end)
        }
    }
    return bytes
}
