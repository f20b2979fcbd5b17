import OrderedJSON

/// What a method and a path stand for: how it is done, and how it is described.
struct Route: Sendable {
  typealias Handler = @Sendable (Call) async throws(Problem) -> ServiceResponse

  enum Access: Hashable, Sendable {
    /// Anybody may; no token is looked at.
    case open
    /// Who has at least this role.
    case role(Role)
  }

  /// A parameter of the query.
  struct Query: Sendable {
    var name: String
    var summary: String
    var schema: JSON = ["type": "string"]
  }

  /// One way in which the route answers.
  struct Answer: Sendable {
    var status: Int
    var summary: String
    /// The name of the schema of the body; `nil` when there is none, or when it is not JSON.
    var schema: String?
    /// The type of a body that is not JSON.
    var mediaType: String?
  }

  let method: String
  /// The path, with parameters as `{name}`.
  let pattern: String
  /// The name of the operation, as `Runs_List`.
  let operation: String
  let summary: String
  let access: Access
  var queries: [Query] = []
  /// The name of the schema of the request's body.
  var body: String?
  var answers: [Answer]
  let handler: Handler

  init(
    _ method: String,
    _ pattern: String,
    _ operation: String,
    _ summary: String,
    _ access: Access,
    queries: [Query] = [],
    body: String? = nil,
    answers: [Answer],
    handler: @escaping Handler
  ) {
    self.method = method
    self.pattern = pattern
    self.operation = operation
    self.summary = summary
    self.access = access
    self.queries = queries
    self.body = body
    self.answers = answers
    self.handler = handler
  }
}

extension Route.Answer {
  static func ok(_ schema: String, _ summary: String = "Success") -> Self {
    Self(status: 200, summary: summary, schema: schema)
  }

  static func created(_ schema: String, _ summary: String = "Created") -> Self {
    Self(status: 201, summary: summary, schema: schema)
  }

  static func accepted(_ schema: String? = nil, _ summary: String = "Accepted") -> Self {
    Self(status: 202, summary: summary, schema: schema)
  }

  static let noContent = Self(status: 204, summary: "Done; there is nothing to show")

  static func media(_ type: String, _ summary: String) -> Self {
    Self(status: 200, summary: summary, mediaType: type)
  }
}

extension Route.Query {
  static let top = Route.Query(
    name: "$top",
    summary: "The most entries of a page",
    schema: ["type": "integer", "minimum": 1, "maximum": 250, "default": 30]
  )

  static let view = Route.Query(
    name: "view",
    summary: "'weir' for the documents of the command line",
    schema: ["type": "string", "enum": ["weir"]]
  )

  static let skipToken = Route.Query(
    name: "$skiptoken",
    summary: "Where the page begins, as 'nextLink' of the page before has it"
  )
}
