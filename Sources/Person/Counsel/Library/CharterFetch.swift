import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Fetches one file over the network: within a time, up to a size, and only through addresses that are allowed, those
/// that a server redirects to included.
struct CharterFetch: Sendable {
    /// Why nothing came, in words.
    struct Failure: Error, Hashable {
        let reason: String
    }

    let seconds: Double
    let bytes: Int
    let allows: @Sendable (URL) -> Bool

    /// The most redirections that are followed.
    private static let mostRedirections = 5

    /// The file's bytes. Waits for them: call it where waiting is allowed.
    func bytes(of url: URL) throws(Failure) -> [UInt8] {
        let deadline = DispatchTime.now() + seconds
        var url = url
        for _ in 0...Self.mostRedirections {
            switch try answer(from: url, until: deadline) {
            case .bytes(let bytes): return bytes
            case .elsewhere(let next):
                guard allows(next) else {
                    throw Failure(reason: "the server redirects to an address that may not be asked")
                }
                url = next
            }
        }
        throw Failure(reason: "the server redirects again and again")
    }

    private enum Answer {
        case bytes([UInt8])
        case elsewhere(URL)
    }

    /// One request, without following where its answer leads.
    private func answer(from url: URL, until deadline: DispatchTime) throws(Failure) -> Answer {
        let settings = URLSessionConfiguration.ephemeral
        settings.timeoutIntervalForRequest = seconds
        settings.timeoutIntervalForResource = seconds
        settings.httpCookieStorage = nil
        settings.urlCredentialStorage = nil
        settings.urlCache = nil
        settings.httpShouldSetCookies = false
        let listener = Listener(fetch: self)
        let session = URLSession(configuration: settings, delegate: listener, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        var request = URLRequest(url: url)
        request.setValue("application/yaml, text/plain;q=0.5", forHTTPHeaderField: "Accept")
        session.dataTask(with: request).resume()
        guard listener.done.wait(timeout: deadline) == .success else { throw Failure(reason: tooSlow) }
        return try listener.answer()
    }

    private var tooSlow: String { "no answer within \(Int(seconds.rounded(.up))) seconds" }
    private var tooLarge: String { "it is larger than \(bytes / 1_024) KiB" }

    /// What comes back, as it comes.
    private final class Listener: NSObject, URLSessionDataDelegate, Sendable {
        private struct State {
            var bytes: [UInt8] = []
            var failure: String?
            var elsewhere: URL?
        }

        let done = DispatchSemaphore(value: 0)
        private let fetch: CharterFetch
        private let state = Mutex(State())

        init(fetch: CharterFetch) {
            self.fetch = fetch
        }

        func answer() throws(Failure) -> Answer {
            let state = state.withLock { ($0.bytes, $0.failure, $0.elsewhere) }
            if let elsewhere = state.2 { return .elsewhere(elsewhere) }
            if let failure = state.1 { throw Failure(reason: failure) }
            return .bytes(state.0)
        }

        private func refuse(_ reason: String) {
            state.withLock { $0.failure = $0.failure ?? reason }
        }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            // Followed by the loop above, or not at all: cancelling here makes Foundation trap on Linux.
            state.withLock { $0.elsewhere = request.url }
            completionHandler(nil)
        }

        func urlSession(
            _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
            completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
        ) {
            let status = (response as? HTTPURLResponse)?.statusCode ?? 0
            if status != 200 {
                refuse("the server answered with status \(status)")
            } else if response.expectedContentLength > Int64(fetch.bytes) {
                refuse(fetch.tooLarge)
            }
            let isRefused = state.withLock { $0.failure != nil }
            completionHandler(isRefused ? .cancel : .allow)
        }

        func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
            let isTooLarge = state.withLock { state in
                guard state.bytes.count + data.count <= fetch.bytes else { return true }
                state.bytes += data
                return false
            }
            if isTooLarge {
                refuse(fetch.tooLarge)
                dataTask.cancel()
            }
        }

        func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
            if let error {
                let timedOut = (error as? URLError)?.code == .timedOut
                refuse(
                    timedOut ? fetch.tooSlow : "it can't be fetched (\(error.localizedDescription))")
            }
            done.signal()
        }
    }
}
