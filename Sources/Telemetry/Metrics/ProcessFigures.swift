internal import Glibc

/// What the system knows of this process.
///
/// Source: proc(5); https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics.
package struct ProcessFigures: Hashable, Sendable {
  package var residentBytes: Int?
  package var virtualBytes: Int?
  package var processorSeconds: Double?
  package var threads: Int?
  package var openDescriptors: Int?
  package var maximumDescriptors: Int?
  /// Seconds since 1970.
  package var startTime: Double?

  package static func read() -> ProcessFigures {
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    var figures = ProcessFigures(
      stat: content("/proc/self/stat"),
      bootTime: bootTime(content("/proc/stat")),
      ticksPerSecond: ticks,
      pageBytes: page
    )
    figures.openDescriptors = descriptorCount()
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      figures.maximumDescriptors = Int(clamping: limit.rlim_cur)
    }
    return figures
  }

  /// Reads the line of `/proc/self/stat`, in which the second field may hold spaces.
  package init(stat: String, bootTime: Double?, ticksPerSecond: Double, pageBytes: Int) {
    guard let end = stat.lastIndex(of: ")") else { return }
    // The first of these is field 3 of the manual page.
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 21 else { return }
    if let user = Double(fields[11]), let system = Double(fields[12]) {
      processorSeconds = (user + system) / ticksPerSecond
    }
    threads = Int(fields[17])
    if let bootTime, let start = Double(fields[19]) {
      startTime = bootTime + start / ticksPerSecond
    }
    virtualBytes = Int(fields[20])
    residentBytes = Int(fields[21]).map { $0 * pageBytes }
  }

  package var reports: [MetricReport] {
    func report(
      _ name: String,
      _ help: String,
      _ value: Double?,
      _ kind: MetricReport.Kind = .gauge
    )
      -> MetricReport
    {
      MetricReport(
        name: name,
        help: help,
        kind: kind,
        samples: value.map { [.init(value: $0)] } ?? []
      )
    }
    return [
      report(
        "process_cpu_seconds_total",
        "Processor time, of the user and the system.",
        processorSeconds,
        .counter
      ),
      report("process_resident_memory_bytes", "Memory in use.", residentBytes.map(Double.init)),
      report("process_virtual_memory_bytes", "Memory mapped.", virtualBytes.map(Double.init)),
      report("process_threads", "Threads of the system.", threads.map(Double.init)),
      report("process_open_fds", "Open file descriptors.", openDescriptors.map(Double.init)),
      report(
        "process_max_fds",
        "The most file descriptors that may be open.",
        maximumDescriptors.map(Double.init)
      ),
      report("process_start_time_seconds", "When the process started, since 1970.", startTime),
    ]
  }

  private static func bootTime(_ stat: String) -> Double? {
    stat.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }
  }

  private static func descriptorCount() -> Int? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // Not itself, the folder above it, nor the descriptor that reads the folder.
    return count - 3
  }

  private static func content(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }
}
