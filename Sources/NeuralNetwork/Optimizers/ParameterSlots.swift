/// A tensor for each parameter of a model, zeros at first, such as the velocities of momentum.
struct ParameterSlots<Scalar: TensorScalar>: Sendable {
  /// PyTorch's name of what is kept: `exp_avg`.
  let name: String
  /// Where the parameters are in the model; none before the first step.
  private var paths: [ParameterPath] = []
  /// What is kept for each parameter, in its shape.
  var values: [Tensor<Scalar>] = []

  init(_ name: String) { self.name = name }

  /// What is kept, by name.
  var named: [(name: String, value: Tensor<Scalar>)] {
    zip(paths, values).map { (title($0.name), $1) }
  }

  /// Makes room at the first step; later stops the program if the parameters are others.
  @specialized(where Scalar == Float)
  mutating func prepare(for gradients: Gradients<Scalar>, of optimizer: String) {
    guard !paths.isEmpty else {
      paths = gradients.paths
      values = gradients.values.map { .zeros($0.shape) }
      return
    }
    guard paths == gradients.paths else {
      fatalError(
        "\(optimizer): earlier steps were for parameters \(paths.map { $0.name }), but now came "
          + "gradients of \(gradients.names)")
    }
    for index in values.indices where gradients.values[index].shape != values[index].shape {
      fatalError(
        "\(optimizer): in earlier steps \(paths[index].name) had shape \(values[index].shape), "
          + "but now came a gradient of shape \(gradients.values[index].shape)")
    }
  }

  /// Takes what belongs to a model's parameters out of the tensors of a saved state.
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
  /// Gives the saved tensors to an optimizer's slots; at step 0 there are none yet.
  ///
  /// Throws an error if one is missing, of another shape, or left over.
  func distribute<Model: Module>(
    to slots: [ParameterSlots<Scalar>], for model: Model
  ) throws(OptimizerStateError) -> [ParameterSlots<Scalar>] where Model.Scalar == Scalar {
    guard step >= 0 else { throw .invalidStep(step) }
    var saved: [String: Tensor<Scalar>] = [:]
    for (name, value) in tensors where saved.updateValue(value, forKey: name) != nil {
      throw .unexpectedTensor(name: name)  // twice
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
