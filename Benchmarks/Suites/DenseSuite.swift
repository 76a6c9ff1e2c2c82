import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// A dense layer with its activation, forward only and with the gradients of input and
  /// parameters.
  static var dense: [Case] {
    let shapes = [
      DenseShape(B: 32, D: 64, O: 32, activation: .relu),
      DenseShape(B: 256, D: 64, O: 256, activation: .tanh),
      DenseShape(B: 1024, D: 256, O: 128, activation: .relu),
      DenseShape(B: 1024, D: 256, O: 128, activation: .sigmoid),
    ]
    return shapes.map(\.forward) + shapes.map(\.forwardAndBackward)
  }
}

private struct DenseShape {
  let B, D, O: Int
  let activation: Activation

  var forward: Case {
    oneCase("forward", passes: 1) {
      let operands = Operands(self)
      return Computation({ operands.layer(operands.x) }, reference: operands.referenceOutput)
    }
  }

  var forwardAndBackward: Case {
    oneCase("forward and backward", passes: 3) {
      let operands = Operands(self)
      return Computation(
        operands.gradients,
        tensors: { Array(zip(["dx", "dweight", "dbias"], $0)) },
        reference: operands.referenceGradients)
    }
  }

  private func oneCase(
    _ name: String, passes: Double, _ work: @escaping () -> any Workload
  ) -> Case {
    Case(
      suite: "dense", name: "\(name) B\(B) D\(D) O\(O) \(activation)",
      operationCount: passes * 2 * Double(B * D * O), make: work)
  }

  /// Random data, as tensors and as arrays.
  private struct Operands {
    let shape: DenseShape
    let layer: Dense<Float>
    let x, dy: Tensor<Float>
    private let weight, bias, input, gradient: [Float]

    init(_ shape: DenseShape) {
      self.shape = shape
      var generator = Xoshiro256(seed: 3)
      layer = Dense(
        weight: Initializer.glorotUniform.tensor([shape.O, shape.D], using: &generator),
        bias: .random([shape.O], seed: 4), activation: shape.activation)
      x = .random([shape.B, shape.D], seed: 1)
      dy = .random([shape.B, shape.O], seed: 2)
      (weight, bias) = (layer.weight.scalars, layer.bias!.scalars)
      (input, gradient) = (x.scalars, dy.scalars)
    }

    func gradients() -> [Tensor<Float>] {
      valueWithGradients(at: [x, layer.weight, layer.bias!]) { variables in
        let layer = Dense(
          weight: variables[1], bias: variables[2], activation: shape.activation)
        return (layer(variables[0]) * dy).sum()
      }.gradients
    }

    func referenceOutput() -> [Float] {
      Reference.denseForward(
        x: input, weight: weight, bias: bias, activation: referenceActivation, B: shape.B,
        D: shape.D, O: shape.O)
    }

    func referenceGradients() -> [[Float]] {
      let back = Reference.denseBackward(
        x: input, weight: weight, y: referenceOutput(), dy: gradient,
        activation: referenceActivation, B: shape.B, D: shape.D, O: shape.O)
      return [back.x, back.weight, back.bias]
    }

    private var referenceActivation: Reference.Activation {
      switch shape.activation {
      case .linear: .linear
      case .relu: .relu
      case .sigmoid: .sigmoid
      case .tanh: .tanh
      case .softplus, .softmax:
        fatalError("DenseShape: \(shape.activation) has no reference kernel")
      }
    }
  }
}
