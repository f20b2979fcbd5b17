import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON

/// A flow that a client sends to be checked or saved.
enum WorkflowContent {
  /// The bytes of a flow file.
  ///
  /// - Throws: `Problem` 400 when there is none, 422 when it holds values that were masked.
  static func document(_ call: Call) throws(Problem) -> [UInt8] {
    guard let value = try call.content() else {
      throw .invalidContent("The request needs a body: a workflow definition.")
    }
    guard !holdsMask(value) else {
      throw Problem(
        422,
        "MaskedValue",
        "The definition holds '\(RunView.mask.stringValue ?? "")' in place of a secret: put the "
          + "secret, or better a reference to an app setting, there again."
      )
    }
    return call.request.body
  }

  private static func holdsMask(_ value: JSON) -> Bool {
    switch value {
    case .array(let elements): elements.contains(where: holdsMask)
    case .object(let object): object.members.contains { holdsMask($0.value) }
    default: value == RunView.mask
    }
  }

  /// A name that a file can have everywhere, and that no other file of a project has.
  ///
  /// - Throws: `Problem` 400 for other names.
  static func requireName(_ name: String) throws(Problem) {
    let isFit =
      (1...80).contains(name.utf8.count) && name.first != "."
      && name.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || "-_.()".unicodeScalars.contains(scalar)
      }
    let lowered = name.lowercased()
    let isTaken =
      ["connections", "parameters", "host"].contains(lowered) || lowered.hasSuffix(".test")
    guard isFit, !isTaken else {
      throw .badRequest(
        "InvalidWorkflowName",
        "'\(name.prefix(100))' cannot be the name of a workflow: use up to 80 letters, digits and "
          + "- _ . ( ), not beginning with a dot."
      )
    }
  }
}
