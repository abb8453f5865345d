/// The starter charters that come with Trellis: to use as they are, or to copy and make one's own.
///
/// Their text is part of the program, so reading one touches no file.
public enum Commons {
    /// The names of the starter charters: first those for a task, then those drawn from living traditions.
    public static var names: [String] { table.map(\.name) }

    /// Every starter charter with the bytes of its file. The one place to add another to.
    private static let table: [(name: String, bytes: [UInt8])] = [
        ("commons/advisor", PackageResources.advisor_yaml),
        ("commons/companion", PackageResources.companion_yaml),
        ("commons/delegate", PackageResources.delegate_yaml),
        ("commons/health-coach", PackageResources.health_coach_yaml),
        ("commons/mediator", PackageResources.mediator_yaml),
        ("commons/tutor", PackageResources.tutor_yaml),
        ("commons/workplace-assistant", PackageResources.workplace_assistant_yaml),
        ("commons/benedictine-hospitality", PackageResources.benedictine_hospitality_yaml),
        ("commons/confucian-roles", PackageResources.confucian_roles_yaml),
        ("commons/four-immeasurables", PackageResources.four_immeasurables_yaml),
        ("commons/ubuntu", PackageResources.ubuntu_yaml),
    ]

    /// The text of a starter charter, comments and all. Nil when there is none of that name.
    public static func source(_ name: String) -> String? {
        table.first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// A starter charter. Nil when there is none of that name.
    ///
    /// - Throws: ``CharterError`` if its text were unsound, which the room's tests rule out.
    public static func charter(_ name: String) throws(CharterError) -> Charter? {
        guard let source = source(name) else { return nil }
        return try Charter.read(source, file: name + ".yaml").charter
    }
}
