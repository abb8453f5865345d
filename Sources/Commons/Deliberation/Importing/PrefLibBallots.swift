import SocialChoice

/// The lines of one of PrefLib's files of ordinal data: names behind `# ALTERNATIVE NAME n:`, and ballots as
/// `count: first,second,{third,third}` with candidates numbered from 1.
struct PrefLibBallots {
    private let file: String
    private let lines: [ArraySlice<UInt8>]

    init(_ bytes: [UInt8], file: String) {
        self.file = file
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
    }

    func read() throws(ImportProblem) -> (names: [String], ballots: [RankedBallot], lines: [Int]) {
        var names: [Int: String] = [:]
        var ballots: [RankedBallot] = []
        var places: [Int] = []
        for (number, line) in lines.enumerated() {
            if line.allSatisfy({ $0 == UInt8(ascii: " ") }) { continue }
            if line.first == UInt8(ascii: "#") {
                try takeName(line, number, &names)
            } else {
                var reader = BallotLine(line: Array(line), number: number + 1, file: file)
                ballots.append(try reader.ballot())
                places.append(number + 1)
            }
        }
        let most = max(names.keys.max() ?? 0, ballots.lazy.flatMap { $0.tiers.joined() }.max().map { $0 + 1 } ?? 0)
        guard most >= 1, most <= RankedProfile.mostCandidates else {
            throw ImportProblem(
                file: file, line: 1, column: 1, message: "There are \(most) candidates.",
                help: "Name from 1 to \(RankedProfile.mostCandidates) in lines such as '# ALTERNATIVE NAME 1: Trees'.")
        }
        return ((1...most).map { names[$0] ?? "\($0)" }, ballots, places)
    }

    private func takeName(
        _ line: ArraySlice<UInt8>, _ number: Int, _ names: inout [Int: String]
    ) throws(ImportProblem) {
        let start = Array("# ALTERNATIVE NAME ".utf8)
        guard line.starts(with: start) else { return }
        let rest = line.dropFirst(start.count)
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let after = rest.dropFirst(digits.count)
        let text = after.dropFirst().drop { $0 == UInt8(ascii: " ") }
        guard (1...6).contains(digits.count), let place = Int(String(decoding: digits, as: UTF8.self)), place >= 1,
            place <= RankedProfile.mostCandidates, after.first == UInt8(ascii: ":"),
            text.count <= RankedBallotFile.nameLimit, let name = String(validating: text, as: UTF8.self),
            !name.unicodeScalars.contains("\0")
        else {
            throw ImportProblem(
                file: file, line: number + 1, column: 1, message: "This names no candidate.",
                help:
                    "Write '# ALTERNATIVE NAME 1: Trees', with a number from 1 to \(RankedProfile.mostCandidates) and a name in UTF-8 of at most \(RankedBallotFile.nameLimit) bytes."
            )
        }
        guard names.updateValue(name, forKey: place) == nil else {
            throw ImportProblem(
                file: file, line: number + 1, column: 1, message: "Candidate \(place) is named twice.",
                help: "Keep one of the two lines.")
        }
    }
}

/// One line with a ballot.
private struct BallotLine {
    let line: [UInt8]
    let number: Int
    let file: String
    private var place = 0

    init(line: [UInt8], number: Int, file: String) {
        self.line = line
        self.number = number
        self.file = file
    }

    private mutating func skipSpaces() {
        while place < line.count, line[place] == UInt8(ascii: " ") || line[place] == UInt8(ascii: "\t") { place += 1 }
    }

    /// Steps over a sign, with spaces before it. False if it isn't there.
    private mutating func take(_ sign: Character) -> Bool {
        skipSpaces()
        guard place < line.count, line[place] == sign.asciiValue else { return false }
        place += 1
        return true
    }

    private mutating func whole(_ what: String) throws(ImportProblem) -> Int {
        skipSpaces()
        var value = 0
        let start = place
        while place < line.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(line[place]), place - start < 13 {
            value = value * 10 + Int(line[place] - UInt8(ascii: "0"))
            place += 1
        }
        guard place > start, value >= 1 else { throw problem("Here should stand \(what).", at: start) }
        return value
    }

    private func problem(_ message: String, at place: Int) -> ImportProblem {
        ImportProblem(
            file: file, line: number, column: place + 1, message: message,
            help: "A ballot is written '12: 1,2,{3,4}': how many cast it, then candidates by number, the best first.")
    }

    mutating func ballot() throws(ImportProblem) -> RankedBallot {
        let weight = try whole("how many people cast this ballot, a whole number from 1")
        guard take(":") else { throw problem("Here should stand a colon.", at: place) }
        var tiers: [[Int]] = []
        skipSpaces()
        guard place < line.count else { return RankedBallot(tiers: [], weight: weight) }
        repeat {
            if take("{") {
                var tier: [Int] = []
                repeat { tier.append(try candidate()) } while take(",")
                guard take("}") else { throw problem("Here should stand a closing brace.", at: place) }
                tiers.append(tier)
            } else {
                tiers.append([try candidate()])
            }
        } while take(",")
        skipSpaces()
        guard place == line.count else { throw problem("Something stands here after the ballot's end.", at: place) }
        return RankedBallot(tiers: tiers, weight: weight)
    }

    private mutating func candidate() throws(ImportProblem) -> Int {
        let start = place
        let number = try whole("a candidate's number, from 1")
        guard number <= RankedProfile.mostCandidates else {
            throw problem("There can be no candidate number \(number).", at: start)
        }
        return number - 1
    }
}
