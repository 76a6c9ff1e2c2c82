import Tensor
import TestSupport
import Testing

/// The caller's own bugs stop the program, with a message that names the operation and the shapes, in
/// release builds as well.
struct ShapeErrorTests {
  @Test func arithmetic() async {
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]) + Tensor.zeros([4, 5])
    }
    #expect(message(of: sum).contains("Tensor +: shapes [2, 3] and [4, 5] cannot be broadcast"))
    let select = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.select(Tensor.zeros([2]), Tensor.zeros([3]), Tensor.zeros([3]))
    }
    #expect(
      message(of: select).contains("select: shapes [2], [3] and [3] cannot be broadcast"))
    let broadcast = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Float>.zeros([2, 3]).broadcast(to: [2]) }
    #expect(
      message(of: broadcast).contains("broadcast: shape [2, 3] cannot be broadcast to [2]"))
  }

  @Test func matrixProducts() async {
    let product = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = matmul(Tensor<Float>.zeros([2, 3]), Tensor.zeros([5, 3]))
    }
    #expect(message(of: product).contains("matmul: shapes [2, 3] and [5, 3] do not fit"))
    let transposed = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = matmul(Tensor<Double>.zeros([2, 3]), Tensor.zeros([3, 5]), transposingA: true) }
    #expect(message(of: transposed).contains("matmul: shapes [2, 3]ᵀ and [3, 5] do not fit"))
    let batches = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = matmul(Tensor<Float>.zeros([2, 3, 5]), Tensor.zeros([7, 5, 3]))
    }
    #expect(message(of: batches).contains("matmul: shapes [2, 3, 5] and [7, 5, 3] do not fit"))
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = matmul(Tensor<Float>(1), Tensor.zeros([3]))
    }
    #expect(message(of: scalar).contains("matmul: operands need an axis"))
    let inner = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = dot(Tensor<Float>.zeros([2]), Tensor.zeros([3]))
    }
    #expect(message(of: inner).contains("dot: expected two vectors of equal length"))
  }

  /// OpenBLAS itself would print a line, return, and leave the result as it was.
  @Test func matrixViews() async {
    let strides = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let a = Tensor<Float>.zeros([3, 5])
      var c = Tensor<Float>.zeros([3, 3])
      a.read { a in
        c.write { c in
          multiply(
            MatrixView(a, rows: 3, columns: 5, rowStride: 4),
            MatrixView(a, rows: 3, columns: 5, transposed: true),
            into: MutableMatrixView(c, rows: 3, columns: 3))
        }
      }
    }
    #expect(
      message(of: strides).contains("GEMM: row strides 4, 5, 3 are shorter than rows of 5, 5, 3"))
    let extents = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let a = Tensor<Float>.zeros([3, 5])
      var c = Tensor<Float>.zeros([3, 3])
      a.read { a in
        c.write { c in
          multiply(
            MatrixView(a, rows: 3, columns: 5), MatrixView(a, rows: 3, columns: 5),
            into: MutableMatrixView(c, rows: 3, columns: 3))
        }
      }
    }
    #expect(message(of: extents).contains("GEMM: [3, 5] × [3, 5] does not fit into [3, 3]"))
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let a = Tensor<Float>.zeros([1])
      var c = Tensor<Float>.zeros([1])
      a.read { a in
        c.write { c in
          multiply(
            MatrixView(a, rows: 1, columns: 1, rowStride: 1 << 40),
            MatrixView(a, rows: 1, columns: 1),
            into: MutableMatrixView(c, rows: 1, columns: 1))
        }
      }
    }
    #expect(message(of: range).contains("exceeds BLAS's 32-bit integers"))
  }

  @Test func reshaping() async {
    let reshape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).reshaped(to: [4, 2])
    }
    #expect(message(of: reshape).contains("reshaped: shape [2, 3] does not fit into [4, 2]"))
    let open = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).reshaped(to: [4, -1])
    }
    #expect(message(of: open).contains("reshaped: shape [2, 3] does not fit into [4, -1]"))
    let squeeze = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).squeezingShape(at: 1)
    }
    #expect(message(of: squeeze).contains("squeezingShape: axis 1 of shape [2, 3]"))
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).transposed([0, 0])
    }
    #expect(message(of: order).contains("transposed: [0, 0] is not a permutation of the axes"))
    let join = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.concatenated([.zeros([2, 3]), .zeros([2, 4])])
    }
    #expect(message(of: join).contains("concatenated: shapes [2, 3] and [2, 4] differ"))
    let split = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).split(sizes: [1, 3], axis: 1)
    }
    #expect(message(of: split).contains("split: sizes [1, 3] do not add up to axis 1"))
  }

  @Test func indices() async {
    let element = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3])[at: 1, 3]
    }
    #expect(message(of: element).contains("Tensor: index [1, 3] is outside of shape [2, 3]"))
    let row = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3])[-1]
    }
    #expect(message(of: row).contains("index -1 is outside of axis 0 of shape [2, 3]"))
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3])[.all, .range(1..<4)]
    }
    #expect(message(of: range).contains("range 1..<4 is outside of axis 1 of shape [2, 3]"))
    let gather = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).gathered(at: [0, 2])
    }
    #expect(message(of: gather).contains("gathered: index 2 is outside 0..<2 of shape [2, 3]"))
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).sum(axis: 2)
    }
    #expect(message(of: axis).contains("sum: axis 2 is out of range for shape [2, 3]"))
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).sum(axes: [1, -1])
    }
    #expect(message(of: twice).contains("sum: the axes [1, -1] name one axis"))
    let stored = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([2, 3])
      x[1] = Tensor.zeros([2])
    }
    #expect(
      message(of: stored).contains("shape [1, 2] cannot be stored in a part of shape [1, 3]"))
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(1)[0]
    }
    #expect(message(of: scalar).contains("Tensor: a scalar has no axis to index"))
  }

  @Test func creation() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(shape: [2, 3], scalars: [1, 2])
    }
    #expect(message(of: count).contains("shape [2, 3] has 6 elements, but got 2"))
    let ragged = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([[1, 2], [3]])
    }
    #expect(message(of: ragged).contains("row 1 has 1 elements, but row 0 has 2"))
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape([2, -3])
    }
    #expect(message(of: negative).contains("Shape: extent -3 is outside 0...2147483647"))
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape(Array(repeating: 1, count: 9))
    }
    #expect(message(of: rank).contains("Shape: more than 8 axes"))
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2]).scalar
    }
    #expect(message(of: scalar).contains("expected one element, but the shape is [2]"))
  }

  @Test func reductionsOfNothing() async {
    let greatest = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 0]).max()
    }
    #expect(
      message(of: greatest).contains("max: nothing to reduce along axes [0, 1] of shape [2, 0]"))
    let position = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 0]).argmin()
    }
    #expect(message(of: position).contains("argmin: axis 1 of shape [2, 0] is empty"))
  }

  @Test func gradients() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor<Float>.zeros([2, 3])) { $0 * 2 }
    }
    #expect(
      message(of: result).contains(
        "valueWithGradient: the function must return one element, but returned shape [2, 3]"))
    let written = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor<Float>.zeros([2, 3])) { x in
        var x = x
        x.withUnsafeMutableBufferPointer { $0[0] = 1 }
        return x.sum()
      }
    }
    #expect(
      message(of: written).contains("a tracked tensor of shape [2, 3] cannot be written in place"))
    let pullback = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor<Float>(1)) { x in x.detached.recorded(from: x) { [$0, $0] } }
    }
    #expect(message(of: pullback).contains("a pullback returned 2 gradients for 1 inputs"))
  }
}
