import Diagnostics
import HTTPMessages
import OrderedJSON

/// Fields of forms and parts of multipart messages.
///
/// Source: workflow language reference, section c.7.
enum ContentFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .workflow,
      "formDataValue",
      [.text("actionName"), .text("key")],
      "The value of a form field in an action's body; null when there is no such field.",
      "formDataValue('Receive', 'Subject')",
      gives: nil,
      .many { arguments, evaluation throws(ExpressionError) in
        let body = try WorkflowFunctions.body(arguments.text(0), &evaluation)
        return try singleValue(of: arguments.text(1), in: body)
      }
    ),
    FunctionDefinition(
      .workflow,
      "formDataMultiValues",
      [.text("actionName"), .text("key")],
      "All values of a form field in an action's body.",
      "formDataMultiValues('Receive', 'Subject')",
      gives: nil,
      .many { arguments, evaluation throws(ExpressionError) in
        let body = try WorkflowFunctions.body(arguments.text(0), &evaluation)
        return .array(try values(of: arguments.text(1), in: body))
      }
    ),
    FunctionDefinition(
      .workflow,
      "triggerFormDataValue",
      [.text("key")],
      "The value of a form field in the trigger's body; null when there is no such field.",
      "triggerFormDataValue('Subject')",
      gives: nil,
      .named { key, evaluation throws(ExpressionError) in
        try singleValue(of: key, in: WorkflowFunctions.triggerBody(&evaluation))
      }
    ),
    FunctionDefinition(
      .workflow,
      "triggerFormDataMultiValues",
      [.text("key")],
      "All values of a form field in the trigger's body.",
      "triggerFormDataMultiValues('Subject')",
      gives: nil,
      .named { key, evaluation throws(ExpressionError) in
        .array(try values(of: key, in: WorkflowFunctions.triggerBody(&evaluation)))
      }
    ),
    FunctionDefinition(
      .workflow,
      "multipartBody",
      [.text("actionName"), .integer("index")],
      "The body of one part of an action's multipart body.",
      "multipartBody('Receive', 0)",
      gives: nil,
      .many { arguments, evaluation throws(ExpressionError) in
        let body = try WorkflowFunctions.body(arguments.text(0), &evaluation)
        return try part(arguments.integer(1), of: body)
      }
    ),
    FunctionDefinition(
      .workflow,
      "triggerMultipartBody",
      [.integer("index")],
      "The body of one part of the trigger's multipart body.",
      "triggerMultipartBody(0)",
      gives: nil,
      .many { arguments, evaluation throws(ExpressionError) in
        try part(arguments.integer(0), of: WorkflowFunctions.triggerBody(&evaluation))
      }
    ),
  ]

  private static func singleValue(of key: String, in body: JSON) throws(ExpressionError) -> JSON {
    let values = try values(of: key, in: body)
    guard values.count <= 1 else {
      throw .invalid(
        "the form has \(values.count) values for '\(key)'",
        hint: "use the function with 'MultiValues' in its name"
      )
    }
    return values.first ?? .null
  }

  /// The fields that were received, or those that the content of a form holds.
  private static func values(of key: String, in body: JSON) throws(ExpressionError) -> [JSON] {
    let key = OrdinalText.folded(key)
    if let fields = body["$formdata"]?.arrayValue {
      return fields.compactMap { field in
        guard OrdinalText.folded(field["key"]?.stringValue ?? "") == key else { return nil }
        return field["value"] ?? .null
      }
    }
    return try fields(of: body).filter { OrdinalText.folded($0.key) == key }.map(\.value)
  }

  /// The fields of a form that nobody decoded yet.
  ///
  /// Source: WHATWG URL Standard, section 5.1.
  private static func fields(of body: JSON) throws(ExpressionError) -> [JSONObject.Member] {
    guard let object = body.objectValue, let envelope = ContentEnvelope(object),
      try MediaType(envelope.contentType).essence.lowercased()
        == "application/x-www-form-urlencoded"
    else {
      throw .invalid(
        "the body is no form data",
        hint: "form fields exist only in bodies of type application/x-www-form-urlencoded"
      )
    }
    return try envelope.text().split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return JSONObject.Member(
        key: PercentEncoding.decode(parts[0], plusIsSpace: true),
        value: .string(parts.count > 1 ? PercentEncoding.decode(parts[1], plusIsSpace: true) : "")
      )
    }
  }

  private static func part(_ index: Int64, of body: JSON) throws(ExpressionError) -> JSON {
    guard let parts = body["$multipart"]?.arrayValue else {
      throw .invalid("the body is no multipart message")
    }
    guard let index = Int(exactly: index), parts.indices.contains(index) else {
      throw ExpressionError(
        .indexOutOfRange,
        "there is no part at index '\(index)': the message has \(parts.count) parts",
        hint: "count from 0"
      )
    }
    return parts[index]["body"] ?? .null
  }
}
