/// Refusals of Azure Resource Manager.
///
/// Source: Azure Communication fact sheet, section 7 ("Move/delete").
extension Problem {
  static func invalidContent(_ message: String) -> Problem {
    Problem(400, "InvalidRequestContent", "The request content was invalid: \(message)")
  }

  static func notFound(_ path: ResourcePath) -> Problem {
    Problem(
      404,
      "ResourceNotFound",
      "The Resource '\(path.type)/\(path.names)' under resource group '\(path.group)' was not found."
    )
  }

  static func groupNotFound(_ path: ResourcePath) -> Problem {
    Problem(404, "ResourceGroupNotFound", "Resource group '\(path.name)' could not be found.")
  }

  static func parentNotFound(_ path: ResourcePath) -> Problem {
    let parent = path.parent
    return Problem(
      404,
      "ParentResourceNotFound",
      "Can not perform requested operation on nested resource. Parent resource '\(parent.names)' "
        + "not found."
    )
  }
}
