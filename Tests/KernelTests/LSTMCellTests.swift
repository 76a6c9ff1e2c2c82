import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct LSTMCellTests {
  typealias Forward<S> = (
    UnsafeMutablePointer<S>, Int, UnsafePointer<S>, UnsafeMutablePointer<S>,
    UnsafeMutablePointer<S>, Int, Int, Int
  ) -> Void
  typealias Backward<S> = (
    UnsafeMutablePointer<S>, Int, UnsafePointer<S>, UnsafePointer<S>, UnsafePointer<S>, Int,
    UnsafeMutablePointer<S>, Int, Int
  ) -> Void

  static let extents = [(0, 3), (3, 0), (1, 17), (17, 1), (3, 65), (65, 3), (2, 1003)]

  /// [B, width] with `padding` NaN at the end of each row.
  func padded<S: KernelScalar>(_ x: [S], _ B: Int, _ width: Int, _ padding: Int) -> [S] {
    let rows = (0..<B).flatMap {
      x[$0 * width..<($0 + 1) * width] + [S](repeating: .nan, count: padding)
    }
    return rows + [.nan]
  }

  /// Forward and backward with strides of their own for gates, h and dh, against the definition in
  /// Double. NaN in the padding shows any element that is read or written beyond a row.
  func check<S: KernelScalar>(
    _ forward: Forward<S>, _ backward: Backward<S>, B: Int, H: Int, tolerance: Double
  ) {
    let a: [S] = wave(B * 4 * H, scale: 6)
    let c0: [S] = wave(B * H, phase: 1, scale: 2)
    let dh: [S] = wave(B * H, phase: 2)
    let dc: [S] = wave(B * H, phase: 3)
    func wide(_ x: [S]) -> [Double] { x.map { Double($0) } }
    let cell = Reference.lstmCellForward(a: wide(a), cPrevious: wide(c0), B: B, H: H)
    let gradients = Reference.lstmCellBackward(
      gates: cell.gates, cPrevious: wide(c0), c: cell.c, dh: wide(dh), dc: wide(dc), B: B, H: H)
    func expect(_ actual: [S], _ expected: [Double], width: Int, padding: Int, _ what: String) {
      expectClose(
        actual, padded(expected, B, width, padding), tolerance: tolerance, floor: 1,
        "\(what) of [\(B), \(H)] \(S.self)s")
    }

    var gates = padded(a, B, 4 * H, 3)
    var h = padded([S](repeating: 0, count: B * H), B, H, 2)
    let c: [S] = output(B * H) { forward(&gates, 4 * H + 3, c0, $0, &h, H + 2, B, H) }
    expect(gates, cell.gates, width: 4 * H, padding: 3, "gates")
    expect(c + [.nan], cell.c, width: H, padding: 0, "c")
    expect(h, cell.h, width: H, padding: 2, "h")

    var inPlaceGates = padded(a, B, 4 * H, 3)
    var inPlaceC = c0 + [.nan]
    inPlaceC.withUnsafeMutableBufferPointer {
      let base = $0.baseAddress!
      forward(&inPlaceGates, 4 * H + 3, base, base, &h, H + 2, B, H)
    }
    expectIdentical(inPlaceC, c + [.nan], "c over c_prev")
    expectIdentical(inPlaceGates, gates, "gates with c over c_prev")

    var dcPrevious = dc + [.nan]
    backward(&gates, 4 * H + 3, c0, c, padded(dh, B, H, 1), H + 1, &dcPrevious, B, H)
    expect(gates, gradients.da, width: 4 * H, padding: 3, "da")
    expect(dcPrevious, gradients.dcPrevious, width: H, padding: 0, "dc_prev")
  }

  @Test(arguments: extents) func matchesReference(B: Int, H: Int) {
    check(fs_lstm_cell_forward_f32, fs_lstm_cell_backward_f32, B: B, H: H, tolerance: 1e-6)
    check(fs_lstm_cell_forward_f64, fs_lstm_cell_backward_f64, B: B, H: H, tolerance: 1e-14)
  }

  /// Saturated gates keep the cell and give exact zeros and ones, with no NaN from infinities.
  @Test func saturatedGates() {
    let inf = Float.infinity
    var gates: [Float] = [-inf, inf, inf, inf]
    var c: [Float] = [0]
    var h: [Float] = [0]
    fs_lstm_cell_forward_f32(&gates, 4, [0.5], &c, &h, 1, 1, 1)
    #expect(gates == [0, 1, 1, 1])
    #expect(c == [0.5])
    expectClose(h, [0.46211715726000975], tolerance: 2e-7, "tanh(0.5)")
  }
}
