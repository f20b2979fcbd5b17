package import HTTPMessages
package import Timekeeping

/// Signs each attempt of a request.
///
/// Indirect, because it goes with a request from hand to hand and is read once.
package indirect enum RequestSigner: Sendable {
  case azureCommunication(AzureCommunicationSigner)
  case aws(AWSSigner)
  case hmac(HMACSigner)

  package func sign(_ request: HTTPRequest, at date: Timestamp, with digests: Digests)
    -> HTTPRequest
  {
    switch self {
    case .azureCommunication(let signer): signer.sign(request, at: date, with: digests)
    case .aws(let signer): signer.sign(request, at: date, with: digests)
    case .hmac(let signer): signer.sign(request, at: date, with: digests)
    }
  }
}
