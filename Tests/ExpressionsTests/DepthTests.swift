import Expressions
import OrderedJSON
import Testing

@Suite struct DepthTests {
  private func value(_ text: String) throws -> JSON {
    try Template(compiling: .string(text)).evaluate(in: EmptyScope())
  }

  @Test func `deep JSON is read, compared and written`() throws {
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(try value("@string(json('\(deep)'))") == .string(deep))
    #expect(try value("@equals(json('\(deep)'),json('\(deep)'))") == true)
    #expect(try value("@length(union(array(json('\(deep)')),array(json('\(deep)'))))") == 1)
  }

  @Test func `JSON beyond the limit is an error`() {
    let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    #expect(throws: ExpressionError.self) { try value("@json('\(deep)')") }
  }

  @Test func `XML up to the limit goes both ways`() throws {
    let deep =
      String(repeating: "<a>", count: 255) + "<b />" + String(repeating: "</a>", count: 255)
    #expect(try value("@string(xml(json(xml('\(deep)'))))") == .string(deep))
    #expect(try value("@xpath(xml('\(deep)'),'count(//*)')") == 256)
    #expect(try value("@xpath(xml('\(deep)'),'string(/)')") == "")
  }

  @Test func `an XPath that visits too much is an error`() {
    let wide = String(repeating: "<a/>", count: 2000)
    let path = String(repeating: "/following::*", count: 6)
    #expect(throws: ExpressionError.self) {
      try value("@xpath(xml('<r>\(wide)</r>'),'count(/r/a\(path))')")
    }
    let nested = String(repeating: "//*[", count: 20) + "1" + String(repeating: "]", count: 20)
    #expect(throws: ExpressionError.self) {
      try value("@xpath(xml('<r>\(wide)</r>'),'\(nested)')")
    }
  }

  @Test func `absurdly nested XPath is an error and no crash`() {
    for open in ["(", "a[", "not(", "-", "a/", "//"] {
      let path = String(repeating: open, count: 10_000)
      #expect(throws: ExpressionError.self) { try value("@xpath(xml('<a/>'),'\(path)')") }
    }
  }

  @Test func `large documents take time in proportion`() throws {
    let many = String(repeating: "<a x=\"1\">text</a>", count: 5_000)
    #expect(try value("@xpath(xml('<r>\(many)</r>'),'count(/r/a[@x=1])')") == 5_000)
    #expect(try value("@length(json(xml('<r>\(many)</r>')).r.a)") == 5_000)
  }
}
