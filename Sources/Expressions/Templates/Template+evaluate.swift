import OrderedJSON

extension Evaluation {
  /// The value of one part of a template.
  ///
  /// Throws E0101 and later, with the pointer of the string below this part.
  mutating func value(of part: Template.Part) throws(ExpressionError) -> JSON {
    switch part {
    case .constant(let value): return value
    case .expression(let node): return try value(of: node)
    case .interpolation(let segments): return .string(try text(of: segments))
    case .array(let parts): return .array(try elements(parts))
    case .object(let members): return .object(try object(members))
    }
  }

  private mutating func text(of segments: [Template.Segment]) throws(ExpressionError) -> String {
    var text = ""
    for segment in segments {
      switch segment {
      case .text(let literal): text += literal
      case .expression(let node):
        let value = try value(of: node)
        do throws(ExpressionError) {
          try StringConversion.append(value, to: &text)
          try require(textLength: text.utf8.count)
        } catch {
          throw error.located(at: node.range)
        }
      }
    }
    return text
  }

  private mutating func elements(_ parts: [Template.Part]) throws(ExpressionError) -> [JSON] {
    var elements: [JSON] = []
    elements.reserveCapacity(parts.count)
    for (index, part) in parts.enumerated() {
      do throws(ExpressionError) {
        elements.append(try value(of: part))
      } catch {
        throw error.nested(in: String(index))
      }
    }
    return elements
  }

  private mutating func object(_ members: [Template.Member]) throws(ExpressionError) -> JSONObject {
    var object = JSONObject()
    object.reserveCapacity(members.count)
    for member in members {
      do throws(ExpressionError) {
        let key = try StringConversion.text(of: value(of: member.key))
        object.append(key, try value(of: member.value))
      } catch {
        throw error.nested(in: member.token)
      }
    }
    return object
  }
}

extension ExpressionError {
  /// The same error seen from one level further out.
  fileprivate func nested(in token: String) -> ExpressionError {
    var copy = self
    copy.pointer = JSONPointer([token] + (pointer?.tokens ?? []))
    return copy
  }
}
