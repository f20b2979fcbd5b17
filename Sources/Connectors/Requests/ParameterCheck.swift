package import Definitions
package import Diagnostics
internal import OrderedJSON

/// Checks the names of an action's parameters without their values.
///
/// Source: connector format reference, section (b), how callers name inputs.
package enum ParameterCheck {
  /// Unknown names (C0003) and missing required ones (C0004).
  ///
  /// - Parameters:
  ///   - names: The keys of the action's `parameters`, as written.
  ///   - operation: The operation that the action calls.
  ///   - connector: The connector that has it.
  /// - Returns: One diagnostic for each problem, unknown names first, without places.
  package static func diagnostics(
    names: [String],
    operation: ConnectorOperation,
    connector: Connector
  ) -> [Diagnostic] {
    let builder = RequestBuilder(connector: connector, operation: operation)
    return names.filter { !builder.knows($0) }.map(builder.unknown)
      + builder.missingNames(given: names).map(builder.missing)
  }
}

extension RequestBuilder {
  /// Whether a key of a flat parameter map means something.
  package func knows(_ key: String) -> Bool {
    if operation.parameters.contains(where: { $0.name == key }) { return true }
    if let path = assembler?.path(of: key) { return assembler?.allows(path) ?? false }
    var given = GivenInputs()
    return given.takeFileInput(.init(key: key, value: .null), of: operation)
  }

  /// The keys that the operation needs and that are not among these.
  package func missingNames(given names: [String]) -> [String] {
    let parameters = operation.parameters.filter { parameter in
      parameter.isRequired && parameter.defaultValue == nil && !parameter.isInternal
        && !names.contains { $0 == parameter.name || $0.hasPrefix(parameter.name + "/") }
    }
    return parameters.map(\.name) + (assembler?.missingKeys(given: names) ?? [])
  }
}

extension BodyAssembler {
  /// The required members that no key gives; nothing when the whole body is given.
  func missingKeys(given names: [String]) -> [String] {
    let paths = names.compactMap(path)
    guard !paths.contains([]) else { return [] }
    guard body.isRequired || !paths.isEmpty else { return [] }
    guard rootType == "object" else { return paths.isEmpty ? [body.name] : [] }
    var missing: [String] = []
    collectMissing(graph.root, [], paths, &missing)
    return missing
  }

  private func collectMissing(
    _ node: Int,
    _ prefix: [String],
    _ paths: [[String]],
    _ missing: inout [String]
  ) {
    guard prefix.count < 16 else { return }
    for property in graph[node].properties where !property.isReadOnly {
      let path = prefix + [property.name]
      if paths.contains(path) { continue }
      let isPresent = paths.contains { $0.starts(with: path) }
      if isPresent {
        collectMissing(property.node, path, paths, &missing)
      } else if isExpected(property) {
        missing.append(([body.name] + path).joined(separator: "/"))
      }
    }
  }
}
