import Charters
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("Circumstances from headers")
struct CircumstancesTests {
    /// 2026-11-23 22:15:00 UTC.
    private let moment: Int64 = 1_795_472_100_000

    @Test("say what the application knows, and nothing when it says nothing")
    func known() throws {
        #expect(try Circumstances(headers: ["Trellis-Person": "ada", "Host": "x"], at: moment) == Circumstances())
        let all = try Circumstances(
            headers: [
                "Trellis-Age": "teen", "trellis-channel": "voice", "Trellis-Hour": "23", "Trellis-Language": "pt-BR",
                "TRELLIS-TOPIC": "schoolwork, exams", "Trellis-Risk": "medium", "Trellis-Time-Zone": "Asia/Tokyo",
            ], at: moment)
        #expect(
            all
                == Circumstances(
                    topics: ["schoolwork", "exams"], age: .teen, channel: "voice", hour: 23, language: "pt",
                    risk: .medium))
    }

    @Test("tell the person's hour from their time zone, half hours, other days and summers included")
    func hours() throws {
        let summer: Int64 = 1_782_857_700_000  // 2026-06-30 22:15 UTC
        for (zone, at, hour) in [
            ("UTC", moment, 22), ("Europe/Zurich", moment, 23), ("Europe/Zurich", summer, 0), ("Asia/Tokyo", moment, 7),
            ("Asia/Kolkata", moment, 3), ("America/New_York", moment, 17), ("Pacific/Kiritimati", moment, 12),
            ("America/New_York", -3_600_001, 17),
        ] {
            #expect(try Circumstances(headers: ["Trellis-Time-Zone": zone], at: at).hour == hour, "\(zone) \(at)")
        }
    }

    @Test(
        "that can't be read are refused with what to send",
        arguments: [
            ("Trellis-Age", "12"), ("Trellis-Age", ""), ("Trellis-Channel", "Voice"), ("Trellis-Channel", "a b"),
            ("Trellis-Hour", "24"), ("Trellis-Hour", "-1"), ("Trellis-Hour", "9 pm"), ("Trellis-Language", "german"),
            ("Trellis-Language", "1"), ("Trellis-Topic", ""), ("Trellis-Topic", "School Work"), ("Trellis-Topic", ",,"),
            ("Trellis-Risk", "extreme"), ("Trellis-Time-Zone", "Zurich"), ("Trellis-Time-Zone", "EST"),
            ("Trellis-Time-Zone", "Mars/Olympus"), ("Trellis-Time-Zone", "../../etc/passwd"),
        ])
    func refused(header: String, value: String) throws {
        let refusal = try #require(throws: GatewayRefusal.self) {
            try Circumstances(headers: [header: value], at: moment)
        }
        #expect(refusal.status == 400 && refusal.param == header && refusal.message.contains(header))
    }
}
