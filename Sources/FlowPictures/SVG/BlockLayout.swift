/// Places the nodes of a block in layers, from top to bottom.
///
/// Source: Sugiyama, Tagawa, Toda, Methods for Visual Understanding of Hierarchical System
/// Structures, 1981; coordinates by isotonic regression within each layer.
struct BlockLayout {
  struct Size: Sendable {
    var width: Double
    var height: Double
  }

  struct Point: Sendable {
    var x: Double
    var y: Double
  }

  /// An order between two nodes, with the points that its line passes.
  struct Line: Sendable {
    var edge: Int
    var points: [Point]
  }

  static let gap = 26.0
  static let layerGap = 42.0

  /// The upper left corner of each node.
  private(set) var corners: [Point] = []
  private(set) var lines: [Line] = []
  private(set) var size = Size(width: 0, height: 0)

  /// A node, or a place where a line passes through a layer.
  private struct Item {
    var size: Size
    var layer: Int
    var center = 0.0
    var isDummy: Bool
    var above: [Int] = []
    var below: [Int] = []
  }

  private var items: [Item] = []
  private var layers: [[Int]] = []

  init(_ sizes: [Size], edges: [Picture.Edge]) {
    let ranks = Self.ranks(sizes.count, edges)
    items = sizes.indices.map { Item(size: sizes[$0], layer: ranks[$0], isDummy: false) }
    let chains = edges.map { addChain($0) }
    layers = Array(repeating: [], count: (ranks.max() ?? -1) + 1)
    for index in items.indices { layers[items[index].layer].append(index) }
    order()
    place()
    finish(sizes.count, chains)
  }

  // MARK: Layers

  /// The longest way to each node; edges that would close a cycle do not count.
  private static func ranks(_ count: Int, _ edges: [Picture.Edge]) -> [Int] {
    var ranks = Array(repeating: 0, count: count)
    for _ in 0..<count {
      var changed = false
      for edge in edges where ranks[edge.to] < ranks[edge.from] + 1 && ranks[edge.from] + 1 < count
      {
        ranks[edge.to] = ranks[edge.from] + 1
        changed = true
      }
      if !changed { break }
    }
    return ranks
  }

  /// The items that an edge passes, its ends included.
  private mutating func addChain(_ edge: Picture.Edge) -> [Int] {
    guard items[edge.from].layer < items[edge.to].layer else { return [] }
    var chain = [edge.from]
    for layer in items[edge.from].layer + 1..<items[edge.to].layer + 1 {
      let next: Int
      if layer == items[edge.to].layer {
        next = edge.to
      } else {
        items.append(Item(size: Size(width: 10, height: 0), layer: layer, isDummy: true))
        next = items.count - 1
      }
      items[chain[chain.count - 1]].below.append(next)
      items[next].above.append(chain[chain.count - 1])
      chain.append(next)
    }
    return chain
  }

  // MARK: Order within layers

  private mutating func order() {
    var best = (layers, crossings: crossingCount())
    for round in 0..<8 where best.crossings > 0 {
      let isDown = round % 2 == 0
      let sequence = isDown ? Array(layers.indices) : layers.indices.reversed()
      for layer in sequence { sort(layer, by: isDown ? \.above : \.below) }
      let count = crossingCount()
      if count < best.crossings { best = (layers, count) }
    }
    layers = best.0
  }

  private mutating func sort(_ layer: Int, by neighbours: KeyPath<Item, [Int]>) {
    var positions: [Int: Double] = [:]
    for row in layers { for (place, item) in row.enumerated() { positions[item] = Double(place) } }
    let keys = layers[layer].map { item -> Double in
      let near = items[item][keyPath: neighbours].compactMap { positions[$0] }
      return near.isEmpty ? positions[item] ?? 0 : near.reduce(0, +) / Double(near.count)
    }
    let sorted = layers[layer].indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    layers[layer] = sorted.map { layers[layer][$0] }
  }

