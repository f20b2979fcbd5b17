internal import Timekeeping
internal import OrderedJSON

extension SuppressionList {
  /// As Azure Resource Manager shows it.
  func json(_ path: ResourcePath, _ domain: EmailDomain) -> JSON {
    [
      "id": .string(path.description), "name": .string(path.name),
      "type": "Microsoft.Communication/EmailServices/Domains/SuppressionLists",
      "properties": [
        "listName": .string(listName), "lastUpdatedTimeStamp": .string(updated.description),
        "createdTimeStamp": .string(created.description),
        "dataLocation": .string(domain.dataLocation.name),
      ],
    ]
  }
}

extension SuppressionList.Address {
  func json(_ path: ResourcePath, _ domain: EmailDomain) -> JSON {
    var properties: JSONObject = ["email": .string(email)]
    properties["firstName"] = firstName.map(JSON.string)
    properties["lastName"] = lastName.map(JSON.string)
    properties["notes"] = notes.map(JSON.string)
    properties["lastModified"] = .string(modified.description)
    properties["dataLocation"] = .string(domain.dataLocation.name)
    return [
      "id": .string(path.description), "name": .string(path.name),
      "type":
        "Microsoft.Communication/EmailServices/Domains/SuppressionLists/SuppressionListAddresses",
      "properties": .object(properties),
    ]
  }
}
