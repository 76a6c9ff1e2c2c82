import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// A convolution of images, forward only and with the gradients of input and parameters.
  static var imageConvolution: [Case] {
    let shapes = [
      ImageShape(B: 32, H: 28, W: 28, C: 1, O: 32, K: 3),
      ImageShape(B: 32, H: 32, W: 32, C: 32, O: 64, K: 3),
      ImageShape(B: 16, H: 14, W: 14, C: 128, O: 128, K: 3),
    ]
    return shapes.map(\.forward) + shapes.map(\.forwardAndBackward)
  }
}

/// Images [B, H, W, C] and a kernel of K × K taps, with zeros so that the output is as large.
private struct ImageShape {
  let B, H, W, C, O, K: Int

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
    _ name: String, passes: Double, _ work: @escaping (ImageShape) -> any Workload
  ) -> Case {
    let small = ImageShape(B: max(1, B / 16), H: H, W: W, C: C, O: O, K: K)
    return Case(
      suite: "conv2d", name: "\(name) B\(B) H\(H) W\(W) C\(C) O\(O) K\(K)",
      operationCount: passes * 2 * Double(B * H * W * O * C * K * K),
      sample: .init(share: Double(small.B) / Double(B)) { work(small) }
    ) { work(self) }
  }

  /// Random data, as tensors and as arrays.
  private struct Operands {
    let layer: Conv2d<Float>
    let x, dy: Tensor<Float>
    private let weight, bias, input, gradient: [Float]
    private let extents: Reference.ImageConvolutionExtents

    init(_ shape: ImageShape) {
      let (B, C, O, K) = (shape.B, shape.C, shape.O, shape.K)
      let bound = 1 / Float(C * K * K).squareRoot()
      layer = Conv2d(
        weight: .random([O, C, K, K], seed: 3) * bound, bias: .random([O], seed: 4),
        padding: Extents2D(K / 2))
      x = .random([B, shape.H, shape.W, C], seed: 1)
      dy = .random([B, shape.H, shape.W, O], seed: 2)
      (weight, bias) = (layer.weight.scalars, layer.bias!.scalars)
      (input, gradient) = (x.scalars, dy.scalars)
      extents = Reference.ImageConvolutionExtents(
        B: B, C: C, O: O, rows: .init(shape.H, kernel: K, padding: K / 2),
        columns: .init(shape.W, kernel: K, padding: K / 2))
    }

    func gradients() -> [Tensor<Float>] {
      valueWithGradients(at: [x, layer.weight, layer.bias!]) { variables in
        let layer = Conv2d(weight: variables[1], bias: variables[2], padding: layer.padding)
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
