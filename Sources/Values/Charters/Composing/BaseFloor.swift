/// Trellis's own floor: the lowest layer of every stack, which every charter stands on and none can weaken.
///
/// Its text is part of the program (`Commons/floor.yaml`).
public enum BaseFloor {
    /// The text of the floor, comments and all.
    public static let source = String(decoding: PackageResources.floor_yaml, as: UTF8.self)

    /// The floor as a charter.
    public static let charter: Charter = {
        do throws(CharterError) {
            return try Charter.read(source, file: "trellis/floor.yaml").charter
        } catch {
            // The text is fixed when the program is built, and the room's tests read it: this can't be reached in a
            // build that passed them. Without its floor Trellis must not run.
            fatalError("Trellis's own floor can't be read: \(error)")
        }
    }()

    /// What the floor says.
    public static let layer = stackLayer.layer

    /// The floor as the lowest layer of a stack.
    static let stackLayer = StackLayer(.floor, charter)

    /// The floor's own clause of a name, in its own words. Nil when it has none of that name.
    public static func clause(_ id: String) -> FloorClause? { clauses[id] }

    private static let clauses = Dictionary(layer.floor.map { ($0.id, $0) }) { first, _ in first }

    /// The names of those whom the floor itself names as help, so that every charter may name them too.
    ///
    /// They are written down here because reading the floor's own file asks for them; a test holds them to it.
    static let resourceNames: Set<String> = ["emergency"]
}
