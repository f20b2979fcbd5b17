/// A request that was answered, as those who count requests see it.
package struct ServedRequest: Hashable, Sendable {
  /// The pattern of the path, such as `/api/runs/{id}`; `callback` for callbacks, `none` for what
  /// is nowhere.
  package var route: String
  package var method: String
  package var status: Int
  package var duration: Duration
}
