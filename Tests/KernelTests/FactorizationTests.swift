import ReferenceKernels
import SIMDKernels
import Testing

/// The kernels of factorization machines against their definitions.
@Suite struct FactorizationTests {
  private static let rowLengths = [0, 1, 3, 17]
  private static let ranks = [0, 1, 3, 4, 12, 17, 31, 65]

  /// Distinct columns of a table of 40.
  private static func columns(_ count: Int, from start: Int = 0) -> [Int] {
    (0..<count).map { ($0 * 7 + 5 + start) % 40 }
  }

  @Test(arguments: rowLengths, ranks) func interactions(n: Int, K: Int) {
    let columns = Self.columns(n)
    let x: [Double] = wave(n, phase: 1)
    let v: [Double] = wave(40 * K, phase: 2)
    let expected = Reference.factorization(columns: columns, x: x, v: v, K: K)
    var value = 0.0
    let sums: [Double] = output(K) {
      value = fs_factorization_f64(columns.map(Int32.init), x + [0], n, v + [0], K, K, $0)
    }
    expectClose([value], [expected.value], tolerance: 1e-13, floor: 10, "value of \(n), \(K)")
    expectClose(sums, expected.sums, tolerance: 1e-13, floor: 1, "sums of \(n), \(K)")
    let narrow: [Float] = output(K) {
      value = fs_factorization_f32(
        columns.map(Int32.init), x.map { Float($0) } + [0], n, v.map { Float($0) } + [0], K, K, $0)
    }
    expectClose([value], [expected.value], tolerance: 1e-5, floor: 10, "Floats of \(n), \(K)")
    expectClose(narrow, expected.sums, tolerance: 1e-5, floor: 1, "Float sums of \(n), \(K)")
  }

  /// The factors of a column can be followed by other numbers.
  @Test func factorsAtADistance() {
    let (columns, K, stride) = (Self.columns(5), 7, 9)
    let (x, v): ([Double], [Double]) = (wave(5), wave(40 * 9, phase: 1))
    let packed = (0..<40).flatMap { v[$0 * stride..<$0 * stride + K] }
    let expected = Reference.factorization(columns: columns, x: x, v: packed, K: K)
    var value = 0.0
    let _: [Double] = output(K) {
      value = fs_factorization_f64(columns.map(Int32.init), x, 5, v, stride, K, $0)
    }
    expectClose([value], [expected.value], tolerance: 1e-13, floor: 1, "value")
  }

  @Test(arguments: rowLengths, ranks) func gradientOfAColumn(n: Int, K: Int) {
    let rows = (0..<n).map { ($0 * 3 + 1) % 19 }
    let x: [Double] = wave(n, phase: 1)
    let slopes: [Double] = wave(19, phase: 2)
    let sums: [Double] = wave(19 * K, phase: 3)
    let v: [Double] = wave(K, phase: 4)
    let expected = Reference.factorizationGradient(
      rows: rows, x: x, slopes: slopes, sums: sums, v: v)
    let gradient: [Double] = output(K) {
      fs_factorization_gradient_f64(
        rows.map(Int32.init), x + [0], n, slopes, sums + [0], v + [0], $0, K)
    }
    expectClose(gradient, expected, tolerance: 1e-13, floor: 1, "gradient of \(n), \(K)")
    let narrow: [Float] = output(K) {
      fs_factorization_gradient_f32(
        rows.map(Int32.init), x.map { Float($0) } + [0], n, slopes.map { Float($0) },
        sums.map { Float($0) } + [0], v.map { Float($0) } + [0], $0, K)
    }
    expectClose(narrow, expected, tolerance: 1e-5, floor: 1, "Floats of \(n), \(K)")
  }

  @Test(arguments: rowLengths, ranks) func interactionsOfFields(n: Int, K: Int) {
    let (columns, F) = (Self.columns(n), 6)
    let fields = columns.map { $0 % 6 }
    let x: [Double] = wave(n, phase: 1)
    let v: [Double] = wave(40 * F * K, phase: 2)
    let expected = Reference.fieldFactorization(
      columns: columns, fields: fields, x: x, v: v, F: F, K: K)
    let (wide, wideFields) = (columns.map(Int32.init), fields.map(Int32.init))
    let value = fs_field_factorization_f64(wide, wideFields, x + [0], n, v + [0], F * K, K)
    expectClose([value], [expected], tolerance: 1e-13, floor: 10, "value of \(n), \(K)")
    let narrowV = v.map { Float($0) } + [0]
    let narrowX = x.map { Float($0) } + [0]
    let narrow = fs_field_factorization_f32(wide, wideFields, narrowX, n, narrowV, F * K, K)
    expectClose([narrow], [expected], tolerance: 1e-5, floor: 10, "Floats of \(n), \(K)")
    for place in columns.indices {
      let gradient = Reference.fieldFactorizationGradient(
        columns: columns, fields: fields, x: x, place: place, slope: 0.7, v: v, F: F, K: K)
      var sum: [Double] = wave(F * K + 1, phase: 3)
      let start = sum
      fs_field_factorization_gradient_f64(
        wide, wideFields, x, n, place, 0.7, v + [0], F * K, &sum, K)
      let added = zip(sum, start).map { $0 - $1 }
      expectClose(added, gradient + [0], tolerance: 1e-13, floor: 1, "gradient of \(n), \(K)")
      var narrowSum = [Float](repeating: 0, count: F * K + 1)
      fs_field_factorization_gradient_f32(
        wide, wideFields, narrowX, n, place, 0.7, narrowV, F * K, &narrowSum, K)
      expectClose(narrowSum, gradient + [0], tolerance: 1e-5, floor: 1, "Floats of \(n), \(K)")
    }
  }
}
