import Foundation
public import Models

/// A model that is asked again when it can't be reached or asks for patience, after a pause that doubles each time.
///
/// Each question is repeated by itself, so that a long conversation isn't begun again for its last turn.
public struct PatientModel: ChatModel {
    private let model: any ChatModel
    private let attempts: Int
    private let pause: Duration

    /// A model with patience.
    ///
    /// - Parameters:
    ///   - model: Where it is asked.
    ///   - attempts: How often a question is asked at most.
    ///   - pause: The pause after the first failure, which doubles each time, up to 60 s.
    public init(_ model: any ChatModel, attempts: Int = 5, pause: Duration = .seconds(1)) {
        self.model = model
        self.attempts = max(1, attempts)
        self.pause = pause
    }

    /// See ``ChatModel/reply(to:)``.
    public func reply(to request: ChatRequest) async throws -> ChatReply {
        var attempt = 0
        while true {
            do {
                return try await model.reply(to: request)
            } catch {
                attempt += 1
                guard Self.mayPass(error), attempt < attempts else { throw error }
                try await Task.sleep(for: min(pause * (1 << min(attempt - 1, 10)), .seconds(60)))
            }
        }
    }

    /// See ``ChatModel/stream(_:)``. A stream isn't begun again.
    public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> { model.stream(request) }

    /// Whether the same may succeed later.
    private static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case let failure as UpstreamFailure:
            ![.insecure, .notHTTP, .cancelled, .malformedReply].contains(failure.kind)
        case let refusal as ChatRefusal: refusal.status == 429 || refusal.status >= 500
        default: false
        }
    }
}
