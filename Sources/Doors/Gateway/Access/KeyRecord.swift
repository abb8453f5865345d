/// Limits on what one key may use. `nil` means no limit.
public struct KeyLimits: Sendable, Hashable, Codable {
    /// Requests a minute; up to this many may come at once after a quiet minute.
    public var requestsPerMinute: Int?
    /// Tokens in and out in one day, by UTC.
    public var tokensPerDay: Int?
    /// Requests in progress at the same time.
    public var concurrent: Int?

    /// Limits on one key.
    public init(requestsPerMinute: Int? = nil, tokensPerDay: Int? = nil, concurrent: Int? = nil) {
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerDay = tokensPerDay
        self.concurrent = concurrent
    }

    /// These limits, with `defaults` where one is not set.
    public func over(_ defaults: KeyLimits) -> KeyLimits {
        KeyLimits(
            requestsPerMinute: requestsPerMinute ?? defaults.requestsPerMinute,
            tokensPerDay: tokensPerDay ?? defaults.tokensPerDay,
            concurrent: concurrent ?? defaults.concurrent)
    }
}

/// What Trellis knows about one key, without the key.
public struct KeyRecord: Sendable, Hashable {
    /// The name of the record, `key_` and 12 characters; it says nothing about the key.
    public let id: String
    /// The application that the key speaks for.
    public let application: String
    /// The charter that governs the application's replies; nil takes the one the operator set.
    public let charter: CharterReference?
    /// The role within the charter.
    public let role: String?
    /// The key's own limits.
    public let limits: KeyLimits
    /// What people call the key.
    public let label: String?
    /// The first characters of the key, to recognise it by.
    public let hint: String
    /// When the key was created, in milliseconds since 1970.
    public let createdAt: Int64
    /// When the key was revoked, in milliseconds since 1970; nil while it is good.
    public let revokedAt: Int64?
}

/// Why a request's key was not accepted.
public enum KeyRefusal: Error, Sendable, Hashable {
    /// The request carries no key.
    case missing
    /// The key isn't one of Trellis's: often an upstream's key sent to Trellis.
    case foreign
    /// The key was cut short or mistyped.
    case mistyped
    /// The key has the right form, and this Trellis never issued it.
    case unknown
    /// The key was revoked.
    case revoked(id: String)

    /// What is wrong and what to do, for the caller's eyes; never repeats the key.
    public var message: String {
        switch self {
        case .missing:
            "No API key came with the request. Send `Authorization: Bearer tr_live_…` (or `x-api-key: tr_live_…`); "
                + "`trellis key create --application NAME` makes a key."
        case .foreign:
            "This is not a Trellis key: those start with `tr_live_`. An upstream's own key belongs in Trellis's "
                + "configuration, not in the request."
        case .mistyped:
            "This Trellis key was cut short or mistyped: its checksum does not fit. Copy it again in full "
                + "(\(APIKey.length) characters)."
        case .unknown:
            "This Trellis key was not issued here. Check that the request goes to the right Trellis, or make a key "
                + "with `trellis key create`."
        case .revoked(let id):
            "This Trellis key (\(id)) was revoked. Make a new one with `trellis key create`."
        }
    }
}
