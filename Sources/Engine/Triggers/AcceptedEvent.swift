package import OrderedJSON

/// An event that was let in, with the runs that it is to start.
///
/// Its JSON form is what a waiting event keeps.
package struct AcceptedEvent: Sendable {
  package var inputs: JSON?
  /// What `triggerOutputs()` returns; in each run of a split event with its item as `body`.
  package var outputs: JSON
  package var items: [Item]
  /// Whether `splitOn` made the items, each of which then has a name of its own.
  package var isSplit: Bool
  /// On whose behalf its runs use connections; `nil` means that of the server.
  package var user: String?

  /// One run to be.
  package struct Item: Sendable {
    /// The body in place of the whole one; `nil` keeps that.
    package var body: JSON?
    package var clientTrackingID: String?
    /// Whether a condition did not hold, so that no run starts.
    package var isSkipped = false

    package init(body: JSON? = nil, clientTrackingID: String? = nil, isSkipped: Bool = false) {
      self.body = body
      self.clientTrackingID = clientTrackingID
      self.isSkipped = isSkipped
    }
  }

  package init(inputs: JSON?, outputs: JSON, items: [Item], isSplit: Bool) {
    self.inputs = inputs
    self.outputs = outputs
    self.items = items
    self.isSplit = isSplit
  }

  /// What `triggerOutputs()` returns in the run of an item.
  package func outputs(of item: Int) -> JSON {
    guard let body = items[item].body, var object = outputs.objectValue else { return outputs }
    object["body"] = body
    return .object(object)
  }

  /// The name of an item's entry in the history.
  package func identity(of item: Int, in event: String) -> String {
    isSplit ? "\(event)/\(item)" : event
  }

  /// How many runs it starts.
  package var runCount: Int { items.count { !$0.isSkipped } }
}

extension AcceptedEvent {
  package var json: JSON {
    var object: JSONObject = ["outputs": outputs, "isSplit": .bool(isSplit)]
    if let inputs { object["inputs"] = inputs }
    object["user"] = user.map { .string($0) }
    object["items"] = .array(items.map(\.json))
    return .object(object)
  }

  /// Reads what `json` wrote; `nil` for anything else.
  package init?(_ json: JSON) {
    guard let outputs = json["outputs"], let items = json["items"]?.arrayValue else { return nil }
    self.init(
      inputs: json["inputs"],
      outputs: outputs,
      items: items.map(Item.init),
      isSplit: json["isSplit"]?.boolValue ?? false
    )
    user = json["user"]?.stringValue
  }
}

extension AcceptedEvent.Item {
  fileprivate var json: JSON {
    var object = JSONObject()
    object["body"] = body
    object["clientTrackingId"] = clientTrackingID.map { .string($0) }
    if isSkipped { object["isSkipped"] = true }
    return .object(object)
  }

  fileprivate init(_ json: JSON) {
    self.init(
      body: json["body"],
      clientTrackingID: json["clientTrackingId"]?.stringValue,
      isSkipped: json["isSkipped"]?.boolValue ?? false
    )
  }
}
