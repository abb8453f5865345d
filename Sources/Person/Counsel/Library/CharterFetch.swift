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
        let task = session.dataTask(with: request)
        task.resume()
        guard listener.done.wait(timeout: .now() + seconds + 0.5) == .success else {
            task.cancel()
            throw Failure(reason: "no answer within \(Int(seconds.rounded(.up))) seconds")
        }
        return try listener.outcome()
    }

    /// What comes back, as it comes.
    private final class Listener: NSObject, URLSessionDataDelegate, Sendable {
        private struct State {
            var bytes: [UInt8] = []
            var failure: String?
            var redirections = 0
        }

        let done = DispatchSemaphore(value: 0)
        private let fetch: CharterFetch
        private let state = Mutex(State())

        init(fetch: CharterFetch) {
            self.fetch = fetch
        }

        func outcome() throws(Failure) -> [UInt8] {
            let (bytes, failure) = state.withLock { ($0.bytes, $0.failure) }
            if let failure { throw Failure(reason: failure) }
            return bytes
        }

        private func refuse(_ reason: String) {
            state.withLock { $0.failure = $0.failure ?? reason }
        }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            let count = state.withLock { state in
                state.redirections += 1
                return state.redirections
            }
            guard let url = request.url, fetch.allows(url) else {
                refuse("the server redirects to an address that may not be asked")
                task.cancel()
                return completionHandler(nil)
            }
            guard count <= CharterFetch.mostRedirections else {
                refuse("the server redirects again and again")
                task.cancel()
                return completionHandler(nil)
            }
            completionHandler(request)
        }

        func urlSession(
            _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
            completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
        ) {
            let status = (response as? HTTPURLResponse)?.statusCode ?? 0
            if status != 200 {
                refuse("the server answered with status \(status)")
            } else if response.expectedContentLength > Int64(fetch.bytes) {
                refuse(tooLarge)
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
                refuse(tooLarge)
                dataTask.cancel()
            }
        }

        func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
            if let error {
                let timedOut = (error as? URLError)?.code == .timedOut
                refuse(
                    timedOut
                        ? "no answer within \(Int(fetch.seconds.rounded(.up))) seconds"
                        : "it can't be fetched (\(error.localizedDescription))")
            }
            done.signal()
        }

        private var tooLarge: String { "it is larger than \(fetch.bytes / 1_024) KiB" }
    }
}
