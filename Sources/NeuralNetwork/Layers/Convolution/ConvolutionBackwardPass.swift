/// The backward pass of a convolution, tile by tile within blocks of sequences or images.
///
/// The left operand of a tile is copied together again, which takes little time compared with the
/// products. The gradients of the weights are sums for each block, which are then added in order.
struct ConvolutionBackwardPass<Scalar: TensorScalar>: Sendable {
  let pass: ConvolutionPass<Scalar>
  /// The gradient of the output, in its shape.
  let gradient: Tensor<Scalar>
  /// A Boolean value that indicates whether to compute the gradient of the input.
  let needsInputGradient: Bool

  /// The gradients that the pass computes.
  struct Results {
    /// The gradient of the input; nil if it is not needed.
    var input: Tensor<Scalar>?
    /// The gradient of the weight, [O, C / groups, K].
    var weight: Tensor<Scalar>
    /// The gradient of the bias, [O].
    var bias: Tensor<Scalar>
  }

  private typealias Pointer = UnsafeMutablePointer<Scalar>
  private var layout: ConvolutionLayout { pass.layout }
  /// The extents of the sums of a block: the gradients of the weights that an output has, followed by
  /// that of its bias.
  private var sumShape: Shape { [layout.outputSize, layout.depth + 1] }

  /// Returns the gradients.
  func run() -> Results {
    var input: Tensor<Scalar>? = needsInputGradient ? .zeros(pass.input.shape) : nil
    var sums = Tensor<Scalar>.zeros([layout.blockCount, sumShape.elementCount])
    let packed = needsInputGradient ? pass.groupWeights.map { PackedMatrix($0) } : []
    sums.write { sums in
      withMutableOptionalPointer(to: &input) { target in
        pass.input.read { input in
          gradient.read { gradient in
            let memory = Memory(
              input: SendablePointer(input), gradient: SendablePointer(gradient),
              sums: SendablePointer(sums), target: SendablePointer(target))
            parallelFor(layout.blockCount) { carryBack(block: $0, packed, memory) }
          }
        }
      }
    }
    let total = sums.sum(axis: 0).reshaped(to: sumShape)
    let weight = total.slice(axis: 1, 0..<layout.depth)
      .reshaped(to: [layout.outputSize, layout.kernelSize, layout.groupInputs])
    return Results(
      input: input, weight: weight.transposed([0, 2, 1]),
      bias: total.slice(axis: 1, layout.depth..<layout.depth + 1).flattened)
  }

  /// The addresses of the operands and of the results.
  private struct Memory: Sendable {
    let input, gradient: SendablePointer<UnsafePointer<Scalar>>
    let sums: SendablePointer<Pointer>
    let target: SendablePointer<Pointer>?
  }

  /// Computes the gradients of a block's rows.
  private func carryBack(block: Int, _ packed: [PackedMatrix<Scalar>], _ memory: Memory) {
    let rows = layout.rows(ofBlock: block)
    let sums = memory.sums.pointer + block * sumShape.elementCount
    let area = min(layout.backwardTileRows, rows.count) * layout.rowStride
    Tensor<Scalar>.withScratch(count: 2 * area) { scratch in
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: layout.backwardTileRows) {
        let tile = first..<min(first + layout.backwardTileRows, rows.upperBound)
        for group in 0..<layout.groups {
          layout.gather(tile, group: group, from: memory.input.pointer, to: scratch)
          addWeights(of: group, tile, scratch, memory, to: sums)
          guard let target = memory.target?.pointer else { continue }
          packed[group].multiply(
            gradientRows(of: group, tile, memory),
            into: MutableMatrixView(
              scratch + area, rows: tile.count, columns: layout.depth, rowStride: layout.rowStride))
          layout.scatter(tile, group: group, from: scratch + area, to: target)
        }
      }
    }
  }

  /// Adds the gradients of a group's weights and biases.
  private func addWeights(
    of group: Int, _ tile: Range<Int>, _ left: Pointer, _ memory: Memory, to sums: Pointer
  ) {
    let columns = layout.depth + 1
    multiply(
      gradientRows(of: group, tile, memory, transposed: true),
      MatrixView(left, rows: tile.count, columns: columns, rowStride: layout.rowStride),
      into: MutableMatrixView(
        sums + group * layout.groupOutputs * columns, rows: layout.groupOutputs, columns: columns),
      beta: 1)
  }

  /// Returns the gradients of a group's outputs in some rows, [rows, O / groups].
  private func gradientRows(
    of group: Int, _ tile: Range<Int>, _ memory: Memory, transposed: Bool = false
  ) -> MatrixView<Scalar> {
    MatrixView(
      memory.gradient.pointer + tile.lowerBound * layout.outputSize + group * layout.groupOutputs,
      rows: tile.count, columns: layout.groupOutputs, rowStride: layout.outputSize,
      transposed: transposed)
  }
}
