internal import Diagnostics
internal import OrderedJSON

/// Rules on families of operation revisions.
///
/// Source: connector format reference, section (k), lifecycle.
enum LifecycleRules {
  static func report(_ connector: Connector, _ file: inout DefinitionFile) {
    var revisions: Set<String> = []
    var active: [String: Int] = [:]
    for operation in connector.operations {
      guard let annotation = operation.definition["x-ms-api-annotation"],
        let family = annotation["family"]?.stringValue
      else { continue }
      let place = ["paths", operation.path.text, operation.methodKey, "x-ms-api-annotation"]
      let revision = annotation["revision"]?.text ?? ""
      if !revisions.insert("\(family)\u{0}\(revision)").inserted {
        let message = "the family '\(family)' has two operations of revision '\(revision)'"
        file.report(.lifecycleAdvice, message, at: place)
      }
      if !operation.isDeprecated { active[family, default: 0] += 1 }
      if active[family] == 3 {
        let message = "the family '\(family)' has more than two active revisions"
        file.report(.lifecycleAdvice, message, at: place)
      }
      if annotation["replacement"] != nil, !operation.isDeprecated {
        let message = "'\(operation.id)' names a replacement but is not deprecated"
        file.report(.lifecycleAdvice, message, at: place)
      }
    }
  }
}
