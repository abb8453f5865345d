import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One client connection: NIO's HTTP parser, then the hot path, then Hummingbird for every other route.
///
/// Messages to a model never leave the connection's event loop; they are taken out of the pipeline by
/// ``HotPathHandler``. Everything that passes it reaches Hummingbird's router as usual.
struct GatewayChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let core: GatewayCore

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let operations = channel.pipeline.syncOperations
            // A client that closes its sending half has left: a reply that nobody reads should not be paid for.
            try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
            var bounds = NIOHTTPDecoderLimitConfiguration()
            bounds.maxHeaderListSize = core.settings.limits.headBytes
            bounds.maxHeaderFieldSize = core.settings.limits.headBytes
            bounds.maxHeaderFieldCount = 128
            // Pipelining is the hot path's own affair. Header values are not checked again on their way out: they
            // come from a parser that refuses what could break out of a header, or are our own.
            try operations.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: bounds)
            try operations.addHandler(HotPathHandler(core))
            try operations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
