import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `pool(MaxPool2d)`, `pool(AvgPool2d)`, and
/// `pool(AvgPool2d, count_include_pad=False)` of:
///
///     def pool(layer, **options):
///       m = layer((3, 2), stride=(2, 1), padding=(1, 0), **options)
///       x = wave(2, 5, 6, 3, phase=30).requires_grad_()
///       y = m(x.movedim(-1, 1)).movedim(1, -1)
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, x.grad)
///     from torch.nn import AvgPool2d, MaxPool2d
@Suite struct PoolingTests {
  private let size = Extents2D(height: 3, width: 2)
  private let stride = Extents2D(height: 2, width: 1)
  private let padding = Extents2D(height: 1, width: 0)

  @Test func followsPyTorch() {
    expectFigures(as: Float.self)
    expectFigures(as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(as scalar: Scalar.Type) {
    expectFigures(
      PoolingFigures.maximum,
      of: MaxPool2d<Scalar>(kernelSize: size, stride: stride, padding: padding))
    expectFigures(
      PoolingFigures.mean,
      of: AvgPool2d<Scalar>(kernelSize: size, stride: stride, padding: padding))
    expectFigures(
      PoolingFigures.meanOfElements,
      of: AvgPool2d<Scalar>(
        kernelSize: size, stride: stride, padding: padding, countsPadding: false))
  }

  private func expectFigures<L: Layer>(_ figures: [String: [Double]], of layer: L) {
    let x = Tensor<L.Scalar>.wave([2, 5, 6, 3], phase: 30)
    expectPyTorch(layer(x), figures["output"], "\(layer)")
    let dx = gradient(at: x) { contracted(layer($0), phase: 33) }
    expectPyTorch(dx, figures["dx"], "gradient of \(layer)")
  }

  @Test func gradientsAreCentralDifferences() {
    let layers: [any Layer<Double>] = [
      MaxPool2d(kernelSize: size, stride: stride, padding: padding),
      AvgPool2d(kernelSize: size, stride: stride, padding: padding, countsPadding: false),
    ]
    for layer in layers {
      expectGradients(at: [.random([2, 5, 6, 3], seed: 1)]) { operands in layer(operands[0]) }
    }
  }

  /// More channels than a block of the kernel, windows that overlap and that leave gaps, equal
  /// maxima, and no images.
  @Test(arguments: [
    Case(
      B: 3, C: 300, rows: .init(5, kernel: 3, stride: 2, padding: 1),
      columns: .init(4, kernel: 2)),
    Case(
      B: 1, C: 17, rows: .init(9, kernel: 1, stride: 3),
      columns: .init(7, kernel: 4, padding: 2)),
    Case(B: 2, C: 1, rows: .init(2, kernel: 3), columns: .init(5, kernel: 2)),
    Case(B: 0, C: 3, rows: .init(4, kernel: 2), columns: .init(5, kernel: 1)),
  ])
  func followsTheReference(_ one: Case) {
    let size = Extents2D(height: one.rows.kernel, width: one.columns.kernel)
    let stride = Extents2D(height: one.rows.stride, width: one.columns.stride)
    let padding = Extents2D(height: one.rows.padding, width: one.columns.padding)
    let shape: Shape = [one.B, one.rows.extent, one.columns.extent, one.C]
    let x = Tensor<Float>.random(shape, in: -2..<2, seed: 1).floor()
    let dy = Tensor<Float>.random([one.B, one.rows.outputs, one.columns.outputs, one.C], seed: 2)
    let maximum = MaxPool2d<Float>(kernelSize: size, stride: stride, padding: padding)
    #expect(maximum(x).shape == dy.shape)
    #expect(
      maximum(x).scalars
        == Reference.maxPool(x.scalars, B: one.B, C: one.C, rows: one.rows, columns: one.columns))
    expectClose(
      gradient(at: x) { (maximum($0) * dy).sum() },
      Reference.maxPoolBackward(
        x: x.scalars, dy: dy.scalars, B: one.B, C: one.C, rows: one.rows, columns: one.columns))
    for countsPadding in [true, false] {
      let mean = AvgPool2d<Float>(
        kernelSize: size, stride: stride, padding: padding, countsPadding: countsPadding)
      expectClose(
        mean(x),
        Reference.averagePool(
          x.scalars, countsPadding: countsPadding, B: one.B, C: one.C, rows: one.rows,
          columns: one.columns))
      expectClose(
        gradient(at: x) { (mean($0) * dy).sum() },
        Reference.averagePoolBackward(
          x: x.scalars, dy: dy.scalars, countsPadding: countsPadding, B: one.B, C: one.C,
          rows: one.rows, columns: one.columns))
    }
  }

  struct Case: Sendable {
    var B, C: Int
    var rows, columns: Reference.ImageAxis
  }

  @Test func aMaximumOfNaNIsNaN() {
    let x = Tensor<Float>(shape: [1, 1, 3, 1], scalars: [1, .nan, 2])
    let layer = MaxPool2d<Float>(kernelSize: Extents2D(height: 1, width: 2), stride: 1)
    #expect(layer(x).scalars.allSatisfy { $0.isNaN })
    #expect(gradient(at: x) { layer($0).sum() }.scalars == [0, 2, 0])
  }

  @Test func tooMuchPaddingStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MaxPool2d<Float>(kernelSize: 3, padding: 2)
    }
    expectStopped(
      result,
      "MaxPool2d: expected a positive kernel size and stride, and a padding of at most half of the "
        + "kernel size, but got 3, 3, and 2")
  }
}
