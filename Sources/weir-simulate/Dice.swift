import Simulation
import Synchronization

/// Everything that a seed decides, drawn in one order.
final class Dice: Sendable {
  private let generator: Mutex<SplitMix>

  init(_ seed: UInt64, _ stream: Stream) {
    var mixed = SplitMix(state: seed)
    generator = Mutex(SplitMix(state: mixed.next() ^ stream.rawValue))
  }

  /// What draws from one stream leaves the others as they are.
  enum Stream: UInt64 {
    case scenario = 0x01
    case schedule = 0x0202
    case network = 0x03_0303
    case disk = 0x0404_0404
    case people = 0x05_0505_0505
    case features = 0x0606_0606_0606
    case otherWrites = 0x07_0707_0707
    case pauses = 0x08_0808_0808
  }

  /// A number from 0 to below `count`.
  func below(_ count: Int) -> Int {
    Int(generator.withLock { $0.next() } >> 1) % max(1, count)
  }

  /// Whether something happens that happens so often.
  func chance(_ probability: Double) -> Bool {
    probability > 0 && Double(below(1 << 30)) < probability * Double(1 << 30)
  }

  func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A time from zero to below `longest`, in whole milliseconds.
  func time(_ longest: Duration) -> Duration {
    let milliseconds = Int(longest / .milliseconds(1))
    return .milliseconds(below(max(1, milliseconds)))
  }
}
