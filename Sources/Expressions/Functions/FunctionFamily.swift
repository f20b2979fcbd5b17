/// The groups in which the functions are documented.
///
/// Source: workflow language reference, section (c).
package enum FunctionFamily: String, CaseIterable, Sendable {
  case string = "String"
  case collection = "Collection"
  case logic = "Logical comparison"
  case conversion = "Conversion"
  case math = "Math"
  case time = "Date and time"
  case workflow = "Workflow"
  case uri = "URI"
  case manipulation = "JSON and XML manipulation"
}
