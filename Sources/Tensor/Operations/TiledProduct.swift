internal import SIMDKernels

/// C = f(A · B + bias), with the rows of C cut into tiles that threads share.
///
/// The tiles follow from the extents alone, so that every thread count gives the same bits.
///
/// - Parameters:
///   - bias: A number for each column of C, or nil for none.
///   - epilogue: The function f. It is applied to a tile while that is in the cache; a pass over the
///     whole of C by one thread took a tenth of a dense layer of 256 × 256 × 256 on two threads.
@specialized(where Scalar == Float)
package func multiplyInTiles<Scalar: TensorScalar>(
  _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, into c: MutableMatrixView<Scalar>,
  bias: UnsafePointer<Scalar>? = nil, epilogue: _Epilogue = .linear
) {
  let work = c.rows * c.columns * a.effectiveColumns
  guard
    c.rows >= TiledProduct<Scalar>.leastRows, c.columns >= 8, work >= 1 << 18,
    fs_is_optimized() != 0
  else {
    if gainsByPacking(a, b, c) {
      PackedMatrix(b).multiply(a, bias: bias, into: c)
      return finish(c, nil, epilogue)
    }
    multiply(a, b, into: c)
    return finish(c, bias, epilogue)
  }
  TiledProduct(a, b, c, bias, epilogue).run()
}

/// Adds the bias to the rows of C, and applies the function.
private func finish<Scalar: TensorScalar>(
  _ c: MutableMatrixView<Scalar>, _ bias: UnsafePointer<Scalar>?, _ epilogue: _Epilogue
) {
  guard bias != nil || epilogue != .linear else { return }
  guard c.rowStride != c.columns else {
    return Scalar._Kernels.biasActivation(
      bias, c.start, rows: c.rows, columns: c.columns, epilogue)
  }
  for row in 0..<c.rows {
    Scalar._Kernels.biasActivation(
      bias, c.start + row * c.rowStride, rows: 1, columns: c.columns, epilogue)
  }
}

/// Whether a product too small for tiles gains by packing the whole of B: where that is transposed, as
/// in a dense layer.
///
/// On a Zen 4, 32 × 32 × 64 takes 1.4 µs, by OpenBLAS 0.3.21 1.8, which multiplies rows by rows;
/// from 16 × 64 × 16 to 63 × 256 × 256 it is 1.2 to 1.6 times as fast. Fewer rows do not pay for
/// packing, and neither do columns that leave much of a panel empty.
private func gainsByPacking<Scalar: TensorScalar>(
  _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, _ c: MutableMatrixView<Scalar>
) -> Bool {
  let lanes = 64 / MemoryLayout<Scalar>.stride
  return b.isTransposed && !a.isTransposed && c.rows >= 16
    && (c.columns % lanes == 0 || c.columns >= 4 * lanes) && fs_is_optimized() != 0
}

/// A product of many rows: B is packed once, a block of its rows at a time, and tiles of C's rows are
/// computed from it.
///
/// On a Zen 4 with AVX-512, 512 × 512 × 512 runs at 106 GFLOP/s on one thread, by OpenBLAS 0.3.21 at 94
/// (`make bench ARGUMENTS="--filter gemm"`).
private struct TiledProduct<Scalar: TensorScalar> {
  /// Fewer rows do not pay for packing B.
  static var leastRows: Int { 64 }

  /// Rows of a tile.
  private static var tileRows: Int { 32 }
  /// Rows of B in a block: a tile's share of A stays in the second-level cache.
  private static var blockDepth: Int { 512 }
  /// Columns of B that are packed as one piece of work; whole panels. Few, since a line that another
  /// thread has read from the buffer before costs more to write than one of the own cache: 256 columns
  /// of 256 took 40 µs on one of two threads, 15 on one alone.
  private static var packedColumns: Int { 64 }

  private let a, b: MatrixView<Scalar>
  private let c: MutableMatrixView<Scalar>
  private let depth: Int
  private let bias: UnsafePointer<Scalar>?
  private let epilogue: _Epilogue

  init(
    _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, _ c: MutableMatrixView<Scalar>,
    _ bias: UnsafePointer<Scalar>?, _ epilogue: _Epilogue
  ) {
    checkExtents(a, b, c)
    (self.a, self.b, self.c) = (a, b, c)
    (self.bias, self.epilogue) = (bias, epilogue)
    depth = a.effectiveColumns
  }

  func run() {
    let tileCount = (c.rows + Self.tileRows - 1) / Self.tileRows
    let most = min(depth, Self.blockDepth)
    Tensor<Scalar>.withScratch(count: Scalar._Kernels.packedCount(most, c.columns)) { packed in
      for first in stride(from: 0, to: depth, by: Self.blockDepth) {
        let block = first..<min(first + Self.blockDepth, depth)
        pack(block, into: packed)
        parallelFor(tileCount) { multiply(tile: $0, block, packed) }
      }
    }
  }

  /// Packs some rows of B.
  private func pack(_ block: Range<Int>, into packed: UnsafeMutablePointer<Scalar>) {
    parallelFor((c.columns + Self.packedColumns - 1) / Self.packedColumns) { piece in
      let first = piece * Self.packedColumns
      let (row, column) = b.isTransposed ? (first, block.lowerBound) : (block.lowerBound, first)
      Scalar._Kernels.pack(
        b.start + row * b.rowStride + column, stride: b.rowStride, transposed: b.isTransposed,
        block.count, min(Self.packedColumns, c.columns - first), packed + first * block.count,
        first: 0, depth: block.count)
    }
  }

  /// Adds a block's part of a tile; the first block's is where the sums start, and after the last
  /// one's they are whole.
  private func multiply(
    tile: Int, _ block: Range<Int>, _ packed: UnsafeMutablePointer<Scalar>
  ) {
    let first = tile * Self.tileRows
    let count = min(Self.tileRows, c.rows - first)
    withRows(first..<first + count, block) { rows, stride in
      Scalar._Kernels.packedGemm(
        rows, stride: stride, packed: packed, bias: nil, accumulating: block.lowerBound > 0,
        c.start + first * c.rowStride, strideC: c.rowStride, count, c.columns, block.count)
    }
    guard block.upperBound == depth else { return }
    let tile = MutableMatrixView(
      c.start + first * c.rowStride, rows: count, columns: c.columns, rowStride: c.rowStride)
    finish(tile, bias, epilogue)
  }

  /// Calls a closure with some columns of some rows of A, and their stride: where they are, or copied
  /// where they are columns as stored, or where rows that begin at the same place of a page would fight
  /// for the same lines of the cache.
  private func withRows(
    _ rows: Range<Int>, _ block: Range<Int>,
    _ body: (UnsafePointer<Scalar>, _ stride: Int) -> Void
  ) {
    let bytes = a.rowStride * MemoryLayout<Scalar>.stride
    if !a.isTransposed, bytes % 2048 != 0 {
      return body(a.start + rows.lowerBound * a.rowStride + block.lowerBound, a.rowStride)
    }
    let (row, column) =
      a.isTransposed
      ? (block.lowerBound, rows.lowerBound) : (rows.lowerBound, block.lowerBound)
    let stride = (block.count + 15) / 16 * 16 + 16
    Tensor<Scalar>.withScratch(count: rows.count * stride) { copy in
      Scalar._Kernels.copyRows(
        a.start + row * a.rowStride + column, stride: a.rowStride, transposed: a.isTransposed,
        rows.count, block.count, copy, rowStride: stride)
      body(copy, stride)
    }
  }
}
