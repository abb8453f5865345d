public import Flourishing

/// From where a judge looks: one voice in a panel of several lenses or traditions.
public struct Viewpoint: Hashable, Sendable {
    /// Its name, as in `hedonic` or `Ubuntu`.
    public let name: String
    /// What the judge is told of it: a sentence that goes on from "You look at the conversation as somebody …".
    public let words: String

    /// A viewpoint.
    public init(name: String, words: String) {
        self.name = name
        self.words = words
    }

    /// One of the four families of theories of well-being.
    public static func lens(_ lens: Lens) -> Viewpoint {
        let words =
            switch lens {
            case .hedonic: "for whom a life goes well as far as it feels well from the inside, over the whole of it."
            case .conative: "for whom a life goes well as far as people reach what they themselves want on reflection."
            case .objectiveList:
                "for whom some things are good for people whatever they feel or want: knowledge, friends, health, fairness."
            case .perfectionist:
                "for whom a life goes well as far as people become more able, wise and fully themselves."
            }
        return Viewpoint(name: lens.rawValue, words: words)
    }

    /// A lens by its name, else a tradition of that name.
    public static func named(_ name: String) -> Viewpoint {
        Lens(rawValue: name).map(Viewpoint.lens) ?? .tradition(name)
    }

    /// A living tradition, by its name.
    public static func tradition(_ name: String) -> Viewpoint {
        Viewpoint(name: name, words: "formed by this tradition, with what it has learned about living well: \(name).")
    }
}
