import Foundation
import Synchronization

/// One of the process's outputs: what it can show, and a way to write to it.
struct Terminal: Sendable {
    /// Standard output.
    static let output = Terminal(descriptor: STDOUT_FILENO)
    /// Standard error.
    static let error = Terminal(descriptor: STDERR_FILENO)

    /// The file descriptor.
    let descriptor: Int32
    /// True when a person is looking.
    let isInteractive: Bool
    /// True when colours may be shown: on a terminal, unless NO_COLOR or TERM=dumb says otherwise.
    let showsColour: Bool

    init(descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1
        showsColour = isInteractive && Self.allowsColour(environment)
    }

    /// What the environment says about colours. See https://no-color.org.
    static func allowsColour(_ environment: [String: String]) -> Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// How many columns a line has; 80 when nobody says.
    var columns: Int {
        var size = winsize()
        if isInteractive, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
    }

    /// Why something that was to stand on standard output doesn't, as on a full disk. Nil: all of it does.
    static var trouble: String? { troubleSeen.withLock { $0 } }
    private static let troubleSeen = Mutex<String?>(nil)

    /// Writes text at once and in full. A reader that has gone away is ignored; what else keeps standard output from being
    /// written is kept in ``trouble``, and becomes the command's end.
    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    // A full pipe: wait until its reader has taken something.
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    guard poll(&waiting, 1, -1) > 0 || errno == EINTR else { return }
                    continue
                default:
                    let code = errno
                    if code != EPIPE, descriptor == STDOUT_FILENO {
                        Self.troubleSeen.withLock { $0 = $0 ?? String(cString: strerror(code)) }
                    }
                    return
                }
            }
            bytes = bytes.dropFirst(written)
        }
    }

    /// Writes a line.
    func line(_ text: String = "") { write(text + "\n") }

    /// A look that text can have.
    enum Look: String {
        case bold = "1"
        case faint = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }

    /// The text in a look, where looks can be shown; otherwise as it is.
    func styled(_ text: String, _ look: Look) -> String {
        showsColour ? "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m" : text
    }
}
