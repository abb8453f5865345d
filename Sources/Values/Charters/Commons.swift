/// The starter charters that come with Trellis: to use as they are, or to copy and make one's own.
///
/// Their text is part of the program, so reading one touches no file.
public enum Commons {
    /// The names of the starter charters.
    public static let names = ["commons/advisor", "commons/companion", "commons/tutor"]

    /// The text of a starter charter, comments and all. Nil when there is none of that name.
    public static func source(_ name: String) -> String? {
        let bytes: [UInt8]
        switch name {
        case "commons/advisor": bytes = PackageResources.advisor_yaml
        case "commons/companion": bytes = PackageResources.companion_yaml
        case "commons/tutor": bytes = PackageResources.tutor_yaml
        default: return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A starter charter. Nil when there is none of that name.
    ///
    /// - Throws: ``CharterError`` if its text were unsound, which the room's tests rule out.
    public static func charter(_ name: String) throws(CharterError) -> Charter? {
        guard let source = source(name) else { return nil }
        return try Charter.read(source, file: name + ".yaml").charter
    }
}
