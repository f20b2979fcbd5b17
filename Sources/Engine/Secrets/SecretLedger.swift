import OrderedJSON

/// What of a run is secret so far, by action of the plan; iterations of loops count together.
package struct SecretLedger: Equatable, Sendable {
  private var entries: [Int: Entry] = [:]
  package private(set) var texts = SecretTexts()

  private struct Entry: Equatable {
    var inputs = false
    var outputs = false
    var paths: Set<[String]> = []
  }

  /// Whether any action has something secret.
  package var isEmpty: Bool { entries.isEmpty }

  /// Notes what is secret of an instance, and the texts behind secret pointers.
  mutating func add(_ secrecy: Secrecy, outputs: JSON?, of action: Int) {
    guard !secrecy.isNone else { return }
    entries[action, default: Entry()].inputs = entries[action]?.inputs ?? false || secrecy.inputs
    entries[action, default: Entry()].outputs = entries[action]?.outputs ?? false || secrecy.outputs
    for pointer in secrecy.outputPointers {
      guard let pointer = JSONPointer(text: pointer) else { continue }
      entries[action]?.paths.insert(pointer.tokens)
      outputs?.collectTexts(at: pointer.tokens[...], into: &texts)
    }
  }

  func hidesInputs(of action: Int) -> Bool { entries[action]?.inputs ?? false }

  /// Whether something secret stands at, above or below this path of an action's outputs.
  func hidesOutputs(of action: Int, at path: [String]) -> Bool {
    guard let entry = entries[action] else { return false }
    return entry.outputs || entry.paths.contains { Self.overlap($0, path) }
  }

  private static func overlap(_ secret: [String], _ path: [String]) -> Bool {
    zip(secret, path).allSatisfy { token, name in
      token == "*" || name == "*" || token.lowercased() == name.lowercased()
    }
  }
}

extension JSON {
  /// Adds every text at or below the path.
  fileprivate func collectTexts(at path: ArraySlice<String>, into texts: inout SecretTexts) {
    let rest = path.dropFirst()
    switch self {
    case .string(let text) where path.isEmpty: texts.insert(text)
    case .object(let object):
      for member in object.members where path.isEmpty || ["*", member.key].contains(path.first) {
        member.value.collectTexts(at: rest, into: &texts)
      }
    case .array(let array):
      for (index, value) in array.enumerated()
      where path.isEmpty || ["*", String(index)].contains(path.first) {
        value.collectTexts(at: rest, into: &texts)
      }
    default: break
    }
  }
}
