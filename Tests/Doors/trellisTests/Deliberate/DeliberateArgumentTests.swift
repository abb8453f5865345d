import ArgumentParser
import Testing

@testable import trellis

@Suite("What trellis deliberate takes")
struct DeliberateArgumentTests {
    private static let id = "cv_0123456789abcdef"

    @Test(
        "is taken, command by command",
        arguments: [
            ["landscape", "x", "--samples", "0", "--limit", "1", "--seed", "3", "--strict", "--json"],
            ["landscape", "x", "--polis"], ["landscape", "x", "--samples", "1000", "--limit", "1000"],
            ["slate", "x", "--seats", "3", "--rule", "pav", "--check", "jr", "--check", "ejr+", "--work", "1"],
            ["slate", id, "-s", "1"], ["report", "x", "--to", "p.html", "-s", "2", "--samples", "49"],
            ["signals", "x", "--seats", "1", "--json"],
            ["replay", "x", "--share", "1", "--list", "1", "--orders", "20", "--looks", "2"],
            ["budget", "x.pb", "--rule", "greedy", "--measure", "projects"], ["rank", "x.csv"],
            [
                "draft", "x", "--seats", "2", "--charter", "a/b", "--purpose", "Help.", "--quorum", "1", "--consensus",
                "0.5", "--into", "r", "--model", "m", "--url", "http://x",
            ],
            ["ratify", "r", "b.csv", "--withhold", "w"], ["amend", "a", "b", "c", "--into", "r", "--threshold", "1"],
            ["publish", "r", "--into", "p", "--key", "k", "--as", "Ama", "--codes", "c", "--without-votes"],
            ["verify", "p", "--key", "k"],
            [
                "open", "--topic", "T", "--join", "invitation", "--join", "oidc", "--importance", "--strict", "-a",
                "town",
            ],
            ["open", "--topic", "T", "--proof-bits", "30", "--statements", "s.txt", "--language", "pt-BR"],
            ["import", "x", "-a", "town"], ["export", id, "x"], ["status"], ["status", id, "--json"],
            ["moderate", id], ["moderate", id, "--accept", "1", "--accept", "2", "--reject", "3", "--reason", "R."],
            ["invite", id, "--count", "3"], ["invite", id, "--moderator", "Ben"], ["close", id, "--reopen"],
            ["close", id.uppercased()],
            ["add", id, "One.", "Two.", "--language", "en"], ["add", id, "--file", "-"],
            ["terms", id], ["terms", id, "--no-importance", "--strict", "--join", "none", "--proof-bits", "12"],
            ["terms", id, "--topic", "", "--description", "", "--join", "oidc", "--join", "invitation"],
            ["join", id], ["join", id, "--by", "oidc", "--token-file", "-", "--url", "http://x", "--key-env", "K"],
            ["join", id, "--invitation-file", "f", "--json", "--data", "d"], ["next", id, "--secret-file", "-"],
            ["vote", id, "0", "pass"], ["vote", id, "3", "agree", "--importance", "0.01"],
            ["say", id, "Words."], ["say", id, "-", "--language", "ar"], ["mine", id, "--json"],
            ["leave", id, "--yes"], ["leave", id, "-y", "--forget"],
            ["take-part", id, "--lines", "--language", "ar", "--by", "proof-of-work"],
        ])
    func good(arguments: [String]) {
        #expect(throws: Never.self, "\(arguments)") { try Trellis.parseAsRoot(["deliberate"] + arguments) }
    }

