/// Finds personal data and secrets by their form: addresses, numbers that pass their own checks, keys of known makes.
///
/// It reads bytes, because all of these are ASCII. Held back is the word, or the number with its groups, that is being
/// written: at most ``longestToken`` bytes. Telephone numbers that are free to call are nobody's and pass, since
/// many of them are lines for people in need; so do addresses and keys that stand in handbooks as examples.
struct TokenScan: Sendable {
    enum Kind: Sendable { case personalData, secret }

    struct Hit: Sendable {
        let kind: Kind
        let at: Int
    }

    /// No longer word is held back or looked at.
    static let longestToken = 320

    private let personalData: Bool
    private let secrets: Bool
    private var word: [UInt8] = []
    private var wordStart = 0
    private var isTooLong = false
    private var number: NumberRun?
    /// The country and check digits that stand before a number, as in an IBAN.
    private var country: [UInt8] = []
    /// Where a word began that may be such a country: the last word, if nothing but one space has followed.
    private var countryStart: Int?
    private var last: UInt8 = 0x20
    private var previous: [UInt8] = []
    private var previousEnd = -10
    private var passwordAge = 9
    private var isPrivateKeyHead = false

    init(personalData: Bool, secrets: Bool) {
        self.personalData = personalData
        self.secrets = secrets
    }

    /// From where on text must wait; nil when nothing does.
    var heldFrom: Int? {
        var held: Int?
        if !word.isEmpty { held = wordStart }
        if number == nil, let start = countryStart { held = min(held ?? start, start) }
        if let start = number?.start { held = min(held ?? start, start - (country.isEmpty ? 0 : 5)) }
        return held
    }

    mutating func take(_ byte: UInt8, at: Int) -> Hit? {
        let numberHit = personalData ? takeNumber(byte, at: at) : nil
        defer { last = byte }
        countryStart = nil
        guard Self.isWordByte(byte) else {
            if personalData, byte == 0x20, Self.isCountry(word) { countryStart = wordStart }
            return endWord(at: at) ?? numberHit
        }
        if word.isEmpty, !isTooLong { wordStart = at }
        if word.count < Self.longestToken, !isTooLong {
            word.append(byte)
        } else {
            isTooLong = true
            word.removeAll(keepingCapacity: true)
        }
        // A long token tells early what it is.
        if secrets, word.count == 200, Self.isSecret(word) { return Hit(kind: .secret, at: wordStart) }
        return numberHit
    }

    mutating func finish() -> Hit? {
        let hit = endWord(at: .max - 1)
        return hit ?? number.flatMap { endNumber($0) }
    }

