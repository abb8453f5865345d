import Consents
import Foundation
import Logging
import Memory
import Store

// How fast a person's memory is kept, opened, asked and erased, and how many people one file holds.
//
//   memory-times              one person with 10,000 and 50,000 items, writes in several sizes; about a minute
//   memory-times --long       and 100,000 people with 200 items each; half an hour or more, and about 8 GB of disk
//   memory-times --long-only  only those 100,000 people

let arguments = CommandLine.arguments.dropFirst()
let folder = NSTemporaryDirectory() + "memory-times-" + UUID().uuidString
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

let bench = try MemoryBench(folder: folder)
print("| what | result |")
print("|---|---|")
if !arguments.contains("--long-only") {
    try await bench.writes()
    try await bench.opening(items: 10_000)
    try await bench.opening(items: 50_000)
    try await bench.permits()
    try await bench.beforeReply()
}
if arguments.contains("--long") || arguments.contains("--long-only") {
    let people = arguments.firstIndex(of: "--people").flatMap { Int(arguments[$0 + 1]) } ?? 100_000
    try await bench.manyPeople(people, items: 200)
}
