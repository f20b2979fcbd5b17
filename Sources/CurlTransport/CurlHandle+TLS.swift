import CCurl
import Seams

/// Who is trusted, and who this side is.
extension CurlHandle {
  func setTrust(_ settings: CurlSettings) -> Bool {
    guard let file = settings.certificateFile else { return true }
    // The folder of the system would be trusted besides.
    return set(CURLOPT_CAINFO, file) && set(CURLOPT_CAPATH, pointer: nil)
      && set(CURLOPT_PROXY_CAINFO, file) && set(CURLOPT_PROXY_CAPATH, pointer: nil)
  }

  // libcurl keeps connections of different certificates apart, but not of different passwords: a
  // wrong one would pass while a connection is open. Behind the certificate the password counts as
  // part of it, and nothing reads that far.
  func setCertificate(_ certificate: ClientCertificate?) -> Bool {
    guard certificate != nil || hasCertificate else { return true }
    hasCertificate = certificate != nil
    let bytes = certificate.map { $0.pkcs12 + $0.password.utf8 }
    return set(CURLOPT_SSLCERTTYPE, certificate.map { _ in "P12" })
      && set(CURLOPT_SSLCERT_BLOB, copying: bytes)
      && set(CURLOPT_KEYPASSWD, certificate?.password)
  }

  private func set(_ option: CURLoption, copying bytes: [UInt8]?) -> Bool {
    guard let bytes else { return set(option, pointer: nil) }
    return bytes.withUnsafeBytes {
      ccurl_set_blob_copy(easy, option, $0.baseAddress, $0.count) == CURLE_OK
    }
  }
}