    private mutating func takeNumber(_ byte: UInt8, at: Int) -> Hit? {
        var hit: Hit?
        if number != nil {
            if Self.isDigit(byte) {
                if number?.take(byte) == false { number = nil }
                return nil
            }
            if number?.goesOn(byte) == true { return nil }
            // Digits that run on into letters are part of some other name.
            if let run = number, run.endsApart || !Self.isWordByte(byte) { hit = endNumber(run) }
            number = nil
        }
        let isGlued =
            Self.isLetter(last) || Self.isDigit(last) || last == UInt8(ascii: "_") || last == UInt8(ascii: "@")
        guard !isGlued, Self.isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "(") else { return hit }
        number = NumberRun(byte, at: at)
        country = previousEnd == at - 1 && Self.isCountry(previous) ? previous : []
        return hit
    }

    // MARK: Words

    private mutating func endWord(at: Int) -> Hit? {
        defer {
            if !word.isEmpty || isTooLong {
                previous = word
                previousEnd = at
            }
            word.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        guard !word.isEmpty else { return nil }
        let token = Self.trimmed(word)
        passwordAge += 1
        if secrets {
            if Self.isSecret(token) || isPassword(token) { return Hit(kind: .secret, at: wordStart) }
            if word.starts(with: "-----BEGIN".utf8) { isPrivateKeyHead = true }
            if isPrivateKeyHead, token.elementsEqual("KEY".utf8), previous.elementsEqual("PRIVATE".utf8) {
                return Hit(kind: .secret, at: wordStart)
            }
        }
        guard personalData else { return nil }
        return Self.isAddress(token) || IBAN.isValid(token) ? Hit(kind: .personalData, at: wordStart) : nil
    }

    private static let passwordNames = [
        "password", "passwort", "passphrase", "pwd", "senha", "api_key", "apikey", "secret",
    ].map { Array($0.utf8) }
    private static let links: Set<[UInt8]> = Set(["is", "ist", "es", "est", "="].map { Array($0.utf8) })

    private mutating func isPassword(_ token: [UInt8]) -> Bool {
        let lower = token.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        for name in Self.passwordNames where lower.starts(with: name) {
            if lower.count == name.count {
                passwordAge = 0
                return false
            }
            if lower[name.count] == UInt8(ascii: "=") { return Self.looksChosen(lower.dropFirst(name.count + 1)) }
        }
        // "password hunter2", "password: hunter2", "password is hunter2".
        guard passwordAge <= 2, !Self.links.contains(lower) else { return false }
        let isNext = passwordAge == 1 || passwordAge == 2 && Self.links.contains(previous)
        return isNext && Self.looksChosen(lower[...])
    }

    /// Six characters or more, letters and digits both: a password and no ordinary word.
    private static func looksChosen(_ text: ArraySlice<UInt8>) -> Bool {
        text.count >= 6 && text.contains(where: isDigit) && text.contains(where: isLetter) && !isSample(text)
    }

    // MARK: Numbers

    private func endNumber(_ run: NumberRun) -> Hit? {
        let isData = run.isCard || run.isTelephone || run.isSocialSecurity || IBAN.isValid(country + run.digits)
        return isData ? Hit(kind: .personalData, at: country.isEmpty ? run.start : run.start - 5) : nil
    }

    // MARK: Forms

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 }

    private static func isCountry(_ word: [UInt8]) -> Bool {
        word.count == 4 && isLetter(word[0]) && isLetter(word[1]) && isDigit(word[2]) && isDigit(word[3])
    }

    private static let wordBytes = (0..<256).map { byte in
        let byte = UInt8(byte)
        return isDigit(byte) || isLetter(byte) || "._%+-@/=~".utf8.contains(byte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        wordBytes[Int(byte)]
    }

    private static func trimmed(_ word: [UInt8]) -> [UInt8] {
        func isEdge(_ byte: UInt8) -> Bool { ".-=/~+".utf8.contains(byte) }
        guard let first = word.firstIndex(where: { !isEdge($0) }), let last = word.lastIndex(where: { !isEdge($0) })
        else {
            return []
        }
        return first == 0 && last == word.count - 1 ? word : Array(word[first...last])
    }

    /// An e-mail address of somebody, not one of the names that are reserved for examples (RFC 2606).
    static func isAddress(_ token: [UInt8]) -> Bool {
        guard token.contains(UInt8(ascii: "@")) else { return false }
        let parts = token.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count), parts[1].count <= 253 else { return false }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, top.count >= 2, top.allSatisfy(isLetter),
            labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2D } })
        else { return false }
        let reserved = ["example", "test", "invalid", "localhost"]
        return !labels.suffix(2).contains { label in
            reserved.contains { label.map { $0 | 0x20 }.elementsEqual($0.utf8) }
        }
    }

    private struct KeyForm {
        let prefix: String
        let least: Int
    }

    private static let keyForms: [KeyForm] = [
        KeyForm(prefix: "sk-", least: 24), KeyForm(prefix: "sk_live_", least: 24),
        KeyForm(prefix: "rk_live_", least: 24),
        KeyForm(prefix: "ghp_", least: 40), KeyForm(prefix: "gho_", least: 40), KeyForm(prefix: "ghu_", least: 40),
        KeyForm(prefix: "ghs_", least: 40), KeyForm(prefix: "github_pat_", least: 40),
        KeyForm(prefix: "glpat-", least: 26),
        KeyForm(prefix: "xoxb-", least: 24), KeyForm(prefix: "xoxp-", least: 24), KeyForm(prefix: "xapp-", least: 24),
        KeyForm(prefix: "AIza", least: 39), KeyForm(prefix: "hf_", least: 34), KeyForm(prefix: "npm_", least: 40),
        KeyForm(prefix: "pypi-", least: 40), KeyForm(prefix: "SG.", least: 40), KeyForm(prefix: "AKIA", least: 20),
        KeyForm(prefix: "ASIA", least: 20), KeyForm(prefix: "tr_", least: 40), KeyForm(prefix: "gsk_", least: 40),
    ]

    static func isSecret(_ token: [UInt8]) -> Bool {
        guard token.count >= 20, !isSample(token[...]) else { return false }
        if token.starts(with: "eyJ".utf8) {
            // A JSON Web Token: header, claims, signature.
            return token.split(separator: UInt8(ascii: ".")).count >= 2 && token.count >= 60
        }
        for form in keyForms where token.count >= form.least && token.starts(with: form.prefix.utf8) {
            let rest = token.dropFirst(form.prefix.utf8.count)
            if form.prefix.hasSuffix("IA") {
                return token.count == 20 && rest.allSatisfy { isDigit($0) || (0x41...0x5A).contains($0) }
            }
            // Hyphenated words, as in "sk-learn-the-long-name-of-a-library", hold no digit or capital.
            return rest.contains(where: isDigit) && rest.contains(where: isLetter)
                && rest.allSatisfy { isDigit($0) || isLetter($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
        }
        return false
    }

    /// What handbooks write in place of a key.
    private static func isSample(_ token: ArraySlice<UInt8>) -> Bool {
        let lower = String(decoding: token, as: UTF8.self).lowercased()
        return ["xxxx", "your", "example", "....", "1234567890", "placeholder", "changeme"].contains {
            lower.contains($0)
        }
    }
}

/// International bank account numbers (ISO 13616).
enum IBAN {
    static func isValid(_ token: [UInt8]) -> Bool {
        guard (15...34).contains(token.count), token[0...1].allSatisfy({ (0x41...0x5A).contains($0) }),
            token[2...3].allSatisfy(TokenScan.isDigit),
            token.allSatisfy({ TokenScan.isDigit($0) || (0x41...0x5A).contains($0) })
        else { return false }
        var rest = 0
        for byte in token[4...] + token[0..<4] {
            rest = TokenScan.isDigit(byte) ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte) - 55) % 97
        }
        return rest == 1
    }
}

