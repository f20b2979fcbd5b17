import Foundation
import Seams
import Testing

@testable import SQLiteStore

@Suite struct FolderClaimTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let holder = FolderClaim.Holder(
    process: 4711,
    address: "127.0.0.1:7075",
    socket: "/data/é/server.sock"
  )

  @Test func `one server has a folder, and others are told which`() throws {
    let claim = try FolderClaim(folder: folder.path)
    claim.announce(Self.holder)
    #expect(FolderClaim.holder(of: folder.path) == Self.holder)
    let failure = #expect(throws: StoreFailure.self) { try FolderClaim(folder: folder.path) }
    #expect(failure?.kind == .busy)
    #expect(failure?.message.contains("process 4711") == true)
    #expect(failure?.message.contains("at 127.0.0.1:7075") == true)
    extendLifetime(claim)
  }

  @Test func `a claim that was given up can be taken again`() throws {
    do {
      let claim = try FolderClaim(folder: folder.path)
      claim.announce(Self.holder)
      extendLifetime(claim)
    }
    #expect(FolderClaim.holder(of: folder.path) == nil)
    let claim = try FolderClaim(folder: folder.path)
    #expect(FolderClaim.holder(of: folder.path)?.socket == "")
    extendLifetime(claim)
  }

  @Test(arguments: ["", "\n\n\n", "no number\n", "\u{FFFD}\n1\n2\n3\n"])
  func `whatever stands in the file, nobody is taken for a server without a lock`(_ text: String)
    throws
  {
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: folder.path + "/server.lock"))
    #expect(FolderClaim.holder(of: folder.path) == nil)
    #expect(FolderClaim.holder(of: folder.path + "/missing") == nil)
  }
}
