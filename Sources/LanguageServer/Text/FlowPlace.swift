import Definitions
import OrderedJSON

/// What the language knows at a path of a flow.
struct FlowPlace {
  /// The shape of the value there; `nil` where anything goes.
  private(set) var shape: ValueShape?
  /// The member that the path ends in, as the language describes it.
  private(set) var member: MemberShape?
  /// Whether the path leads to an action, a trigger, or an object of them.
  private(set) var kind = Kind.other

  enum Kind {
    case triggers
    case trigger
    case action
    case other
  }

  init(_ path: [String], in outline: FlowOutline) {
    guard path.starts(with: outline.base) else {
      shape = path.isEmpty ? .object(FlowLanguage.container) : nil
      return
    }
    shape = .object(FlowLanguage.definition)
    if outline.base.isEmpty, path.isEmpty, outline.tree.root.members.isEmpty {
      shape = .object(FlowLanguage.container + FlowLanguage.definition)
    }
    var walked = outline.base
    for token in path.dropFirst(outline.base.count) {
      walked.append(token)
      step(token, walked, outline)
    }
  }

  private mutating func step(_ token: String, _ walked: [String], _ outline: FlowOutline) {
    if kind == .triggers {
      kind = .trigger
      member = nil
      let type = outline.trigger(around: walked)?.type ?? ""
      shape = .object(FlowLanguage.members(ofTrigger: type))
      return
    }
    kind = .other
    switch shape {
    case .object(let members)?:
      member = members.first { $0.name == token }
      shape = member?.shape
      if walked == outline.base + ["triggers"] { kind = .triggers }
    case .map(let inner)?, .list(let inner)?:
      member = nil
      shape = inner
    case .actions?:
      kind = .action
      member = nil
      let type = outline.action(around: walked)?.type ?? ""
      let kind = outline.tree.text(outline.tree.root.node(at: walked)?["kind"])
      shape = .object(FlowLanguage.members(ofAction: type, kind: kind))
    case .predecessors?:
      member = nil
      shape = .list(.choice(["Succeeded", "Failed", "Skipped", "TimedOut"]))
    default:
      member = nil
      shape = nil
    }
  }
}
