import Foundation
import Testing

@Suite("A conversation on the command line, from open to close")
struct DeliberateRunTests {
    private let trellis: RunProgram

    init() throws { trellis = try RunProgram() }

    /// The votes of twelve people in two camps on four statements, as Polis exports them; nobody decided about the last.
    private func writeExport(_ name: String) throws {
        let folder = "\(trellis.folder.path)/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var votes = "participant,group-id,0,1,2,3\n"
        for person in 0..<12 {
            let side = person < 8 ? 1 : -1
            votes += "\(person),,\(side),\(-side),1,\(person % 3 == 0 ? 0 : side)\n"
        }
        try trellis.folder.write(votes, to: "\(name)/participants-votes.csv")
        try trellis.folder.write(
            """
            timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
            1,then,0,1,0,0,1,Open the library on Sundays.
            2,then,1,1,0,0,1,"Cars, too, should stay."
            3,then,2,2,0,0,1,حديقة للأطفال
            4,then,3,2,0,0,0,Sell the old mill.

            """, to: "\(name)/comments.csv")
        try trellis.folder.write("topic,Our square\n", to: "\(name)/summary.csv")
    }

    private func opened(_ more: String...) async throws -> (id: String, moderator: String) {
        let done = try await trellis.run(["deliberate", "open", "--topic", "Our square", "--json"] + more)
        let report = try done.json()
        #expect(done.errors.isEmpty)
        return (try #require(report["conversation"] as? String), try #require(report["moderator"] as? String))
    }

    @Test("it is opened with statements of any editor, gets more, and its terms change")
    func opening() async throws {
        try trellis.folder.write("\u{FEFF}More trees.\r\n\r\n  حديقة للأطفال  \r\nFewer cars.", to: "first.txt")
        let text = try await trellis("deliberate", "open", "--topic", "Trees", "--statements", "first.txt")
        let lines = text.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.map(\.[0]) == ["conversation", "moderator"])
        #expect(lines[0][1].hasPrefix("cv_") && lines[1][1].hasPrefix("tmd_"))
        #expect(text.errors.contains("shown this once"))
        let id = lines[0][1]
        let added = try await trellis("deliberate", "add", id, "Benches.", "Shade.", "--language", "pt-BR", "--json")
        let all = try #require(try JSONSerialization.jsonObject(with: Data(added.output.utf8)) as? [[String: Any]])
        #expect(all.map { $0["number"] as? Int } == [3, 4] && all[0]["language"] as? String == "pt-BR")
        let more = try await trellis("deliberate", "add", id, "--file", "-", input: "A fountain.\nA clock.\n")
        #expect(more.output == "Added 2 statements:\n  #5 “A fountain.”\n  #6 “A clock.”\n")
        for (arguments, word) in [
            (["New one.", "more   TREES"], "statement 0 of the conversation"), (["New.", "new!"], "two of these"),
            ([""], "something to read"), ([String(repeating: "x", count: 1_001)], "1000 characters"),
            (["New.", "--language", "!"], "BCP 47"), (["--file", "none.txt"], "no file"),
        ] {
            let refused = try await trellis.run(["deliberate", "add", id] + arguments, status: 1)
            #expect(refused.errors.contains(word) && refused.output.isEmpty, "\(arguments): \(refused.errors)")
        }
        try trellis.folder.write("Good.\n\u{7}\n", to: "bad.txt")
        #expect(
            try await trellis("deliberate", "add", id, "--file", "bad.txt", status: 1).errors.contains("bad.txt:2: "))
        try trellis.folder.write("\n", to: "empty.txt")
        #expect(
            try await trellis("deliberate", "add", id, "--file", "empty.txt", status: 1).errors.contains("no statement")
        )
        let report = try await trellis("deliberate", "status", id, "--json").json()
        #expect(
            report["accepted"] as? Int == 7 && report["waiting"] as? Int == 0 && report["topic"] as? String == "Trees")

        let before = try await trellis("deliberate", "terms", id).output
        #expect(before.contains("join by      invitation\n") && before.contains("description  none\n"))
        let changed = try await trellis(
            "deliberate", "terms", id, "--topic", "Trees and cars", "--join", "proof-of-work", "--proof-bits", "20",
            "--strict", "--importance", "--description", "Two weeks.", "--json"
        ).json()
        #expect(changed["topic"] as? String == "Trees and cars" && changed["joining"] as? [String] == ["proof-of-work"])
        #expect(changed["proofBits"] as? Int == 20 && changed["strict"] as? Bool == true)
        #expect(changed["importance"] as? Bool == true && changed["description"] as? String == "Two weeks.")
        let again = try await trellis("deliberate", "terms", id, "--no-strict", "--join", "none", "--json").json()
        #expect(again["strict"] as? Bool == false && again["importance"] as? Bool == true)
        #expect((again["joining"] as? [String])?.isEmpty == true && again["topic"] as? String == "Trees and cars")
        for (arguments, word) in [
            (["--topic", ""], "The topic is one line"), (["--topic", "a\nb"], "The topic is one line"),
            (["--description", "\u{1B}[2J"], "control characters"), (["--join", "oidc"], "deliberation.oidc"),
        ] {
            let refused = try await trellis.run(["deliberate", "terms", id] + arguments, status: 1)
            #expect(refused.errors.contains(word), "\(arguments): \(refused.errors)")
        }
        let after = try await trellis("deliberate", "terms", id, "--json").json()
        #expect(after["topic"] as? String == "Trees and cars" && (after["joining"] as? [String])?.isEmpty == true)
    }

    @Test("an import is moderated, seen as landscape, slate and signs, and exported as it came")
    func life() async throws {
        try writeExport("polis")
        let made = try await trellis("deliberate", "import", "polis", "--json")
        let id = try #require(try made.json()["conversation"] as? String)
        var status = try await trellis("deliberate", "status", id, "--json").json()
        #expect(status["participants"] as? Int == 12 && status["votes"] as? Int == 48)
        #expect(status["waiting"] as? Int == 1 && status["open"] as? Bool == false)
        let listed = try await trellis("deliberate", "status").output
        #expect(listed.hasPrefix("ID ") && listed.contains("\(id)  closed  12"))

        let queue = try await trellis("deliberate", "moderate", id)
        #expect(queue.output.contains("one statement waits") && queue.output.contains("#3 “Sell the old mill.”"))
        let decided = try await trellis("deliberate", "moderate", id, "--accept", "3")
        #expect(decided.output.contains("Accepted #3.") && decided.output.contains("Nothing waits"))
        let rejected = try await trellis(
            "deliberate", "moderate", id, "--reject", "3", "--reason", "Off topic.", "--json")
        #expect(rejected.output == "[\n\n]\n")
        #expect(
            try await trellis("deliberate", "moderate", id, "--accept", "9", status: 1).errors.contains("statement 9"))

        let landscape = try await trellis("deliberate", "landscape", id, "--samples", "0", "--json").json()
        #expect((landscape["conversation"] as? [String: Any])?["votes"] as? Int == 48)
        let page = try await trellis("deliberate", "landscape", id, "--samples", "0").output
        #expect(page.hasPrefix("Our square\n12 people, 3 statements (and 1 that moderation left out), 48 votes."))
        #expect(page.contains("حديقة للأطفال"))
        let slate = try await trellis("deliberate", "slate", id, "--seats", "2", "--json").json()
        #expect((slate["statements"] as? [Any])?.count == 2)
        #expect((slate["certificate"] as? [String: Any])?["result"] as? String == "holds")
        #expect(try await trellis("deliberate", "slate", id, "--seats", "2").output.contains("Was a group forgotten?"))
        #expect(try await trellis("deliberate", "slate", id, "--seats", "9", status: nil).status != 0)
        let signals = try await trellis("deliberate", "signals", id, "--json").json()
        #expect(signals["hasTimes"] as? Bool == false && signals["signs"] != nil)
        #expect(try await trellis("deliberate", "signals", id).output.contains("Signs to look into"))

        #expect(try await trellis("deliberate", "export", id, "back").output == "Wrote \(id) to back.\n")
        let twice = try await trellis("deliberate", "export", id, "back", status: 1)
        #expect(twice.errors.contains("nothing is overwritten"))
        let again = try await trellis("deliberate", "import", "back", "--json").json()
        let copy = try #require(again["conversation"] as? String)
        let second = try await trellis("deliberate", "landscape", copy, "--samples", "0", "--json")
        #expect(second.output == (try await trellis("deliberate", "landscape", id, "--samples", "0", "--json")).output)

        #expect(try await trellis("deliberate", "close", id, "--reopen").output == "Open again: \(id).\n")
        status = try await trellis("deliberate", "status", id, "--json").json()
        #expect(status["open"] as? Bool == true)
        #expect(try await trellis("deliberate", "close", id).output == "Closed: \(id).\n")
    }

    @Test("what isn't there or can't be read is told in words, and nothing is left behind")
    func refusals() async throws {
        let nobody = "cv_0123456789abcdef"
        for arguments in [
            ["status", nobody], ["terms", nobody], ["add", nobody, "Words."], ["moderate", nobody], ["close", nobody],
            ["export", nobody, "out"], ["landscape", nobody], ["slate", nobody, "--seats", "2"], ["signals", nobody],
            ["invite", nobody, "--count", "1"],
        ] {
            let refused = try await trellis.run(["deliberate"] + arguments, status: 1)
            #expect(refused.errors.contains("There is no such conversation here."), "\(arguments): \(refused.errors)")
            #expect(refused.output.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: trellis.folder.path + "/out"))
        #expect(try await trellis("deliberate", "status").errors.contains("No conversation is held here yet."))
        for (arguments, word) in [
            (["--topic", " "], "The topic is one line"), (["--topic", "T", "--language", "x"], "BCP 47"),
            (["--topic", "T", "--proof-bits", "11"], "12 to 30"),
            (["--topic", "T", "--statements", "none"], "no file"),
        ] {
            let refused = try await trellis.run(["deliberate", "open"] + arguments, status: 1)
            #expect(refused.errors.contains(word), "\(arguments): \(refused.errors)")
        }
        #expect(try await trellis("deliberate", "status", "--json").output == "[\n\n]\n")
        try writeExport("polis")
        try trellis.folder.write("participant,0\n1,yes\n", to: "polis/participants-votes.csv")
        #expect(
            try await trellis("deliberate", "import", "polis", status: 1).errors.contains(
                "participants-votes.csv:2:3: "))
    }

    @Test("invitations are told once each, in number")
    func invitations() async throws {
        let (id, _) = try await opened()
        let codes = try await trellis("deliberate", "invite", id, "--count", "3")
        let lines = codes.output.split(separator: "\n")
        #expect(lines.count == 3 && Set(lines).count == 3 && lines.allSatisfy { $0.hasPrefix("tin_") })
        #expect(try await trellis("deliberate", "invite", id, "--count", "0", status: 1).errors.contains("From 1 to"))
        let key = try await trellis("deliberate", "invite", id, "--moderator", "Ben").output
        #expect(key.hasPrefix("tmd_") && key.hasSuffix("\n"))
    }
}
