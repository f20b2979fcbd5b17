import HTTPMessages
import Crypto
import Diagnostics
import Foundation
import Seams
import Testing

struct VaultKeyTests {
  /// A folder that is removed with its owner.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(at: url) }
    func path(_ name: String) -> String { url.appending(path: name).path }
    var names: [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    }
  }

  private func opens(_ first: VaultKey, _ second: VaultKey) -> Bool {
    let sealed = try? AESVault(key: first, entropy: SystemEntropy()).seal([1], for: "p")
    let vault = AESVault(key: second, entropy: SystemEntropy())
    return (try? vault.open(sealed ?? [], for: "p")) == [1]
  }

  @Test func `a missing key file is made, readable by its owner only`() throws {
    let folder = try Folder()
    let first = try VaultKey(file: folder.path("key"), entropy: SystemEntropy())
    let second = try VaultKey(file: folder.path("key"), entropy: SystemEntropy())
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("key"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.size] as? Int == 32)
    #expect(folder.names == ["key"])
    #expect(opens(first, second))
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o660, 0o644, 0o777])
  func `a key file that others may access is refused`(_ mode: Int) throws {
    let folder = try Folder()
    _ = try VaultKey(file: folder.path("key"), entropy: SystemEntropy())
    let attributes = [FileAttributeKey.posixPermissions: mode]
    try FileManager.default.setAttributes(attributes, ofItemAtPath: folder.path("key"))
    let problem = #expect(throws: Diagnostic.self) {
      try VaultKey(file: folder.path("key"), entropy: SystemEntropy())
    }
    #expect(problem?.code == .exposedKeyFile)
    #expect(problem?.message.contains(String(mode, radix: 8)) == true)
  }

  @Test(arguments: [0, 31, 33, 1000])
  func `a key file of another length is refused`(_ count: Int) throws {
    let folder = try Folder()
    let contents = Data(repeating: 1, count: count)
    let attributes = [FileAttributeKey.posixPermissions: 0o600]
    _ = FileManager.default.createFile(
      atPath: folder.path("key"),
      contents: contents,
      attributes: attributes
    )
    let problem = #expect(throws: Diagnostic.self) {
      try VaultKey(file: folder.path("key"), entropy: SystemEntropy())
    }
    #expect(problem?.code == .malformedKeyFile)
  }

  @Test func `a folder that does not exist, and a folder instead of a file, are told apart`() throws
  {
    let folder = try Folder()
    let missing = #expect(throws: Diagnostic.self) {
      try VaultKey(file: folder.path("none/key"), entropy: SystemEntropy())
    }
    #expect(missing?.code == .uncreatableKeyFile)
    let notFile = #expect(throws: Diagnostic.self) {
      try VaultKey(file: folder.url.path, entropy: SystemEntropy())
    }
    #expect(notFile?.code == .unreadableKeyFile)
  }

  @Test func `text of 32 bytes in Base64 is the key itself`() throws {
    let text = " \(Base64.encode(Array(0..<32)))\n"
    #expect(opens(try VaultKey(text: text), VaultKey(bytes: Array(0..<32))))
  }

  @Test func `a passphrase always gives the same key`() throws {
    let first = try VaultKey(text: "correct horse battery staple")
    #expect(opens(first, try VaultKey(text: "correct horse battery staple\n")))
    #expect(!opens(first, try VaultKey(text: "correct horse battery stable")))
  }

  @Test(arguments: ["", "short", "fifteen chars.."])
  func `a short passphrase is refused without being repeated`(_ text: String) throws {
    let problem = #expect(throws: Diagnostic.self) { try VaultKey(text: text) }
    #expect(problem?.code == .weakMasterKey)
    #expect(text.isEmpty || problem?.message.contains(text) == false)
  }
}
