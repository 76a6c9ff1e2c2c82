import ReferenceKernels
import SIMDKernels
import Testing

/// An array [outer, count, inner] that is reduced over its middle axis.
struct ReductionExtents: Sendable, CustomTestStringConvertible {
  var outer: Int
  var count: Int
  var inner: Int

  var testDescription: String { "[\(outer), \(count), \(inner)]" }

  static let all = [
    (0, 3, 17), (3, 0, 17), (17, 3, 0), (1, 17, 3), (3, 17, 65), (17, 65, 3), (65, 3, 17),
    (3, 17, 1), (17, 65, 1), (2, 1003, 1), (3, 8192, 1), (1, 65, 17), (1, 1003, 65), (1, 17, 1003),
  ].map { ReductionExtents(outer: $0.0, count: $0.1, inner: $0.2) }
}

@Suite struct ReductionTests {
  typealias Kernel<S, R> = (UnsafePointer<S>, UnsafeMutablePointer<R>, Int, Int, Int) -> Void
  typealias Definition<S, R> = (_ x: [S], _ outer: Int, _ count: Int, _ inner: Int) -> [R]

  func check<S: KernelScalar>(
    _ name: String, _ e: ReductionExtents, _ kernel: Kernel<S, S>, _ reference: Definition<S, S>,
    x: [S]? = nil, tolerance: Double = 0, floor: Double = 0, outputCount: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let x = x ?? wave(e.outer * e.count * e.inner)
    let y = output(outputCount ?? e.outer * e.inner) { kernel(x, $0, e.outer, e.count, e.inner) }
    expectClose(
      y, reference(x, e.outer, e.count, e.inner), tolerance: tolerance * Double(S.ulpOfOne),
      floor: floor, "\(name) of \(S.self)s", sourceLocation: sourceLocation)
  }

  @Test(arguments: ReductionExtents.all) func folds(e: ReductionExtents) {
    // The bound on the reference's own error: it adds one after another.
    let n = Double(max(e.count, 1))
    check("sum", e, fs_reduce_sum_f32, Reference.reduceSum, tolerance: n, floor: 1)
    check("sum", e, fs_reduce_sum_f64, Reference.reduceSum, tolerance: n, floor: 1)
    check("max", e, fs_reduce_max_f32, Reference.reduceMax)
    check("max", e, fs_reduce_max_f64, Reference.reduceMax)
    check("min", e, fs_reduce_min_f32, Reference.reduceMin)
    check("min", e, fs_reduce_min_f64, Reference.reduceMin)
    // Near 1, so that the product of a thousand neither vanishes nor overflows.
    let narrow: [Float] = wave(e.outer * e.count * e.inner, scale: 0.1).map { 1 + $0 }
    let wide = narrow.map { Double($0) }
    check("product", e, fs_reduce_product_f32, Reference.reduceProduct, x: narrow, tolerance: n)
    check("product", e, fs_reduce_product_f64, Reference.reduceProduct, x: wide, tolerance: n)
  }

  @Test(arguments: ReductionExtents.all) func runningSums(e: ReductionExtents) {
    let n = Double(max(e.count, 1))
    check(
      "running sum", e, fs_cumulative_sum_f32, Reference.cumulativeSum, tolerance: n, floor: 1,
      outputCount: e.outer * e.count * e.inner)
    check(
      "running sum", e, fs_cumulative_sum_f64, Reference.cumulativeSum, tolerance: n, floor: 1,
      outputCount: e.outer * e.count * e.inner)
    var inPlace: [Float] = wave(e.outer * e.count * e.inner) + [0]
    let apart: [Float] = output(inPlace.count - 1) {
      fs_cumulative_sum_f32(inPlace, $0, e.outer, e.count, e.inner)
    }
    inPlace.withUnsafeMutableBufferPointer {
      fs_cumulative_sum_f32($0.baseAddress!, $0.baseAddress!, e.outer, e.count, e.inner)
    }
    expectIdentical(Array(inPlace.dropLast()), apart, "running sum, in place")
  }

