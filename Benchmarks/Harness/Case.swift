/// One line of the benchmark, for each number of threads.
package struct Case {
  /// What it belongs to, such as `lstm`.
  let suite: String
  /// What is done, with its shapes: `training step B32 T28 D8 H32`.
  let name: String
  /// The floating-point operations of a call, as `Benchmarks/README.md` counts them; nil where a rate
  /// would mean nothing.
  let operationCount: Double?
  /// The largest deviation from the reference, as a share of the largest magnitude.
  let tolerance: Float
  /// Whether a call of the reference does the work of a call of what is timed, so that the two times
  /// can be compared. Where it does not, it serves the check only.
  let isReferenceTimed: Bool
  /// Whether it is run with 1, 2, 4, … and all processors, where --threads does not say otherwise.
  let usesEveryThreadCount: Bool
  /// A smaller one of the same kind, where the reference may take too long for this one.
  let sample: Sample?
  /// Makes the case with its random data.
  let make: () throws -> any Workload

  /// A smaller case.
  package struct Sample {
    /// Its work, as a share of the whole case's.
    let share: Double
    let make: () throws -> any Workload

    /// - Parameters: as the properties of the same names.
    package init(share: Double, make: @escaping () throws -> any Workload) {
      self.share = share
      self.make = make
    }
  }

  /// - Parameters: as the properties of the same names.
  package init(
    suite: String, name: String, operationCount: Double? = nil, tolerance: Float = 1e-4,
    isReferenceTimed: Bool = true, usesEveryThreadCount: Bool = false, sample: Sample? = nil,
    make: @escaping () throws -> any Workload
  ) {
    self.suite = suite
    self.name = name
    self.operationCount = operationCount
    self.tolerance = tolerance
    self.isReferenceTimed = isReferenceTimed
    self.usesEveryThreadCount = usesEveryThreadCount
    self.sample = sample
    self.make = make
  }

  /// What filters look at: `lstm/training step B32 T28 D8 H32`.
  var path: String { "\(suite)/\(name)" }
}