  private func crossingCount() -> Int {
    var count = 0
    for row in layers.dropLast() {
      let next = row.first.map { items[$0].layer + 1 } ?? 0
      let places = Dictionary(uniqueKeysWithValues: layers[next].enumerated().map { ($1, $0) })
      let ends = row.map { item in items[item].below.compactMap { places[$0] } }
      for left in ends.indices {
        for right in ends.indices where right > left {
          for end in ends[left] { count += ends[right].count { $0 < end } }
        }
      }
    }
    return count
  }

  // MARK: Coordinates

  private mutating func place() {
    for row in layers { spread(row, towards: row.map { _ in 0 }) }
    for round in 0..<16 {
      let isDown = round % 2 == 0
      let sequence = isDown ? Array(layers.indices) : layers.indices.reversed()
      for layer in sequence {
        let wanted = layers[layer].map { item in
          // In the end both sides count.
          let near =
            round > 10
            ? items[item].above + items[item].below
            : isDown ? items[item].above : items[item].below
          guard !near.isEmpty else { return items[item].center }
          return near.map { items[$0].center }.reduce(0, +) / Double(near.count)
        }
        spread(layers[layer], towards: wanted)
      }
    }
  }

  /// As near to the wanted centers as order and distances allow.
  private mutating func spread(_ row: [Int], towards wanted: [Double]) {
    var offsets = [0.0]
    for (left, right) in zip(row, row.dropFirst()) {
      let distance = (items[left].size.width + items[right].size.width) / 2 + Self.gap
      offsets.append((offsets.last ?? 0) + distance)
    }
    // Pools of items that touch each other move together.
    var pools: [(sum: Double, weight: Double, count: Int)] = []
    for index in row.indices {
      let weight = items[row[index]].isDummy ? 3.0 : 1.0
      pools.append(((wanted[index] - offsets[index]) * weight, weight, 1))
      while pools.count > 1,
        let last = pools.last,
        pools[pools.count - 2].sum / pools[pools.count - 2].weight > last.sum / last.weight
      {
        pools.removeLast()
        pools[pools.count - 1].sum += last.sum
        pools[pools.count - 1].weight += last.weight
        pools[pools.count - 1].count += last.count
      }
    }
    var index = 0
    for pool in pools {
      for _ in 0..<pool.count {
        items[row[index]].center = pool.sum / pool.weight + offsets[index]
        index += 1
      }
    }
  }

  private mutating func finish(_ count: Int, _ chains: [[Int]]) {
    let left = items.map { $0.center - $0.size.width / 2 }.min() ?? 0
    let right = items.map { $0.center + $0.size.width / 2 }.max() ?? 0
    for index in items.indices { items[index].center -= left }
    var tops: [Double] = []
    var heights: [Double] = []
    var y = 0.0
    for row in layers {
      tops.append(y)
      heights.append(row.map { items[$0].size.height }.max() ?? 0)
      y += (heights.last ?? 0) + Self.layerGap
    }
    size = Size(width: right - left, height: max(0, y - Self.layerGap))
    corners = items.prefix(count).map { item in
      Point(x: item.center - item.size.width / 2, y: tops[item.layer])
    }
    lines = chains.enumerated().filter { !$1.isEmpty }.map { edge, chain in
      let points = chain.flatMap { index -> [Point] in
        let item = items[index]
        let top = Point(x: item.center, y: tops[item.layer])
        // A line leaves a node where the node ends, and crosses a layer as a whole.
        let height = item.isDummy ? heights[item.layer] : item.size.height
        let bottom = Point(x: item.center, y: top.y + height)
        // What stands beside a short node may be taller; the line passes it before it turns.
        let end = Point(x: item.center, y: top.y + heights[item.layer])
        if index == chain.first { return bottom.y < end.y ? [bottom, end] : [bottom] }
        return index == chain.last ? [top] : [top, bottom]
      }
      return Line(edge: edge, points: points)
    }
  }
}
