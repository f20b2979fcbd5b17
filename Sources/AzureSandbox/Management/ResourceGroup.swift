internal import OrderedJSON

/// A resource group.
struct ResourceGroup: Codable, Sendable {
  let path: ResourcePath
  var frame: ResourceFrame

  var json: JSON {
    var object = frame.json(
      path,
      type: "Microsoft.Resources/resourceGroups",
      properties: ["provisioningState": "Succeeded"]
    )
    object["systemData"] = nil
    return .object(object)
  }
}
