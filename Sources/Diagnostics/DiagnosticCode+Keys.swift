extension DiagnosticCode {
  package static let keys: [DiagnosticCode] = [
    unreadableKeyFile, exposedKeyFile, malformedKeyFile, uncreatableKeyFile, weakMasterKey,
    unusablePrivateKey, unusableCertificate, missingKeyFile,
  ]

  package static let missingKeyFile = DiagnosticCode(
    "V0008",
    "The key file is missing",
    """
    The data folder holds values that were sealed under a key, and the file of that key is not \
    there. A new key would open none of them, so none is made. Put the file key back from where you \
    keep it; or set WEIR_MASTER_KEY, if the values were sealed under that. A data folder that was \
    restored from a backup needs the key that was in force when the backup was made.
    """
  )

  package static let unreadableKeyFile = DiagnosticCode(
    "V0001",
    "The key file cannot be read",
    """
    Stored secrets are sealed with a key that lives in a file. The file exists but this user may not \
    read it, or it is not a regular file. Run as the user that owns the file, or correct its owner.
    """
  )

  package static let exposedKeyFile = DiagnosticCode(
    "V0002",
    "The key file is open to other users",
    """
    Whoever reads the key file can open every stored secret, so a file that its group or everybody \
    may access is refused. Run chmod 600 on it. If others may have read it, make a new key and seal \
    everything anew.
    """
  )

  package static let malformedKeyFile = DiagnosticCode(
    "V0003",
    "The key file does not hold a key",
    """
    A key file holds exactly 32 bytes. This one has another length: it was truncated, edited, or is \
    another file. Restore it from a backup; without it, stored secrets cannot be opened.
    """
  )

  package static let uncreatableKeyFile = DiagnosticCode(
    "V0004",
    "The key file cannot be created",
    """
    No key file exists yet and none could be written. Check that the folder exists, that this user \
    may write to it, and that the disk is not full.
    """
  )

  package static let weakMasterKey = DiagnosticCode(
    "V0005",
    "The master key is too short",
    """
    A master key given as text is either 32 random bytes in Base64 or a passphrase of at least 16 \
    characters. Make one with: openssl rand -base64 32
    """
  )

  package static let unusablePrivateKey = DiagnosticCode(
    "V0006",
    "The private key cannot be used",
    """
    A private key is read from PEM text without a passphrase, and must be RSA with at least 2048 \
    bits or an elliptic curve key on P-256. Convert other forms with: openssl pkcs8 -topk8 -nocrypt
    """
  )

  package static let unusableCertificate = DiagnosticCode(
    "V0007",
    "The certificate cannot be used",
    """
    An application proves who it is with a certificate and its private key: PEM text with both, or a \
    PKCS #12 file in Base64 with its password. Files with old encryption are not read; convert them \
    with: openssl pkcs12 -legacy -in FILE -nodes -out FILE.pem
    """
  )
}
