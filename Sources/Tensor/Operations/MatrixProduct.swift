/// Returns the matrix product of the last two axes. The axes before them are batches and are
/// broadcast.
///
/// ```swift
/// let ab = matmul(a, b)                        // [m, k] × [k, n]     → [m, n]
///                                              // [7, m, k] × [k, n]  → [7, m, n]
/// let ac = matmul(a, c, transposingB: true)    // [m, k] × [n, k]ᵀ    → [m, n]
/// ```
///
/// A vector is treated as a row if it is the left operand and as a column if it is the right one,
/// and the result does not have that axis. Stops the program if the extents do not match.
@specialized(where Scalar == Float)
public func matmul<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, transposingA: Bool = false, transposingB: Bool = false
) -> Tensor<Scalar> {
  guard a.rank >= 1, b.rank >= 1 else {
    fatalError("matmul: operands need an axis, but have shapes \(a.shape) and \(b.shape)")
  }
  if a.rank == 1 {
    let row = a.reshaped(to: [1, a.shape[0]])
    let product = matmul(row, b, transposingB: transposingB)
    return product.reshaped(to: product.shape.removing(b.rank == 1 ? 0 : -2))
  }
  if b.rank == 1 {
    let column = b.reshaped(to: [b.shape[0], 1])
    let product = matmul(a, column, transposingA: transposingA)
    return product.reshaped(to: product.shape.removing(-1))
  }
  let product = MatrixProduct(a, b, transposingA, transposingB)
  let result = product.value()
  guard a.isTracked || b.isTracked else { return result }
  return result.recorded(from: [a.source, b.source]) { received, pass in
    let gradient = received.first!
    if pass.wantsGradient(ofInput: 0) {
      pass.add(product.gradientOfA(gradient, pass.operand(product.b, 1)), toInput: 0)
    }
    if pass.wantsGradient(ofInput: 1) {
      pass.add(product.gradientOfB(gradient, pass.operand(product.a, 0)), toInput: 1)
    }
  }
}

/// Returns the inner product of two vectors of equal length, as a scalar.
public func dot<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>
) -> Tensor<Scalar> {
  guard a.rank == 1, a.shape == b.shape else {
    fatalError(
      "dot: expected two vectors of equal length, but got shapes \(a.shape) and \(b.shape)")
  }
  let result = Tensor(
    a.read { p in b.read { q in Scalar(Scalar._Kernels.dot(p, q, a.elementCount)) } })
  guard a.isTracked || b.isTracked else { return result }
  return result.recorded(from: [a.source, b.source]) {
    [a = a.detached, b = b.detached] received, pass in
    let gradient = received.first!
    if pass.wantsGradient(ofInput: 0) { pass.add(gradient * pass.operand(b, 1), toInput: 0) }
    if pass.wantsGradient(ofInput: 1) { pass.add(gradient * pass.operand(a, 0), toInput: 1) }
  }
}

/// A matrix product of two untracked operands with matching shapes.
private struct MatrixProduct<Scalar: TensorScalar>: Sendable {
  let a, b: Tensor<Scalar>
  let transposesA, transposesB: Bool
  /// The batch axes, the rows, and the columns of the result.
  let batchShape: Shape
  let m, n: Int

  init(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ transposesA: Bool, _ transposesB: Bool) {
    self.a = a.detached
    self.b = b.detached
    self.transposesA = transposesA
    self.transposesB = transposesB
    m = a.shape[transposesA ? -1 : -2]
    n = b.shape[transposesB ? -2 : -1]
    let batches = Broadcast(a.shape[0..<(a.rank - 2)], b.shape[0..<(b.rank - 2)])
    guard let batches, a.shape[transposesA ? -2 : -1] == b.shape[transposesB ? -1 : -2] else {
      fatalError(
        "matmul: shapes \(a.shape)\(transposesA ? "ᵀ" : "") and \(b.shape)\(transposesB ? "ᵀ" : "") "
          + "do not fit")
    }
    batchShape = batches.shape
  }

