import ReferenceKernels
import SIMDKernels
import Testing

/// The kernels of normalization against their definitions.
@Suite struct NormalizationTests {
  @Test(arguments: [(0, 3), (3, 1), (1, 17), (17, 3), (3, 65), (2, 1003)])
  func layerNorm(rows: Int, columns: Int) {
    let n = rows * columns
    // Far from 0, where a difference of squares would cancel.
    let x = (wave(n, scale: 3) as [Double]).map { $0 + 50 }
    let weight: [Double] = wave(columns, phase: 1)
    let bias: [Double] = wave(columns, phase: 2)
    let dy: [Double] = wave(n, phase: 3)
    let exact = Reference.layerNorm(
      x, weight: weight, bias: bias, epsilon: 1e-5, rows: rows, columns: columns)
    let back = Reference.layerNormBackward(
      x: x, weight: weight, dy: dy, epsilon: 1e-5, rows: rows, columns: columns)

    var statistics: [Double] = []
    let y: [Double] = output(n) { y in
      statistics = output(2 * rows) {
        fs_layer_norm_f64(x, weight, bias, 1e-5, y, $0, rows, columns)
      }
    }
    expectClose(y, exact, tolerance: 1e-12, floor: 1, "Doubles")
    var sums = [Double](repeating: 0, count: 2 * columns)
    let dx: [Double] = output(n) { dx in
      sums.withUnsafeMutableBufferPointer {
        fs_layer_norm_backward_f64(
          x, weight, statistics, dy, dx, $0.baseAddress!, $0.baseAddress! + columns, rows, columns)
      }
    }
    expectClose(dx, back.x, tolerance: 1e-11, floor: 1, "dx of Doubles")
    expectClose(sums, back.weight + back.bias, tolerance: 1e-11, floor: 1, "sums of Doubles")

    func floats(_ x: [Double]) -> [Float] { x.map { Float($0) } }
    var narrowStatistics: [Float] = []
    let narrow: [Float] = output(n) { y in
      narrowStatistics = output(2 * rows) {
        fs_layer_norm_f32(floats(x), floats(weight), floats(bias), 1e-5, y, $0, rows, columns)
      }
    }
    // With one column, the deviation of a rounded number from its rounded mean counts.
    expectClose(narrow, exact, tolerance: 1e-5, floor: 1, "Floats")
    // The sums are added to what is there.
    var narrowSums = [Float](repeating: 2, count: 2 * columns)
    let narrowDX: [Float] = output(n) { dx in
      narrowSums.withUnsafeMutableBufferPointer {
        fs_layer_norm_backward_f32(
          floats(x), floats(weight), narrowStatistics, floats(dy), dx, $0.baseAddress!,
          $0.baseAddress! + columns, rows, columns)
      }
    }
    if columns > 1 { expectClose(narrowDX, back.x, tolerance: 2e-5, floor: 1, "dx of Floats") }
    expectClose(
      narrowSums, (back.weight + back.bias).map { $0 + 2 }, tolerance: 2e-5, floor: 1,
      "sums of Floats")
  }
}
