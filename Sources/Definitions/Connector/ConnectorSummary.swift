/// What people read about a connector: title, contact and metadata rows.
///
/// Source: connector format reference, section (j).
package struct ConnectorSummary: Hashable, Sendable {
  package struct Contact: Hashable, Sendable {
    package var name: String?
    package var url: String?
    package var email: String?

    package init(name: String? = nil, url: String? = nil, email: String? = nil) {
      self.name = name
      self.url = url
      self.email = email
    }
  }

  /// One row of `x-ms-connector-metadata`.
  package struct MetadataRow: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package var title: String
  package var description: String?
  package var version: String?
  /// `Preview` or `Production`, when the definition says so.
  package var status: String?
  package var contact: Contact?
  package var publisher: String?
  package var brandColor: String?
  package var metadata: [MetadataRow]

  package init(title: String, description: String? = nil, version: String? = nil) {
    self.title = title
    self.description = description
    self.version = version
    metadata = []
  }
}
