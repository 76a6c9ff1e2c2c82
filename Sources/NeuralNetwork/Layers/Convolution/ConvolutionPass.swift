/// The forward pass of a convolution: a packed product for each tile of output rows.
struct ConvolutionPass<Scalar: TensorScalar>: Sendable {
  let layout: ConvolutionLayout
  /// The input, [B, T, C] or [B, H, W, C].
  let input: Tensor<Scalar>
  /// The weight, [O, C / groups, K], with the taps of an image's kernel row by row.
  let weight: Tensor<Scalar>
  /// The bias, [O]; nil for none.
  let bias: Tensor<Scalar>?
  /// The shape of the output: that of the input with the output's extents and O.
  let outputShape: Shape

  /// The weight of each group with the taps before the channels, as in the rows of the left operand,
  /// [O / groups, K · C / groups].
  var groupWeights: [Tensor<Scalar>] {
    let rows = weight.transposed([0, 2, 1])
      .reshaped(to: [layout.outputSize, layout.depth])
    let count = layout.groupOutputs
    return (0..<layout.groups).map { rows[$0 * count..<($0 + 1) * count] }
  }

  /// Returns the output.
  func run() -> Tensor<Scalar> {
    let packed = groupWeights.map { PackedMatrix($0, transposed: true) }
    let tileRows = layout.tileRows
    return Tensor(outputShape) { output in
      input.read { input in
        withOptionalPointer(to: bias) { bias in
          let (input, output) = (SendablePointer(input), SendablePointer(output))
          let bias = SendablePointer(bias)
          parallelFor((layout.rowCount + tileRows - 1) / tileRows) { tile in
            let first = tile * tileRows
            multiply(
              first..<min(first + tileRows, layout.rowCount), input.pointer, packed, bias?.pointer,
              into: output.pointer)
          }
        }
      }
    }
  }

  /// Computes some rows of the output.
  private func multiply(
    _ rows: Range<Int>, _ input: UnsafePointer<Scalar>, _ packed: [PackedMatrix<Scalar>],
    _ bias: UnsafePointer<Scalar>?, into output: UnsafeMutablePointer<Scalar>
  ) {
    Tensor<Scalar>.withScratch(count: rows.count * layout.rowStride) { left in
      for (group, weights) in packed.enumerated() {
        layout.gather(rows, group: group, from: input, to: left)
        let column = group * layout.groupOutputs
        weights.multiply(
          MatrixView(
            left, rows: rows.count, columns: layout.depth, rowStride: layout.rowStride),
          bias: bias.map { $0 + column },
          into: MutableMatrixView(
            output + rows.lowerBound * layout.outputSize + column, rows: rows.count,
            columns: layout.groupOutputs, rowStride: layout.outputSize))
      }
    }
  }
}
