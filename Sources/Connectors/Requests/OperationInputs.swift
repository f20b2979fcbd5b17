package import OrderedJSON

/// What a caller gives to an operation.
package enum OperationInputs: Sendable {
  /// A flat map: parameters by name, members of the body by path.
  case named(JSONObject)
  case path(PathCall)
}
