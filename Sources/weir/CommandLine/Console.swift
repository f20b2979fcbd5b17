import Foundation

/// Where a command prints: results to one stream, everything else to the other.
package struct Console: Sendable {
  /// Takes whole pieces of text, line ends included.
  package var writeResult: @Sendable (String) -> Void
  package var writeNote: @Sendable (String) -> Void
  /// Whether results go to a terminal.
  package var resultIsTerminal: Bool
  package var noteIsTerminal: Bool
  /// How many characters the terminal of the notes holds.
  package var noteSize: @Sendable () -> (columns: Int, rows: Int) = { (80, 24) }

  package init(
    writeResult: @escaping @Sendable (String) -> Void,
    writeNote: @escaping @Sendable (String) -> Void,
    resultIsTerminal: Bool,
    noteIsTerminal: Bool
  ) {
    self.writeResult = writeResult
    self.writeNote = writeNote
    self.resultIsTerminal = resultIsTerminal
    self.noteIsTerminal = noteIsTerminal
  }

  /// The streams of this process.
  package static let standard = {
    var console = Console(
      writeResult: { FileDescriptorWriter.write($0, to: 1) },
      writeNote: { FileDescriptorWriter.write($0, to: 2) },
      resultIsTerminal: isatty(1) == 1,
      noteIsTerminal: isatty(2) == 1
    )
    console.noteSize = {
      var size = winsize()
      guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
        return (80, 24)
      }
      return (Int(size.ws_col), Int(size.ws_row))
    }
    return console
  }()
}

/// Writes all of a text; a closed pipe is not an error of ours.
enum FileDescriptorWriter {
  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes.removeFirst(count)
    }
  }
}
