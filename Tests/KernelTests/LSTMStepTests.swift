import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct LSTMStepTests {
  typealias Forward<S> = (
    UnsafePointer<S>, Int, UnsafePointer<S>, UnsafePointer<S>, UnsafeMutablePointer<S>?, Int,
    UnsafePointer<S>, UnsafeMutablePointer<S>, UnsafeMutablePointer<S>, Int, Int, Int, Int, Int32
  ) -> Void
  typealias Backward<S> = (
    UnsafePointer<S>, UnsafeMutablePointer<S>, Int, UnsafePointer<S>, UnsafePointer<S>,
    UnsafePointer<S>, Int, UnsafePointer<S>?, Int, UnsafeMutablePointer<S>, Int, Int
  ) -> Void

  /// B, H and K: below, at and above the rows and units that the kernel takes at a time.
  static let extents = [
    (0, 3, 5), (3, 0, 2), (1, 17, 20), (17, 1, 4), (3, 65, 71), (65, 3, 7), (2, 1003, 9),
    (33, 32, 40), (31, 64, 1), (1, 1100, 3), (1, 160, 17),
  ]

  /// [B, width] with `padding` NaN at the end of each row.
  func padded<S: KernelScalar>(_ x: [S], _ B: Int, _ width: Int, _ padding: Int) -> [S] {
    let rows = (0..<B).flatMap {
      x[$0 * width..<($0 + 1) * width] + [S](repeating: .nan, count: padding)
    }
    return rows + [.nan]
  }

  /// Forward and backward with strides of their own for all rows, against the definition in Double.
  /// NaN in the padding shows any element that is read or written beyond a row.
  func check<S: PackableScalar>(
    _ forward: Forward<S>, _ backward: Backward<S>, B: Int, H: Int, K: Int, tolerance: Double
  ) {
    func wide(_ x: [S]) -> [Double] { x.map { Double($0) } }
    func expect(_ actual: [S], _ expected: [Double], width: Int, padding: Int, _ what: String) {
      expectClose(
        actual, padded(expected, B, width, padding), tolerance: tolerance, floor: 1,
        "\(what) of [\(B), \(H)] from [\(B), \(K)] \(S.self)s")
    }
    let rows: [S] = wave(B * K, scale: 3 / Double(K).squareRoot())
    let weights: [S] = wave(4 * H * K, phase: 5, scale: 2)
    let bias: [S] = wave(4 * H, phase: 4, scale: 3)
    let c0: [S] = wave(B * H, phase: 1, scale: 2)
    let product = Reference.matrixProduct(
      wide(rows), wide(weights), transposeB: true, M: B, N: 4 * H, K: K)
    let sums = product.indices.map { product[$0] + Double(bias[$0 % (4 * H)]) }
    let cell = Reference.lstmCellForward(a: sums, cPrevious: wide(c0), B: B, H: H)

    let packed = PackedGateWeights(weights, bias: bias, H: H, K: K)
    var gates = padded([S](repeating: 0, count: B * 4 * H), B, 4 * H, 3)
    var h = padded([S](repeating: 0, count: B * H), B, H, 2)
    let strided = padded(rows, B, K, 5)
    let c: [S] = output(B * H) {
      forward(
        strided, K + 5, packed.start, packed.bias, &gates, 4 * H + 3, c0, $0, &h, H + 2, B, H, K, 0)
    }
    expect(gates, cell.gates, width: 4 * H, padding: 3, "gates")
    expect(c + [.nan], cell.c, width: H, padding: 0, "c")
    expect(h, cell.h, width: H, padding: 2, "h")

    // Without gates, with the new cells over the old ones, and the last units first.
    var inPlaceC = c0 + [.nan]
    var inPlaceH = padded([S](repeating: 0, count: B * H), B, H, 2)
    inPlaceC.withUnsafeMutableBufferPointer {
      let base = $0.baseAddress!
      forward(
        strided, K + 5, packed.start, packed.bias, nil, 0, base, base, &inPlaceH, H + 2, B, H, K, 1)
    }
    expectIdentical(inPlaceC, c + [.nan], "c over c_prev")
    expectIdentical(inPlaceH, h, "h without gates")

    for hasOutputGradient in [false, true] {
      let dh: [S] = wave(B * H, phase: 2)
      let dy: [S] = wave(B * H, phase: 6)
      let dc: [S] = wave(B * H, phase: 3)
      let total = dh.indices.map { Double(dh[$0]) + (hasOutputGradient ? Double(dy[$0]) : 0) }
      let gradients = Reference.lstmCellBackward(
        gates: cell.gates, cPrevious: wide(c0), c: cell.c, dh: total, dc: wide(dc), B: B, H: H)
      var dcPrevious = dc + [.nan]
      var da = padded([S](repeating: 0, count: B * 4 * H), B, 4 * H, 3)
      let dyRows = padded(dy, B, H, 4)
      dyRows.withUnsafeBufferPointer { dyRows in
        backward(
          gates, &da, 4 * H + 3, c0, c, padded(dh, B, H, 1), H + 1,
          hasOutputGradient ? dyRows.baseAddress : nil, H + 4, &dcPrevious, B, H)
      }
      expect(da, gradients.da, width: 4 * H, padding: 3, "da")
      expect(dcPrevious, gradients.dcPrevious, width: H, padding: 0, "dc_prev")
      var inPlace = gates
      var dcAgain = dc + [.nan]
      inPlace.withUnsafeMutableBufferPointer { gates in
        dyRows.withUnsafeBufferPointer { dyRows in
          backward(
            gates.baseAddress!, gates.baseAddress!, 4 * H + 3, c0, c, padded(dh, B, H, 1), H + 1,
            hasOutputGradient ? dyRows.baseAddress : nil, H + 4, &dcAgain, B, H)
        }
      }
      expectIdentical(inPlace, da, "da over the gates")
    }
  }

  @Test(arguments: extents) func matchesReference(B: Int, H: Int, K: Int) {
    check(
      fs_lstm_step_forward_f32, fs_lstm_cell_backward_f32, B: B, H: H, K: K, tolerance: 4e-6)
    check(
      fs_lstm_step_forward_f64, fs_lstm_cell_backward_f64, B: B, H: H, K: K, tolerance: 2e-14)
  }

  /// Saturated gates keep the cell: ones exactly, and what should be zero below any effect, with no
  /// NaN from infinities.
  @Test func saturatedGates() {
    let inf = Float.infinity
    let packed = PackedGateWeights<Float>(
      [0, 0, 0, 0], bias: [-inf, inf, inf, inf], H: 1, K: 1)
    var gates = [Float](repeating: .nan, count: 4)
    var c: [Float] = [0]
    var h: [Float] = [0]
    fs_lstm_step_forward_f32(
      [0], 1, packed.start, packed.bias, &gates, 4, [0.5], &c, &h, 1, 1, 1, 1, 0)
    #expect(gates[0] >= 0 && gates[0] < 1e-37)
    #expect(gates[1...] == [1, 1, 1])
    #expect(c == [0.5])
    expectClose(h, [0.46211715726000975], tolerance: 2e-7, "tanh(0.5)")
  }

  /// A NaN in one row stays in that row, and in that unit.
  @Test func notANumber() {
    let (B, H, K) = (3, 33, 2)
    let packed = PackedGateWeights<Float>(wave(4 * H * K), bias: wave(4 * H), H: H, K: K)
    var c0: [Float] = wave(B * H, phase: 1)
    c0[H + 7] = .nan
    var h = [Float](repeating: 0, count: B * H)
    let c: [Float] = output(B * H) {
      fs_lstm_step_forward_f32(
        wave(B * K), K, packed.start, packed.bias, nil, 0, c0, $0, &h, H, B, H, K, 0)
    }
    #expect(c.indices.filter { c[$0].isNaN } == [H + 7])
    #expect(h.indices.filter { h[$0].isNaN } == [H + 7])
  }
}

