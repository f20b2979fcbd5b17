import Expressions
import OrderedJSON

/// A variable that a flow initializes.
package struct DeclaredVariable: Sendable {
  package var name: String
  /// In lower case; empty when the flow says none.
  package var type: String
  /// The action that initializes it.
  package var action: String
}

extension Flow {
  /// The variables in the order of the text; a name that comes twice is there twice.
  package var declaredVariables: [DeclaredVariable] {
    allActions.flatMap { action -> [DeclaredVariable] in
      guard case .initializeVariable = action.kind else { return [] }
      return (action.inputs["variables"]?.arrayValue ?? []).compactMap { variable in
        guard let name = variable["name"]?.stringValue else { return nil }
        let type = variable["type"]?.stringValue?.lowercased() ?? ""
        return DeclaredVariable(name: name, type: type, action: action.name)
      }
    }
  }
}
