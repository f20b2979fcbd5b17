internal import OrderedJSON

extension EmailDomain {
  /// As Azure Resource Manager shows it.
  var json: JSON {
    var properties: JSONObject = [
      "provisioningState": frame.provisioningState, "dataLocation": .string(dataLocation.name),
      "fromSenderDomain": .string(senderDomain), "mailFromSenderDomain": .string(senderDomain),
      "domainManagement": .string(management.rawValue),
      "verificationStates": .object(
        JSONObject(
          DomainVerification.Kind.allCases.map { kind in
            (kind.rawValue, verifications[kind]?.json ?? .null)
          }
        )
      ),
    ]
    if management != .azure { properties["verificationRecords"] = records }
    properties["userEngagementTracking"] = tracksEngagement ? "Enabled" : "Disabled"
    let type = "Microsoft.Communication/EmailServices/Domains"
    return .object(frame.json(path, type: type, properties: properties))
  }

  /// What the owner would have to publish; nobody looks whether it is there.
  private var records: JSON {
    func record(_ type: String, _ name: String, _ value: String) -> JSON {
      ["type": .string(type), "name": .string(name), "value": .string(value), "ttl": 3600]
    }
    func key(_ number: Int) -> JSON {
      let name = "selector\(number)-azurecomm-prod-net._domainkey"
      return record("CNAME", name, name + ".azurecomm.net")
    }
    return [
      "Domain": record("TXT", senderDomain, "ms-domain-verification=\(verificationKey)"),
      "SPF": record("TXT", senderDomain, "v=spf1 include:spf.protection.outlook.com -all"),
      "DKIM": key(1), "DKIM2": key(2),
    ]
  }
}
