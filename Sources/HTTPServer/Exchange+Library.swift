internal import CMicroHTTPD
internal import Glibc
internal import HTTPMessages

extension Exchange {
  /// The request as it stands; its body is handed over.
  func takeRequest(method: String) -> HTTPRequest {
    let headers = fields()
    defer { body = [] }
    return HTTPRequest(
      method: method,
      scheme: "http",
      authority: headers.fields.first { $0.name.isSameFieldName(as: "Host") }?.value ?? "",
      target: target,
      headers: headers,
      body: body
    )
  }

  /// The length that the client announced; `nil` when it did not.
  var announcedCount: Int? {
    guard let value = MHD_lookup_connection_value(connection, .HEADER_KIND, "Content-Length")
    else { return nil }
    return Int(String(cString: value)) ?? .max
  }

  var peer: Peer { Peer(cmhd_client_address(connection).flatMap(SocketAddress.init)) }

  private func fields() -> HTTPFields {
    var fields: [HTTPFields.Field] = []
    fields.reserveCapacity(12)
    withUnsafeMutablePointer(to: &fields) { fields in
      _ = MHD_get_connection_values_n(
        connection,
        .HEADER_KIND,
        { context, _, name, nameCount, value, valueCount in
          context?.assumingMemoryBound(to: [HTTPFields.Field].self).pointee.append(
            HTTPFields.Field(name: text(name, nameCount), value: text(value, valueCount))
          )
          return .YES
        },
        fields
      )
    }
    return HTTPFields(fields)
  }

  /// Hands a response to the library; the connection closes when it is `dropped`.
  func send(_ response: HTTPResponse, closes: Bool) -> MHD_Result {
    guard !response.isDropped else { return .NO }
    guard let message = Self.message(response) else { return .NO }
    defer { MHD_destroy_response(message) }
    if closes { MHD_add_response_header(message, "Connection", "close") }
    return MHD_queue_response(connection, UInt32(response.status), message)
  }

  private static func message(_ response: HTTPResponse) -> OpaquePointer? {
    let message = response.body.withUnsafeBytes { body in
      MHD_create_response_from_buffer(
        body.count,
        UnsafeMutableRawPointer(mutating: body.baseAddress),
        .RESPMEM_MUST_COPY
      )
    }
    guard let message else { return nil }
    for field in response.headers.fields where !field.isFraming {
      MHD_add_response_header(message, field.name, field.value)
    }
    return message
  }
}

private func text(_ characters: UnsafePointer<CChar>?, _ count: Int) -> String {
  guard let characters else { return "" }
  let bytes = UnsafeRawBufferPointer(start: characters, count: count)
  return String(decoding: bytes, as: UTF8.self)
}

extension HTTPFields.Field {
  /// Whether the library writes this field itself.
  fileprivate var isFraming: Bool {
    name.isSameFieldName(as: "Content-Length") || name.isSameFieldName(as: "Transfer-Encoding")
  }
}
