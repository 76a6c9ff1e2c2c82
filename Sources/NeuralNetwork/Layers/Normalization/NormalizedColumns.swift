/// The mean and the variance of each column, and the factors by which a ``BatchNorm`` multiplies the
/// deviations from the mean.
struct ColumnMoments<Scalar: TensorScalar>: Sendable {
  /// The mean, the biased variance, and 1 / √(variance + ε), each [C].
  let mean, variance, factor: Tensor<Scalar>

  init(mean: Tensor<Scalar>, variance: Tensor<Scalar>, epsilon: Double) {
    self.mean = mean
    self.variance = variance
    factor = 1 / (variance + Scalar(epsilon)).sqrt()
  }
}

/// The columns that a ``BatchNorm`` normalizes, in blocks of rows that are computed independently.
struct NormalizedColumns<Scalar: TensorScalar>: Sendable {
  /// The input, [..., C], and the parameters, [C].
  let input, weight, bias: Tensor<Scalar>
  let epsilon: Double

  private var rows: Int { input.shape.rowCount }
  private var columns: Int { input.shape[-1] }
  private var blocks: RowBlocks { RowBlocks(rows: rows, columns: columns) }

  /// Returns the moments of the columns, which are those of the blocks, combined in order (Chan et
  /// al. 1983).
  func moments() -> ColumnMoments<Scalar> {
    var parts = Tensor<Double>([blocks.count, 2, columns]) { _ in }
    parts.write { parts in
      input.read { x in
        let (x, parts) = (SendablePointer(x), SendablePointer(parts))
        parallelFor(blocks.count) { block in
          let rows = blocks.rows(of: block)
          let mean = parts.pointer + block * 2 * columns
          Scalar._Kernels.columnMoments(
            x.pointer + rows.lowerBound * columns, mean: mean, squares: mean + columns,
            rows: rows.count, columns: columns)
        }
      }
    }
    var (mean, squares) = (parts[0][0], parts[0][1])
    for block in 1..<max(blocks.count, 1) {
      let (before, added) = (blocks.rows(of: block).lowerBound, blocks.rows(of: block).count)
      let difference = parts[block][0] - mean
      let share = Double(added) / Double(before + added)
      mean += difference * share
      squares += parts[block][1] + difference * difference * (Double(before) * share)
    }
    return ColumnMoments(
      mean: Tensor(mean), variance: Tensor(squares * (1 / Double(rows))), epsilon: epsilon)
  }

  /// Returns (x − mean) · factor · weight + bias.
  func normalized(by moments: ColumnMoments<Scalar>) -> Tensor<Scalar> {
    let scale = weight * moments.factor
    return Tensor(input.shape) { output in
      withAddresses(input, moments.mean, scale, bias) { x, mean, scale, bias in
        let y = SendablePointer(output)
        parallelFor(blocks.count) { block in
          let rows = blocks.rows(of: block)
          let first = rows.lowerBound * columns
          Scalar._Kernels.normalizeColumns(
            x.pointer + first, mean: mean.pointer, scale: scale.pointer, bias: bias.pointer,
            y.pointer + first, rows: rows.count, columns: columns)
        }
      }
    }
  }

  /// Returns the gradients of the input, the weight, and the bias.
  ///
  /// - Parameter isTraining: A Boolean value that indicates whether the moments are those of the
  ///   input.
  func gradients(
    of gradient: Tensor<Scalar>, _ moments: ColumnMoments<Scalar>, isTraining: Bool
  ) -> [Tensor<Scalar>] {
    let slopes = slopes(of: gradient, moments)
    // Moments of the input depend on it, which subtracts the mean of the gradient, and that of the
    // gradient along the normalized column.
    let share = isTraining ? 1 / Double(rows) : 0
    let shift = Tensor<Scalar>(slopes[1] * share)
    let slope = Tensor<Scalar>(slopes[0] * share) * moments.factor
    let scale = weight * moments.factor
    let dx = Tensor<Scalar>(input.shape) { dx in
      let dx = SendablePointer(dx)
      withAddresses(input, moments.mean, scale, gradient) { x, mean, scale, dy in
        withAddresses(shift, slope) { shift, slope in
          parallelFor(blocks.count) { block in
            let rows = blocks.rows(of: block)
            let first = rows.lowerBound * columns
            Scalar._Kernels.columnGradients(
              x.pointer + first, mean: mean.pointer, scale: scale.pointer, dy: dy.pointer + first,
              shift: shift.pointer, slope: slope.pointer, dx: dx.pointer + first,
              rows: rows.count, columns: columns)
          }
        }
      }
    }
    return [dx, Tensor(slopes[0]), Tensor(slopes[1])]
  }

  /// Returns the gradients of the weight and of the bias, [2, C].
  private func slopes(
    of gradient: Tensor<Scalar>, _ moments: ColumnMoments<Scalar>
  ) -> Tensor<Double> {
    var sums = Tensor<Double>.zeros([blocks.count, 2, columns])
    sums.write { sums in
      let sums = SendablePointer(sums)
      withAddresses(input, moments.mean, moments.factor, gradient) { x, mean, factor, dy in
        parallelFor(blocks.count) { block in
          let rows = blocks.rows(of: block)
          let first = rows.lowerBound * columns
          let sum = sums.pointer + block * 2 * columns
          Scalar._Kernels.columnSlopes(
            x.pointer + first, mean: mean.pointer, factor: factor.pointer, dy: dy.pointer + first,
            dScale: sum, dBias: sum + columns, rows: rows.count, columns: columns)
        }
      }
    }
    return sums.sum(axis: 0)
  }

  /// Adds the gradients in a form that an outer gradient can differentiate.
  ///
  /// - Parameter moments: The moments, constants; nil for those of the input.
  func pullBackDifferentiably(
    _ gradient: Tensor<Scalar>, _ moments: ColumnMoments<Scalar>?,
    into pass: inout Backpropagation<Scalar>
  ) {
    let epsilon = Scalar(epsilon)
    let axes = Array(0..<input.rank - 1)
    pass.pullBack(gradient, at: [input, weight, bias]) { operands in
      let mean = moments?.mean ?? operands[0].mean(axes: axes)
      let deviations = operands[0] - mean
      let variance = moments?.variance ?? (deviations * deviations).mean(axes: axes)
      return deviations / (variance + epsilon).sqrt() * operands[1] + operands[2]
    }
  }
}

/// Calls a closure with the addresses of two tensors' elements, for several threads.
private func withAddresses<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>,
  _ body: (SendablePointer<UnsafePointer<Scalar>>, SendablePointer<UnsafePointer<Scalar>>) -> Void
) {
  a.read { a in b.read { b in body(SendablePointer(a), SendablePointer(b)) } }
}

/// Calls a closure with the addresses of four tensors' elements, for several threads.
private func withAddresses<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ c: Tensor<Scalar>, _ d: Tensor<Scalar>,
  _ body: (
    SendablePointer<UnsafePointer<Scalar>>, SendablePointer<UnsafePointer<Scalar>>,
    SendablePointer<UnsafePointer<Scalar>>, SendablePointer<UnsafePointer<Scalar>>
  ) -> Void
) {
  withAddresses(a, b) { a, b in withAddresses(c, d) { c, d in body(a, b, c, d) } }
}
