extension DiagnosticCode {
  package static let listening: [DiagnosticCode] = [
    addressInUse, unusableAddress, malformedListenAddress, serverNotStarted, localSocketInUse,
    unusableLocalSocket, unreadableServerCertificate, unusableServerCertificate,
    mismatchedServerKey, malformedAddressRange,
  ]

  package static let addressInUse = DiagnosticCode(
    "L0001",
    "Another program listens on this address",
    """
    A server can only listen where nobody else does.
    """,
    remedy: """
      Perhaps this server already runs. Stop the other program, or choose another port with --listen \
      HOST:PORT; port 0 takes any free one.
      """,
    example: .shown(
      #"""
      $ weir server start --listen 127.0.0.1:7075
      error: another program listens on 127.0.0.1:7075 [L0001]
      """#
    )
  )

  package static let unusableAddress = DiagnosticCode(
    "L0002",
    "The server cannot listen on this address",
    """
    The address does not belong to this machine, the port needs privileges (ports under 1024), or \
    the system is out of sockets. 127.0.0.1 works for this machine only, 0.0.0.0 and [::] for all \
    networks.
    """,
    remedy: """
      Choose another address with --listen HOST:PORT.
      """,
    example: .shown(
      #"""
      $ weir server start --listen 192.0.2.1:80
      """#
    )
  )

  package static let malformedListenAddress = DiagnosticCode(
    "L0003",
    "This is not an address to listen on",
    """
    An address to listen on is a host and a port.
    """,
    remedy: """
      Correct the value of --listen.
      """,
    example: .shown(
      #"""
      $ weir server start --listen 7075:localhost
      """#
    )
  )

  package static let serverNotStarted = DiagnosticCode(
    "L0004",
    "The server could not start",
    """
    The address was free, but the system refused a thread, memory or a descriptor to the server.
    """,
    remedy: """
      Check the limits of this process (ulimit -n, ulimit -u, memory).
      """,
    example: .shown(
      #"""
      error: the server could not start: too many open files [L0004]
      """#
    )
  )

  package static let localSocketInUse = DiagnosticCode(
    "L0005",
    "Another process listens on this socket",
    """
    A server answers the other commands on a socket in its data folder. Another process does so \
    already: perhaps this server runs.
    """,
    remedy: """
      Stop it first, or use another data folder.
      """,
    example: .shown(
      #"""
      error: another process listens on '.weir/server.sock' [L0005]
      """#
    )
  )

  package static let unusableLocalSocket = DiagnosticCode(
    "L0006",
    "The server cannot make its socket here",
    """
    The socket is a name in the file system, at most 107 bytes long, in a folder that the user of \
    the server may write. A file that is no socket is never replaced.
    """,
    remedy: """
      Choose a data folder with a shorter path with --data, or remove the file that stands in the \
      way.
      """,
    example: .shown(
      #"""
      error: '.weir/server.sock' is longer than 107 bytes [L0006]
      """#
    )
  )

  package static let unreadableServerCertificate = DiagnosticCode(
    "L0007",
    "A file for TLS cannot be read",
    """
    The files of certificate and key must exist, and the user of the server must be allowed to \
    read them.
    """,
    remedy: """
      Keys usually belong to root: copy them, or give the group of the server access.
      """,
    example: .shown(
      #"""
      $ weir server start --tls-certificate /etc/ssl/weir.pem --tls-key /etc/ssl/private/weir.key
      """#
    )
  )

  package static let unusableServerCertificate = DiagnosticCode(
    "L0008",
    "A file for TLS does not hold what it should",
    """
    One file holds the certificate chain in PEM form, the server's own certificate first. The \
    other holds its private key in PEM form without a passphrase.
    """,
    remedy: """
      Convert other forms with openssl x509 and openssl pkey.
      """,
    example: .shown(
      #"""
      error: 'weir.key' holds no private key in PEM form [L0008]
      """#
    )
  )

  package static let mismatchedServerKey = DiagnosticCode(
    "L0009",
    "Certificate and key do not belong together",
    """
    The private key must be the one for which the first certificate of the chain was issued. \
    Perhaps the files are of different renewals, or the chain begins with an authority.
    """,
    remedy: """
      Give the two files of one renewal, the certificate of the server first in the chain.
      """,
    example: .shown(
      #"""
      error: 'weir.key' is not the key of 'weir.pem' [L0009]
      """#
    )
  )

  package static let malformedAddressRange = DiagnosticCode(
    "L0010",
    "This is not a range of addresses",
    """
    A range is an IP address, or one with the number of leading bits that count.
    """,
    remedy: """
      Correct the value of the option that the message names.
      """,
    example: .shown(
      #"""
      --trusted-proxy 10.0.0.0/99
      """#
    )
  )
}
