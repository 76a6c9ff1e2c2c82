/// The second-order interactions of a factorization machine (Rendle 2010), as a vector.
///
/// A field is a number with a learned vector, which it is multiplied by, or a vector that is passed
/// in, such as that of a category. The result is the sum of the elementwise products of all pairs of
/// fields' vectors v, as in the bi-interaction layer of neural factorization machines (He & Chua
/// 2017): ∑ᵢ<ⱼ vᵢ vⱼ = ½ ((∑ v)² − ∑ v²). The time is proportional to the number of fields, and not
/// to that of the pairs. The vectors of numbers are never stored: their sums are matrix products.
///
/// The only parameter is `weight` [F, K], the vectors of the numbers.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let layer = PairwiseInteractions<Float>(fieldCount: 5, size: 8, using: &generator)
/// let store = Embedding<Float>(count: 11, size: 8, using: &generator)
/// let numbers = Tensor<Float>.ones([3, 5])
/// let stores = store(IndexTensor(rows: [[4], [0], [10]]))   // [3, 1, 8]
/// let y = layer(numbers, with: [stores])                    // [3, 8]
/// ```
public struct PairwiseInteractions<Scalar: TensorScalar>: Module {
  /// The vectors of the numbers, [F, K].
  public var weight: Tensor<Scalar>

  /// Creates a layer whose vectors are normal random numbers.
  ///
  /// Stops the program if `fieldCount` is negative or `size` isn't positive.
  ///
  /// - Parameters:
  ///   - fieldCount: F, the number of fields that are numbers.
  ///   - size: K, the number of elements of a vector.
  ///   - standardDeviation: The standard deviation of the elements.
  ///   - generator: The source of the random numbers.
  public init(
    fieldCount: Int, size: Int, standardDeviation: Double = 0.1, using generator: inout Xoshiro256
  ) {
    guard fieldCount >= 0, size > 0 else {
      fatalError(
        "PairwiseInteractions: expected a size of at least 1 and a fieldCount of at least 0, but "
          + "got \(size) and \(fieldCount)")
    }
    self.init(
      weight: .normal(
        [fieldCount, size], standardDeviation: Scalar(standardDeviation), using: &generator))
  }

  /// Creates a layer from its vectors. Stops the program unless `weight` has shape [F, K].
  public init(weight: Tensor<Scalar>) {
    guard weight.rank == 2 else {
      fatalError("PairwiseInteractions: expected a weight [F, K], but got \(weight.shape)")
    }
    self.weight = weight
  }

  /// F, the number of fields that are numbers.
  public var fieldCount: Int { weight.shape[0] }
  /// K, the number of elements of a vector.
  public var size: Int { weight.shape[1] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
  }

  /// Returns the interactions of all fields: [..., F] → [..., K].
  ///
  /// Stops the program if a shape doesn't match.
  ///
  /// - Parameters:
  ///   - numbers: The numbers, [..., F].
  ///   - vectors: The vectors of further fields, each tensor [..., G, K] with any number G of them. The
  ///     axes before the last two are broadcast.
  @specialized(where Scalar == Float)
  public func callAsFunction(
    _ numbers: Tensor<Scalar>, with vectors: [Tensor<Scalar>] = []
  ) -> Tensor<Scalar> {
    guard numbers.rank >= 1, numbers.shape[-1] == fieldCount else {
      fatalError("\(self): expected numbers [..., \(fieldCount)], but got shape \(numbers.shape)")
    }
    if let other = vectors.first(where: { $0.rank < 2 || $0.shape[-1] != size }) {
      fatalError("\(self): expected vectors [..., G, \(size)], but got shape \(other.shape)")
    }
    let ofNumbers = FieldSums(
      sum: matmul(numbers, weight), squares: matmul(numbers.squared(), weight.squared()))
    return vectors.reduce(ofNumbers) { $0 + FieldSums($1) }.pooled
  }

  /// Returns the interactions of fields whose vectors are all given: [..., F, K] → [..., K].
  ///
  /// Stops the program if the tensor has fewer than two axes.
  @specialized(where Scalar == Float)
  public static func pooled(_ fields: Tensor<Scalar>) -> Tensor<Scalar> {
    guard fields.rank >= 2 else {
      fatalError("PairwiseInteractions: expected fields [..., F, K], but got shape \(fields.shape)")
    }
    return FieldSums(fields).pooled
  }
}

extension PairwiseInteractions: CustomStringConvertible {
  public var description: String { "PairwiseInteractions(\(fieldCount) × \(size))" }
}

/// The sum of the vectors of fields, and that of their squares, [..., K].
private struct FieldSums<Scalar: TensorScalar> {
  let sum, squares: Tensor<Scalar>

  init(sum: Tensor<Scalar>, squares: Tensor<Scalar>) {
    (self.sum, self.squares) = (sum, squares)
  }

  /// Creates the sums of vectors, [..., F, K].
  init(_ fields: Tensor<Scalar>) {
    self.init(sum: fields.sum(axis: -2), squares: fields.squared().sum(axis: -2))
  }

  static func + (left: FieldSums, right: FieldSums) -> FieldSums {
    FieldSums(sum: left.sum + right.sum, squares: left.squares + right.squares)
  }

  /// The sum of the products of all pairs of fields, [..., K].
  var pooled: Tensor<Scalar> { (sum.squared() - squares) * 0.5 }
}
