/// Where a parameter travels in the request; a body is a `BodyParameter`.
///
/// Source: OpenAPI 2.0, Parameter Object, `in`.
package enum ParameterLocation: String, Hashable, Sendable {
  case path
  case query
  case header
  case formData
}
