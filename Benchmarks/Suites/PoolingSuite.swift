import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// The maximum and the mean over windows of images, forward only and with the gradient of the
  /// input.
  static var pooling: [Case] {
    let shape = PoolingShape(B: 32, H: 32, W: 32, C: 64, K: 2)
    return [shape.maximum, shape.maximumGradient, shape.mean, shape.meanGradient]
  }
}

/// Images [B, H, W, C] and windows of K × K, side by side.
private struct PoolingShape {
  let B, H, W, C, K: Int

  private var name: String { "B\(B) H\(H) W\(W) C\(C) K\(K)" }
  private var x: Tensor<Float> { .random([B, H, W, C], seed: 1) }
  private var dy: Tensor<Float> { .random([B, H / K, W / K, C], seed: 2) }
  private var rows: Reference.ImageAxis { .init(H, kernel: K, stride: K) }
  private var columns: Reference.ImageAxis { .init(W, kernel: K, stride: K) }

  var maximum: Case {
    Case(suite: "pooling", name: "maximum \(name)") {
      let (x, layer) = (x, MaxPool2d<Float>(kernelSize: Extents2D(K)))
      return Computation({ layer(x) }) {
        Reference.maxPool(x.scalars, B: B, C: C, rows: rows, columns: columns)
      }
    }
  }

  var maximumGradient: Case {
    Case(suite: "pooling", name: "maximum and gradient \(name)") {
      let (x, dy, layer) = (x, dy, MaxPool2d<Float>(kernelSize: Extents2D(K)))
      return Computation({ gradient(at: x) { (layer($0) * dy).sum() } }) {
        Reference.maxPoolBackward(
          x: x.scalars, dy: dy.scalars, B: B, C: C, rows: rows, columns: columns)
      }
    }
  }

  var mean: Case {
    Case(suite: "pooling", name: "mean \(name)") {
      let (x, layer) = (x, AvgPool2d<Float>(kernelSize: Extents2D(K)))
      return Computation({ layer(x) }) {
        Reference.averagePool(
          x.scalars, countsPadding: true, B: B, C: C, rows: rows, columns: columns)
      }
    }
  }

  var meanGradient: Case {
    Case(suite: "pooling", name: "mean and gradient \(name)") {
      let (x, dy, layer) = (x, dy, AvgPool2d<Float>(kernelSize: Extents2D(K)))
      return Computation({ gradient(at: x) { (layer($0) * dy).sum() } }) {
        Reference.averagePoolBackward(
          x: x.scalars, dy: dy.scalars, countsPadding: true, B: B, C: C, rows: rows,
          columns: columns)
      }
    }
  }
}
