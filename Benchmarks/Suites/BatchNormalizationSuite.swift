import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// A batch normalization in training, forward only and with the gradients of input and parameters.
  static var batchNormalization: [Case] {
    let shapes = [BatchShape(B: 256, C: 64), BatchShape(B: 4096, C: 256)]
    return shapes.map(\.forward) + shapes.map(\.forwardAndBackward)
  }
}

private struct BatchShape {
  let B, C: Int

  var forward: Case {
    Case(suite: "batch-norm", name: "forward B\(B) C\(C)") {
      let operands = Operands(self)
      return Computation(
        { operands.trained(operands.layer, operands.x) }, reference: operands.referenceOutput)
    }
  }

  var forwardAndBackward: Case {
    Case(suite: "batch-norm", name: "forward and backward B\(B) C\(C)") {
      let operands = Operands(self)
      return Computation(
        operands.gradients,
        tensors: { Array(zip(["dx", "dweight", "dbias"], $0)) },
        reference: operands.referenceGradients)
    }
  }

  /// Random data.
  private struct Operands {
    let shape: BatchShape
    let layer: BatchNorm<Float>
    let x, dy: Tensor<Float>

    init(_ shape: BatchShape) {
      self.shape = shape
      var layer = BatchNorm<Float>(size: shape.C)
      layer.weight = .random([shape.C], seed: 3)
      layer.bias = .random([shape.C], seed: 4)
      self.layer = layer
      x = .random([shape.B, shape.C], seed: 1)
      dy = .random([shape.B, shape.C], seed: 2)
    }

    func trained(_ layer: BatchNorm<Float>, _ x: Tensor<Float>) -> Tensor<Float> {
      var pass = ForwardPass.training(Xoshiro256(seed: 1))
      return layer.forward(x, &pass)
    }

    func gradients() -> [Tensor<Float>] {
      valueWithGradients(at: [x, layer.weight!, layer.bias!]) { variables in
        var layer = layer
        (layer.weight, layer.bias) = (variables[1], variables[2])
        return (trained(layer, variables[0]) * dy).sum()
      }.gradients
    }

    func referenceOutput() -> [Float] {
      Reference.batchNorm(
        x.scalars, weight: layer.weight!.scalars, bias: layer.bias!.scalars,
        epsilon: Float(layer.epsilon), rows: shape.B, columns: shape.C)
    }

    func referenceGradients() -> [[Float]] {
      let back = Reference.batchNormBackward(
        x: x.scalars, weight: layer.weight!.scalars, dy: dy.scalars, epsilon: Float(layer.epsilon),
        rows: shape.B, columns: shape.C)
      return [back.x, back.weight, back.bias]
    }
  }
}
