/// A distribution of a layer's initial weights.
///
/// The fan-in of a weight [O, D] is D, and its fan-out is O.
public enum Initializer: Sendable, Hashable {
  /// Uniform within ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010).
  case glorotUniform
  /// Normal with variance 2 / (fan-in + fan-out) (Glorot & Bengio 2010).
  case glorotNormal
  /// Uniform within ±√(6 / fan-in) (He et al. 2015).
  case heUniform
  /// Normal with variance 2 / fan-in (He et al. 2015).
  case heNormal
  /// A matrix with orthonormal rows or columns, whichever are fewer, times a gain (Saxe et al.
  /// 2014).
  case orthogonal(gain: Double = 1)
  /// Uniform within ±bound.
  case uniform(bound: Double)
  /// All zeros.
  case zeros

  /// Returns a weight of shape [O, D].
  public func tensor<Scalar: TensorScalar>(
    _ shape: Shape, using generator: inout Xoshiro256
  ) -> Tensor<Scalar> {
    guard shape.rank == 2 else {
      fatalError("Initializer: expected a shape [O, D], but got \(shape)")
    }
    let fanOut = Double(shape[0])
    let fanIn = Double(shape[1])
    switch self {
    case .glorotUniform:
      return uniform(shape, (6 / (fanIn + fanOut)).squareRoot(), &generator)
    case .glorotNormal:
      return normal(shape, (2 / (fanIn + fanOut)).squareRoot(), &generator)
    case .heUniform:
      return uniform(shape, (6 / fanIn).squareRoot(), &generator)
    case .heNormal:
      return normal(shape, (2 / fanIn).squareRoot(), &generator)
    case .orthogonal(let gain):
      return Tensor(orthonormal(shape, using: &generator) * gain)
    case .uniform(let bound):
      return uniform(shape, bound, &generator)
    case .zeros:
      return .zeros(shape)
    }
  }

  private func uniform<Scalar: TensorScalar>(
    _ shape: Shape, _ bound: Double, _ generator: inout Xoshiro256
  ) -> Tensor<Scalar> {
    guard shape.elementCount > 0, bound > 0 else { return .zeros(shape) }
    return .uniform(shape, in: Scalar(-bound)..<Scalar(bound), using: &generator)
  }

  private func normal<Scalar: TensorScalar>(
    _ shape: Shape, _ deviation: Double, _ generator: inout Xoshiro256
  ) -> Tensor<Scalar> {
    guard shape.elementCount > 0 else { return .zeros(shape) }
    return .normal(shape, standardDeviation: Scalar(deviation), using: &generator)
  }
}

/// Returns a uniformly distributed matrix with orthonormal rows or columns.
///
/// It is the Q of the QR factorization of a normal matrix, multiplied by the signs of R's diagonal
/// (Mezzadri 2007).
private func orthonormal(_ shape: Shape, using generator: inout Xoshiro256) -> Tensor<Double> {
  guard shape.elementCount > 0 else { return .zeros(shape) }
  let isWide = shape[0] < shape[1]
  let tall: Shape = isWide ? [shape[1], shape[0]] : shape
  guard let (q, r) = try? qr(Tensor<Double>.normal(tall, using: &generator)) else {
    fatalError("Initializer: the QR factors of a finite matrix of shape \(tall) were not found")
  }
  let signs = Tensor((0..<tall[1]).map { r[at: $0, $0] < 0 ? -1.0 : 1.0 })
  let result = q * signs
  return isWide ? result.transposed : result
}
