/// Help pages made from the command table.
package enum Help {
  /// The page of the program, of a noun, or of one command.
  package static func text(_ table: CommandTable, path: [String]) -> String {
    let commands = table.commands(under: path)
    if let command = commands.first, command.path == path { return page(of: command, table) }
    return list(commands.isEmpty ? table.commands : commands, table, noun: path.first)
  }

  private static func list(_ commands: [CommandSpec], _ table: CommandTable, noun: String?)
    -> String
  {
    let rows = commands.map { (usage($0), $0.summary) }
    var lines = [noun.map { "\(table.program) \($0)" } ?? "\(table.program): \(table.summary)", ""]
    lines += ["Commands:"] + columns(rows) + [""]
    lines += ["Options of every command:"] + columns(table.globals.map(row)) + [""]
    lines.append("'\(table.program) COMMAND --help' explains one command.")
    return lines.joined(separator: "\n")
  }

  private static func page(of command: CommandSpec, _ table: CommandTable) -> String {
    var lines = [command.summary, "", "Usage: \(table.program) \(usage(command)) [options]"]
    if !command.positionals.isEmpty {
      lines += ["", "Arguments:"] + columns(command.positionals.map { ($0.name, $0.summary) })
    }
    if !command.options.isEmpty {
      lines += ["", "Options:"] + columns(command.options.map(row))
    }
    lines += ["", "Options of every command:"] + columns(table.globals.map(row))
    if let discussion = command.discussion { lines += ["", discussion] }
    return lines.joined(separator: "\n")
  }

  private static func usage(_ command: CommandSpec) -> String {
    let words = command.positionals.map { positional in
      let name = positional.name + (positional.repeats ? "…" : "")
      return positional.isRequired ? name : "[\(name)]"
    }
    return (command.path + words).joined(separator: " ")
  }

  private static func row(_ option: OptionSpec) -> (String, String) {
    let value = option.value.map { " \($0)" } ?? ""
    return ("--\(option.name)\(value)\(option.repeats ? "…" : "")", option.summary)
  }

  private static func columns(_ rows: [(String, String)]) -> [String] {
    let width = min(38, rows.map(\.0.count).max() ?? 0)
    return rows.map { left, right in
      left.count > width
        ? "  \(left)\n  \(String(repeating: " ", count: width))  \(right)"
        : "  \(left)\(String(repeating: " ", count: width - left.count))  \(right)"
    }
  }
}
