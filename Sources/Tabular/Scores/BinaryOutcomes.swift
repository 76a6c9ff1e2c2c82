import Safetensors

/// Predicted probabilities and actual classes, checked and in double precision.
struct BinaryOutcomes {
  /// The probabilities of the positive class.
  let probabilities: [Double]
  /// A mark for each element, which is true if it is in the positive class.
  let isPositive: [Bool]

  /// Checks probabilities and classes, and stops the program in the name of `operation` if the
  /// shapes differ, if a class is neither 0 nor 1, or if a probability is not in 0...1.
  init<Scalar: TensorScalar>(
    _ probabilities: Tensor<Scalar>, _ classes: Tensor<Scalar>, of operation: String
  ) {
    guard probabilities.shape == classes.shape else {
      fatalError(
        "\(operation): expected probabilities and classes of one shape, but got "
          + "\(probabilities.shape) and \(classes.shape)")
    }
    self.probabilities = Tensor<Double>(probabilities.detached).scalars
    isPositive = Tensor<Double>(classes.detached).scalars.map { value in
      guard value == 0 || value == 1 else {
        fatalError("\(operation): expected classes 0 and 1, got \(value)")
      }
      return value == 1
    }
    guard self.probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      fatalError("\(operation): expected probabilities in 0...1")
    }
  }
}
