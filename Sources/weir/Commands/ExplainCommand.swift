import CommandLineArguments
import Diagnostics
import OrderedJSON

extension Command {
  static let explain = Command(
    spec: CommandSpec(
      "explain",
      summary: "Explain a diagnostic code; without one, list all",
      positionals: [PositionalSpec("CODE", "A code such as F0005", isRequired: false)]
    )
  ) { context in
    let codes = DiagnosticCode.catalogue
    guard let wanted = context.arguments[0]?.uppercased() else {
      if context.wantsJSON {
        context.print(.array(codes.map(\.json)))
      } else {
        context.print(TextTable.text(["CODE", "MEANING"], codes.map { [$0.id, $0.title] }))
      }
      return .success
    }
    guard let code = codes.first(where: { $0.id == wanted }) else {
      throw CommandFailure(
        .usage,
        "there is no code '\(wanted)'",
        hint: "'weir explain' lists all codes",
        exitCode: .notFound
      )
    }
    if context.wantsJSON {
      context.print(code.json)
    } else {
      context.print(code.page)
    }
    return .success
  }
}

extension DiagnosticCode {
  fileprivate var json: JSON {
    [
      "code": .string(id), "title": .string(title), "explanation": .string(explanation),
      "example": .string(example.text), "remedy": .string(remedy),
    ]
  }
}
