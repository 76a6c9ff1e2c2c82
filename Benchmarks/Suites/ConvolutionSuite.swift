import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// A causal convolution, forward only and with the gradients of input and parameters.
  static var convolution: [Case] {
    let shapes = [
      ConvolutionShape(B: 32, T: 28, C: 8, O: 64, K: 3, dilation: 1),
      ConvolutionShape(B: 256, T: 28, C: 64, O: 64, K: 3, dilation: 4),
      ConvolutionShape(B: 64, T: 104, C: 32, O: 32, K: 3, dilation: 8),
      ConvolutionShape(B: 16, T: 100, C: 128, O: 128, K: 5, dilation: 2),
    ]
    return shapes.map(\.forward) + shapes.map(\.forwardAndBackward)
  }
}

private struct ConvolutionShape {
  let B, T, C, O, K, dilation: Int

  var forward: Case {
    oneCase("forward", passes: 1) {
      let operands = Operands($0)
      return Computation({ operands.layer(operands.x) }, reference: operands.referenceOutput)
    }
  }

  var forwardAndBackward: Case {
    oneCase("forward and backward", passes: 3) {
      let operands = Operands($0)
      return Computation(
        operands.gradients,
        tensors: { Array(zip(["dx", "dweight", "dbias"], $0)) },
        reference: operands.referenceGradients)
    }
  }

  private func oneCase(
    _ name: String, passes: Double, _ work: @escaping (ConvolutionShape) -> any Workload
  ) -> Case {
    let small = ConvolutionShape(
      B: max(1, B / 16), T: T, C: C, O: O, K: K, dilation: dilation)
    return Case(
      suite: "conv1d", name: "\(name) B\(B) T\(T) C\(C) O\(O) K\(K) dilation \(dilation)",
      operationCount: passes * 2 * Double(B * T * O * C * K),
      sample: .init(share: Double(small.B) / Double(B)) { work(small) }
    ) { work(self) }
  }

  /// Random data, as tensors and as arrays.
  private struct Operands {
    let layer: Conv1d<Float>
    let x, dy: Tensor<Float>
    private let weight, bias, input, gradient: [Float]
    private let extents: Reference.ConvolutionExtents

    init(_ shape: ConvolutionShape) {
      let (B, T, C, O, K) = (shape.B, shape.T, shape.C, shape.O, shape.K)
      let bound = 1 / Float(C * K).squareRoot()
      layer = Conv1d(
        weight: .random([O, C, K], seed: 3) * bound, bias: .random([O], seed: 4),
        padding: .causal, dilation: shape.dilation)
      x = .random([B, T, C], seed: 1)
      dy = .random([B, T, O], seed: 2)
      (weight, bias) = (layer.weight.scalars, layer.bias!.scalars)
      (input, gradient) = (x.scalars, dy.scalars)
      var extents = Reference.ConvolutionExtents(B: B, T: T, C: C, O: O, K: K)
      extents.dilation = shape.dilation
      extents.before = shape.dilation * (K - 1)
      self.extents = extents
    }

    func gradients() -> [Tensor<Float>] {
      valueWithGradients(at: [x, layer.weight, layer.bias!]) { variables in
        let layer = Conv1d(
          weight: variables[1], bias: variables[2], padding: .causal, dilation: layer.dilation)
        return (layer(variables[0]) * dy).sum()
      }.gradients
    }

    func referenceOutput() -> [Float] {
      Reference.convolutionForward(x: input, weight: weight, bias: bias, extents)
    }

    func referenceGradients() -> [[Float]] {
      let back = Reference.convolutionBackward(x: input, weight: weight, dy: gradient, extents)
      return [back.x, back.weight, back.bias]
    }
  }
}
