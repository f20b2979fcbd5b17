package import Timekeeping

/// Where it is kept who may do what on a server, and what was done.
package protocol AccessStore: Sendable {
  // MARK: Tokens

  /// - Throws: `StoreFailure` of kind `exists` when the name is taken.
  func createAccessToken(_ token: AccessToken) async throws(StoreFailure)

  /// By the hash of what the client presents.
  func accessToken(hash: [UInt8]) async throws(StoreFailure) -> AccessToken?

  /// By name.
  func accessTokens() async throws(StoreFailure) -> [AccessToken]

  /// `false` when there was none.
  func deleteAccessToken(_ name: String) async throws(StoreFailure) -> Bool

  // MARK: Keys of callback addresses

  /// The keys that sign a flow's callback addresses, sealed for `callback/<flow>`; `nil` before the
  /// first one was made.
  func callbackKeys(of flow: String) async throws(StoreFailure) -> [UInt8]?

  /// Saves keys if nobody was faster: returns the ones that count.
  func saveCallbackKeys(_ sealed: [UInt8], of flow: String, replacing old: [UInt8]?)
    async throws(StoreFailure) -> [UInt8]

  // MARK: Audit

  func recordAudit(_ entry: AuditEntry) async throws(StoreFailure)

  /// Newest first.
  func audit(since: Timestamp?, limit: Int) async throws(StoreFailure) -> [AuditEntry]
}

/// Something that may be shown to the server to be let in.
package struct AccessToken: Hashable, Sendable {
  package var name: String
  /// SHA-256 of the token, which itself is kept nowhere.
  package var hash: [UInt8]
  /// `reader`, `operator`, `author` or `admin`.
  package var role: String
  package var created: Timestamp
  /// `nil` when it never ends.
  package var expires: Timestamp?

  package init(
    name: String,
    hash: [UInt8],
    role: String,
    created: Timestamp,
    expires: Timestamp? = nil
  ) {
    self.name = name
    self.hash = hash
    self.role = role
    self.created = created
    self.expires = expires
  }
}

/// One change, or one use of a secret.
package struct AuditEntry: Hashable, Sendable {
  package var time: Timestamp
  /// The name of the token, or of the system user.
  package var actor: String
  /// Such as `run.cancel`, `connection.create` or `secret.use`.
  package var action: String
  /// What it was done to, such as `connection/acs`.
  package var subject: String
  /// More about it, without secrets.
  package var detail: String?

  package init(
    time: Timestamp,
    actor: String,
    action: String,
    subject: String,
    detail: String? = nil
  ) {
    self.time = time
    self.actor = actor
    self.action = action
    self.subject = subject
    self.detail = detail
  }
}
