extension Tensor {
  /// Creates a tensor with the given shape and elements, in row-major order.
  ///
  /// Stops the program if the number of elements does not match the shape.
  public init(shape: Shape, scalars: some Collection<Scalar>) {
    guard scalars.count == shape.elementCount else {
      fatalError(
        "Tensor: shape \(shape) has \(shape.elementCount) elements, but got \(scalars.count)")
    }
    self.init(shape: shape) { _ = $0.initialize(from: scalars) }
  }

  /// Creates a scalar, of shape `[]`.
  @specialized(where Scalar == Float)
  public init(_ scalar: Scalar) { self.init(Shape()) { $0.pointee = scalar } }

  /// Creates a vector `[n]`.
  public init(_ scalars: [Scalar]) { self.init(shape: [scalars.count], scalars: scalars) }

  /// Creates a matrix `[rows, columns]`.
  ///
  /// Stops the program if the rows differ in length.
  public init(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    if let ragged = rows.firstIndex(where: { $0.count != columns }) {
      fatalError(
        "Tensor: row \(ragged) has \(rows[ragged].count) elements, but row 0 has \(columns)")
    }
    self.init(shape: [rows.count, columns], scalars: rows.flatMap(\.self))
  }

  /// Creates a tensor with the elements of another, converted to this scalar type.
  public init<Other: TensorScalar>(_ other: Tensor<Other>) {
    self.init(shape: other.shape) { target in
      other.withUnsafeBufferPointer { elements in
        for (index, element) in elements.enumerated() { target[index] = Scalar(element) }
      }
    }
  }

  /// Returns a tensor whose elements all equal `value`.
  @specialized(where Scalar == Float)
  public static func full(_ shape: Shape, _ value: Scalar) -> Tensor {
    Tensor(shape) { Scalar._Kernels.fill(value, $0, shape.elementCount) }
  }

  /// Returns a tensor whose elements are all 0.
  public static func zeros(_ shape: Shape) -> Tensor { full(shape, 0) }

  /// Returns a tensor whose elements are all 1.
  public static func ones(_ shape: Shape) -> Tensor { full(shape, 1) }

  /// Returns the identity matrix `[n, n]`.
  public static func identity(_ n: Int) -> Tensor {
    var result = zeros([n, n])
    result.withUnsafeMutableBufferPointer { elements in
      for index in 0..<n { elements[index * n + index] = 1 }
    }
    return result
  }

  /// Returns the vector `0, 1, …, count − 1`.
  public static func range(_ count: Int) -> Tensor {
    Tensor((0..<count).map { Scalar($0) })
  }

  /// Returns a vector of `count` equally spaced numbers from `start` to `end`, both included.
  public static func linear(from start: Scalar, to end: Scalar, count: Int) -> Tensor {
    guard count >= 2 else { fatalError("Tensor.linear: count must be at least 2, but is \(count)") }
    let step = (end - start) / Scalar(count - 1)
    return Tensor((0..<count).map { $0 == count - 1 ? end : start + Scalar($0) * step })
  }
}