  var resultShape: Shape { batchShape.appending(m).appending(n) }

  func value() -> Tensor<Scalar> {
    // If all rows of all batches are multiplied by the same matrix, they are one matrix product.
    if b.rank == 2, !transposesA { return foldedValue() }
    return batchedValue()
  }

  private func foldedValue() -> Tensor<Scalar> {
    let rows = batchShape.elementCount * m
    return Tensor(resultShape) { target in
      a.read { a in
        b.read { b in
          multiplyInTiles(
            MatrixView(a, rows: rows, columns: self.a.shape[-1]), viewOfB(b),
            into: MutableMatrixView(target, rows: rows, columns: n))
        }
      }
    }
  }

  private func batchedValue() -> Tensor<Scalar> {
    let a = a.broadcast(to: batchShape.appending(contentsOf: a.shape[(a.rank - 2)..<a.rank]))
    let b = b.broadcast(to: batchShape.appending(contentsOf: b.shape[(b.rank - 2)..<b.rank]))
    let batches = batchShape.elementCount
    let strideA = a.shape[-1] * a.shape[-2]
    let strideB = b.shape[-1] * b.shape[-2]
    return Tensor(resultShape) { target in
      a.read { aStart in
        b.read { bStart in
          if batches == 1 {
            multiplyInTiles(
              viewOfA(aStart), viewOfB(bStart), into: MutableMatrixView(target, rows: m, columns: n)
            )
          } else {
            let (aStart, bStart) = (SendablePointer(aStart), SendablePointer(bStart))
            let target = SendablePointer(target)
            parallelFor(batches) { batch in
              multiply(
                viewOfA(aStart.pointer + batch * strideA),
                viewOfB(bStart.pointer + batch * strideB),
                into: MutableMatrixView(target.pointer + batch * m * n, rows: m, columns: n))
            }
          }
        }
      }
    }
  }

  private func viewOfA(_ start: UnsafePointer<Scalar>) -> MatrixView<Scalar> {
    MatrixView(start, rows: a.shape[-2], columns: a.shape[-1], transposed: transposesA)
  }

  private func viewOfB(_ start: UnsafePointer<Scalar>) -> MatrixView<Scalar> {
    MatrixView(start, rows: b.shape[-2], columns: b.shape[-1], transposed: transposesB)
  }

  /// Returns the gradient of A, given B, which is tracked if an outer gradient depends on it.
  ///
  /// op(A) = A: dA = dC · op(B)ᵀ; op(A) = Aᵀ: dA = op(B) · dCᵀ.
  func gradientOfA(_ gradient: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
    let full =
      transposesA
      ? matmul(b, gradient, transposingA: transposesB, transposingB: true)
      : matmul(gradient, b, transposingB: !transposesB)
    return full.summed(to: a.shape)
  }

  /// Returns the gradient of B, given A, which is tracked if an outer gradient depends on it.
  ///
  /// op(B) = B: dB = op(A)ᵀ · dC; op(B) = Bᵀ: dB = dCᵀ · op(A).
  func gradientOfB(_ gradient: Tensor<Scalar>, _ a: Tensor<Scalar>) -> Tensor<Scalar> {
    if b.rank == 2, !transposesA, a.rank > 2 { return foldedGradientOfB(gradient, a) }
    let full =
      transposesB
      ? matmul(gradient, a, transposingA: true, transposingB: transposesA)
      : matmul(a, gradient, transposingA: !transposesA)
    return full.summed(to: b.shape)
  }

  /// Returns the gradient of B as one matrix product over the rows of all batches.
  private func foldedGradientOfB(
    _ gradient: Tensor<Scalar>, _ a: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let rows = batchShape.elementCount * m
    let flatA = a.reshaped(to: [rows, a.shape[-1]])
    let flatGradient = gradient.reshaped(to: [rows, n])
    return transposesB
      ? matmul(flatGradient, flatA, transposingA: true)
      : matmul(flatA, flatGradient, transposingA: true)
  }
}
