// swift-tools-version: 6.2

import Foundation
import PackageDescription

let package = Package(
  name: "weir",
  products: [.executable(name: "weir", targets: ["weir"])],
  targets: [
    // C libraries: module map and shim.h only.
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CCurl",
      pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]
    ),
    .systemLibrary(
      name: "CMicroHTTPD",
      pkgConfig: "libmicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"])]
    ),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

    // 0 values
    .target(name: "Archives"),
    .target(name: "Diagnostics"),
    .target(name: "HTTPMessages"),
    .target(name: "OrderedJSON"),
    .target(name: "Timekeeping"),

    // 1 language
    .target(
      name: "Expressions",
      dependencies: ["Diagnostics", "HTTPMessages", "OrderedJSON", "Timekeeping"]
    ),
    .target(
      name: "Definitions",
      dependencies: ["Diagnostics", "Expressions", "HTTPMessages", "OrderedJSON", "Timekeeping"]
    ),

    // 2 core
    .target(
      name: "Connectors",
      dependencies: [
        "Definitions", "Diagnostics", "Expressions", "HTTPMessages", "OrderedJSON", "Timekeeping",
      ]
    ),
    .target(name: "FlowImporting", dependencies: ["Definitions", "Diagnostics", "OrderedJSON"]),
    .target(name: "FlowPictures", dependencies: ["Definitions", "OrderedJSON"]),
    .target(
      name: "Engine",
      dependencies: [
        "Definitions", "Diagnostics", "Expressions", "HTTPMessages", "OrderedJSON", "Timekeeping",
      ]
    ),

    // 3 seams
    .target(name: "Seams", dependencies: ["Engine", "HTTPMessages", "OrderedJSON", "Timekeeping"]),

    // 4 shell
    .target(
      name: "Runtime",
      dependencies: [
        "Connectors", "Definitions", "Diagnostics", "Engine", "Expressions", "HTTPMessages",
        "OrderedJSON", "Seams", "Timekeeping",
      ]
    ),

    // 5 adapters
    .target(name: "Crypto", dependencies: ["CCrypto", "Diagnostics", "HTTPMessages", "Seams"]),
    .target(name: "CurlTransport", dependencies: ["CCurl", "HTTPMessages", "Seams"]),
    .target(
      name: "SQLiteStore",
      dependencies: ["CSQLite", "Engine", "OrderedJSON", "Seams", "Timekeeping"]
    ),
    .target(
      name: "HTTPServer",
      dependencies: ["CCrypto", "CMicroHTTPD", "Diagnostics", "HTTPMessages"]
    ),
    .target(
      name: "Telemetry",
      dependencies: [
        "Definitions", "Diagnostics", "Engine", "HTTPMessages", "OrderedJSON", "Seams",
        "Timekeeping",
      ]
    ),
    .target(
      name: "AzureSandbox",
      dependencies: [
        "Crypto", "Diagnostics", "HTTPMessages", "HTTPServer", "OrderedJSON", "Seams",
        "Timekeeping",
      ],
      resources: [
        .embedInCode("Pages/sandbox.html"), .embedInCode("Pages/sandbox.css"),
        .embedInCode("Pages/sandbox.js"),
      ]
    ),
    .target(
      name: "Service",
      dependencies: [
        "Connectors", "Crypto", "Definitions", "Diagnostics", "Engine", "HTTPMessages",
        "OrderedJSON", "Runtime", "Seams", "Timekeeping",
      ],
      resources: [
        .embedInCode("Pages/index.html"), .embedInCode("Pages/weir.css"),
        .embedInCode("Pages/weir.js"), .embedInCode("Pages/weir.svg"),
      ]
    ),
    .target(
      name: "FlowTesting",
      dependencies: [
        "Connectors", "Definitions", "Diagnostics", "Engine", "Expressions", "HTTPMessages",
        "OrderedJSON", "Runtime", "Seams", "Simulation", "Timekeeping",
      ],
      resources: [.embedInCode("Schema/test.schema.json")]
    ),
    .target(
      name: "LanguageServer",
      dependencies: ["Connectors", "Definitions", "Diagnostics", "Expressions", "OrderedJSON"]
    ),
    .target(
      name: "Simulation",
      dependencies: ["Engine", "HTTPMessages", "OrderedJSON", "Seams", "Timekeeping"]
    ),

    // 6 tool
    .target(name: "CommandLineArguments"),
    .executableTarget(
      name: "weir",
      dependencies: [
        "Archives", "AzureSandbox", "CommandLineArguments", "Connectors", "Crypto", "CurlTransport",
        "Definitions", "Diagnostics", "Engine", "Expressions", "FlowImporting", "FlowPictures",
        "FlowTesting", "HTTPMessages", "HTTPServer", "LanguageServer", "OrderedJSON", "Runtime",
        "SQLiteStore", "Seams", "Service", "Telemetry",
        "Timekeeping",
      ],
      resources: [
        .embedInCode("Template/apiDefinition.swagger.json"),
        .embedInCode("Template/apiProperties.json"), .embedInCode("Template/connections.json"),
        .embedInCode("Template/hello.json"), .embedInCode("Template/hello.test.json"),
        .embedInCode("Template/ignored.txt"), .embedInCode("Template/runtime.json"),
        .embedInCode("Template/settings.json"),
      ]
    ),
    .target(name: "RawLoop", dependencies: ["CCrypto", "CCurl", "CSQLite"]),
    .executableTarget(name: "weir-raw", dependencies: ["RawLoop"]),
    .executableTarget(
      name: "weir-simulate",
      dependencies: [
        "CommandLineArguments", "Connectors", "Crypto", "Definitions", "Diagnostics", "Engine",
        "HTTPMessages", "OrderedJSON", "Runtime", "Seams", "Simulation", "Timekeeping",
      ]
    ),
    // It runs `weir` and `weir-raw`; depending on them has them built.
    .executableTarget(
      name: "weir-bench",
      dependencies: [
        "CSQLite", "Connectors", "Crypto", "CurlTransport", "Definitions", "Diagnostics", "Engine",
        "Expressions", "HTTPMessages", "OrderedJSON", "RawLoop", "Runtime", "SQLiteStore", "Seams",
        "Timekeeping", "weir", "weir-raw",
      ]
    ),

    // Tests mirror Sources; Contracts holds one suite per seam.
    .target(
      name: "Contracts",
      dependencies: ["Engine", "HTTPMessages", "OrderedJSON", "Seams", "Timekeeping"],
      path: "Tests/Contracts"
    ),
    .target(name: "Fixtures", dependencies: ["OrderedJSON"], path: "Tests/Fixtures"),
    // Has only some tests run at a time.
    .target(name: "TestWidth", path: "Tests/TestWidth"),
    .testTarget(
      name: "AzureSandboxTests",
      dependencies: [
        "AzureSandbox", "Connectors", "Crypto", "Definitions", "Diagnostics", "Fixtures",
        "HTTPMessages", "HTTPServer", "OrderedJSON", "Seams", "Simulation", "Timekeeping",
      ],
      exclude: ["Data"]
    ),
    .testTarget(name: "CommandLineArgumentsTests", dependencies: ["CommandLineArguments"]),
    .testTarget(
      name: "ConnectorsTests",
      dependencies: [
        "Connectors", "Crypto", "CurlTransport", "Definitions", "Diagnostics", "Engine",
        "Expressions", "Fixtures", "HTTPMessages", "HTTPServer", "OrderedJSON", "Seams",
        "Timekeeping",
      ],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "CryptoTests",
      dependencies: ["Crypto", "Diagnostics", "Fixtures", "HTTPMessages", "OrderedJSON", "Seams"],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "CurlTransportTests",
      dependencies: ["CCurl", "Contracts", "CurlTransport", "HTTPMessages", "Seams"]
    ),
    .testTarget(
      name: "DefinitionsTests",
      dependencies: ["Definitions", "Diagnostics", "Expressions", "Fixtures", "OrderedJSON"],
      exclude: ["Data"]
    ),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Definitions", "Diagnostics", "Engine", "Expressions", "Fixtures", "HTTPMessages",
        "OrderedJSON", "Simulation", "Timekeeping",
      ],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "ExpressionsTests",
      dependencies: ["Diagnostics", "Expressions", "Fixtures", "OrderedJSON", "Timekeeping"],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "ArchivesTests",
      dependencies: ["Archives", "Fixtures", "OrderedJSON"],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "FlowImportingTests",
      dependencies: ["Diagnostics", "Fixtures", "FlowImporting", "OrderedJSON"],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "FlowPicturesTests",
      dependencies: ["Definitions", "Fixtures", "FlowPictures", "OrderedJSON"]
    ),
    .testTarget(
      name: "FlowTestingTests",
      dependencies: [
        "Definitions", "Diagnostics", "Engine", "FlowTesting", "Fixtures", "HTTPMessages",
        "OrderedJSON", "Runtime",
      ],
      exclude: ["Data"]
    ),
    .testTarget(name: "HTTPMessagesTests", dependencies: ["HTTPMessages"]),
    .testTarget(
      name: "HTTPServerTests",
      dependencies: [
        "CurlTransport", "Diagnostics", "Fixtures", "HTTPMessages", "HTTPServer", "OrderedJSON",
        "Seams",
      ],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "LanguageServerTests",
      dependencies: [
        "Connectors", "Definitions", "Diagnostics", "Fixtures", "LanguageServer", "OrderedJSON",
      ]
    ),
    .testTarget(
      name: "OrderedJSONTests",
      dependencies: ["Fixtures", "OrderedJSON"],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "RuntimeTests",
      dependencies: [
        "AzureSandbox", "Connectors", "Crypto", "Definitions", "Diagnostics", "Engine",
        "Expressions", "Fixtures",
        "HTTPMessages", "OrderedJSON", "Runtime", "Seams", "Simulation", "Timekeeping",
      ],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "SQLiteStoreTests",
      dependencies: [
        "CSQLite", "Contracts", "Engine", "Fixtures", "SQLiteStore", "Seams", "Timekeeping",
      ]
    ),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Connectors", "Crypto", "Definitions", "Diagnostics", "Engine", "Fixtures", "HTTPMessages",
        "OrderedJSON", "Runtime", "Seams", "Service", "Simulation", "Timekeeping",
      ],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["Contracts", "Engine", "HTTPMessages", "Seams", "Simulation", "Timekeeping"]
    ),
    .testTarget(
      name: "TelemetryTests",
      dependencies: [
        "Crypto", "Definitions", "Diagnostics", "Engine", "HTTPMessages", "OrderedJSON", "Runtime",
        "Seams", "Simulation", "Telemetry", "Timekeeping",
      ]
    ),
    .testTarget(
      name: "TimekeepingTests",
      dependencies: ["Fixtures", "OrderedJSON", "Timekeeping"]
    ),
    .testTarget(
      name: "WeirSimulateTests",
      dependencies: ["CommandLineArguments", "Fixtures", "OrderedJSON", "weir-simulate"],
      exclude: ["Data"]
    ),
    .testTarget(
      name: "WeirTests",
      dependencies: [
        "CSQLite", "CommandLineArguments", "Connectors", "Crypto", "CurlTransport", "Definitions",
        "Diagnostics", "Engine", "Fixtures", "HTTPMessages", "HTTPServer", "OrderedJSON", "Runtime",
        "SQLiteStore", "Seams", "Service", "Simulation", "Telemetry", "TestWidth", "Timekeeping",
        "weir",
      ],
      exclude: ["Data"]
    ),
  ],
  swiftLanguageModes: [.v6]
)

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// With it a program starts sooner, needs less memory and runs where no Swift is installed. The XML of
// Foundation then needs the files of libxml2-dev.
let isStatic = FileManager.default.fileExists(atPath: "/usr/include/libxml2/libxml/parser.h")
let linking: [String] = isStatic ? ["-static-stdlib"] : []

// Values cross targets all the time; without the first no call between targets is inlined.
let release: [SwiftSetting] = [
  .unsafeFlags(["-cross-module-optimization"] + linking, .when(configuration: .release))
]

for target in package.targets where ![.system, .binary, .plugin].contains(target.type) {
  // There is no static Testing for what belongs to tests.
  let isShipped = target.type != .test && target.path == nil
  target.swiftSettings = house + (isShipped ? release : [])
  guard target.type == .executable else { continue }
  target.linkerSettings = [.unsafeFlags(linking, .when(configuration: .release))]
}
