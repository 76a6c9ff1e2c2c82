/// A table of vectors that are looked up by integers, such as the identifiers of categories.
///
/// The only parameter is that of PyTorch's `nn.Embedding`: `weight` [V, E].
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let weekday = Embedding<Float>(count: 7, size: 3, using: &generator)
/// let vectors = weekday(IndexTensor(rows: [[0, 1, 2], [5, 6, 0]]))   // [2, 3] → [2, 3, 3]
/// ```
public struct Embedding<Scalar: TensorScalar>: Module {
  /// The table, [V, E].
  public var weight: Tensor<Scalar>
  /// The index whose vector is not trained, such as the index of an unknown category; nil for none.
  public let paddingIndex: Int?

  /// Creates a table of standard normal numbers, as PyTorch does, with zeros for the padding index.
  ///
  /// - Parameters:
  ///   - count: V, the number of vectors.
  ///   - size: E, the number of elements of a vector.
  ///   - paddingIndex: The index whose vector is initially zero and is not trained; nil for none.
  ///   - generator: The source of the random numbers.
  public init(
    count: Int, size: Int, paddingIndex: Int? = nil, using generator: inout Xoshiro256
  ) {
    guard count > 0, size > 0 else {
      fatalError("Embedding: sizes must be positive, but are count \(count), size \(size)")
    }
    var weight = Tensor<Scalar>.normal([count, size], standardDeviation: 1, using: &generator)
    if let paddingIndex, (0..<count).contains(paddingIndex) {
      weight[paddingIndex] = .zeros([size])
    }
    self.init(weight: weight, paddingIndex: paddingIndex)
  }

  /// Creates a layer from its table.
  ///
  /// Stops the program unless `weight` has shape [V, E] and the padding index is in 0..<V.
  public init(weight: Tensor<Scalar>, paddingIndex: Int? = nil) {
    guard weight.rank == 2 else {
      fatalError("Embedding: expected a weight [V, E], but got \(weight.shape)")
    }
    if let paddingIndex, !(0..<weight.shape[0]).contains(paddingIndex) {
      fatalError(
        "Embedding: the padding index \(paddingIndex) is outside 0..<\(weight.shape[0])")
    }
    self.weight = weight
    self.paddingIndex = paddingIndex
  }

  /// V, the number of vectors.
  public var count: Int { weight.shape[0] }
  /// E, the number of elements of a vector.
  public var size: Int { weight.shape[1] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
  }

  /// Returns the vectors at the given indices: [...] → [..., E].
  ///
  /// The lookup reads only the rows that it returns. Stops the program if an index is outside of
  /// 0..<V.
  @specialized(where Scalar == Float)
  public func callAsFunction(_ indices: IndexTensor) -> Tensor<Scalar> {
    if let outside = indices.values.first(where: { !(0..<count).contains($0) }) {
      fatalError("\(self): expected indices in 0..<\(count), but got \(outside)")
    }
    let rows = EmbeddingRows(indices: indices.values, count: count, paddingIndex: paddingIndex)
    return rows.lookUp(weight).reshaped(
      to: indices.shape.inserting(size, at: indices.shape.rank))
  }
}

extension Embedding: CustomStringConvertible {
  public var description: String {
    "Embedding(\(count) × \(size)" + (paddingIndex.map { ", padding: \($0)" } ?? "") + ")"
  }
}
