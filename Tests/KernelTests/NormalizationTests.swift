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

  @Test(arguments: [(4, 3), (3, 1), (17, 3), (3, 65), (65, 17), (7, 1003), (131, 129)])
  func batchNorm(rows: Int, columns: Int) {
    let n = rows * columns
    let x = (wave(n, scale: 3) as [Double]).map { $0 + 50 }
    let weight: [Double] = wave(columns, phase: 1)
    let bias: [Double] = wave(columns, phase: 2)
    let dy: [Double] = wave(n, phase: 3)
    let exact = Reference.batchNorm(
      x, weight: weight, bias: bias, epsilon: 1e-5, rows: rows, columns: columns)
    let back = Reference.batchNormBackward(
      x: x, weight: weight, dy: dy, epsilon: 1e-5, rows: rows, columns: columns)

    var squares: [Double] = []
    let mean: [Double] = output(columns) { mean in
      squares = output(columns) { fs_column_moments_f64(x, mean, $0, rows, columns) }
    }
    let factor = squares.map { 1 / ($0 / Double(rows) + 1e-5).squareRoot() }
    let scale = zip(weight, factor).map { $0 * $1 }
    let y: [Double] = output(n) {
      fs_normalize_columns_f64(x, mean, scale, bias, $0, rows, columns)
    }
    expectClose(y, exact, tolerance: 1e-10, floor: 1, "Doubles")
    // The sums are added to what is there.
    var sums = [Double](repeating: 2, count: 2 * columns)
    sums.withUnsafeMutableBufferPointer {
      fs_column_slopes_f64(
        x, mean, factor, dy, $0.baseAddress!, $0.baseAddress! + columns, rows, columns)
    }
    expectClose(
      sums, (back.weight + back.bias).map { $0 + 2 }, tolerance: 1e-10, floor: 1, "sums of Doubles")
    let shift = back.bias.map { $0 / Double(rows) }
    let slope = zip(back.weight, factor).map { $0 / Double(rows) * $1 }
    let dx: [Double] = output(n) {
      fs_column_gradients_f64(x, mean, scale, dy, shift, slope, $0, rows, columns)
    }
    expectClose(dx, back.x, tolerance: 1e-9, floor: 1, "dx of Doubles")

    func floats(_ x: [Double]) -> [Float] { x.map { Float($0) } }
    var narrowSquares: [Double] = []
    let narrowMean: [Double] = output(columns) { mean in
      narrowSquares = output(columns) {
        fs_column_moments_f32(floats(x), mean, $0, rows, columns)
      }
    }
    expectClose(narrowMean, mean, tolerance: 1e-7, floor: 1, "means of Floats")
    expectClose(narrowSquares, squares, tolerance: 1e-5, floor: 1, "squares of Floats")
    let narrow: [Float] = output(n) {
      fs_normalize_columns_f32(
        floats(x), floats(mean), floats(scale), floats(bias), $0, rows, columns)
    }
    // A factor of up to 3 times the rounding of numbers of about 50.
    expectClose(narrow, exact, tolerance: 1e-4, floor: 1, "Floats")
    var narrowSums = [Double](repeating: 2, count: 2 * columns)
    narrowSums.withUnsafeMutableBufferPointer {
      fs_column_slopes_f32(
        floats(x), floats(mean), floats(factor), floats(dy), $0.baseAddress!,
        $0.baseAddress! + columns, rows, columns)
    }
    expectClose(
      narrowSums, (back.weight + back.bias).map { $0 + 2 }, tolerance: 1e-4, floor: 1,
      "sums of Floats")
    let narrowDX: [Float] = output(n) {
      fs_column_gradients_f32(
        floats(x), floats(mean), floats(scale), floats(dy), floats(shift), floats(slope), $0, rows,
        columns)
    }
    expectClose(narrowDX, back.x, tolerance: 1e-4, floor: 1, "dx of Floats")
  }
}
