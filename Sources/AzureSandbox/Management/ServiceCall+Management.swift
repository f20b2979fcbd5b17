internal import HTTPMessages
internal import OrderedJSON

extension ServiceCall {
  /// The object id of the application or identity that calls.
  var principal: String {
    if case .application(let id) = admission.caller { id } else { "" }
  }

  /// The scheme and authority under which the sandbox was called.
  var origin: String { "\(request.scheme)://\(request.authority)" }

  /// The path of a resource of `Microsoft.Communication`, by the kinds and the parameters with their
  /// names.
  func path(_ types: (kind: String, parameter: String)...) -> ResourcePath {
    let tail = types.map { "/\($0.kind)/\(parameters[$0.parameter] ?? "")" }.joined()
    return ResourcePath("\(groupPath)/providers/Microsoft.Communication\(tail)")
  }

  var groupPath: ResourcePath {
    ResourcePath("\(subscriptionPath)/resourceGroups/\(parameters["group"] ?? "")")
  }

  var subscriptionPath: ResourcePath {
    ResourcePath("/subscriptions/\(parameters["subscription"] ?? "")")
  }

  /// The body as an object, or a refusal in ARM's words.
  func content() throws(Problem) -> JSONObject {
    do throws(Problem) {
      return try body()
    } catch {
      throw .invalidContent(error.message)
    }
  }

  /// A path parameter that keeps to the rules for names.
  ///
  /// - Throws: 400 `InvalidResourceName`.
  func name(_ parameter: String, maximum: Int = 63, allows: (Character) -> Bool) throws(Problem) {
    let name = parameters[parameter] ?? ""
    guard (1...maximum).contains(name.count), name.allSatisfy(allows) else {
      throw Problem(
        400,
        "InvalidResourceName",
        "The resource name '\(name)' is not valid: it may have 1 to \(maximum) characters, "
          + "only letters, digits and such signs as the type allows."
      )
    }
  }
}

extension JSONObject {
  /// A member that must be a string with text in it.
  ///
  /// - Throws: 400 `InvalidRequestContent`.
  func requiredText(_ member: String, in place: String = "properties") throws(Problem) -> String {
    guard let text = self[member]?.stringValue, !text.isEmpty else {
      throw .invalidContent("'\(place).\(member)' is required and must be a string.")
    }
    return text
  }

  /// The member `properties`; absent or `null` counts as empty.
  func properties() throws(Problem) -> JSONObject {
    let value = self["properties"] ?? .null
    guard !value.isNull else { return JSONObject() }
    guard let object = value.objectValue else {
      throw .invalidContent("'properties' must be an object, not \(value.kindName).")
    }
    return object
  }

  /// The member `tags`; `nil` when it is absent.
  func tags() throws(Problem) -> [String: String]? {
    let value = self["tags"] ?? .null
    guard !value.isNull else { return nil }
    var tags: [String: String] = [:]
    for member in value.objectValue?.members ?? [] {
      tags[member.key] = member.value.stringValue
    }
    guard let object = value.objectValue, tags.count == object.count else {
      throw .invalidContent("'tags' must be an object of strings.")
    }
    return tags
  }
}
