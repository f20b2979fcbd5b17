import Testing

@testable import weir

@Suite struct ProgramPagesTests {
  @Test func `only the code of files is given back`() {
    let lines = """
      55d0a4e2b000-55d0a6eac000 r-xp 00330000 fe:00 5799975          /opt/a b/weir
      55d0a4afb000-55d0a4e2b000 r--p 00000000 fe:00 5799975          /opt/a b/weir
      55d0a6eac000-55d0a9340000 rw-p 023b0000 fe:00 5799975          /opt/a b/weir
      7f0db7600000-7f0db7700000 rwxp 00000000 fe:00 12               /usr/lib/libjit.so
      7f0db7700000-7f0db7800000 r-xp 00000000 00:00 0 
      7ffd1c5f2000-7ffd1c5f4000 r-xp 00000000 00:00 0                [vdso]
      7f0db7a00000-7f0db7900000 r-xp 00000000 fe:00 12               /usr/lib/backwards.so
      zz-7f0db7900000 r-xp 00000000 fe:00 12 /usr/lib/odd.so
      r-xp

      """
    let found = lines.split(separator: "\n", omittingEmptySubsequences: false)
      .compactMap { ProgramPages.codeRange($0) }
    #expect(found == [0x55d0_a4e2_b000..<0x55d0_a6ea_c000])
  }

  @Test func `code runs on after it was given back`() {
    ProgramPages.release()
    #expect("after".uppercased() == "AFTER")
  }
}
