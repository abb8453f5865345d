import Deliberation
import Foundation

/// What somebody who takes part reads, in whole lines from top to bottom.
///
/// Nothing is drawn over, so that it can be read aloud and scrolled back, and a statement stands on lines of its own, so
/// that one that runs from right to left does.
struct TakingPartPage {
    private let out: Terminal
    private let page: DeliberatePage

    init(_ out: Terminal) {
        self.out = out
        page = DeliberatePage(out)
    }

    /// A sentence or more.
    func tell(_ text: String) { page.paragraph(text) }

    /// What a conversation is about.
    func begin(_ conversation: SeenConversation) {
        title(conversation.topic)
        for line in conversation.description.split(whereSeparator: \.isNewline) {
            tell(DeliberatePage.line(String(line)))
        }
    }

    /// A title in bold, which may be longer than a line.
    private func title(_ text: String) {
        var wrapped = WrappedText(width: out.isInteractive ? out.columns - 1 : nil)
        for line in (wrapped.add(DeliberatePage.line(text)) + wrapped.end()).split(separator: "\n") {
            out.line(out.styled(String(line), .bold))
        }
    }

    /// A statement that waits for a vote.
    func show(_ statement: SeenConversation.Statement, left: Int, mainLanguage: String) {
        let language = statement.language == mainLanguage ? "" : ", in \(Self.language(statement.language))"
        page.heading(
            "Statement \(statement.number)\(language). \(left == 1 ? "It is the last one." : "\(left) to go.")")
        words(statement.words)
    }

    /// The words of a statement.
    private func words(_ words: String) { page.paragraph(DeliberatePage.line(words), indent: 2) }

    func nothingLeft() { tell("Nothing is left to vote on. Others may write more: look in again later.") }

    /// What became of a vote.
    func show(_ vote: SeenConversation.Vote, _ stance: VotedStance) {
        let on = stance == .pass ? "on" : "with"
        var text = "\(stance.sentence) \(on) statement \(vote.statement)."
        if !vote.isNew {
            text += " You had said so already."
        } else if let previous = vote.previous, previous != stance.rawValue {
            text += " Before, you said \(VotedStance.said(previous))."
        }
        tell(text)
    }

    /// What became of a statement, beside those that say nearly the same.
    func show(_ written: SeenConversation.Written, in client: ConversationClient) async throws {
        let isWaiting = try await client.conversation().strict && written.statement.standing == "waiting"
        tell(
            isWaiting
                ? "It is statement \(written.statement.number). Others see it once a moderator has accepted it."
                : "It is statement \(written.statement.number), and others see it now.")
        guard !written.near.isEmpty else { return }
        let known = Dictionary(
            try await client.statements().map { ($0.number, $0.words) }, uniquingKeysWith: { first, _ in first })
        tell("Nearly the same was said before; moderators are told too:")
        for near in written.near {
            let words = known[near.statement].map { " “\(DeliberatePage.line($0))”" } ?? ""
            page.paragraph("#\(near.statement)\(words), \(DeliberatePage.percent(near.likeness))% alike", indent: 2)
        }
    }

    /// All that is held of somebody.
    func show(_ own: SeenConversation.OwnPart, of conversation: SeenConversation, _ words: [Int: String]) {
        title(conversation.topic)
        tell("You take part as number \(own.participant).\(conversation.open ? "" : " The conversation is closed.")")
        page.heading("What you voted")
        if own.votes.isEmpty { page.paragraph("Nothing yet.", indent: 2) }
        for vote in own.votes {
            let matters = vote.importance.map { ", importance \(DeliberatePage.percent($0))%" } ?? ""
            page.paragraph("#\(vote.statement) \(VotedStance.said(vote.stance))\(matters):", indent: 2)
            page.paragraph(
                words[vote.statement].map(DeliberatePage.line) ?? "(Moderators took it out; the vote doesn't count.)",
                indent: 4)
        }
        page.heading("What you wrote")
        if own.statements.isEmpty { page.paragraph("Nothing yet.", indent: 2) }
        for written in own.statements {
            page.paragraph(
                "#\(written.statement.number) \(Self.standing(written, isStrict: conversation.strict)):", indent: 2)
            page.paragraph(DeliberatePage.line(written.statement.words), indent: 4)
        }
    }

    private static func standing(_ written: SeenConversation.OwnPart.Statement, isStrict: Bool) -> String {
        switch written.statement.standing {
        case "rejected":
            "was taken out by moderators"
                + (written.reason.map { ", who say “\(DeliberatePage.line($0))”" } ?? "")
        case "waiting" where isStrict: "waits for a moderator"
        default: "is shown"
        }
    }

    /// A language by its name where it has one, else by its tag.
    static func language(_ tag: String) -> String {
        Locale(identifier: "en").localizedString(forIdentifier: tag) ?? WrappedText.plain(tag)
    }

    /// Words that can be a statement.
    ///
    /// - Throws: ``CommandFailure`` for others, before anybody is asked.
    static func statement(_ words: String) throws -> String {
        do throws(ConversationError) { return try StatementText(words).words } catch {
            throw CommandFailure(.negative, error.description)
        }
    }
}
