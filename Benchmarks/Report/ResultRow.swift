/// What is known of a case at a number of threads after a run: a line of the JSON file.
package struct ResultRow: Codable, Equatable, Sendable {
  package var suite: String
  package var name: String
  package var threads: Int
  /// The median time of a call in seconds.
  package var median: Double
  /// The shortest time.
  package var minimum: Double
  /// The median time of a call of the reference; nil where it was not timed.
  package var reference: Double?
  /// Operations a second, in units of 10⁹; nil where the case has no such count.
  package var gigaflops: Double?
  /// What the matrix product of 1024 × 1024 reached in the same run; nil where ``gigaflops`` is.
  package var peakGigaflops: Double?
  /// Figures that belong to some cases only; each name ends with its unit.
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
  /// What makes a row the same one in two runs.
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
