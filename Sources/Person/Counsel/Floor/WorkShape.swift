/// Whether a reply has the shape of finished work: several full paragraphs of connected prose that talk to nobody.
///
/// An explanation to a learner says "you" and asks something; an essay does neither. The signs are counted as the reply
/// comes, so what it finds, it finds late: a part of the work has gone out by then. The announcements that
/// `finished-work` looks for come early.
struct WorkShape: Sendable {
    private var words = 0
    private var paragraphWords = 0
    private var longParagraphs = 0
    private var addresses = 0
    private var questions = 0
    private var connectives = 0

    private static func hashes(_ words: String) -> Set<WordHash> {
        Set(words.split(separator: " ").map { WordHash(String($0)) })
    }

    private static let address = hashes(
        "you your yours yourself youre youve youll youd lets try tu te ton ta tes vous votre vos usted ustedes tus su "
            + "voce seu sua du dein deine dich dir euch ihr ihre je jij jouw")
    private static let connective = hashes(
        "furthermore moreover therefore thus hence consequently additionally conclusion ultimately overall whereas "
            + "nevertheless firstly secondly finally ademas conclusion asimismo finalmente ensuite enfin ainsi outre "
            + "conclusao portanto alem zudem daruber somit schlussendlich abschliessend insgesamt inoltre conclusione")

    mutating func word(_ hash: WordHash) {
        words += 1
        paragraphWords += 1
        if Self.address.contains(hash) { addresses += 1 }
        if Self.connective.contains(hash) { connectives += 1 }
    }

    mutating func mark(_ scalar: UInt32) {
        if scalar == 0x3F || scalar == 0xFF1F { questions += 1 }
    }

    /// A paragraph has ended. Returns whether the text so far is finished work.
    mutating func endParagraph() -> Bool {
        if paragraphWords >= 35 { longParagraphs += 1 }
        paragraphWords = 0
        return isFinishedWork(atEnd: false)
    }

    func isFinishedWork(atEnd: Bool) -> Bool {
        let paragraphs = longParagraphs + (atEnd && paragraphWords >= 35 ? 1 : 0)
        return words >= 160 && paragraphs >= 3 && connectives >= 2 && addresses * 80 < words && questions * 150 < words
    }
}
