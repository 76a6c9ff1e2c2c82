/// The readable definition of every accelerated kernel, forward and backward, in plain Swift.
///
/// Everything works on dense row-major arrays with explicit extents: `B` batch, `T` time, `D` input
/// features, `H` hidden units, `O` output features. A count that does not fit its extents is the
/// caller's bug and stops the program.
public enum Reference {}

extension Reference {
  /// Stops with a message that names the operation and the array if `array` has not `count` elements.
  @usableFromInline
  static func require<Scalar>(
    _ array: [Scalar], _ name: String, count: Int, in operation: String
  ) {
    if array.count != count {
      fatalError("Reference.\(operation): \(name) must have \(count) elements, has \(array.count)")
    }
  }
}
