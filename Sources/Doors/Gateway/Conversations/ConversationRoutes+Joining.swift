import Deliberation
import HTTPTypes
import Hummingbird
import NIOCore

extension ConversationRoutes {
    func addJoining(to router: Router<BasicRequestContext>) {
        router.post("\(Self.root)/:conversation/invitations") { request, context in
            let asked = try asked(request, context)
            let sent = try await PersonDoor.value(SentInvitations.self, from: request, example: #"{"count": 20}"#)
            let codes = try await kept {
                try await conversations.invite(
                    sent.count, to: asked.id, of: asked.application, by: asked.overseer)
            }
            return json(InvitationsAnswer(invitations: codes.map { $0.reveal() }), status: .created)
        }
        router.post("\(Self.root)/:conversation/invitations/revocations") { request, context in
            let asked = try asked(request, context)
            let sent = try await PersonDoor.value(
                SentRevocation.self, from: request, limit: 1 << 20, example: #"{"invitations": ["tin_…"]}"#)
            let count = try await kept {
                try await conversations.revokeInvitations(
                    try sent.codes(), to: asked.id, of: asked.application, by: asked.overseer)
            }
            return json(RevokedAnswer(revoked: count))
        }
        router.post("\(Self.root)/:conversation/challenges") { request, context in
            let asked = try asked(request, context)
            let challenge = try await kept {
                try await conversations.challenge(for: asked.id, of: asked.application, at: asked.at)
            }
            return json(
                ChallengeAnswer(challenge: challenge.text, bits: challenge.bits, until: challenge.until),
                status: .created)
        }
        router.post("\(Self.root)/:conversation/participants") { request, context in
            let asked = try asked(request, context)
            let sent = try await PersonDoor.value(
                SentJoining.self, from: request, example: #"{"invitation": "tin_…"}"#)
            let joined = try await join(sent, asked)
            return json(
                JoinedAnswer(participant: joined.participant.number, secret: joined.secret.reveal()), status: .created)
        }
        router.delete("\(Self.root)/:conversation/participants/me") { request, context in
            let asked = try asked(request, context)
            let secret = try asked.participant()
            try await kept { try await conversations.withdraw(secret, from: asked.id, of: asked.application) }
            return Response(status: .noContent)
        }
    }

    private func join(_ sent: SentJoining, _ asked: Asked) async throws(GatewayRefusal) -> JoinedParticipant {
        switch sent {
        case .invitation(let text):
            guard let code = ConversationSecret(text, .invitation) else { throw Self.refusal(.unknownInvitation) }
            return try await kept { try await conversations.join(asked.id, of: asked.application, with: code) }
        case .proof(let challenge, let solution):
            return try await kept {
                try await conversations.join(
                    asked.id, of: asked.application, with: challenge, solution: solution, at: asked.at)
            }
        case .token(let token):
            // Before the token is looked at: a conversation that nobody joins so has no use for it.
            let terms = try await kept { try await conversations.terms(of: asked.id, of: asked.application) }
            guard terms.ways.contains(.identity) else {
                throw Self.refusal(.notOffered(.identity, offered: terms.ways))
            }
            guard let identities else {
                throw GatewayRefusal(
                    status: 503, kind: .unavailable,
                    message:
                        "This Trellis knows no issuer of ID tokens. Whoever runs it names one under deliberation.oidc.")
            }
            let identity = try await identities.identity(of: token, at: asked.at)
            return try await kept {
                try await conversations.join(asked.id, of: asked.application, as: identity, at: asked.at)
            }
        }
    }

    func addLooking(to router: Router<BasicRequestContext>) {
        router.get("\(Self.root)/:conversation/landscape") { request, context in
            let asked = try asked(request, context)
            let limit = try Self.limit(request)
            let isWhole = request.uri.queryParameters.get("whole") == "true"
            let seen = try await kept {
                try await views.landscape(
                    of: asked.id, of: asked.application, for: asked.moderator.map(Overseer.moderator), limit: limit,
                    isWhole: isWhole, at: asked.at)
            }
            return json(seen)
        }
        router.get("\(Self.root)/:conversation/signals") { request, context in
            let asked = try asked(request, context)
            return json(
                try await kept {
                    try await views.signals(of: asked.id, of: asked.application, by: asked.overseer)
                })
        }
        router.get("\(Self.root)/:conversation/export/:file") { request, context in
            let asked = try asked(request, context)
            let name = PersonDoor.parameter("file", context)
            guard let file = PolisExport.File(rawValue: name) else {
                throw GatewayRefusal(
                    status: 404, kind: .notFound,
                    message: "An export has the files "
                        + PolisExport.File.allCases.map(\.rawValue).joined(separator: ", ") + ".",
                    param: "file")
            }
            let export = try await kept {
                try await conversations.export(asked.id, of: asked.application, by: asked.overseer)
            }
            return Response(
                status: .ok, headers: [.contentType: "text/csv; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: export.bytes(of: file))))
        }
    }

    private static func limit(_ request: Request) throws(GatewayRefusal) -> Int {
        let asked = request.uri.queryParameters.get("limit") ?? "10"
        if let limit = Int(asked), (1...1_000).contains(limit) { return limit }
        throw GatewayRefusal(
            status: 400, kind: .invalidRequest, message: "`limit` is a number from 1 to 1000.", param: "limit")
    }
}
