import NeuralNetwork
import TestSupport
import Testing

// Operands are made by formulas that PyTorch can follow. The snippets in the tests begin with:
//
//   import math, torch
//   def wave(*shape, phase):
//     n = torch.arange(math.prod(shape), dtype=torch.float64)
//     return (n * 0.7 + phase).sin().reshape(shape) * 0.5
//   def waves(model):      # parameter k has phase k
//     for k, p in enumerate(model.parameters()): p.data = wave(*p.shape, phase=k)
//     return model
//   def show(*tensors):
//     for t in tensors: print([float(f"{x:.9g}") for x in t.detach().flatten()])

extension Module {
  /// The same module with waves for parameters; the k-th parameter has phase k.
  func waves() -> Self {
    var result = self
    var phase = 0.0
    result.forEachParameter { _, parameter in
      parameter = .wave(parameter.shape, phase: phase)
      phase += 1
    }
    return result
  }
}

/// A generator for layers whose random weights are replaced.
func anyGenerator() -> Xoshiro256 { Xoshiro256(seed: 1) }

/// Expects the elements to be PyTorch's within 1e-5 of the greatest.
func expectPyTorch<Scalar: TensorScalar>(
  _ actual: Tensor<Scalar>?, _ expected: [Double]?, _ label: String = "",
  within tolerance: Double = 1e-5, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let actual, let expected, actual.elementCount == expected.count else {
    Issue.record(
      "\(label): got shape \(actual?.shape ?? []), expected \(expected?.count ?? 0) elements",
      sourceLocation: sourceLocation)
    return
  }
  let largest = expected.reduce(0) { max($0, $1.magnitude) }
  for (index, pair) in zip(actual.scalars, expected).enumerated() {
    let difference = (Double(pair.0) - pair.1).magnitude
    guard difference <= tolerance * largest else {
      Issue.record(
        "\(label): element \(index) is \(pair.0), expected \(pair.1)",
        sourceLocation: sourceLocation)
      return
    }
  }
}

/// Expects the gradients of all parameters to be PyTorch's, and no other parameters to be there.
func expectPyTorch<Scalar: TensorScalar>(
  _ gradients: Gradients<Scalar>, _ figures: [String: [Double]],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (name, value) in zip(gradients.names, gradients.values) {
    expectPyTorch(value, figures[name], name, sourceLocation: sourceLocation)
  }
}

/// Σ x · wave: a scalar to which every element of x counts differently.
func contracted<Scalar: TensorScalar>(_ x: Tensor<Scalar>, phase: Double) -> Tensor<Scalar> {
  (x * .wave(x.shape, phase: phase)).sum()
}

/// Expects the gradients of a module's parameters, and of some operands, to be those of central
/// differences.
func expectGradients<M: Module>(
  of module: M, at operands: [Tensor<Double>], sourceLocation: SourceLocation = #_sourceLocation,
  _ function: (M, [Tensor<Double>]) -> Tensor<Double>
) where M.Scalar == Double {
  let parameters = module.parameters.map(\.value)
  expectGradients(
    at: operands + parameters, within: 1e-6, "\(M.self)", sourceLocation: sourceLocation
  ) { point in
    var moved = module
    var index = operands.count
    moved.forEachParameter { _, parameter in
      parameter = point[index]
      index += 1
    }
    return function(moved, Array(point[..<operands.count]))
  }
}

/// Expects the losses of training steps to be PyTorch's.
func expectLosses<Model: Layer, O: Optimizer>(
  of model: Model, _ optimizer: O, _ x: Tensor<Float>, _ y: Tensor<Float>, _ expected: [Double],
  sourceLocation: SourceLocation = #_sourceLocation
) where Model.Scalar == Float, O.Scalar == Float {
  var model = model
  var optimizer = optimizer
  for (step, expected) in expected.enumerated() {
    let (loss, gradients) = valueWithGradient(at: model) { meanSquaredError($0(x), y) }
    optimizer.update(&model, along: gradients)
    #expect(
      (Double(loss.scalar) - expected).magnitude <= 1e-4 * expected, "step \(step)",
      sourceLocation: sourceLocation)
  }
}
