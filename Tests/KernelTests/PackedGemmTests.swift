import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct PackedGemmTests {
  /// Rows at and around the blocks of every instruction set (3, 6 and 14), and columns around panels.
  static let extents: [(M: Int, N: Int, K: Int)] = [
    (0, 3, 5), (3, 0, 5), (3, 5, 0), (1, 1, 1), (1, 17, 3), (1, 130, 65), (2, 65, 17), (3, 64, 9),
    (4, 33, 65), (6, 16, 7), (7, 15, 32), (13, 48, 11), (14, 31, 10), (15, 96, 5), (17, 65, 3),
    (29, 3, 65), (65, 17, 40),
  ]

  @Test(arguments: extents) func floats(M: Int, N: Int, K: Int) {
    let a: [Float] = wave(M * K)
    let b: [Float] = wave(K * N, phase: 1)
    let bias: [Float] = wave(N, phase: 2)
    let c: [Float] = wave(M * N, phase: 3)
    for transposed in [false, true] {
      let product = Reference.matrixProduct(
        reals(a), reals(b), transposeB: transposed, M: M, N: N, K: K)
      func run(_ bias: [Float]?, accumulate: Bool) -> [Float] {
        withPacked(b, K, N, transposed) { packed in
          var result = c + [.nan]
          result.withUnsafeMutableBufferPointer {
            fs_packed_gemm_f32(
              a, K, packed, bias, accumulate ? 1 : 0, $0.baseAddress!, N, M, N, K)
          }
          #expect(result[M * N].isNaN)
          return Array(result.dropLast())
        }
      }
      let withBias = product.indices.map { product[$0] + Double(bias[$0 % N]) }
      let accumulated = product.indices.map { product[$0] + Double(c[$0]) }
      let tolerance = 1e-6 * Double(K + 1)
      expectClose(run(nil, accumulate: false), product, tolerance: tolerance, floor: 1, "product")
      expectClose(run(bias, accumulate: false), withBias, tolerance: tolerance, floor: 1, "bias")
      expectClose(run(nil, accumulate: true), accumulated, tolerance: tolerance, floor: 1, "sum")
    }
  }

  @Test(arguments: extents) func doubles(M: Int, N: Int, K: Int) {
    let a: [Double] = wave(M * K)
    let b: [Double] = wave(K * N, phase: 1)
    let bias: [Double] = wave(N, phase: 2)
    let product = Reference.matrixProduct(a, b, M: M, N: N, K: K)
    let expected = product.indices.map { product[$0] + bias[$0 % N] }
    let result: [Double] = withPacked(b, K, N, false) { packed in
      output(M * N) { fs_packed_gemm_f64(a, K, packed, bias, 0, $0, N, M, N, K) }
    }
    expectClose(result, expected, tolerance: 1e-14 * Double(K + 1), floor: 1, "Doubles")
  }

  @Test func rowsAndColumnsKeepTheirDistance() {
    let (M, N, K, strideA, strideC) = (9, 21, 6, 8, 32)
    let a: [Float] = wave(M * strideA)
    let b: [Float] = wave(K * N, phase: 1)
    let dense = (0..<M).flatMap { Array(a[$0 * strideA..<$0 * strideA + K]) }
    let product = Reference.matrixProduct(reals(dense), reals(b), M: M, N: N, K: K)
    let result: [Float] = withPacked(b, K, N, false) { packed in
      output(M * strideC) { fs_packed_gemm_f32(a, strideA, packed, nil, 0, $0, strideC, M, N, K) }
    }
    for row in 0..<M {
      let values = result[row * strideC..<(row + 1) * strideC]
      expectClose(
        Array(values.prefix(N)), Array(product[row * N..<(row + 1) * N]), tolerance: 1e-5,
        floor: 1, "row \(row)")
      #expect(values.dropFirst(N).allSatisfy { $0.isNaN }, "row \(row) is written past its end")
    }
  }

  /// Rows in pieces, as those of a convolution that is dilated (a piece for each tap), or whose taps
  /// follow one another, and as those of the gradient of its weight (elements with a step).
  @Test(arguments: [
    (M: 13, N: 21, pieces: [0, 40, 11], length: 7, stride: 3, step: 1),
    (M: 3, N: 70, pieces: [5], length: 17, stride: 1, step: 6),
    (M: 29, N: 15, pieces: [9, 0, 3, 80, 1], length: 1, stride: 2, step: 4),
    (M: 6, N: 3, pieces: [], length: 5, stride: 1, step: 1),
  ])
  func rowsInPieces(M: Int, N: Int, pieces: [Int], length: Int, stride: Int, step: Int) {
    let K = pieces.count * length
    let a: [Float] = wave(400)
    let b: [Float] = wave(K * N, phase: 1)
    let (bias, c): ([Float], [Float]) = (wave(N, phase: 2), wave(M * N, phase: 3))
    let rows = (0..<M).flatMap { m in
      pieces.flatMap { piece in (0..<length).map { a[piece + m * stride + $0 * step] } }
    }
    let product = Reference.matrixProduct(reals(rows), reals(b), M: M, N: N, K: K)
    for accumulates in [false, true] {
      let result = withPacked(b, K, N, false) { packed in
        pieces.withUnsafeBufferPointer { offsets in
          var layout = fs_pieces(
            offsets: offsets.baseAddress, count: pieces.count, length: length, stride: stride,
            step: step)
          var result = c
          fs_packed_gemm_of_pieces_f32(
            a, &layout, packed, bias, accumulates ? 1 : 0, &result, N, M, N)
          return result
        }
      }
      let expected = product.indices.map {
        product[$0] + Double(accumulates ? c[$0] : bias[$0 % N])
      }
      expectClose(
        result, expected, tolerance: 1e-6 * Double(K + 1), floor: 1, "adds: \(accumulates)")
    }
    let doubles: [Double] = withPacked(reals(b), K, N, false) { packed in
      pieces.withUnsafeBufferPointer { offsets in
        var layout = fs_pieces(
          offsets: offsets.baseAddress, count: pieces.count, length: length, stride: stride,
          step: step)
        return output(M * N) {
          fs_packed_gemm_of_pieces_f64(reals(a), &layout, packed, nil, 0, $0, N, M, N)
        }
      }
    }
    expectClose(doubles, product, tolerance: 1e-14 * Double(K + 1), floor: 1, "doubles")
  }

  @Test func rowsDoNotDependOnTheirNeighbors() {
    let (M, N, K) = (65, 33, 40)
    let a: [Float] = wave(M * K)
    let b: [Float] = wave(K * N, phase: 1)
    withPacked(b, K, N, false) { packed in
      let whole: [Float] = output(M * N) {
        fs_packed_gemm_f32(a, K, packed, nil, 0, $0, N, M, N, K)
      }
      for row in 0..<M {
        let single: [Float] = output(N) {
          fs_packed_gemm_f32(Array(a[(row * K)...]), K, packed, nil, 0, $0, N, 1, N, K)
        }
        expectIdentical(single, Array(whole[row * N..<(row + 1) * N]), "row \(row)")
      }
    }
  }

  /// Rows as they lie, and as the columns of a transposed matrix; what pads them stays untouched.
  @Test(arguments: [(0, 3), (3, 0), (1, 17), (17, 1), (5, 66), (66, 5)])
  func copiesRows(M: Int, K: Int) {
    for transposed in [false, true] {
      let (stride, rowStride) = ((transposed ? M : K) + 2, K + 3)
      let a: [Float] = wave(transposed ? K * stride : M * stride)
      let rows: [Float] = output(M * rowStride) {
        fs_copy_rows_f32(a, stride, transposed ? 1 : 0, M, K, $0, rowStride)
      }
      var expected = [Float](repeating: .nan, count: M * rowStride)
      for m in 0..<M {
        for k in 0..<K {
          expected[m * rowStride + k] = transposed ? a[k * stride + m] : a[m * stride + k]
        }
      }
      expectIdentical(rows, expected, "rows of [\(M), \(K)], transposed: \(transposed)")
    }
  }

  private func withPacked<Result>(
    _ b: [Float], _ K: Int, _ N: Int, _ transposed: Bool, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let count = fs_packed_count_f32(K, N)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 4 * count + 64, alignment: 64)
    defer { memory.deallocate() }
    let packed = memory.assumingMemoryBound(to: Float.self)
    fs_pack_f32(b, transposed ? K : N, transposed ? 1 : 0, K, N, packed, 0, 0, K)
    return body(packed)
  }

  private func withPacked<Result>(
    _ b: [Double], _ K: Int, _ N: Int, _ transposed: Bool, _ body: (UnsafePointer<Double>) -> Result
  ) -> Result {
    let count = fs_packed_count_f64(K, N)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 8 * count + 64, alignment: 64)
    defer { memory.deallocate() }
    let packed = memory.assumingMemoryBound(to: Double.self)
    fs_pack_f64(b, transposed ? K : N, transposed ? 1 : 0, K, N, packed, 0, 0, K)
    return body(packed)
  }
}
