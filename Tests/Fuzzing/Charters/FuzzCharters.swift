// Reads whatever libFuzzer makes up as a charter or as wishes, and takes what comes of it through everything a caller
// may do. Scripts/fuzz-charters.sh builds and runs it.
import Charters

@_silgen_name("peak_memory_watch") private func watchPeakMemory()
@_silgen_name("peak_memory_start") private func startPeakMemory()
@_silgen_name("held_memory") private func heldMemory() -> Int
@_silgen_name("peak_memory") private func peakMemory() -> Int

/// Reading may hold this many times the input's size,
private let mostForEachByte = 100
/// and this much for whatever the input.
private let mostForNothing = 128 * 1024

/// Called once by libFuzzer, before any input.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer) -> CInt {
    // What is made once, such as the tables of the grammar, belongs to no input.
    for name in Commons.names { exercise(Array((Commons.source(name) ?? "").utf8)) }
    exercise(Array("wishes: 1\navoid: [aks]\n".utf8))
    watchPeakMemory()
    return 0
}

/// Called by libFuzzer with each input.
///
/// Every input is read, and how much memory that takes is looked at. What takes longer than reading is done for some
/// inputs, always for the same ones, so that thousands can be tried in a second.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    startPeakMemory()
    let (file, diagnostics) = CharterFile.check(bytes, file: "fuzz.yaml")
    let peak = peakMemory()
    demand(
        peak <= mostForEachByte * count + mostForNothing,
        "Reading \(count) bytes held \(peak) bytes of memory: \(diagnostics.count) problems.")
    demand((file == nil) == diagnostics.contains { $0.severity == .error }, "Refused without a reason.")
    demand(diagnostics.allSatisfy { !$0.help.isEmpty && !$0.message.isEmpty }, "A problem without help.")
    let turn = bytes.reduce(0) { ($0 &* 31) &+ Int($1) } & 31
    if turn & 7 == 0 { show(diagnostics) }
    if turn & 3 == 0 { live(with: file) }
    if turn == 0 {
        // A second time, when the runtime has made what it makes once, nothing may stay. (LeakSanitizer can't be asked:
        // it doesn't see the pointers that Swift keeps with bits of an enum in them.)
        let before = heldMemory()
        exercise(bytes)
        demand(heldMemory() <= before, "\(heldMemory() - before) bytes are never let go.")
    }
    return 0
}

/// A precondition that says in optimised builds too what was broken.
private func demand(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { fatalError(message()) }
}

private func exercise(_ bytes: [UInt8]) {
    let (file, diagnostics) = CharterFile.check(bytes, file: "fuzz.yaml")
    show(diagnostics)
    live(with: file)
}

/// Shows problems to people and to editors.
private func show(_ diagnostics: [Diagnostic]) {
    _ = diagnostics.rendered()
    _ = diagnostics.sarif(version: "0.0.0")
}

/// Does with what was read what a program does with it.
private func live(with file: CharterFile?) {
    switch file {
    case .charter(let charter):
        let again = CharterFile.check(charter.canonicalForm, file: "canonical.yaml").file
        demand(again == file, "The canonical form says something else.")
        let stack = CharterStack(charter: charter)
        _ = stack.check()
        for role in charter.roles.prefix(3) { _ = try? stack.compiled(role: role.id) }
        _ = try? stack.compiled(role: nil)
    case .wishes(let wishes):
        let again = CharterFile.check(wishes.canonicalForm, file: "canonical.yaml").file
        demand(again == file, "The canonical form says something else.")
        _ = CharterStack(charter: BaseFloor.charter, person: wishes).check()
    case nil:
        break
    }
}
