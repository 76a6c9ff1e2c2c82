import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct LayoutTests {
  @Test(arguments: [
    (0, 3, 17), (3, 0, 17), (17, 3, 0), (1, 3, 17), (3, 17, 65), (2, 65, 3), (1, 1003, 17),
    (1, 1, 65), (3, 65, 1), (1, 4, 8), (1, 64, 32),
  ])
  func transposes(batch: Int, rows: Int, columns: Int) {
    let n = batch * rows * columns
    let x = ramp(n) { $0 }
    let expected = Reference.transpose(x, batch: batch, rows: rows, columns: columns)
    let wide: [Double] = output(n) { fs_transpose_f64(x, $0, batch, rows, columns) }
    let narrow: [Float] = output(n) {
      fs_transpose_f32(x.map { Float($0) }, $0, batch, rows, columns)
    }
    #expect(wide == expected)
    #expect(reals(narrow) == expected)
  }

  /// A view of an array: a start, and strides for a shape.
  struct View: Sendable, CustomTestStringConvertible {
    var name: String
    var offset = 0
    var strides: [Int]
    var shape: [Int]
    var testDescription: String { name }
    var count: Int { shape.reduce(1, *) }
  }

  static let views = [
    View(name: "scalar", strides: [], shape: []),
    View(name: "empty", strides: [17, 1, 3], shape: [3, 0, 5]),
    View(name: "dense", strides: [51, 17, 1], shape: [3, 3, 17]),
    View(name: "slice of columns", offset: 4, strides: [65, 1], shape: [17, 3]),
    View(name: "every other column", strides: [65, 2], shape: [17, 32]),
    View(name: "reversed", offset: 64, strides: [-1], shape: [65]),
    View(name: "reversed rows", offset: 5 * 17, strides: [-17, 1], shape: [6, 17]),
    View(name: "transposed", strides: [1, 17], shape: [17, 65]),
    View(name: "transposed slice", offset: 3, strides: [1, 65], shape: [33, 17]),
    View(name: "batch of transposes", strides: [17 * 7, 1, 7], shape: [3, 7, 17]),
    View(name: "middle axes swapped", strides: [3 * 5 * 17, 17, 5 * 17, 1], shape: [2, 5, 3, 17]),
    View(name: "axes reversed", strides: [1, 7, 35, 105], shape: [7, 5, 3, 2]),
    View(name: "axes rotated", strides: [1, 85, 17], shape: [17, 3, 5]),
    View(name: "no unit stride", offset: 1, strides: [3, 51, 255], shape: [17, 5, 3]),
    View(
      name: "eight axes", strides: [1, 2, 4, 12, 24, 48, 96, 192], shape: [2, 2, 3, 2, 2, 2, 2, 2]),
    View(name: "single elements", strides: [9, 9, 1, 9], shape: [1, 1, 17, 1]),
  ]

  /// Views in which elements are read more than once.
  static let repeatingViews = [
    View(name: "repeated rows", strides: [0, 1], shape: [5, 17]),
    View(name: "repeated columns", strides: [1, 0], shape: [17, 5]),
    View(name: "one element", offset: 3, strides: [0, 0], shape: [3, 17]),
    View(name: "repeated middle", strides: [17, 0, 1], shape: [3, 5, 17]),
    View(name: "windows", strides: [1, 1], shape: [17, 5]),
    View(name: "windows with steps", strides: [2, 1, 6], shape: [7, 5, 9]),
  ]

  @Test(arguments: views + repeatingViews) func gathers(view: View) {
    let x = ramp(2000) { $0 }
    let (rank, n) = (Int32(view.shape.count), view.count)
    let expected = Reference.gather(
      x, offset: view.offset, strides: view.strides, shape: view.shape)
    let wide: [Double] = output(n) { y in
      x.withUnsafeBufferPointer {
        fs_gather_strided_f64($0.baseAddress! + view.offset, view.strides, view.shape, rank, y)
      }
    }
    let narrow: [Float] = output(n) { y in
      x.map { Float($0) }.withUnsafeBufferPointer {
        fs_gather_strided_f32($0.baseAddress! + view.offset, view.strides, view.shape, rank, y)
      }
    }
    #expect(wide == expected)
    #expect(reals(narrow) == expected)
  }

  func checkScatter(_ view: View, accumulate: Bool) {
    let (rank, n) = (Int32(view.shape.count), view.count)
    let x = ramp(n) { $0 + 1 }
    let before = ramp(2000) { 1e4 + $0 }  // all sums are whole numbers that a Float holds
    var expected = before
    Reference.scatter(
      x, into: &expected, offset: view.offset, strides: view.strides, shape: view.shape,
      accumulate: accumulate)
    let flag: Int32 = accumulate ? 1 : 0
    var wide = before
    wide.withUnsafeMutableBufferPointer {
      fs_scatter_strided_f64(
        x, view.strides, view.shape, rank, flag, $0.baseAddress! + view.offset)
    }
    var narrow = before.map { Float($0) }
    narrow.withUnsafeMutableBufferPointer {
      fs_scatter_strided_f32(
        x.map { Float($0) }, view.strides, view.shape, rank, flag, $0.baseAddress! + view.offset)
    }
    #expect(wide == expected)
    #expect(reals(narrow) == expected)
  }

  @Test(arguments: views) func scatters(view: View) {
    checkScatter(view, accumulate: false)
  }

  @Test(arguments: views + repeatingViews) func scattersAndAdds(view: View) {
    checkScatter(view, accumulate: true)
  }
}
