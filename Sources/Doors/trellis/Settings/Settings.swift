import Foundation
import Gateway
import Logging

/// The configuration, resolved and checked: what every command works with.
struct Settings: Sendable {
    /// How log lines look.
    enum LogFormat: String, Sendable {
        case text, json
    }

    /// What the gateway needs.
    var gateway = GatewaySettings()
    /// How much is logged.
    var logLevel: Logger.Level = .info
    /// How log lines look.
    var logFormat: LogFormat = .text
    /// The configuration file that was read, if there was one.
    var file: String?
    /// What is doubtful, in sentences for the log and for `trellis doctor`.
    var warnings: [String] = []
    /// Where each value that isn't a default came from, by the key's dotted name.
    var origins: [String: String] = [:]
}

/// Where settings come from. A test fills this by hand; a command takes it from the process.
struct SettingsSources: Sendable {
    /// The file that `--config` names.
    var config: String?
    /// Values from flags, by dotted name; a list is comma-separated.
    var flags: [(name: String, value: String, flag: String)] = []
    /// The environment.
    var environment: [String: String] = ProcessInfo.processInfo.environment
    /// The folder that relative paths in flags and environment start from.
    var workingFolder = FileManager.default.currentDirectoryPath
    /// Whether upstreams' keys are read. Commands that call no upstream go without.
    var readsSecrets = true
}
