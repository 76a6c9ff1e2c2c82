/// The gradient of a convolution's weight, tile by tile within blocks of sequences or images.
///
/// It is a product of what the outputs read, transposed, and the gradient of the output. Each block
/// has its own sums, which are then added in order.
struct ConvolutionWeightPass<Scalar: TensorScalar>: Sendable {
  let layout: ConvolutionLayout
  /// The input, [B, T, C] or [B, H, W, C].
  let input: Tensor<Scalar>
  /// The gradient of the output, [B, T′, O] or [B, H′, W′, O].
  let gradient: Tensor<Scalar>

  /// The extents of the sums of a block.
  private var sumShape: Shape {
    [layout.groups, layout.kernelSize, layout.groupInputs, layout.groupOutputs]
  }

  /// Returns the gradient, [O, C / groups, K].
  func run() -> Tensor<Scalar> {
    let outputs = layout.outputs
    let count = outputs.tiling.blockCount
    var blocks = Tensor<Scalar>.zeros([count, sumShape.elementCount])
    blocks.write { blocks in
      input.read { input in
        gradient.read { gradient in
          let (input, gradient) = (SendablePointer(input), SendablePointer(gradient))
          let blocks = SendablePointer(blocks)
          parallelFor(count) { block in
            add(
              block, of: outputs, input.pointer, gradient.pointer,
              to: blocks.pointer + block * sumShape.elementCount)
          }
        }
      }
    }
    return blocks.sum(axis: 0).reshaped(to: sumShape).transposed([0, 3, 2, 1])
      .reshaped(to: [layout.outputSize, layout.groupInputs, layout.kernelSize])
  }

  /// Adds the products of a block's tiles.
  private func add(
    _ block: Int, of outputs: TapSums, _ input: UnsafePointer<Scalar>,
    _ gradient: UnsafePointer<Scalar>, to sums: UnsafeMutablePointer<Scalar>
  ) {
    let size = layout.kernelSize * layout.groupInputs * layout.groupOutputs
    Tensor<Scalar>.withScratch(count: outputs.copySize) { copy in
      for tile in outputs.tiling.tiles(of: outputs.tiling.images(ofBlock: block)) {
        for group in 0..<layout.groups {
          let reading = outputs.reading(tile, group: group, of: input, copyingTo: copy)
          let gradients = gradients(of: tile, group, outputs, gradient)
          add(tile, reading.start, reading.layout, gradients, to: sums + group * size)
        }
      }
    }
  }

  /// Adds the product of a tile: for each piece of what an output reads, its elements are rows, and
  /// the outputs of the tile are the inner extent.
  private func add(
    _ tile: TapTiling.Tile, _ start: UnsafePointer<Scalar>, _ reading: TapSums.Layout,
    _ gradients: PackedMatrix<Scalar>, to sums: UnsafeMutablePointer<Scalar>
  ) {
    let outputs = RowPieces(
      offsets: (0..<tile.images.count).flatMap { image in
        (0..<tile.rows.count).map { image * reading.imageStride + $0 * reading.targetRowStride }
      }, length: tile.columns.count, stride: 1, step: reading.pieces.stride)
    let length = reading.pieces.length
    for (index, offset) in reading.pieces.offsets.enumerated() {
      gradients.multiply(
        of: start + offset, in: outputs, rowCount: length, accumulating: true,
        into: sums + index * length * layout.groupOutputs, rowStride: layout.groupOutputs)
    }
  }

  /// Returns the gradients of a group's outputs in a tile, [outputs of the tile, O / groups].
  private func gradients(
    of tile: TapTiling.Tile, _ group: Int, _ outputs: TapSums, _ gradient: UnsafePointer<Scalar>
  ) -> PackedMatrix<Scalar> {
    let first = gradient + outputs.firstTarget(of: tile, group: group)
    // The outputs of whole rows follow one another, those of whole images, too.
    let isWhole = tile.columns.count == outputs.columns.count
    let count = tile.images.count * tile.rows.count
    let (blocks, rows) =
      isWhole ? (1, count * tile.columns.count) : (count, tile.columns.count)
    return PackedMatrix(
      stacking: (0..<blocks).map { block in
        MatrixView(
          first + block * outputs.targetRowStride, rows: rows, columns: layout.groupOutputs,
          rowStride: layout.outputSize)
      }, columns: layout.groupOutputs)
  }
}
