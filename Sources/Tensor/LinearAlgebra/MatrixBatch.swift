/// A shape viewed as a batch of matrices: the last two axes, for each position of the axes before
/// them.
struct MatrixBatch: Sendable {
  /// The leading axes.
  let shape: Shape
  let count, rows, columns: Int

  /// Creates a batch.
  ///
  /// Stops the program if the shape has fewer than two axes.
  init(_ whole: Shape, of operation: String) {
    guard whole.rank >= 2 else {
      fatalError("\(operation): expected a matrix or a batch of them, but got shape \(whole)")
    }
    shape = whole[0..<(whole.rank - 2)]
    count = shape.elementCount
    rows = whole[-2]
    columns = whole[-1]
  }

  /// Creates a batch of square matrices.
  ///
  /// Stops the program if the matrices are not square.
  init(square whole: Shape, of operation: String) {
    self.init(whole, of: operation)
    guard rows == columns else {
      fatalError("\(operation): expected square matrices, but got shape \(whole)")
    }
  }

  /// Returns the shape of a batch with matrices of another shape.
  func shape(_ rows: Int, _ columns: Int) -> Shape { shape.appending(rows).appending(columns) }

  /// Returns one matrix of a tensor of this shape.
  func matrix<Scalar>(
    _ index: Int, of start: UnsafeMutablePointer<Scalar>
  ) -> MutableMatrixView<Scalar> {
    MutableMatrixView(start + index * rows * columns, rows: rows, columns: columns)
  }

  /// Returns one matrix of a tensor of this shape, for reading.
  func matrix<Scalar>(
    _ index: Int, of start: UnsafePointer<Scalar>, transposed: Bool = false
  ) -> MatrixView<Scalar> {
    MatrixView(
      start + index * rows * columns, rows: rows, columns: columns, transposed: transposed)
  }

  /// Runs a routine on each matrix, several at a time.
  ///
  /// - Returns: The first matrix on which the routine failed, and its status there.
  func firstFailure(of routine: @Sendable (Int) -> Int) -> (matrix: Int, status: Int)? {
    let statuses = parallelMap(count, routine)
    return statuses.firstIndex { $0 != 0 }.map { ($0, statuses[$0]) }
  }
}

extension Tensor {
  /// Throws an error if an element is NaN or infinite, since LAPACK's result is then undefined.
  func requireFinite(
    _ operand: String, of operation: String
  ) throws(LinearAlgebraError) {
    let index = withUnsafeBufferPointer { elements in elements.firstIndex { !$0.isFinite } }
    guard let index else { return }
    let position = zip(shape.strides, shape.dimensions).map { stride, extent in
      index / stride % extent
    }
    throw .nonFinite(operation: operation, operand: operand, position: position)
  }

  /// Stops the program if the tensor is tracked, since the operation has no gradient.
  func requireUntracked(by operation: String) {
    guard !isTracked else {
      fatalError(
        "\(operation): no gradient is defined for this operation; pass x.detached to hold its operand "
          + "of shape \(shape) constant")
    }
  }
}
