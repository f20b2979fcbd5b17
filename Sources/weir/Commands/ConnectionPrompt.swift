import Foundation

/// Asks a person for a value.
enum ConnectionPrompt {
  /// Whether somebody sits at a terminal.
  static func isPossible(_ console: Console) -> Bool { isatty(0) == 1 && console.noteIsTerminal }

  /// One line of input, without echo for secrets; off a terminal the next line of standard input.
  static func ask(_ title: String, isSecret: Bool, _ console: Console) -> String {
    guard isPossible(console) else { return readLine() ?? "" }
    console.writeNote("\(title): ")
    guard isSecret else { return readLine() ?? "" }
    return withoutEcho {
      let line = readLine() ?? ""
      console.writeNote("\n")
      return line
    }
  }

  private static func withoutEcho(_ read: () -> String) -> String {
    var old = termios()
    guard tcgetattr(0, &old) == 0 else { return read() }
    var silent = old
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSAFLUSH, &silent)
    defer { tcsetattr(0, TCSAFLUSH, &old) }
    return read()
  }
}
