import Charters
import Counsel
import Foundation
import Gateway
import Models
import NIOCore
import NIOPosix
import Store

/// Every check that `trellis doctor` makes. Each changes nothing that stays.
struct Examination {
    let settings: Settings
    let environment: [String: String]

    /// All findings, in the order in which a stranger would need them.
    func findings() async -> [Finding] {
        var findings = [machine(), configuration()]
        findings += settings.warnings.map {
            .doubtful(
                "configuration", $0, fix: "Correct it or take it away; docs/configuration.md lists what there is.")
        }
        findings.append(dataFolder())
        findings += store()
        findings += charters()
        findings += guardModel()
        findings += charterPlaces()
        findings += localRuntime()
        findings.append(await port())
        for upstream in settings.gateway.upstreams {
            if case .remote(let remote) = upstream { findings.append(await UpstreamCheck(environment).finding(remote)) }
        }
        return findings
    }

    // MARK: The machine

    private func machine() -> Finding {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let needsModels = settings.gateway.upstreams.contains(where: \.isLocal)
        let memory = "\(cores) core\(cores == 1 ? "" : "s")"
        guard let available = Self.availableMemory() else { return .good("machine", memory) }
        let found = "\(memory), \(available >> 20) MiB of memory free"
        if needsModels && available < 512 << 20 {
            return .doubtful(
                "machine", found, fix: "The local models need about 500 MiB. Free some, or name another upstream.")
        }
        return .good("machine", found)
    }

