/// Prefixes and what they stand for.
///
/// Source: W3C Namespaces in XML 1.0.
enum XMLNamespaces {
  /// Splits `prefix:local`; a name with another shape has no prefix.
  static func split(_ name: String) -> XMLTree.Name {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      return XMLTree.Name(local: name)
    }
    return XMLTree.Name(prefix: String(parts[0]), local: String(parts[1]))
  }
}

extension XMLTree {
  /// Gives an element and its attributes their namespaces; a message when a prefix has none.
  mutating func resolveNamespaces(at index: Int) -> String? {
    var name = XMLNamespaces.split(self[index].name.local)
    guard let namespace = namespace(of: name.prefix, at: index) else {
      return "the prefix '\(name.prefix.prefix(60))' is not declared"
    }
    name.namespace = namespace
    rename(index, name)
    var names: Set<String> = []
    for attribute in self[index].attributes {
      var name = self[attribute].name
      if name.prefix == "xmlns" || (name.prefix.isEmpty && name.local == "xmlns") {
        name.namespace = Self.declarationNamespace
        if !name.prefix.isEmpty, self[attribute].value.isEmpty {
          return "the prefix '\(name.local.prefix(60))' is declared without a namespace"
        }
      } else if !name.prefix.isEmpty {
        guard let namespace = self.namespace(of: name.prefix, at: index) else {
          return "the prefix '\(name.prefix.prefix(60))' is not declared"
        }
        name.namespace = namespace
      }
      rename(attribute, name)
      guard names.insert("\(name.namespace) \(name.local)").inserted else {
        return "the attribute '\(name.local.prefix(60))' stands twice"
      }
    }
    return nil
  }
}
