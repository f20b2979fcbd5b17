internal import OrderedJSON

/// An Email Communication Service, which domains belong to.
struct EmailService: Codable, Sendable {
  var path: ResourcePath
  let dataLocation: DataLocation
  var frame: ResourceFrame

  var json: JSON {
    .object(
      frame.json(
        path,
        type: "Microsoft.Communication/EmailServices",
        properties: [
          "provisioningState": frame.provisioningState, "dataLocation": .string(dataLocation.name),
        ]
      )
    )
  }
}
