extension Array where Element: Sendable {
  /// The value of each element, in their order, found on all cores; each task takes `width` of them.
  func concurrentMap<Value: Sendable>(
    width: Int,
    _ value: @escaping @Sendable (Element) -> Value
  ) async -> [Value] {
    await withTaskGroup(of: (start: Int, values: [Value]).self) { group in
      for start in stride(from: 0, to: count, by: width) {
        let part = self[start..<Swift.min(start + width, count)]
        group.addTask { (start, part.map(value)) }
      }
      let parts = await group.reduce(into: []) { $0.append($1) }
      return parts.sorted { $0.start < $1.start }.flatMap(\.values)
    }
  }
}
