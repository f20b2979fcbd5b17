import Foundation

/// The service under test, as a process of its own.
final class Service {
  let endpoint: String
  /// The key that both sides sign with; the service does not look at signatures.
  static let accessKey = [UInt8](repeating: 0x5a, count: 64)

  private let process = Process()
  private let input = Pipe()

  /// `delay` in milliseconds.
  init(delay: Int = 0) throws {
    let output = Pipe()
    process.executableURL = Binaries.own
    process.arguments = ["--serve", "\(delay)"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw BenchFailure("the server did not start")
    }
    endpoint = "http://127.0.0.1:\(port)"
  }

  /// As Weir wants it.
  var connectionString: String {
    "endpoint=\(endpoint)/;accesskey=\(Data(Self.accessKey).base64EncodedString())"
  }

  /// Whether new users are refused from now.
  func refuse(_ refuses: Bool) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((refuses ? "f" : "o").utf8))
    // It reads this before requests that come later.
    usleep(20_000)
  }

  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
