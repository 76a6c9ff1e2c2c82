/// One tensor per parameter of a model, initially zeros, such as the velocities of momentum.
struct ParameterSlots<Scalar: TensorScalar>: Sendable {
  /// PyTorch's name of the values: `exp_avg`.
  let name: String
  /// The paths of the parameters in the model; empty before the first step.
  private var paths: [ParameterPath] = []
  /// The tensor for each parameter, in the parameter's shape.
  var values: [Tensor<Scalar>] = []

  init(_ name: String) { self.name = name }

  /// The tensors by name.
  var named: [(name: String, value: Tensor<Scalar>)] {
    zip(paths, values).map { (title($0.name), $1) }
  }

  /// Allocates the tensors at the first step. Later it stops the program if the parameters differ.
  @specialized(where Scalar == Float)
  mutating func prepare(for gradients: Gradients<Scalar>, of optimizer: String) {
    guard !paths.isEmpty else {
      paths = gradients.paths
      values = gradients.values.map { .zeros($0.shape) }
      return
    }
    guard paths == gradients.paths else {
      fatalError(
        "\(optimizer): expected gradients of \(paths.map { $0.name }) as in earlier steps, "
          + "but got gradients of \(gradients.names)")
    }
    for index in values.indices where gradients.values[index].shape != values[index].shape {
      fatalError(
        "\(optimizer): expected a gradient of \(paths[index].name) of shape \(values[index].shape) as in "
          + "earlier steps, but got shape \(gradients.values[index].shape)")
    }
  }

  /// Removes the tensors for a model's parameters from a saved state and keeps them.
  ///
  /// - Throws: An `OptimizerStateError` if a tensor is missing, has another shape, or is not
  ///   finite.
  mutating func take(
    from saved: inout [String: Tensor<Scalar>],
    for parameters: [(name: String, value: Tensor<Scalar>)]
  ) throws(OptimizerStateError) {
    paths = parameters.map { ParameterPath(module: "", leaf: $0.name) }
    values = []
    for (name, parameter) in parameters {
      guard let value = saved.removeValue(forKey: title(name)) else {
        throw .missingTensor(name: title(name), shape: parameter.shape)
      }
      guard value.shape == parameter.shape else {
        throw .shapeMismatch(name: title(name), expected: parameter.shape, found: value.shape)
      }
      guard value.isFinite else { throw .notFinite(name: title(name)) }
      values.append(value.detached)
    }
  }

  private func title(_ parameter: String) -> String { "\(parameter).\(name)" }
}

extension OptimizerState {
  /// Returns an optimizer's slots, filled with the saved tensors. At step 0 the slots are empty.
  ///
  /// - Throws: An `OptimizerStateError` if a tensor is missing, has another shape, is not finite,
  ///   or is left over.
  func distribute<Model: Module>(
    to slots: [ParameterSlots<Scalar>], for model: Model
  ) throws(OptimizerStateError) -> [ParameterSlots<Scalar>] where Model.Scalar == Scalar {
    guard step >= 0 else { throw .invalidStep(step) }
    var saved: [String: Tensor<Scalar>] = [:]
    for (name, value) in tensors where saved.updateValue(value, forKey: name) != nil {
      throw .unexpectedTensor(name: name)  // a duplicate
    }
    var filled: [ParameterSlots<Scalar>] = []
    for slot in slots {
      var fresh = ParameterSlots<Scalar>(slot.name)
      if step > 0 { try fresh.take(from: &saved, for: model.parameters) }
      filled.append(fresh)
    }
    if let left = tensors.first(where: { saved[$0.name] != nil }) {
      throw .unexpectedTensor(name: left.name)
    }
    return filled
  }
}
