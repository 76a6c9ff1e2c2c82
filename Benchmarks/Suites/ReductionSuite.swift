import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// Reductions of a matrix: along its rows, along its columns, and of all elements.
  static var reductions: [Case] {
    let (rows, columns) = (1024, 1000)
    let ofRows = ReductionSize(outer: rows, count: columns, inner: 1)
    let ofColumns = ReductionSize(outer: 1, count: rows, inner: columns)
    let ofAll = ReductionSize(outer: 1, count: rows * columns, inner: 1)
    let shape: Shape = [rows, columns]
    return [
      ofRows.oneCase("sum of each row", shape, { $0.sum(axis: 1) }, Reference.reduceSum),
      ofColumns.oneCase("sum of each column", shape, { $0.sum(axis: 0) }, Reference.reduceSum),
      ofAll.oneCase("sum of all", shape, { $0.sum() }, Reference.reduceSum),
      ofRows.oneCase("max of each row", shape, { $0.max(axes: [1]) }, Reference.reduceMax),
      ofColumns.oneCase("max of each column", shape, { $0.max(axes: [0]) }, Reference.reduceMax),
      ofRows.oneCase("argmax of each row", shape, { Tensor($0.argmax(axis: 1).map(Float.init)) }) {
        Reference.argmax($0, outer: $1, count: $2, inner: $3).map(Float.init)
      },
      ofRows.oneCase(
        "running sum of each row", shape, { $0.cumulativeSum(axis: 1) }, Reference.cumulativeSum),
      dotProduct,
    ]
  }

  private static var dotProduct: Case {
    let count = 1 << 14
    return Case(suite: "reductions", name: "dot \(count)") {
      let x = Tensor<Float>.random([count], in: 0..<1, seed: 1)
      let y = Tensor<Float>.random([count], in: 0..<1, seed: 2)
      let scalars = (x.scalars, y.scalars)
      return Computation(
        { dot(x, y) }, reference: { [Reference.dot(scalars.0, scalars.1)] },
        metrics: Metric.perElement(count))
    }
  }
}

/// The extents of an array [outer, count, inner] that is reduced along its middle axis.
private struct ReductionSize {
  let outer, count, inner: Int

  func oneCase(
    _ name: String, _ shape: Shape, _ fast: @escaping (Tensor<Float>) -> Tensor<Float>,
    _ reference: @escaping ([Float], _ outer: Int, _ count: Int, _ inner: Int) -> [Float]
  ) -> Case {
    Case(suite: "reductions", name: "\(name) \(shape[0])x\(shape[1])") {
      // The numbers are not negative: a sum of numbers that cancel out would consist of rounding
      // errors.
      let x = Tensor<Float>.random(shape, in: 0..<1, seed: 1)
      let scalars = x.scalars
      return Computation(
        { fast(x) }, reference: { reference(scalars, outer, count, inner) },
        metrics: Metric.perElement(shape.elementCount))
    }
  }
}
