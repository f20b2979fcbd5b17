/// The JSON Schema of test files, for editors.
///
/// Source: JSON Schema draft 7.
package enum TestSchema {
  package static var text: String {
    String(decoding: PackageResources.test_schema_json, as: UTF8.self)
  }
}
