/// Why a request has no result.
///
/// Source: JSON-RPC 2.0, section 5.1; Language Server Protocol 3.17, section Response Message.
struct ResponseFailure: Error {
  enum Code: Int64 {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParameters = -32602
    case notInitialized = -32002
    case requestFailed = -32803
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
