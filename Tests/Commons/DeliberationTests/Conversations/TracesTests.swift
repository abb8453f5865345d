import Foundation
import Store
import Testing

@testable import Deliberation

@Suite("What a withdrawal leaves behind")
struct TracesTests {
    /// Somebody who reads the whole time, as a backup does, until told to stop.
    private final class LongReader: Sendable {
        private let begun = DispatchSemaphore(value: 0)
        private let ends = DispatchSemaphore(value: 0)
        private let ended = DispatchSemaphore(value: 0)

        init(_ path: String) throws {
            let store = try DataStore(readingAt: path, migrations: ConversationsMigrations.all)
            Thread.detachNewThread { [begun, ends, ended] in
                try? store.read { session in
                    _ = try session.rows("SELECT number FROM deliberation_participants")
                    begun.signal()
                    ends.wait()
                }
                try? store.close()
                ended.signal()
            }
            begun.wait()
        }

        func stop() {
            ends.signal()
            ended.wait()
        }
    }

    private func isLeft(_ bytes: [UInt8], _ hall: TownHall) throws -> Bool { try hall.holds(bytes) }

    private func pending(_ hall: TownHall) throws -> Int {
        try hall.rows("SELECT id FROM deliberation_traces").count
    }

    @Test("nothing of who withdrew is left in the file or the log, as soon as nobody reads what was before")
    func withoutReader() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let people = try await hall.invited(2, to: opened)
            for person in people { try await hall.vote(.agree, on: 0, by: person, in: opened) }
            #expect(try isLeft(people[0].secret.digest, hall))
            try await hall.conversations.withdraw(people[0].secret, from: opened.id)
            await hall.conversations.upkeep.settle()
            #expect(try !isLeft(people[0].secret.digest, hall))
            #expect(try isLeft(people[1].secret.digest, hall))
            #expect(try pending(hall) == 0)
        }
    }

    @Test("a withdrawal while somebody reads is completed at the next start if the process ends before they are done")
    func nextStart() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let ada = try await hall.invited(1, to: opened)[0]
            try await hall.vote(.agree, on: 0, by: ada, in: opened)
            let reader = try LongReader(hall.path)
            try await hall.conversations.withdraw(ada.secret, from: opened.id)
            #expect(try isLeft(ada.secret.digest, hall))
            #expect(try pending(hall) == 1)
            let next = try TownHall(beside: hall)
            defer { try? next.store.close() }
            try hall.store.close()
            reader.stop()
            #expect(try isLeft(ada.secret.digest, next))
            await next.conversations.finishWithdrawals()
            #expect(try !isLeft(ada.secret.digest, next))
            #expect(try pending(next) == 0)
        }
    }

    @Test("it is tried again until it is done once, and no more after that")
    func retries() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let ada = try await hall.invited(1, to: opened)[0]
            let upkeep = LogUpkeep(store: hall.store, pauses: .milliseconds(5) ... .milliseconds(20))
            let reader = try LongReader(hall.path)
            try await hall.store.write { session in
                try session.run("DELETE FROM deliberation_participants")
                try LogUpkeep.note(in: session)
            }
            await upkeep.begin()
            #expect(await upkeep.tries >= 1)
            #expect(try isLeft(ada.secret.digest, hall))
            reader.stop()
            await upkeep.settle()
            #expect(try !isLeft(ada.secret.digest, hall))
            let tries = await upkeep.tries
            #expect(try await upkeep.finish())
            await upkeep.begin()
            #expect(await upkeep.tries == tries)
        }
    }
}
