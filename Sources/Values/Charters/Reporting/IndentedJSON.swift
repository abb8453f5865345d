extension CanonicalJSON {
    /// The value as JSON that people can read: indented, each object in the order in which it was put together.
    var indented: String {
        var output: [UInt8] = []
        write(to: &output, depth: 0)
        output.append(0x0A)
        return String(decoding: output, as: UTF8.self)
    }

    private func write(to output: inout [UInt8], depth: Int) {
        switch self {
        case .list(let values) where !values.isEmpty:
            Self.write(values, between: "[", and: "]", to: &output, depth: depth) { value, output in
                value.write(to: &output, depth: depth + 1)
            }
        case .object(let members) where !members.isEmpty:
            Self.write(members, between: "{", and: "}", to: &output, depth: depth) { member, output in
                Self.write(member.key, to: &output)
                output.append(contentsOf: ": ".utf8)
                member.value.write(to: &output, depth: depth + 1)
            }
        default:
            output.append(contentsOf: bytes)
        }
    }

    private static func write<Item>(
        _ items: [Item], between open: String, and close: String, to output: inout [UInt8], depth: Int,
        _ write: (Item, inout [UInt8]) -> Void
    ) {
        output.append(contentsOf: open.utf8)
        for (index, item) in items.enumerated() {
            output.append(contentsOf: (index > 0 ? ",\n" : "\n").utf8)
            output.append(contentsOf: repeatElement(0x20, count: 2 * (depth + 1)))
            write(item, &output)
        }
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: 2 * depth))
        output.append(contentsOf: close.utf8)
    }
}
