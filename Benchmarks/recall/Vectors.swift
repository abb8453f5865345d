import Foundation

/// Vectors of texts, kept in a file so that a second run needs no model. Nothing of the texts is in the file.
struct Vectors {
    let dimension: Int
    private let numbers: [Float]

    subscript(index: Int) -> [Float] { Array(numbers[index * dimension..<(index + 1) * dimension]) }

    /// The vectors of `texts`: from the file that is named after them, or else made by `embed` and written there.
    static func of(
        _ texts: [String], named name: String, in folder: URL, embed: ([String]) async throws -> [[Float]]
    ) async throws -> Vectors {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts { for byte in Array(text.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
        let file = folder.appendingPathComponent("\(name)-\(String(hash, radix: 16)).f32")
        if let data = try? Data(contentsOf: file), !texts.isEmpty, data.count % (texts.count * 4) == 0, !data.isEmpty {
            let numbers = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
            return Vectors(dimension: numbers.count / texts.count, numbers: numbers)
        }
        FileHandle.standardError.write(Data("recall-benchmark: embedding \(texts.count) texts of \(name)\n".utf8))
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: 16) {
            vectors += try await embed(Array(texts[start..<min(start + 16, texts.count)]))
        }
        let numbers = vectors.flatMap { $0 }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try numbers.withUnsafeBytes { Data($0) }.write(to: file, options: .atomic)
        return Vectors(dimension: vectors.first?.count ?? 0, numbers: numbers)
    }
}
