/// A benchmark case, which is one line of the table for each thread count.
package struct Case {
  /// The name of the suite, such as `lstm`.
  let suite: String
  /// The description of the work with its shapes: `training step B32 T28 D8 H32`.
  let name: String
  /// The number of floating-point operations in a call, as `Benchmarks/README.md` counts them; nil
  /// if a rate would not be meaningful.
  let operationCount: Double?
  /// The largest deviation from the reference, as a share of the largest magnitude.
  let tolerance: Float
  /// A Boolean value that indicates whether a call of the reference does the same work as a timed
  /// call, so that the times can be compared. Otherwise, the reference is only used for the check.
  let isReferenceTimed: Bool
  /// A Boolean value that indicates whether the case runs with 1, 2, 4, … and all processors,
  /// unless --threads is given.
  let usesEveryThreadCount: Bool
  /// A smaller case of the same kind, for cases whose reference may take too long.
  let sample: Sample?
  /// Creates the workload with its random data.
  let make: () throws -> any Workload

  /// A smaller case.
  package struct Sample {
    /// The work of the sample, as a share of the full case's work.
    let share: Double
    let make: () throws -> any Workload

    /// Creates a sample. Each parameter sets the property of the same name.
    package init(share: Double, make: @escaping () throws -> any Workload) {
      self.share = share
      self.make = make
    }
  }

  /// Creates a case. Each parameter sets the property of the same name.
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

  /// The text to which filters apply: `lstm/training step B32 T28 D8 H32`.
  var path: String { "\(suite)/\(name)" }
}
