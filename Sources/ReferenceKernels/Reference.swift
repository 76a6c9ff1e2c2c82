/// The readable definition of every accelerated kernel, forward and backward, in plain Swift.
///
/// All functions work on dense row-major arrays with explicit extents: `B` batch, `T` time, `D`
/// input features, `H` hidden units, `O` output features. A count that does not match the extents
/// is a bug of the caller and stops the program.
public enum Reference {}

extension Reference {
  /// Stops the program, naming the operation and the array, unless `array` has `count` elements.
  @usableFromInline
  static func require<Scalar>(
    _ array: [Scalar], _ name: String, count: Int, in operation: String
  ) {
    if array.count != count {
      fatalError("Reference.\(operation): \(name) must have \(count) elements, has \(array.count)")
    }
  }
}
