import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// A layer normalization, forward only and with the gradients of input and parameters.
  static var normalization: [Case] {
    let shapes = [NormalizationShape(B: 256, D: 64), NormalizationShape(B: 4096, D: 256)]
    return shapes.map(\.forward) + shapes.map(\.forwardAndBackward)
  }
}

private struct NormalizationShape {
  let B, D: Int

  var forward: Case {
    Case(suite: "layer-norm", name: "forward B\(B) D\(D)") {
      let operands = Operands(self)
      return Computation({ operands.layer(operands.x) }, reference: operands.referenceOutput)
    }
  }

  var forwardAndBackward: Case {
    Case(suite: "layer-norm", name: "forward and backward B\(B) D\(D)") {
      let operands = Operands(self)
      return Computation(
        operands.gradients,
        tensors: { Array(zip(["dx", "dweight", "dbias"], $0)) },
        reference: operands.referenceGradients)
    }
  }

  /// Random data.
  private struct Operands {
    let shape: NormalizationShape
    let layer: LayerNorm<Float>
    let x, dy: Tensor<Float>

    init(_ shape: NormalizationShape) {
      self.shape = shape
      var layer = LayerNorm<Float>(size: shape.D)
      layer.weight = .random([shape.D], seed: 3)
      layer.bias = .random([shape.D], seed: 4)
      self.layer = layer
      x = .random([shape.B, shape.D], seed: 1)
      dy = .random([shape.B, shape.D], seed: 2)
    }

    func gradients() -> [Tensor<Float>] {
      valueWithGradients(at: [x, layer.weight, layer.bias]) { variables in
        var layer = layer
        (layer.weight, layer.bias) = (variables[1], variables[2])
        return (layer(variables[0]) * dy).sum()
      }.gradients
    }

    func referenceOutput() -> [Float] {
      Reference.layerNorm(
        x.scalars, weight: layer.weight.scalars, bias: layer.bias.scalars,
        epsilon: Float(layer.epsilon), rows: shape.B, columns: shape.D)
    }

    func referenceGradients() -> [[Float]] {
      let back = Reference.layerNormBackward(
        x: x.scalars, weight: layer.weight.scalars, dy: dy.scalars, epsilon: Float(layer.epsilon),
        rows: shape.B, columns: shape.D)
      return [back.x, back.weight, back.bias]
    }
  }
}
