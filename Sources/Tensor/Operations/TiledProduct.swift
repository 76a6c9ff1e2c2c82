internal import SIMDKernels

/// Computes C = f(A · B + bias), with the rows of C split into tiles for several threads.
///
/// The tiles depend on the extents alone, so that results are bit-identical at every thread count.
///
/// - Parameters:
///   - bias: A number for each column of C; nil for none.
///   - epilogue: The function f. It is applied to each tile while the tile is in the cache: a
///     single pass over C on one thread took a tenth of the time of a dense layer of 256 × 256 ×
///     256 on two threads.
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
    // Measured for the transposed weights of dense layers.
    if b.isTransposed, gainsByPacking(a, c) {
      PackedMatrix(b).multiply(a, bias: bias, into: c)
      return finish(c, nil, epilogue)
    }
    multiply(a, b, into: c)
    return finish(c, bias, epilogue)
  }
  TiledProduct(a, b, c, bias, epilogue).run()
}

/// Computes C = A · B on the calling thread, with B packed if that is faster.
@specialized(where Scalar == Float)
package func multiplyPacking<Scalar: TensorScalar>(
  _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, into c: MutableMatrixView<Scalar>
) {
  if gainsByPacking(a, c) {
    PackedMatrix(b).multiply(a, into: c)
  } else {
    multiply(a, b, into: c)
  }
}

/// Adds the bias to the rows of C and applies the function.
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

/// Returns a Boolean value that indicates whether a product that is too small for tiles is faster
/// with B packed.
///
/// On a Zen 4, 32 × 32 × 64 takes 1.4 µs, compared with 1.8 µs for OpenBLAS 0.3.21, which
/// multiplies rows by rows. Products from 16 × 64 × 16 to 63 × 256 × 256 are 1.2 to 1.6 times as
/// fast. Packing does not pay off with fewer rows, or with a number of columns that leaves much of
/// a panel empty.
private func gainsByPacking<Scalar: TensorScalar>(
  _ a: MatrixView<Scalar>, _ c: MutableMatrixView<Scalar>
) -> Bool {
  let lanes = 64 / MemoryLayout<Scalar>.stride
  return !a.isTransposed && c.rows >= 16
    && (c.columns % lanes == 0 || c.columns >= 4 * lanes) && fs_is_optimized() != 0
}

/// A product of many rows. B is packed once, in blocks of rows, and tiles of C's rows are computed
/// from the packed blocks.
///
/// On a Zen 4 with AVX-512, 512 × 512 × 512 runs at 106 GFLOP/s on one thread, compared with 94 for
/// OpenBLAS 0.3.21 (`make bench ARGUMENTS="--filter gemm"`).
private struct TiledProduct<Scalar: TensorScalar>: Sendable {
  /// The minimum number of rows for which packing B pays off.
  static var leastRows: Int { 64 }

  /// The number of rows of a tile.
  private static var tileRows: Int { 32 }
  /// The number of rows of B in a block. A tile's share of A then stays in the second-level cache.
  private static var blockDepth: Int { 512 }
  /// The number of columns of B that one work item packs, a multiple of a panel.
  ///
  /// It is small because writing a cache line that another thread has read costs more than writing
  /// one in the thread's own cache: 256 columns of 256 took 40 µs on one of two threads, and 15 µs
  /// on one thread alone.
  private static var packedColumns: Int { 64 }

  private let a, b: MatrixView<Scalar>
  private let c: MutableMatrixView<Scalar>
  private let depth: Int
  private let bias: SendablePointer<UnsafePointer<Scalar>>?
  private let epilogue: _Epilogue

  init(
    _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, _ c: MutableMatrixView<Scalar>,
    _ bias: UnsafePointer<Scalar>?, _ epilogue: _Epilogue
  ) {
    checkExtents(a, b, c)
    (self.a, self.b, self.c) = (a, b, c)
    (self.bias, self.epilogue) = (SendablePointer(bias), epilogue)
    depth = a.effectiveColumns
  }

  func run() {
    let tileCount = (c.rows + Self.tileRows - 1) / Self.tileRows
    let most = min(depth, Self.blockDepth)
    Tensor<Scalar>.withScratch(count: Scalar._Kernels.packedCount(most, c.columns)) { packed in
      for first in stride(from: 0, to: depth, by: Self.blockDepth) {
        let block = first..<min(first + Self.blockDepth, depth)
        let packed = SendablePointer(packed)
        pack(block, into: packed)
        parallelFor(tileCount) { multiply(tile: $0, block, packed.pointer) }
      }
    }
  }

  /// Packs some rows of B.
  private func pack(
    _ block: Range<Int>, into packed: SendablePointer<UnsafeMutablePointer<Scalar>>
  ) {
    parallelFor((c.columns + Self.packedColumns - 1) / Self.packedColumns) { piece in
      let first = piece * Self.packedColumns
      let (row, column) = b.isTransposed ? (first, block.lowerBound) : (block.lowerBound, first)
      Scalar._Kernels.pack(
        b.start + row * b.rowStride + column, stride: b.rowStride, transposed: b.isTransposed,
        block.count, min(Self.packedColumns, c.columns - first),
        packed.pointer + first * block.count, first: 0, depth: block.count)
    }
  }

  /// Adds a block's contribution to a tile. The first block initializes the sums, and the last one
  /// completes them.
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
    finish(tile, bias?.pointer, epilogue)
  }

  /// Calls a closure with some columns of some rows of A, and their stride.
  ///
  /// The rows are copied if A is transposed, or if their stride is a multiple of 2 KiB, since the
  /// rows would then compete for the same cache lines.
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
