/// A text that must not be printed: a credential for an upstream.
///
/// However it is printed, logged, interpolated or mirrored, it shows `(secret)`. Only ``reveal()`` gives the text, so
/// a search for that word finds every place where the text can leave.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    /// Wraps a text.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself.
    public func reveal() -> String { text }

    public var description: String { "(secret)" }
    public var debugDescription: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