    private static func availableMemory() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 << 10 }
    }

    private func configuration() -> Finding {
        guard let file = settings.file else {
            return .good(
                "configuration", "no trellis.yaml here, so the defaults hold, with flags and environment on top")
        }
        return .good("configuration", "\(file) is in order")
    }

    // MARK: What is kept

    private func dataFolder() -> Finding {
        let folder = settings.gateway.dataDirectory
        let files = FileManager.default
        guard files.fileExists(atPath: folder) else {
            let parent = Self.nearestFolder(above: folder)
            return files.isWritableFile(atPath: parent)
                ? .good("data folder", "\(folder) isn't there yet; `trellis serve` makes it")
                : .broken(
                    "data folder", "\(folder) isn't there and can't be made in \(parent)",
                    fix: "Give this user the right to write in \(parent), or name another folder with --data.")
        }
        let probe = folder + "/.doctor-\(UUID().uuidString)"
        guard files.createFile(atPath: probe, contents: Data(repeating: 0, count: 4096)) else {
            return .broken(
                "data folder", "\(folder) can't be written to",
                fix: "Give this user the right to write there, or free some room on its disk (`df -h \(folder)`).")
        }
        try? files.removeItem(atPath: probe)
        let free = (try? files.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? Int) ?? nil
        guard let free else { return .good("data folder", "\(folder) can be written to") }
        let found = "\(folder) can be written to, \(free >> 20) MiB free"
        return free < 200 << 20
            ? .doubtful("data folder", found, fix: "Free some room: a full disk stops receipts.")
            : .good("data folder", found)
    }

    private static func nearestFolder(above path: String) -> String {
        var url = URL(fileURLWithPath: path)
        while url.path != "/" && !FileManager.default.fileExists(atPath: url.path) { url.deleteLastPathComponent() }
        return url.path
    }

    private func store() -> [Finding] {
        let path = settings.storePath
        guard FileManager.default.fileExists(atPath: path) else {
            return [.good("store", "\(path) isn't there yet; `trellis serve` makes it")]
        }
        do {
            let store = try DataStore(readingAt: path, migrations: KeptThings.migrations)
            defer { try? store.close() }
            try store.checkIntegrity()
            let keys = try KeyTable(store).all().map(\.record)
            let good = keys.count { $0.revokedAt == nil }
            var findings: [Finding] = [.good("store", "\(path) is whole"), keyEncryption(of: store)]
            if good == 0 && !settings.gateway.development {
                findings.append(
                    .doubtful(
                        "keys", "no key is good, so every request is refused",
                        fix: "`trellis key create --application NAME`, or serve with --development on this machine."))
            } else {
                findings.append(
                    .good("keys", "\(good) good, \(keys.count - good) revoked"))
            }
            for key in keys where key.revokedAt == nil {
                if let charter = key.charter, let finding = broken(charter, role: key.role, of: "key \(key.id)") {
                    findings.append(finding)
                }
                if let charter = key.charter?.description,
                    let finding = unguarded(charter, role: key.role, of: "key \(key.id)")
                {
                    findings.append(finding)
                }
            }
            return findings
        } catch StoreError.olderSchema {
            return [.good("store", "\(path) is from an older Trellis; `trellis serve` brings it up to date")]
        } catch {
            return [
                .broken("store", "\(error)", fix: "Do as the message says; `trellis serve` will not start before that.")
            ]
        }
    }

    /// Whether what is sealed in the store can be opened.
    private func keyEncryption(of store: DataStore) -> Finding {
        let part = "key-encryption key"
        let folder = settings.gateway.dataDirectory
        do {
            let key = try KeptThings.keyEncryptionKey(folder, environment, of: store)
            _ = try Seal(store: store, keyEncryptionKey: key)
            return .good(part, "\(KeptThings.keySource(folder, environment).name) opens what is sealed in the store")
        } catch SealError.noStoreKey {
            return .good(part, "nothing is sealed yet; `trellis serve` sees to the key")
        } catch {
            return .broken(
                part, "\(error)", fix: "Do as the message says; `trellis serve` will not start before that.")
        }
    }

    // MARK: The local runtime

    private func localRuntime() -> [Finding] {
        guard let local = settings.gateway.upstreams.first(where: \.isLocal) else { return [] }
        let python = settings.gateway.home + "/python/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            return [
                .broken(
                    "local runtime", "\(python) is missing", fix: "Run `make setup`, or name its folder with --home.")
            ]
        }
        var findings: [Finding] = []
        switch Self.run(python, ["-I", "-c", "import xllamacpp"], seconds: 60) {
        case 0: findings.append(.good("local runtime", "\(python) has llama.cpp"))
        case nil: findings.append(.broken("local runtime", "\(python) doesn't answer", fix: "Run `make setup` again."))
        default:
            findings.append(.broken("local runtime", "\(python) has no llama.cpp", fix: "Run `make setup` again."))
        }
        for model in local.models {
            let known = LocalModelKind.allCases.first { $0.modelName.contains(model) || model == $0.modelName }
            guard let name = known?.modelName else { continue }
            let file = settings.gateway.home + "/models/\(name).gguf"
            findings.append(
                FileManager.default.isReadableFile(atPath: file)
                    ? .good("model \(model)", file)
                    : .broken("model \(model)", "\(file) is missing", fix: "Run `make setup`."))
        }
        return findings
    }

    /// The exit status of a program, or nil when it can't be started or takes too long.
    private static func run(_ program: String, _ arguments: [String], seconds: Double) -> Int32? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let end = Date().addingTimeInterval(seconds)
        while process.isRunning && Date() < end { usleep(20_000) }
        guard !process.isRunning else {
            process.terminate()
            return nil
        }
        return process.terminationStatus
    }

    // MARK: The port

    private func port() async -> Finding {
        let listen = settings.gateway.listen
        guard listen.port != 0 else { return .good("port", "any free port will be taken") }
        do {
            let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            let channel = try await bootstrap.bind(host: listen.host, port: listen.port).get()
            try await channel.close()
            return .good("port", "\(listen.port) is free on \(listen.host)")
        } catch {
            let client = try? TrellisClient(url: listen.url(), key: nil)
            if let client, await client.isThere() {
                return .good("port", "a Trellis answers on \(listen.host):\(listen.port) already")
            }
            return .broken(
                "port", "\(listen.port) can't be used on \(listen.host) (\(error))",
                fix: "Stop the program that has it (`ss -ltnp | grep :\(listen.port)`), or take another with --port.")
        }
    }
}
