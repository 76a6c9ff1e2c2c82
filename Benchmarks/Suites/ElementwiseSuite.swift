import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// Each function on arrays that fit in the cache and on arrays that do not.
  static var elementwise: [Case] {
    [1 << 14, 1 << 22].flatMap { count in
      let size = ElementwiseSize(count: count)
      return size.unaryCases + size.binaryCases
    }
  }
}

private struct ElementwiseSize {
  let count: Int

  var unaryCases: [Case] {
    [
      unary("exp", { $0.exp() }, Reference.exp),
      unary("log", in: 0.1..<4, { $0.log() }, Reference.log),
      unary("sqrt", in: 0..<4, { $0.sqrt() }, Reference.sqrt),
      unary("tanh", { $0.tanh() }, Reference.tanh),
      unary("sigmoid", { $0.sigmoid() }, Reference.sigmoid),
      unary("softplus", { $0.softplus() }, Reference.softplus),
      unary("relu", { $0.relu() }, Reference.relu),
      unary("3x + 2", { $0 * 3 + 2 }) { Reference.scaleShift(alpha: 3, beta: 2, x: $0) },
    ]
  }

  var binaryCases: [Case] {
    [
      binary("add", +, Reference.add), binary("multiply", *, Reference.multiply),
      binary("divide", /, Reference.divide),
      binary("maximum", Tensor.maximum, Reference.maximum),
    ]
  }

  private func unary(
    _ name: String, in range: Range<Float> = -4..<4,
    _ fast: @escaping (Tensor<Float>) -> Tensor<Float>, _ reference: @escaping ([Float]) -> [Float]
  ) -> Case {
    oneCase(name) {
      let x = Tensor<Float>.random([count], in: range, seed: 1)
      let scalars = x.scalars
      return Computation(
        { fast(x) }, reference: { reference(scalars) }, metrics: Metric.perElement(count))
    }
  }

  private func binary(
    _ name: String, _ fast: @escaping (Tensor<Float>, Tensor<Float>) -> Tensor<Float>,
    _ reference: @escaping ([Float], [Float]) -> [Float]
  ) -> Case {
    oneCase(name) {
      let x = Tensor<Float>.random([count], in: -4..<4, seed: 1)
      let y = Tensor<Float>.random([count], in: 1..<4, seed: 2)
      let scalars = (x.scalars, y.scalars)
      return Computation(
        { fast(x, y) }, reference: { reference(scalars.0, scalars.1) },
        metrics: Metric.perElement(count))
    }
  }

  private func oneCase(_ name: String, _ work: @escaping () -> any Workload) -> Case {
    Case(suite: "elementwise", name: "\(name) \(count)", tolerance: 4e-6, make: work)
  }
}

extension Metric {
  /// Returns a closure that computes the time per element.
  static func perElement(_ count: Int) -> (Timing) -> [Metric] {
    { timing in
      let nanoseconds = timing.times.median / Double(count) * 1e9
      return [
        Metric(
          name: "element_ns", value: nanoseconds, text: "\(nanoseconds.digits(3)) ns per element")
      ]
    }
  }
}
