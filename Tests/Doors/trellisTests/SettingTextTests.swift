import Testing

@testable import trellis

@Suite("Values as people write them")
struct SettingTextTests {
    @Test(
        "a time is a number and a unit",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("5s", .seconds(5)), ("1.5s", .milliseconds(1500)),
            ("2m", .seconds(120)), ("1h", .seconds(3600)), ("30d", .seconds(2_592_000)), ("0s", .zero),
            ("10 s", .seconds(10)),
        ])
    func durations(text: String, expected: Duration) {
        #expect(SettingText.duration(text) == expected)
    }

    @Test(
        "what is no time is refused", arguments: ["", "5", "s", "-5s", "5 seconds", "1e3s", "9999999999d", "5ss", "٥s"])
    func noDurations(text: String) {
        #expect(SettingText.duration(text) == nil)
    }

    @Test("a time is written back as it would be read", arguments: [1, 500, 1000, 90_000, 3_600_000, 86_400_000])
    func roundTrip(milliseconds: Int) {
        let duration = Duration.milliseconds(milliseconds)
        #expect(SettingText.duration(SettingText.words(duration)) == duration)
    }

    @Test(
        "bytes may have a unit",
        arguments: [("1024", 1024), ("32KiB", 32_768), ("10MiB", 10_485_760), ("1_000", 1000), ("1GiB", 1 << 30)])
    func bytes(text: String, expected: Int) {
        #expect(SettingText.bytes(text) == expected)
    }

    @Test("what is no number of bytes is refused", arguments: ["", "-1", "10MB", "1.5MiB", "9999999999GiB", "ten"])
    func noBytes(text: String) {
        #expect(SettingText.bytes(text) == nil)
    }

    @Test("truth has a few spellings, and no others")
    func truth() {
        for text in ["true", "yes", "on", "1", "True"] { #expect(SettingText.truth(text) == true) }
        for text in ["false", "no", "off", "0"] { #expect(SettingText.truth(text) == false) }
        for text in ["", "2", "maybe", "tru"] { #expect(SettingText.truth(text) == nil) }
    }
}
