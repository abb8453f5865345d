import Crypto
import Foundation

extension SigningKey {
    /// Signs bytes for a purpose.
    ///
    /// - Parameter purpose: What the signature is for, in a few words on one line. It is signed too, so that a signature
    ///   for one purpose can't be passed off as one for another.
    /// - Returns: The signature in base64. Nil when it couldn't be made.
    public func signature(over bytes: [UInt8], for purpose: String) -> String? {
        (try? key.signature(for: Data(signedMessage(bytes, purpose)))).map { Data($0).base64EncodedString() }
    }
}

extension VerifyingKey {
    /// Whether a signature was made with this key over these bytes for this purpose.
    public func isSignature(_ signature: String, over bytes: [UInt8], for purpose: String) -> Bool {
        guard let decoded = Data(base64Encoded: signature) else { return false }
        return key.isValidSignature(decoded, for: Data(signedMessage(bytes, purpose)))
    }
}

private func signedMessage(_ bytes: [UInt8], _ purpose: String) -> [UInt8] {
    Array("trellis \(purpose) 1\n".utf8) + bytes
}
