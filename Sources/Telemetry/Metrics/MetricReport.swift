/// One metric with its values at one moment.
package struct MetricReport: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case counter, gauge, histogram
  }

  /// One value, under the name of the metric with a suffix.
  package struct Sample: Hashable, Sendable {
    /// Such as `_bucket`; empty for counters and gauges.
    package var suffix: String
    package var labels: [Label]
    package var value: Double

    package init(suffix: String = "", labels: [Label] = [], value: Double) {
      self.suffix = suffix
      self.labels = labels
      self.value = value
    }
  }

  package struct Label: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package var name: String
  /// What it counts or measures, in a sentence.
  package var help: String
  package var kind: Kind
  package var samples: [Sample]

  package init(name: String, help: String, kind: Kind, samples: [Sample]) {
    self.name = name
    self.help = help
    self.kind = kind
    self.samples = samples
  }
}
