import Foundation
import NIOHTTP1
import TestDisks
import Testing

@testable import Gateway

@Suite("When the disk is full, over the API")
struct FullDiskTests {
    @Test(
        "a person is told so in words of their own, without paths, and it goes on when there is room",
        .enabled(if: TinyDisk.isPossible, "this user may not mount"))
    func fullDisk() async throws {
        let disk = try TinyDisk(size: "8m")
        try await withGateway(settings: { $0.dataDirectory = disk.path + "/data" }) { gateway in
            let ada: HTTPHeaders = ["trellis-person": "ada"]
            func say(_ number: Int) async throws -> RunningGateway.Reply {
                let words = "thing \(number) " + String(repeating: "x", count: 3_000)
                return try await gateway.post(
                    "/trellis/v1/memory", #"{"kind": "fact", "words": "\#(words)"}"#, headers: ada)
            }
            #expect(try await say(0).status == 200)
            let ballast = FileManager.default.createFile(atPath: disk.path + "/ballast", contents: nil)
            #expect(ballast)
            // Whatever room is left is taken.
            if let file = FileHandle(forWritingAtPath: disk.path + "/ballast") {
                while (try? file.write(contentsOf: Data(count: 64 << 10))) != nil {}
                while (try? file.write(contentsOf: Data(count: 1 << 10))) != nil {}
                try? file.close()
            }
            var refused: RunningGateway.Reply?
            for number in 1..<200 where refused == nil {
                let reply = try await say(number)
                if reply.status != 200 { refused = reply }
            }
            let problem = try #require(try refused?.json())
            #expect(problem["status"] as? Int == 507 && problem["kind"] as? String == "storage-full")
            #expect(problem["title"] as? String == "Insufficient Storage")
            let detail = try #require(problem["detail"] as? String)
            #expect(detail.contains("no room left") && detail.contains("must free some"))
            #expect(!detail.contains(disk.path) && !detail.contains("sqlite"))
            try FileManager.default.removeItem(atPath: disk.path + "/ballast")
            #expect(try await say(999).status == 200)
        }
    }
}
