import Foundation

/// A child process that ends with its handle.
final class ProcessHandle: @unchecked Sendable {
  // Unchecked: used by one test at a time.
  private let process = Process()
  private let output = Pipe()

  init(_ tool: String, _ arguments: [String], in folder: URL) throws {
    process.executableURL = URL(filePath: tool)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  deinit { process.terminate() }

  func awaitEnd() { process.waitUntilExit() }

  /// The next line of output that fits.
  func line(where isWanted: (String) -> Bool) throws -> String {
    var text = ""
    while true {
      guard let chunk = try output.fileHandleForReading.read(upToCount: 1), !chunk.isEmpty else {
        throw CocoaError(.fileReadUnknown)
      }
      text += String(decoding: chunk, as: UTF8.self)
      guard text.hasSuffix("\n") else { continue }
      text.removeLast()
      if isWanted(text) { return text }
      text = ""
    }
  }
}
