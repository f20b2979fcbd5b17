import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// What routes about runs share.
extension Call {
  /// The run that the path names, in the flow that it names, if it does.
  ///
  /// - Throws: `Problem` 404 when there is none.
  func run() async throws(Problem) -> RunRecord {
    let flow = parameters["workflow"]
    let id = RunID(self["run"])
    let found = try await asking { store throws(StoreFailure) in try await store.run(id) }
    guard let found, flow.map({ $0.lowercased() == found.flow.lowercased() }) ?? true else {
      throw .unknownRun(id.text, of: flow)
    }
    return found
  }

  /// What the journal of a run tells.
  ///
  /// - Throws: `Problem` 500 when it cannot be read.
  func state(of record: RunRecord) async throws(Problem) -> RunState {
    try await running { () async throws(RuntimeFailure) in
      try await parts.worker.state(of: record)
    }
  }

  /// The document of a run and its actions.
  ///
  /// - Throws: `Problem` 404 when there is no such run.
  func actions() async throws(Problem) -> ActionDocument {
    let record = try await run()
    let state = try await state(of: record)
    return ActionDocument(state: state, run: RunDocument(record: record, base: base))
  }

  /// A page of runs, with the place where the next one begins.
  ///
  /// - Throws: `Problem` 400 when the query of the request is not understood.
  func page(flow: String?) async throws(Problem) -> (records: [RunRecord], next: String?) {
    let filter = try query["$filter"].map { text throws(Problem) in try RunFilter(text) }
    let size = try integer("$top", in: 1...250) ?? 30
    guard var wanted = (filter ?? RunFilter()).query(flow: flow) else { return ([], nil) }
    if let token = query["$skiptoken"], !token.isEmpty {
      wanted.after = try SkipToken.position(token)
    }
    wanted.limit = size + 1
    let found = try await asking { [wanted] store throws(StoreFailure) in
      try await store.runs(matching: wanted)
    }
    let records = Array(found.prefix(size))
    guard found.count > size, let last = records.last else { return (records, nil) }
    let rest = query.setting("$skiptoken", SkipToken.text(after: last))
    return (records, "\(base)\(request.path)?\(rest)")
  }

  /// A list in the envelope of the product.
  static func list(_ values: [JSON], next: String? = nil) -> ServiceResponse {
    var object: JSONObject = ["value": .array(values)]
    object["nextLink"] = next.map { .string($0) }
    return .json(.object(object))
  }

  /// Whether the client wants the documents of the command line.
  var wantsWeirView: Bool {
    query["view"]?.lowercased() == "weir"
      || request.headers["Accept"]?.lowercased().contains("application/vnd.weir") == true
  }
}
