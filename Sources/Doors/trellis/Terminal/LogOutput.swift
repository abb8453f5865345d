import Foundation
import Logging

/// Log lines on standard error: text for people, JSON lines for machines.
///
/// What is logged never holds a message body or a secret; that is for whoever logs to see to. What is logged may
/// hold text from outside (a header, an error of an upstream), so control characters never reach the output raw:
/// nobody can forge a second line.
struct LogOutput: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: Settings.LogFormat
    private let terminal: Terminal
    private let now: @Sendable () -> Int64

    init(
        label: String, level: Logger.Level, format: Settings.LogFormat, terminal: Terminal = .error,
        now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    ) {
        self.label = label
        logLevel = level
        self.format = format
        self.terminal = terminal
        self.now = now
    }

    /// The process's log, as the settings want it. Everything that logs without being handed a logger uses it too.
    static func start(_ settings: Settings) -> Logger {
        LoggingSystem.bootstrap { label in
            LogOutput(label: label, level: settings.logLevel, format: settings.logFormat)
        }
        return Logger(label: "trellis")
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        let line = Self.line(
            event.level, "\(event.message)", all, label: label, at: now(), format: format, terminal: terminal)
        terminal.write(line)
    }

    /// One log line, with its line feed.
    static func line(
        _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, label: String, at milliseconds: Int64,
        format: Settings.LogFormat, terminal: Terminal
    ) -> String {
        let fields = metadata.sorted { $0.key < $1.key }
        switch format {
        case .text:
            let look: Terminal.Look =
                switch level {
                case .trace, .debug: .faint
                case .info, .notice: .cyan
                case .warning: .yellow
                case .error, .critical: .red
                }
            var line = terminal.styled(String(WrittenMoment.text(milliseconds).suffix(8)), .faint)
            line += " " + terminal.styled(level.rawValue, look) + " " + WrappedText.plain(message)
            for (key, value) in fields {
                line += terminal.styled(" \(WrappedText.plain(key))=", .faint) + quoted("\(value)")
            }
            return line + "\n"
        case .json:
            let time = WrittenMoment.text(milliseconds).replacing(" ", with: "T")
            let fraction = String(1000 + (milliseconds % 1000 + 1000) % 1000).dropFirst()
            var line = "{\"time\":\"\(time).\(fraction)Z\",\"level\":\"\(level.rawValue)\",\"logger\":\(json(label))"
            line += ",\"message\":\(json(message))"
            let own: Set<String> = ["time", "level", "logger", "message"]
            for (key, value) in fields {
                line += ",\(json(own.contains(key) ? "metadata.\(key)" : key)):\(json("\(value)"))"
            }
            return line + "}\n"
        }
    }

    private static func quoted(_ text: String) -> String {
        let safe = WrappedText.plain(text)
        let needs = safe.isEmpty || safe.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return needs ? "\"\(safe.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" : safe
    }

    private static func json(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 32 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
