import Foundation

/// The address of a charter on the network, known to be one that may be fetched.
///
/// Whoever writes a charter chooses what its parents' addresses say, so they are read strictly: only `https`, only a
/// host that the operator has listed, by its name; no user, no password, no number in place of a name, no port that
/// wasn't listed with the host. Anything that two programs could read in two ways is refused.
struct CharterAddress: Hashable, Sendable {
    let url: URL
    let host: String

    /// Why an address may not be fetched, in words.
    struct Refusal: Error, Hashable {
        let reason: String
        let help: String
    }

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - text: The address as the charter has it, or as a server redirects to it.
    ///   - hosts: The hosts that may be asked, in lower case: `charters.example`, or `charters.example:8443`.
    init(_ text: String, hosts: Set<String>) throws(Refusal) {
        let prefix = "https://"
        guard text.hasPrefix(prefix) else {
            throw Refusal(
                reason: "only addresses that start with `https://` are fetched", help: "Write `https://` in front.")
        }
        guard text.utf8.count <= 1_024, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else {
            throw Refusal(
                reason: "it has characters that don't belong into an address, or more than 1,024 of them",
                help: "Write it in ASCII letters; others as `%` and two digits.")
        }
        let rest = text.dropFirst(prefix.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            throw Refusal(
                reason: "it holds a user or a password", help: "Charters are public: take out what stands before the @."
            )
        }
        let place = authority.lowercased()
        let host = String(place.prefix { $0 != ":" })
        guard Self.isName(host) else {
            throw Refusal(
                reason: "`\(host)` is not the name of a host",
                help: "Write the host's full name, as in `charters.example`, not a number.")
        }
        guard hosts.contains(place) else {
            throw Refusal(
                reason: "`\(place)` is not among the hosts that may be asked",
                help: hosts.isEmpty
                    ? "No host may be asked. Whoever runs Trellis lists those that may; or save the charter as a file."
                    : "Those that may are: \(hosts.sorted().joined(separator: ", ")).")
        }
        guard !rest.contains("#"), rest.dropFirst(authority.count).first == "/" else {
            throw Refusal(
                reason: "it names no file", help: "Write the whole address, as in `https://host/charter.yaml`.")
        }
        // The library that fetches must read the very same host out of it.
        guard let url = URL(string: text), url.scheme == "https", url.host()?.lowercased() == host, url.user() == nil,
            url.password() == nil, (url.port.map { "\(host):\($0)" } ?? host) == place
        else {
            throw Refusal(reason: "it can't be read as an address", help: "Check how it is written.")
        }
        self.url = url
        self.host = place
    }

    /// Whether it is a name of at least two labels whose last is not a number, so that no way of writing an IP address
    /// (`127.1`, `0x7f.1`, `2130706433`) passes.
    private static func isName(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isLabel = { (label: Substring) in
            !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        }
        guard labels.count >= 2, host.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last else {
            return false
        }
        return last.utf8.allSatisfy { (0x61...0x7A).contains($0) } || last.hasPrefix("xn--")
    }
}