    @Test(
        "is refused as wrong usage otherwise, with a word on what to do",
        arguments: [
            (["landscape"], "folder"), (["landscape", "x", "--samples", "48"], "49"),
            (["landscape", "x", "--samples", "1001"], "1000"), (["landscape", "x", "--samples", "-1"], "--samples"),
            (["landscape", "x", "--limit", "0"], "--limit"), (["landscape", "x", "--limit", "1001"], "1000"),
            (["landscape", "x", "--seed", "-1"], "--seed"), (["slate", "x"], "--seats"),
            (["slate", "x", "--seats", "0"], "from 1"), (["slate", "x", "--seats", "two"], "--seats"),
            (["slate", "x", "--seats", "2", "--rule", "best"], "equal-shares"),
            (["slate", "x", "--seats", "2", "--check", "fair"], "ejr"),
            (["slate", "x", "--seats", "2", "--work", "0"], "--work"), (["report", "x", "--seats", "0"], "--seats"),
            (["report", "x", "--limit", "0"], "--limit"), (["signals", "x", "--seats", "0"], "--seats"),
            (["replay", "x", "--share", "0"], "--share"), (["replay", "x", "--share", "1.5"], "--share"),
            (["replay", "x", "--orders", "21"], "20"), (["replay", "x", "--looks", "1"], "500"),
            (["replay", "x", "--list", "0"], "--list"), (["budget", "x", "--rule", "fair"], "equal-shares"),
            (["rank", "x", "--rule", "fair"], "--rule"),
            (["draft", "x", "--seats", "2", "--into", "r"], "--charter"),
            (
                [
                    "draft", "x", "--seats", "2", "--charter", "a/b", "--purpose", "P", "--quorum", "1", "--consensus",
                    "2", "--into", "r",
                ], "--consensus"
            ),
            (["amend", "a", "b", "c", "--into", "r", "--threshold", "6"], "1 to 5"), (["ratify", "r"], "ballots"),
            (["publish", "r", "--into", "p"], "--key"), (["verify"], "folder"),
            (["open"], "--topic"), (["open", "--topic", "T", "--join", "sms"], "invitation"),
            (["open", "--topic", "T", "--proof-bits", "many"], "--proof-bits"), (["import"], "folder"),
            (["export", id], "folder"), (["export", "my-export", "x"], "id"), (["status", "cv_short"], "id"),
            (["moderate", id, "--reject", "3"], "--reason"),
            (["moderate", id, "--accept", "3", "--reject", "3", "--reason", "R"], "at once"),
            (["invite", id], "--count"), (["invite", id, "--count", "2", "--moderator", "B"], "--count"),
            (["close"], "id"), (["close", "cv_0123456789abcdeU"], "id"),
            (["add", id], "--file"), (["terms", id, "--join", "none", "--join", "oidc"], "none"),
            (["terms", id, "--proof-bits", "11"], "12"), (["terms", id, "--proof-bits", "31"], "30"),
            (["terms", id, "--join", "sms"], "none"),
            (["terms", id, "--strict", "--no-strict"], "strict"),
            (["join", "town"], "id"), (["join", id, "--by", "sms"], "oidc"),
            (["join", id, "--by", "oidc", "--invitation-file", "f"], "--by invitation"),
            (["join", id, "--by", "invitation", "--token-file", "f"], "--by oidc"),
            (["join", id, "--token-file", "f", "--invitation-file", "f"], "one of them"),
            (["join", id, "tin_0123456789abcdefghjkmnpqrs"], "tin_"), (["next"], "id"),
            (["vote", id, "agree"], "statement"), (["vote", id, "-1", "agree"], "statement"),
            (["vote", id, "1"], "stance"), (["vote", id, "1", "maybe"], "agree"),
            (["vote", id, "1", "agree", "--importance", "0"], "--importance"),
            (["vote", id, "1", "agree", "--importance", "1.1"], "--importance"),
            (["vote", id, "1", "agree", "--importance", "nan"], "--importance"),
            (["say", id], "words"), (["say", id, "-", "--secret-file", "-"], "one thing"),
            (["mine"], "id"), (["leave"], "id"),
            (["take-part", id, "--token-file", "a", "--by", "invitation"], "oidc"),
        ])
    func bad(arguments: [String], word: String) {
        do {
            _ = try Trellis.parseAsRoot(["deliberate"] + arguments)
            Issue.record("\(arguments) was taken")
        } catch {
            #expect(Trellis.exitCode(for: error) == .validationFailure, "\(arguments)")
            let message = Trellis.fullMessage(for: error)
            #expect(message.contains(word), "\(arguments): \(message)")
        }
    }

    @Test("no secret can be an argument, and none of the commands has an option for one")
    func secrets() {
        for command in DeliberateCommand.configuration.subcommands {
            let help = Trellis.helpMessage(for: command, columns: 400)
            for name in ["--secret ", "--invitation ", "--token ", "--password"] {
                #expect(!help.contains(name), "\(command)")
            }
        }
    }

    @Test("a key, a word or a digit of any script says what is meant")
    func keys() {
        let meant: [(String, TakingPartSession.Act?)] = [
            ("a", .vote(.agree)), ("A", .vote(.agree)), ("agree", .vote(.agree)), ("1", .vote(.agree)),
            ("١", .vote(.agree)), ("२", .vote(.disagree)), ("d", .vote(.disagree)), ("３", .vote(.pass)),
            ("p\r", .vote(.pass)), ("!", .important), ("s", .say("")), ("s More trees.", .say("More trees.")),
            ("SAY  More trees.", .say("More trees.")), ("u", .back), ("q", .leave), ("?", .help), ("h", .help),
            ("", nil), ("  ", nil), ("x", .unknown("x")), ("4", .unknown("4")), ("½", .unknown("½")),
            ("agree with that", .unknown("agree with that")), ("11", .unknown("11")),
        ]
        for (typed, act) in meant { #expect(TakingPartSession.act(typed) == act, "\(typed)") }
    }
}