  func checkPosition<S: KernelScalar>(
    _ name: String, _ e: ReductionExtents, _ kernel: Kernel<S, Int>,
    _ reference: Definition<S, Int>,
    x: [S], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var y = [Int](repeating: -1, count: e.outer * e.inner + 1)
    kernel(x, &y, e.outer, e.count, e.inner)
    #expect(y.last == -1, sourceLocation: sourceLocation)
    #expect(
      Array(y.dropLast()) == reference(x, e.outer, e.count, e.inner), "\(name) of \(S.self)s",
      sourceLocation: sourceLocation)
  }

  @Test(arguments: ReductionExtents.all.filter { $0.count > 0 })
  func positions(e: ReductionExtents) {
    // Multiples of a quarter, so that the greatest occurs more than once; then with some NaN.
    let ties: [Float] = wave(e.outer * e.count * e.inner).map { (4 * $0).rounded() / 4 }
    let gaps = ties.enumerated().map { $0.offset % 29 == 11 ? .nan : $0.element }
    for x in [ties, gaps] {
      checkPosition("argmax", e, fs_argmax_f32, Reference.argmax, x: x)
      checkPosition("argmin", e, fs_argmin_f32, Reference.argmin, x: x)
      checkPosition("argmax", e, fs_argmax_f64, Reference.argmax, x: reals(x))
      checkPosition("argmin", e, fs_argmin_f64, Reference.argmin, x: reals(x))
      check("max", e, fs_reduce_max_f32, Reference.reduceMax, x: x)
      check("min", e, fs_reduce_min_f64, Reference.reduceMin, x: reals(x))
    }
  }

  @Test func everyPlaceOfANaNIsSeen() {
    for count in [5, 31, 32, 300] {
      for place in 0..<count {
        var x: [Float] = wave(count)
        x[place] = .nan
        let greatest: [Float] = output(1) { fs_reduce_max_f32(x, $0, 1, count, 1) }
        let least: [Float] = output(1) { fs_reduce_min_f32(x, $0, 1, count, 1) }
        #expect(greatest[0].isNaN && least[0].isNaN, "NaN at \(place) of \(count)")
      }
    }
  }

  /// One after another, these sums would be off by several per cent.
  @Test func errorOfLongSumsStaysSmall() {
    let n = 10_000_000
    let tenth = Float(0.1)
    let row = [Float](repeating: tenth, count: n)
    let sum: [Float] = output(1) { fs_reduce_sum_f32(row, $0, 1, n, 1) }
    expectClose(sum, [Double(tenth) * Double(n)], tolerance: 1e-6, "10^7 times 0.1 in a row")
    let columns: [Float] = output(10) { fs_reduce_sum_f32(row, $0, 1, n / 10, 10) }
    expectClose(
      columns, [Double](repeating: Double(tenth) * Double(n / 10), count: 10), tolerance: 1e-6,
      "10^6 times 0.1 in columns")
    let running: [Float] = output(n) { fs_cumulative_sum_f32(row, $0, 1, n, 1) }
    expectClose([running[n - 1]], [Double(tenth) * Double(n)], tolerance: 1e-6, "running sum")
    let dot = fs_dot_f32(row, row, n)
    expectClose([dot], [Double(tenth) * Double(tenth) * Double(n)], tolerance: 1e-11, "dot")
  }

  @Test(arguments: oddExtents) func dotProducts(n: Int) {
    let x: [Float] = wave(n)
    let y: [Float] = wave(n, phase: 1)
    let exact = Reference.dot(reals(x), reals(y))
    expectClose([fs_dot_f32(x, y, n)], [exact], tolerance: 1e-13, floor: 1, "dot of Floats")
    expectClose(
      [fs_dot_f64(reals(x), reals(y), n)], [exact], tolerance: 1e-13, floor: 1, "dot of Doubles")
  }
}
