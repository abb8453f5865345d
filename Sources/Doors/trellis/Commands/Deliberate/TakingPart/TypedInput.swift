import Foundation

/// What a person types: whole lines, and single keys where a terminal sits at the other end.
///
/// Bytes are read one by one and never ahead, so that lines and keys can be asked for in turn.
final class TypedInput {
    private let descriptor: Int32
    /// Whether a person sits there, and not a file or a program.
    let isTerminal: Bool
    /// Whether single keys are read. Otherwise every answer is a line.
    let takesKeys: Bool

    /// - Parameter wantsLines: whether answers are to be lines on a terminal too.
    init(
        descriptor: Int32 = STDIN_FILENO, wantsLines: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
        takesKeys = isTerminal && !wantsLines && environment["TERM"] != "dumb"
    }

    /// One line without its end; nil when nothing more comes.
    func line() -> String? {
        var bytes: [UInt8] = []
        while let byte = byte() {
            if byte == 0x0A { return text(bytes) }
            // Nobody types as much; what a pipe brings beyond is refused by whoever takes the line.
            if bytes.count <= Self.lineLimit { bytes.append(byte) }
        }
        return bytes.isEmpty ? nil : text(bytes)
    }

    private static let lineLimit = 1 << 16

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }

    /// One key, or where keys aren't read one line; nil when the person is done: Ctrl-C, Ctrl-D, or the end of a file.
    ///
    /// - Parameter prompt: shows what is asked for, once whatever was typed before is thrown away. Nobody votes on what
    ///   they haven't seen.
    func answer(_ prompt: () -> Void) -> String? {
        guard takesKeys else {
            prompt()
            return line()
        }
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else {
            prompt()
            return line()
        }
        var single = before
        single.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        withUnsafeMutableBytes(of: &single.c_cc) { codes in
            codes[Int(VMIN)] = 1
            codes[Int(VTIME)] = 0
        }
        tcsetattr(descriptor, TCSAFLUSH, &single)
        defer { tcsetattr(descriptor, TCSADRAIN, &before) }
        prompt()
        while let first = byte() {
            switch first {
            case 0x03, 0x04: return nil
            case 0x1B: skipRest()
            case 0..<0x80: return String(UnicodeScalar(first))
            default:
                let count = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
                return String(decoding: [first] + (0..<count).compactMap { _ in byte() }, as: UTF8.self)
            }
        }
        return nil
    }

    /// The rest of an arrow key and its like, of which the last letter must not be taken for an answer.
    private func skipRest() {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, 50) > 0, byte() != nil {}
    }

    private func byte() -> UInt8? {
        var one: UInt8 = 0
        while true {
            let count = read(descriptor, &one, 1)
            if count == 1 { return one }
            if count < 0, errno == EINTR { continue }
            return nil
        }
    }
}
