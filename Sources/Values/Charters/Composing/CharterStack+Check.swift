extension CharterStack {
    /// The problems that only show when the layers lie on each other.
    ///
    /// - Returns: Errors and warnings, lowest layer first. A stack with an error must not come into force.
    public func check() -> [Diagnostic] {
        []
    }
}
