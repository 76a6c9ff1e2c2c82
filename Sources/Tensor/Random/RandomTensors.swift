extension Tensor {
  /// Returns independent random numbers, uniform in a half-open range.
  public static func uniform(
    _ shape: Shape, in range: Range<Scalar> = 0..<1,
    using generator: inout some RandomNumberGenerator
  ) -> Tensor {
    let width = range.upperBound - range.lowerBound
    return Tensor(shape: shape) { target in
      for index in target.indices {
        let value = range.lowerBound + width * Scalar.unit(using: &generator)
        // Rounding can raise the sum to the excluded upper bound.
        target.initializeElement(
          at: index, to: value < range.upperBound ? value : range.upperBound.nextDown)
      }
    }
  }

  /// Returns independent normal random numbers, by the method of Box & Muller (1958).
  public static func normal(
    _ shape: Shape, mean: Scalar = 0, standardDeviation: Scalar = 1,
    using generator: inout some RandomNumberGenerator
  ) -> Tensor {
    Tensor(shape: shape) { target in
      var index = 0
      while index < target.count {
        // 1 − u is never 0, so its logarithm is finite.
        let radius = (-2 * Scalar.log(1 - Scalar.unit(using: &generator))).squareRoot()
        let angle = 2 * Scalar.pi * Scalar.unit(using: &generator)
        target.initializeElement(
          at: index, to: mean + standardDeviation * radius * Scalar.cos(angle))
        if index + 1 < target.count {
          target.initializeElement(
            at: index + 1, to: mean + standardDeviation * radius * Scalar.sin(angle))
        }
        index += 2
      }
    }
  }

  /// Returns independent random ones and zeros, with the given probability of a 1.
  public static func bernoulli(
    _ shape: Shape, probability: Double, using generator: inout some RandomNumberGenerator
  ) -> Tensor {
    guard probability >= 0, probability <= 1 else {
      fatalError("bernoulli: the probability must be in 0...1, but is \(probability)")
    }
    return Tensor(shape: shape) { target in
      for index in target.indices {
        target.initializeElement(
          at: index, to: Double.unit(using: &generator) < probability ? 1 : 0)
      }
    }
  }
}

extension TensorScalar {
  /// Returns a random number in [0, 1), from as many of the generator's high bits as the
  /// significand has.
  fileprivate static func unit(using generator: inout some RandomNumberGenerator) -> Self {
    let bits = Self.significandBitCount + 1
    return Self(generator.next() >> (64 - UInt64(bits))) * Self.ulpOfOne / 2
  }
}
