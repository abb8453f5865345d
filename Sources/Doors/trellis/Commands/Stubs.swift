import ArgumentParser
import Gateway
import Logging

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "chat")
}
struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "receipt")
}
struct ReceiptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "receipts")
}
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "models")
}
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "doctor")
}
struct GatewayServer {
    init(settings: GatewaySettings, environment: [String: String], logger: Logger) async throws {}
    func run(onReady: @escaping @Sendable (Int) async -> Void) async throws { await onReady(0) }
}
