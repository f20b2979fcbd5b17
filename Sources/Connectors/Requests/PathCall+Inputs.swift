internal import Definitions
package import OrderedJSON

extension PathCall {
  /// Reads the inputs of an action of type `ApiConnection`.
  ///
  /// In place of `path` there may be `pathTemplate` with `template` and `parameters`, whose values
  /// are encoded already, as those in `path` are.
  package init(inputs: JSON) {
    self.init(
      method: inputs["method"].map(ParameterText.text) ?? "GET",
      path: inputs["path"].map(ParameterText.text) ?? Self.path(of: inputs["pathTemplate"]),
      queries: inputs["queries"]?.objectValue ?? JSONObject(),
      headers: inputs["headers"]?.objectValue ?? JSONObject(),
      body: inputs["body"]
    )
  }

  private static func path(of value: JSON?) -> String {
    var path = ""
    let parameters = value?["parameters"]?.objectValue ?? JSONObject()
    let text = value?["template"]?.stringValue ?? "/"
    for part in PathTemplate(text).parts {
      switch part {
      case .literal(let literal): path += literal
      case .variable(let name): path += parameters[name].map(ParameterText.text) ?? "{\(name)}"
      }
    }
    return path
  }
}