/// Scalars whose weights the step takes.
protocol PackableScalar: KernelScalar {
  static func packedCount(_ K: Int, _ N: Int) -> Int
  static func pack(
    _ weight: UnsafePointer<Self>, _ stride: Int, _ H: Int, _ K: Int,
    _ packed: UnsafeMutablePointer<Self>, _ first: Int, _ depth: Int)
}

extension Float: PackableScalar {
  static func packedCount(_ K: Int, _ N: Int) -> Int { fs_packed_count_f32(K, N) }
  static func pack(
    _ weight: UnsafePointer<Float>, _ stride: Int, _ H: Int, _ K: Int,
    _ packed: UnsafeMutablePointer<Float>, _ first: Int, _ depth: Int
  ) { fs_lstm_pack_f32(weight, stride, H, K, packed, first, depth) }
}

extension Double: PackableScalar {
  static func packedCount(_ K: Int, _ N: Int) -> Int { fs_packed_count_f64(K, N) }
  static func pack(
    _ weight: UnsafePointer<Double>, _ stride: Int, _ H: Int, _ K: Int,
    _ packed: UnsafeMutablePointer<Double>, _ first: Int, _ depth: Int
  ) { fs_lstm_pack_f64(weight, stride, H, K, packed, first, depth) }
}

/// Weights [4H, K], packed in two parts, as a recurrent layer packs `[W_hh | W_ih]`, and a bias [4H].
private final class PackedGateWeights<S: PackableScalar> {
  let start, bias: UnsafeMutablePointer<S>

  init(_ weights: [S], bias: [S], H: Int, K: Int) {
    start = Self.memory(S.packedCount(K, 4 * H))
    self.bias = Self.memory(S.packedCount(1, 4 * H))
    let split = K / 2
    weights.withUnsafeBufferPointer { weights in
      guard let weights = weights.baseAddress else { return }
      S.pack(weights, K, H, split, start, 0, K)
      S.pack(weights + split, K, H, K - split, start, split, K)
    }
    S.pack(bias, 1, H, 1, self.bias, 0, 1)
  }

  /// NaN, so that an element that was not packed shows.
  private static func memory(_ count: Int) -> UnsafeMutablePointer<S> {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<S>.stride * count + 64, alignment: 64)
    let start = bytes.bindMemory(to: S.self, capacity: count)
    start.initialize(repeating: .nan, count: count)
    return start
  }

  deinit {
    start.deallocate()
    bias.deallocate()
  }
}
