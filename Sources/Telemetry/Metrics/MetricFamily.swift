internal import Synchronization

/// A metric with one series for each combination of label values.
package final class MetricFamily<Series: Sendable>: Sendable {
  private let name: String
  private let help: String
  private let kind: MetricReport.Kind
  private let labels: [String]
  private let make: @Sendable () -> Series
  private let samples: @Sendable (Series, [MetricReport.Label]) -> [MetricReport.Sample]
  private let series = Mutex<[[String]: Series]>([:])

  /// Label values come from outside; beyond so many series they count together, as `other`.
  private static var seriesLimit: Int { 1000 }

  init(
    _ name: String,
    _ help: String,
    _ kind: MetricReport.Kind,
    labels: [String],
    make: @escaping @Sendable () -> Series,
    samples: @escaping @Sendable (Series, [MetricReport.Label]) -> [MetricReport.Sample]
  ) {
    self.name = name
    self.help = help
    self.kind = kind
    self.labels = labels
    self.make = make
    self.samples = samples
  }

  /// The series of these label values, in the order of the labels.
  package subscript(_ values: String...) -> Series {
    precondition(values.count == labels.count, "\(name) has the labels \(labels)")
    return series.withLock { series in
      if let known = series[values] { return known }
      let isFull = series.count >= Self.seriesLimit
      let key = isFull ? values.map { _ in "other" } : values
      let found = series[key] ?? make()
      series[key] = found
      return found
    }
  }

  func report() -> MetricReport {
    let all = series.withLock { $0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return MetricReport(
      name: name,
      help: help,
      kind: kind,
      samples: all.flatMap { values, series in
        samples(series, zip(labels, values).map { .init(name: $0, value: $1) })
      }
    )
  }
}

extension MetricFamily where Series == Figure {
  static func counter(_ name: String, _ help: String, by labels: String...) -> MetricFamily {
    figures(name, help, .counter, labels)
  }

  static func gauge(_ name: String, _ help: String, by labels: String...) -> MetricFamily {
    figures(name, help, .gauge, labels)
  }

  private static func figures(
    _ name: String,
    _ help: String,
    _ kind: MetricReport.Kind,
    _ labels: [String]
  ) -> MetricFamily {
    let family = MetricFamily(
      name,
      help,
      kind,
      labels: labels,
      make: { Figure() },
      samples: { [.init(labels: $1, value: $0.value)] }
    )
    // Without labels there is one series, which is known to be 0 from the start.
    if labels.isEmpty { _ = family[] }
    return family
  }
}

extension MetricFamily where Series == Histogram {
  static func histogram(
    _ name: String,
    _ help: String,
    bounds: [Double],
    by labels: String...
  ) -> MetricFamily {
    let family = MetricFamily(
      name,
      help,
      .histogram,
      labels: labels,
      make: { Histogram(bounds: bounds) },
      samples: { $0.samples($1) }
    )
    if labels.isEmpty { _ = family[] }
    return family
  }
}
