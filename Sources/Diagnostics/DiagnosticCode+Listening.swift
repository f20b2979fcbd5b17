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
    A server can only listen where nobody else does. Perhaps this server already runs. Stop the \
    other program, or choose another port with --listen HOST:PORT; port 0 takes any free one.
    """
  )

  package static let unusableAddress = DiagnosticCode(
    "L0002",
    "The server cannot listen on this address",
    """
    The address does not belong to this machine, the port needs privileges (ports under 1024), or \
    the system is out of sockets. 127.0.0.1 works for this machine only, 0.0.0.0 and [::] for all \
    networks.
    """
  )

  package static let malformedListenAddress = DiagnosticCode(
    "L0003",
    "This is not an address to listen on",
    """
    Write a host and a port such as 127.0.0.1:7075, localhost:8080, [::1]:7075 or 0.0.0.0:80. A \
    port is a number from 0 to 65535; 0 takes any free one.
    """
  )

  package static let serverNotStarted = DiagnosticCode(
    "L0004",
    "The server could not start",
    """
    The address was free, but the system refused a thread, memory or a descriptor to the server. \
    Check the limits of this process (ulimit -n, ulimit -u, memory).
    """
  )

  package static let localSocketInUse = DiagnosticCode(
    "L0005",
    "Another process listens on this socket",
    """
    A server answers the other commands on a socket in its data folder. Another process does so \
    already: perhaps this server runs. Stop it first, or use another data folder.
    """
  )

  package static let unusableLocalSocket = DiagnosticCode(
    "L0006",
    "The server cannot make its socket here",
    """
    The socket is a name in the file system, at most 107 bytes long, in a folder that the user of \
    the server may write. A file that is no socket is never replaced.
    """
  )

  package static let unreadableServerCertificate = DiagnosticCode(
    "L0007",
    "A file for TLS cannot be read",
    """
    The files of certificate and key must exist, and the user of the server must be allowed to \
    read them. Keys usually belong to root: copy them, or give the group of the server access.
    """
  )

  package static let unusableServerCertificate = DiagnosticCode(
    "L0008",
    "A file for TLS does not hold what it should",
    """
    One file holds the certificate chain in PEM form, the server's own certificate first. The \
    other holds its private key in PEM form without a passphrase. Convert other forms with \
    openssl x509 and openssl pkey.
    """
  )

  package static let mismatchedServerKey = DiagnosticCode(
    "L0009",
    "Certificate and key do not belong together",
    """
    The private key must be the one for which the first certificate of the chain was issued. \
    Perhaps the files are of different renewals, or the chain begins with an authority.
    """
  )

  package static let malformedAddressRange = DiagnosticCode(
    "L0010",
    "This is not a range of addresses",
    """
    Write an IP address such as 10.0.0.7 or ::1, or a range with the number of leading bits that \
    count, such as 10.0.0.0/8 or fd00::/8.
    """
  )
}