/// Digits in groups, as cards, telephones and identity numbers are written.
struct NumberRun: Sendable {
    let start: Int
    private(set) var digits: [UInt8] = []
    private var groups: [Int] = []
    private var separators: [UInt8] = []
    private var afterSeparator = true
    private let hasPlus: Bool
    private var hasParenthesis: Bool

    static let mostDigits = 34

    /// A number that begins with a digit, a plus sign or a parenthesis.
    init(_ byte: UInt8, at: Int) {
        start = at
        hasPlus = byte == UInt8(ascii: "+")
        hasParenthesis = byte == UInt8(ascii: "(")
        if TokenScan.isDigit(byte) { _ = take(byte) }
    }

    /// Takes a digit. False when there are more than any number here has.
    mutating func take(_ byte: UInt8) -> Bool {
        guard digits.count < Self.mostDigits else { return false }
        digits.append(byte)
        if afterSeparator { groups.append(0) }
        afterSeparator = false
        groups[groups.count - 1] += 1
        return true
    }

    /// Whether a separator leaves the number going on. One at a time, but for the space after a parenthesis.
    mutating func goesOn(_ byte: UInt8) -> Bool {
        guard " -./()".utf8.contains(byte), !digits.isEmpty else { return false }
        if byte == UInt8(ascii: "(") { hasParenthesis = true }
        if afterSeparator, separators.last != UInt8(ascii: ")"), byte != UInt8(ascii: "(") { return false }
        separators.append(byte)
        afterSeparator = true
        return separators.count <= 12
    }

    /// Whether a space stands after the last digit.
    var endsApart: Bool { afterSeparator && separators.last.map { $0 == 0x20 || $0 == 0x29 } ?? false }

    /// A payment card: 13 to 19 digits of a known network that pass Luhn's check (ISO/IEC 7812-1).
    var isCard: Bool {
        guard (13...19).contains(digits.count), !hasPlus, (0x33...0x36).contains(digits[0]) || digits[0] == 0x32 else {
            return false
        }
        let isGrouped = groups.count == 1 || groups.dropLast().allSatisfy { $0 == 4 } || groups == [4, 6, 5]
        guard isGrouped, Set(digits).count > 1 else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = Int(digit - 0x30) * (place % 2 == 0 ? 1 : 2)
            sum += value > 9 ? value - 9 : value
        }
        return sum % 10 == 0
    }

    /// A social security number of the United States.
    var isSocialSecurity: Bool {
        guard groups == [3, 2, 4], separators.prefix(2).allSatisfy({ $0 == 0x2D }), !hasPlus else { return false }
        let number = String(decoding: digits, as: UTF8.self)
        return !number.hasPrefix("000") && !number.hasPrefix("666") && !number.hasPrefix("9")
            && !number.hasSuffix("0000")
            && number.dropFirst(3).prefix(2) != "00" && number != "123456789"
    }

    /// A telephone number with its country or area, unless calling it is free or it is kept for fiction.
    var isTelephone: Bool {
        var number = String(decoding: digits, as: UTF8.self)
        var shape = groups
        if number.count == 11, number.hasPrefix("1") {
            number.removeFirst()
            if shape.first == 1 { shape.removeFirst() }
        }
        let free = [
            "800", "888", "877", "866", "855", "844", "833", "0800", "00800", "116", "49800", "44800", "61800", "900",
        ]
        if free.contains(where: number.hasPrefix) { return false }
        if number.count == 10, number.dropFirst(3).hasPrefix("55501") { return false }
        if hasPlus { return (8...15).contains(digits.count) }
        if shape == [3, 3, 4] { return hasParenthesis || separators.contains { $0 == 0x2D || $0 == 0x2E } }
        // National form, as in 0171 2345678.
        return number.hasPrefix("0") && (9...12).contains(digits.count) && (2...5).contains(groups.count)
            && groups[0] >= 2 && !separators.contains(0x2E)
    }
}
