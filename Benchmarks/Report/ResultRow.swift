/// The results of a case at one thread count: a line of the JSON file.
package struct ResultRow: Codable, Equatable, Sendable {
  package var suite: String
  package var name: String
  package var threads: Int
  /// The median time of a call, in seconds.
  package var median: Double
  /// The shortest time of a call, in seconds.
  package var minimum: Double
  /// The median time of a call of the reference, in seconds; nil if it was not timed.
  package var reference: Double?
  /// The rate in 10⁹ operations per second; nil if the case has no operation count.
  package var gigaflops: Double?
  /// The rate of the 1024 × 1024 matrix product in the same run; nil if ``gigaflops`` is nil.
  package var peakGigaflops: Double?
  /// Figures that only some cases have. Each name ends with the unit.
  package var metrics: [String: Double]?

  private enum CodingKeys: String, CodingKey {
    case suite
    case name = "case"
    case threads
    case median = "median_s"
    case minimum = "min_s"
    case reference = "reference_s"
    case gigaflops = "gflops"
    case peakGigaflops = "gemm_peak_gflops"
    case metrics
  }

  package init(
    suite: String, name: String, threads: Int, median: Double, minimum: Double,
    reference: Double? = nil, gigaflops: Double? = nil, peakGigaflops: Double? = nil,
    metrics: [String: Double]? = nil
  ) {
    self.suite = suite
    self.name = name
    self.threads = threads
    self.median = median
    self.minimum = minimum
    self.reference = reference
    self.gigaflops = gigaflops
    self.peakGigaflops = peakGigaflops
    self.metrics = metrics
  }
}

extension ResultRow {
  /// The identity of a row across runs.
  package struct Key: Hashable, Sendable, CustomStringConvertible {
    package let suite, name: String
    package let threads: Int

    package init(suite: String, name: String, threads: Int) {
      self.suite = suite
      self.name = name
      self.threads = threads
    }

    package var description: String {
      "\(suite)/\(name), \(threads == 1 ? "1 thread" : "\(threads) threads")"
    }
  }

  package var key: Key { Key(suite: suite, name: name, threads: threads) }
}
