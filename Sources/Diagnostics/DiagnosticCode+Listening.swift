extension DiagnosticCode {
  package static let listening: [DiagnosticCode] = [
    addressInUse, unusableAddress, malformedListenAddress, serverNotStarted,
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
}
