import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// The softmax over few and over many classes, forward only and with the gradient of the
  /// cross-entropy.
  static var softmax: [Case] {
    [SoftmaxSize(rows: 4096, columns: 28), SoftmaxSize(rows: 256, columns: 1000)].flatMap(\.cases)
  }
}

private struct SoftmaxSize {
  let rows, columns: Int

  var cases: [Case] {
    [
      oneCase("softmax") { x in
        let scalars = x.scalars
        return Computation(
          { x.softmax() },
          reference: { Reference.softmax(scalars, rows: rows, columns: columns) },
          metrics: Metric.perElement(rows * columns))
      },
      oneCase("logSoftmax") { x in
        let scalars = x.scalars
        return Computation(
          { x.logSoftmax() },
          reference: { Reference.logSoftmax(scalars, rows: rows, columns: columns) },
          metrics: Metric.perElement(rows * columns))
      },
      oneCase("forward and backward") { x in
        let scalars = x.scalars
        let dy = Tensor<Float>.random(x.shape, seed: 2)
        let gradient = dy.scalars
        return Computation(
          { NeuralNetwork.gradient(at: x) { ($0.softmax() * dy).sum() } },
          reference: {
            let y = Reference.softmax(scalars, rows: rows, columns: columns)
            return Reference.softmaxBackward(y: y, dy: gradient, rows: rows, columns: columns)
          }, metrics: Metric.perElement(rows * columns))
      },
      oneCase("cross-entropy, forward and backward", work: crossEntropy),
    ]
  }

  private func crossEntropy(_ x: Tensor<Float>) -> any Workload {
    var generator = Xoshiro256(seed: 3)
    let labels = (0..<rows).map { _ in Int.random(in: 0..<columns, using: &generator) }
    let scalars = x.scalars
    return Computation(
      { valueWithGradient(at: x) { softmaxCrossEntropy(logits: $0, labels: labels) } },
      tensors: { [("loss", $0.value), ("gradient", $0.gradient)] },
      reference: {
        let loss = Reference.softmaxCrossEntropy(
          logits: scalars, labels: labels, rows: rows, classes: columns)
        return [[loss.value], loss.gradient]
      }, metrics: Metric.perElement(rows * columns))
  }

  private func oneCase(
    _ name: String, work: @escaping (Tensor<Float>) -> any Workload
  ) -> Case {
    Case(suite: "softmax", name: "\(name) \(rows)x\(columns)", tolerance: 1e-5) {
      work(.random([rows, columns], in: -4..<4, seed: 1))
    }
  }
}
