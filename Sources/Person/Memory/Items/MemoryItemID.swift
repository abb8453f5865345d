extension MemoryItem {
    /// The name of one item: 26 characters of Crockford's base 32 in the ULID layout, in order of time.
    ///
    /// The first 48 bits are milliseconds since 1970, the other 80 are random. ``next(after:at:using:)`` gives ids that
    /// go on growing when the clock is set back.
    public struct ID: Hashable, Sendable {
        let high: UInt64
        let low: UInt64

        init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }

        /// A new id for a moment.
        /// - Parameter milliseconds: since 1970; only the low 48 bits are kept, enough until the year 10889.
        public init(at milliseconds: Int64, using generator: inout some RandomNumberGenerator) {
            let first = UInt64.random(in: .min ... .max, using: &generator)
            low = UInt64.random(in: .min ... .max, using: &generator)
            high = UInt64(truncatingIfNeeded: max(0, milliseconds)) << 16 | first & 0xFFFF
        }

        /// A new id for a moment, from the system's random numbers.
        public init(at milliseconds: Int64) {
            var generator = SystemRandomNumberGenerator()
            self.init(at: milliseconds, using: &generator)
        }

        /// An id for a moment that sorts after another: with the other's time when the clock stands still or went back.
        public static func next(
            after last: ID?, at milliseconds: Int64, using generator: inout some RandomNumberGenerator
        ) -> ID {
            let fresh = ID(at: milliseconds, using: &generator)
            guard let last, fresh <= last else { return fresh }
            // A random step of up to 2^32 keeps the next id from being guessed, and leaves room for 2^47 more.
            let step = UInt64.random(in: 1...UInt64(UInt32.max), using: &generator)
            let (low, overflows) = last.low.addingReportingOverflow(step)
            return ID(high: overflows ? last.high &+ 1 : last.high, low: low)
        }

        /// Reads an id, nil for anything but exactly what ``description`` writes.
        public init?(_ text: some StringProtocol) {
            var high: UInt64 = 0
            var low: UInt64 = 0
            var index = 0
            for byte in text.utf8 {
                let value = Self.values[Int(byte)]
                // The first character carries three bits only: 26 × 5 is two more than 128.
                guard index < Self.length, value < (index == 0 ? 8 : 32) else { return nil }
                high = high << 5 | low >> 59
                low = low << 5 | UInt64(value)
                index += 1
            }
            guard index == Self.length else { return nil }
            self.high = high
            self.low = low
        }

        /// Eighty of the bits are random, so that one word says enough.
        public func hash(into hasher: inout Hasher) { hasher.combine(low ^ high &* 0x9E37_79B9_7F4A_7C15) }

        /// The moment that the id was made for, in milliseconds since 1970; later than that when the clock was set back.
        public var milliseconds: Int64 { Int64(high >> 16) }

        /// How many characters ``description`` has.
        static let length = 26
        private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        private static let values: [UInt8] = {
            var values = [UInt8](repeating: 255, count: 256)
            for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
            return values
        }()
    }
}

extension MemoryItem.ID: CustomStringConvertible {
    /// 26 characters.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.length) { bytes in
            var high = high
            var low = low
            for index in stride(from: Self.length - 1, through: 0, by: -1) {
                bytes[index] = Self.alphabet[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
            return Self.length
        }
    }
}

extension MemoryItem.ID: Comparable {
    /// Earlier before later.
    public static func < (left: MemoryItem.ID, right: MemoryItem.ID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension MemoryItem.ID: Codable {
    /// Reads the id from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = MemoryItem.ID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "An item's id is 26 characters, as Trellis wrote it.")
        }
        self = id
    }

    /// Writes the id as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
