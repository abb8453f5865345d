/// Writes metrics in the text format that Prometheus scrapes, version 0.0.4.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/.
struct Exposition {
    /// The content type of ``text``.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What was written so far.
    private(set) var text = ""

    /// A kind of metric.
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// Begins a family of metrics; its samples come next.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        let escaped = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        text += "# HELP \(name) \(escaped)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// One sample.
    mutating func sample(_ name: String, _ value: some CustomStringConvertible, _ labels: [(String, String)] = []) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(value)\n"
    }

    /// The samples of one histogram.
    mutating func histogram(_ name: String, _ histogram: Histogram, _ labels: [(String, String)]) {
        let reading = histogram.reading
        for (bound, count) in zip(Histogram.bounds.map { "\($0)" } + ["+Inf"], reading.cumulative) {
            sample("\(name)_bucket", count, labels + [("le", bound)])
        }
        sample("\(name)_sum", reading.seconds, labels)
        sample("\(name)_count", reading.cumulative.last ?? 0, labels)
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
