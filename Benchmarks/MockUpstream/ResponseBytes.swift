import NIOCore

extension ByteBuffer {
    /// The head and the first half of the body.
    var half: ByteBuffer {
        let bodyStart = (readableBytesView.indexAfterHead ?? readerIndex) - readerIndex
        return getSlice(at: readerIndex, length: bodyStart + (readableBytes - bodyStart) / 2) ?? self
    }

    /// The same response with one more field in its head.
    func addingField(_ field: String) -> ByteBuffer {
        guard let bodyStart = readableBytesView.indexAfterHead,
            let start = getSlice(at: readerIndex, length: bodyStart - 2 - readerIndex),
            let rest = getSlice(at: bodyStart - 2, length: writerIndex - bodyStart + 2)
        else { return self }
        var result = start
        result.writeString("\(field)\r\n")
        result.writeImmutableBuffer(rest)
        return result
    }
}

extension ByteBufferView {
    /// Where the body begins: the index after the first empty line.
    fileprivate var indexAfterHead: Int? {
        var index = startIndex
        while index + 3 < endIndex {
            if self[index] == 0x0D, self[index + 1] == 0x0A, self[index + 2] == 0x0D, self[index + 3] == 0x0A {
                return index + 4
            }
            index += 1
        }
        return nil
    }
}
