import NeuralNetwork

extension Tensor {
  /// Returns random numbers that are uniform in a range and the same in every run.
  static func random(_ shape: Shape, in range: Range<Scalar> = -1..<1, seed: UInt64) -> Tensor {
    var generator = Xoshiro256(seed: seed)
    return uniform(shape, in: range, using: &generator)
  }
}
