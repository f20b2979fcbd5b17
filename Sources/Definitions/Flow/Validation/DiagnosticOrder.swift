package import Diagnostics

extension [Diagnostic] {
  /// By place in the file, one for each cause; what has the same place stays as it was.
  package var inOrder: [Diagnostic] {
    withoutEchoes.enumerated().sorted { left, right in
      let (one, other) = (left.element.location, right.element.location)
      return (one?.line ?? 0, one?.column ?? 0, left.offset)
        < (other?.line ?? 0, other?.column ?? 0, right.offset)
    }.map(\.element)
  }

  /// A member that is missing because it is misspelt, or stands beside the object that it belongs
  /// into, is one problem, at the place where it stands.
  private var withoutEchoes: [Diagnostic] {
    let meant = Set(filter { $0.code == .unknownMember }.compactMap(\.meantPath))
    guard !meant.isEmpty else { return self }
    let echoes = filter { problem in
      problem.isAbsence && meant.contains { problem.absentPath.hasPrefix("\($0)/") }
    }
    let causes = echoes.flatMap { echo in meant.filter { echo.absentPath.hasPrefix("\($0)/") } }
    let dropped = Set(echoes)
    return filter { !dropped.contains($0) }.map { problem in
      guard problem.code == .unknownMember, let path = problem.meantPath, causes.contains(path)
      else { return problem }
      var cause = problem
      cause.severity = .error
      return cause
    }
  }
}

extension Diagnostic {
  fileprivate var isAbsence: Bool {
    member != nil && (code == .missingMember || code == .missingTrigger)
  }

  /// Where the member would stand that is missing, with a slash at its end.
  fileprivate var absentPath: String { "\(pointer ?? "")/\(member ?? "")/" }

  /// Where the member would stand that a misspelt one was meant to be.
  fileprivate var meantPath: String? {
    guard let member, let pointer, let parent = pointer.lastIndex(of: "/") else { return nil }
    return "\(pointer[..<parent])/\(member)"
  }
}
