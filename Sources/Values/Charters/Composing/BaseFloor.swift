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
}
