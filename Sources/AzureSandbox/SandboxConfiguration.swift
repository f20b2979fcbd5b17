package import Crypto

/// How the sandbox behaves where it has a choice.
package struct SandboxConfiguration: Sendable {
  /// Makes keys, ids and token claims repeat from one start to the next; `nil` draws new ones.
  package var seed: UInt64?

  /// How user tokens are signed, by default as the service signs them.
  ///
  /// RS256 costs about 0.25 ms for each token and repeats under a seed; ES256 costs about 0.02 ms,
  /// and its signatures differ each time. Clients do not notice: the form of tokens is no contract.
  package var tokenSigning = SigningKey.Algorithm.rs256

  /// What the Identity service allows in its windows; `nil` lifts all limits.
  package var identityLimits: IdentityLimits? = IdentityLimits()

  /// What the Chat service allows in its windows; `nil` lifts all limits.
  package var chatLimits: ChatLimits? = ChatLimits()

  /// How far the time stamp of a request may be from the sandbox's clock, by default 300 s.
  package var clockMargin = Duration.seconds(300)

  /// Whether signatures are accepted, and logged, that clients compute in known deviant ways.
  package var acceptsSigningQuirks = true

  /// How long tokens live on after they were revoked, by default not at all.
  ///
  /// The service needs up to 15 minutes.
  package var revocationDelay = Duration.zero

  /// The largest request body, in bytes, by default 10 MiB.
  package var bodyBytes = 10 << 20

  /// How many recent requests `/_sandbox/requests` shows, by default 500.
  package var rememberedRequests = 500

  /// How long each of the two steps of a long-running operation takes, by default half a second.
  ///
  /// Zero ends operations before the first poll.
  package var operationStep = Duration.milliseconds(500)

  /// How many mails and SMS messages `/_sandbox` shows, by default 500.
  package var rememberedCaptures = 500

  /// How long the tokens of applications live, by default an hour.
  package var bearerLife = Duration.seconds(3600)

  /// Whether the sandbox's application has a role on the resource.
  package var isRoleAssigned = true

  /// The status for a token without a role: 401 as seen, or 403 as one would expect.
  package var missingRoleStatus = 401

  /// Whether access keys of the default resource count for nothing (`disableLocalAuth`).
  package var refusesAccessKeys = false

  package init() {}
}
