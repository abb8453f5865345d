// swift-tools-version: 6.2
import PackageDescription

// Every target of ours is held to the same settings: imports are internal unless a file says
// otherwise, existentials are spelled `any`, and a warning is an error.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// MARK: Libraries from others

let bigInt: Target.Dependency = .product(name: "BigInt", package: "BigInt")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioFoundation: Target.Dependency = .product(name: "NIOFoundationCompat", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// MARK: The house

/// One room: a library target under its wing.
func room(
    _ name: String, in wing: String, uses: [Target.Dependency] = [], alsoExcluding guides: [String] = [],
    resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: uses, path: "Sources/\(wing)/\(name)",
        exclude: ["README.md"] + guides, resources: resources, swiftSettings: house)
}

/// The tests of one room, at the same place under `Tests/`.
func tests(of name: String, in wing: String, uses: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + uses,
        path: "Tests/\(wing)/\(name)Tests", swiftSettings: house)
}

let package = Package(
    name: "trellis",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "trellis", targets: ["trellis"]),
        .library(name: "Flourishing", targets: ["Flourishing"]),
        .library(name: "Charters", targets: ["Charters"]),
        .library(name: "Models", targets: ["Models"]),
        .library(name: "Store", targets: ["Store"]),
        .library(name: "Consents", targets: ["Consents"]),
        .library(name: "Memory", targets: ["Memory"]),
        .library(name: "Counsel", targets: ["Counsel"]),
        .library(name: "SocialChoice", targets: ["SocialChoice"]),
        .library(name: "Deliberation", targets: ["Deliberation"]),
        .library(name: "Judges", targets: ["Judges"]),
        .library(name: "Evaluation", targets: ["Evaluation"]),
        .library(name: "Gateway", targets: ["Gateway"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // Floor 0: Values. What is good, according to whom. No I/O.
        room("Flourishing", in: "Values"),
        room(
            "Charters", in: "Values", uses: ["Flourishing", crypto],
            resources: [.embedInCode("Commons")]),

        // Floor 1: Ground. Talking to models; keeping things.
        room("Store", in: "Ground", uses: [grdb, grdbSQLite, crypto, logging]),
        room(
            "Models", in: "Ground",
            uses: [nioCore, nioPosix, nioHTTP1, nioSSL, nioTLS, nioExtras, nioFoundation, deque, logging],
            resources: [.embedInCode("Runtime/local_runtime.py")]),

        // Floor 2: Person. One person over time.
        room("Consents", in: "Person", uses: ["Charters", "Flourishing", "Store", crypto, logging]),
        room(
            "Memory", in: "Person",
            uses: ["Charters", "Consents", "Flourishing", "Models", "Store", crypto, logging]),
        room(
            "Counsel", in: "Person",
            uses: ["Charters", "Flourishing", "Store", "Models", "Consents", "Memory", crypto, logging]),

        // Floor 3: Commons. Many people deciding together.
        room(
            "SocialChoice", in: "Commons", uses: [bigInt],
            alsoExcluding: ["Ranking/README.md", "Budgeting/README.md"]),
        .systemLibrary(
            name: "CLAPACK", path: "Sources/Commons/CLAPACK", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        room(
            "Deliberation", in: "Commons",
            uses: ["SocialChoice", "CLAPACK", "Charters", "Flourishing", "Models", "Store", crypto],
            alsoExcluding: ["Landscape/README.md", "Signals/README.md"]),

        // Floor 3: Evidence. Does it help?
        room(
            "Judges", in: "Evidence", uses: ["Charters", "Flourishing", "Models", crypto],
            alsoExcluding: ["Conduct/README.md", "Heads/README.md"], resources: [.embedInCode("Heads/Resources")]),
        .target(name: "CSuites", path: "Sources/Evidence/CSuites", exclude: ["README.md", "suites"]),
        room(
            "Evaluation", in: "Evidence",
            uses: ["CSuites", "Judges", "Counsel", "Charters", "Flourishing", "Models", crypto]),

        // Floor 4: Doors. Thin: parse, call a room below, render.
        room(
            "Gateway", in: "Doors",
            uses: [
                "Deliberation", "Counsel", "Memory", "Consents", "Charters", "Flourishing", "Models", "Store",
                hummingbird, hummingbirdCore, jwt,
                nioCore, nioPosix, nioHTTP1,
                nioHTTPTypes, nioHTTPTypesHTTP1, httpTypes, crypto, logging, lifecycle, unixSignals, nioFoundation,
                deque,
            ],
            resources: [.embedInCode("API/openapi.yaml")]),
        .executableTarget(
            name: "trellis",
            dependencies: [
                "Gateway", "Deliberation", "SocialChoice", "Evaluation", "Judges", "Counsel", "Memory", "Consents",
                "Charters",
                "Flourishing", "Models", "Store",
                argumentParser,
                configuration, yams,
                logging, lifecycle, nioCore, nioPosix, unixSignals,
            ],
            path: "Sources/Doors/trellis", exclude: ["README.md"], swiftSettings: house),

        // What the benchmarks and the failure tests talk to in place of a real model.
        .target(
            name: "MockUpstream", dependencies: [nioCore, nioPosix, nioHTTP1], path: "Benchmarks/MockUpstream",
            swiftSettings: house),
        .executableTarget(
            name: "mock-upstream", dependencies: ["MockUpstream", argumentParser, nioCore, nioPosix],
            path: "Benchmarks/mock-upstream", swiftSettings: house),
        .executableTarget(
            name: "charter-bench", dependencies: ["Charters", "Flourishing", yams], path: "Benchmarks/charters",
            exclude: ["peer.py"], swiftSettings: house),
        .executableTarget(
            name: "social-choice-bench", dependencies: ["SocialChoice"], path: "Benchmarks/social-choice",
            exclude: ["peer.py"], swiftSettings: house),
        .executableTarget(
            name: "landscape-bench", dependencies: ["Deliberation"], path: "Benchmarks/landscape",
            exclude: ["peer.py"], swiftSettings: house),
        .executableTarget(
            name: "floor-benchmark", dependencies: ["Charters", "Counsel", "Gateway", nioCore],
            path: "Benchmarks/floor",
            swiftSettings: house),
        .executableTarget(
            name: "situation-times", dependencies: ["Counsel", "Charters", "Models"],
            path: "Benchmarks/situation-times", swiftSettings: house),
        .executableTarget(
            name: "judge-times", dependencies: ["Judges", "Flourishing"], path: "Benchmarks/judges",
            swiftSettings: house),
        .executableTarget(
            name: "person-times", dependencies: ["Charters", "Consents", "Counsel", "Flourishing", "Store", logging],
            path: "Benchmarks/person-times", swiftSettings: house),

        .executableTarget(
            name: "recall-benchmark", dependencies: ["Memory", "Consents", "Models", nioCore, nioPosix, logging],
            path: "Benchmarks/recall", exclude: ["peer.py"], swiftSettings: house),
        .executableTarget(
            name: "memory-times", dependencies: ["Memory", "Consents", "Models", "Store", logging],
            path: "Benchmarks/memory-times", swiftSettings: house),

        // A small disk, for tests of what happens when one is full.
        .target(name: "TestDisks", path: "Tests/TestDisks", swiftSettings: house),
        // What tries to instruct a model by being remembered, for tests of every way into a memory.
        .target(
            name: "BlindAttempts", dependencies: ["Consents"], path: "Tests/BlindAttempts", swiftSettings: house),

        tests(of: "Flourishing", in: "Values"),
        tests(of: "Charters", in: "Values", uses: ["Flourishing", yams, crypto]),
        tests(of: "Store", in: "Ground", uses: ["TestDisks"]),
        tests(of: "Models", in: "Ground", uses: ["MockUpstream", nioCore, nioPosix, nioHTTP1, nioSSL, logging]),
        tests(of: "Consents", in: "Person", uses: ["Charters", "Flourishing", "Store", logging]),
        tests(
            of: "Memory", in: "Person",
            uses: ["BlindAttempts", "TestDisks", "Charters", "Consents", "Models", "Store", crypto, logging]),
        tests(
            of: "Counsel", in: "Person",
            uses: ["Charters", "Flourishing", "Store", "Models", "Consents", "Memory", logging]),
        tests(of: "SocialChoice", in: "Commons"),
        tests(of: "Deliberation", in: "Commons", uses: ["SocialChoice", "Charters", "Models", "Store"]),
        tests(of: "Judges", in: "Evidence", uses: ["Charters", "Flourishing", "Models"]),
        tests(of: "Evaluation", in: "Evidence", uses: ["Charters", "Counsel", "Flourishing", "Judges", "Models"]),
        tests(
            of: "Gateway", in: "Doors",
            uses: [
                "BlindAttempts", "MockUpstream", "TestDisks", "Counsel", "Memory", "Consents", "Charters",
                "Flourishing", "Models", "Store",
                nioCore, nioPosix, nioHTTP1, nioEmbedded, crypto,
                logging,
                yams,
            ]),
        .testTarget(
            name: "trellisTests",
            dependencies: [
                "trellis", "MockUpstream", "Gateway", "Deliberation", "SocialChoice", "Evaluation", "Judges", "Counsel",
                "Memory",
                "Consents",
                "Charters", "Flourishing", "Models",
                "Store", argumentParser, logging, nioCore,
            ],
            path: "Tests/Doors/trellisTests", swiftSettings: house),
        .testTarget(name: "HouseTests", path: "Tests/HouseTests", swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
