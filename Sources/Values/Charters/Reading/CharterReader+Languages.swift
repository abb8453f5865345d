extension CharterReader {
    /// The code of a language that people speak. A code that no list has most likely means another, and then nobody would
    /// ever read what stands behind it.
    mutating func spokenLanguage(_ code: String, at span: Range<Int>) -> String? {
        guard let language = language(code, at: span) else { return nil }
        if language.utf8.count == 2, !LanguageCode.twoLetters.contains(language) {
            log.error(
                "unknown-language", at: span, "`\(language)` is the code of no language.",
                help: LanguageCode.mistaken[language].map { "Did you mean `\($0)`? A country has a code of its own." }
                    ?? "Write the code of ISO 639, as in `en`, `de` or `yue`.")
            return nil
        }
        if let short = LanguageCode.longer[language] {
            log.error(
                "unknown-language", at: span,
                "`\(language)` has a code of two letters, and that is the one that is compared.",
                help: "Write `\(short)`.")
            return nil
        }
        return language
    }
}

/// Codes of languages (ISO 639:2023). Of three letters there are thousands, so only those are known that have two as well
/// and are written most.
enum LanguageCode {
    static let twoLetters = Set(
        """
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo \
        es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg \
        ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn \
        no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw \
        ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
        """.split(separator: " ").map(String.init))

    /// Codes of countries that are taken for those of their languages.
    static let mistaken = [
        "at": "de", "br": "pt", "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "gb": "en", "il": "he", "in": "hi",
        "ir": "fa", "jp": "ja", "kz": "kk", "mx": "es", "rs": "sr", "us": "en", "vn": "vi",
    ]

    /// The codes of three letters that have one of two.
    static let longer = [
        "ara": "ar", "ben": "bn", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "fas": "fa",
        "fin": "fi",
        "fra": "fr", "fre": "fr", "ger": "de", "heb": "he", "hin": "hi", "hun": "hu", "ind": "id", "ita": "it",
        "jpn": "ja",
        "kor": "ko", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "spa": "es",
        "swa": "sw",
        "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "zho": "zh", "chi": "zh",
    ]
}
