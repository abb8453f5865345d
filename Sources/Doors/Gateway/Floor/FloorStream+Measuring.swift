package import Charters
import Models
package import NIOCore

/// What a benchmark needs of a stream under a floor.
extension FloorStream {
    /// A stream in OpenAI's form under a charter's floor; nil when that floor watches nothing.
    package convenience init?(under charter: CompiledCharter) {
        guard let floor = FloorEnforcement(charter) else { return nil }
        self.init(floor, dialect: .openAI, choices: 1, mayRevise: false)
    }

    /// Takes whole events and gives those that can go on.
    package func passed(_ events: ByteBuffer) -> ByteBuffer { take(events).out }
}
