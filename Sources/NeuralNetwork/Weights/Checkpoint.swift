/// A saved point of a training run: named tensors in groups, and a state.
///
/// ```swift
/// var checkpoint = Checkpoint<Float, TrainingState>(state: state)
/// checkpoint.store(model, in: "model")
/// checkpoint.groups["optimizer"] = ["moment.weight": moment]
/// try checkpoint.write(to: path)
///
/// let last = try Checkpoint<Float, TrainingState>(path: path)
/// try last.restore(&model, from: "model")
/// ```
///
/// A checkpoint is a model file of the kind `checkpoint` with the state as its configuration, so
/// PyTorch can read the tensors under names such as `model.weight`. Values are restored bit for
/// bit, except for the payload of a NaN in the state.
public struct Checkpoint<Scalar: TensorScalar, State: Codable & Sendable>: Sendable {
  /// The state that training needs in addition to the tensors: epoch, step, random numbers,
  /// history.
  public var state: State
  /// The tensors by group and by name, as in `groups["model"]?["hidden.weight"]`.
  public var groups: [String: [String: Tensor<Scalar>]] = [:]
  /// The name of the checkpoint in errors: the path from which it was read.
  private var path = "checkpoint"

  /// Creates a checkpoint without tensors.
  public init(state: State) {
    self.state = state
  }

  /// Reads a checkpoint with all its tensors.
  ///
  /// - Throws: A ``SafetensorsError`` if the file cannot be read, or a ``WeightsError`` if it is
  ///   not a checkpoint, if its tensors are not of type `Scalar`, or if the state cannot be
  ///   decoded.
  public init(path: String) throws {
    let file = try ModelFile<State>(path: path, as: Self.kind)
    self.init(state: file.configuration)
    self.path = path
    let expected = SafetensorsType(of: Scalar.self)
    for entry in file.weights.entries {
      guard entry.type == expected else {
        throw WeightsError(
          file: path,
          fault: .otherType(tensor: entry.name, expected: expected, found: entry.type))
      }
      guard let dot = entry.name.firstIndex(of: ".") else {
        throw WeightsError(file: path, fault: .noGroup(tensor: entry.name))
      }
      let name = String(entry.name[dot...].dropFirst())
      groups[String(entry.name[..<dot]), default: [:]][name] = try file.weights.tensor(entry.name)
    }
  }

  /// Writes the checkpoint as one file.
  ///
  /// The file appears complete or not at all, and an existing file stays until it is replaced.
  /// Stops the program if the name of a group contains a dot.
  ///
  /// - Throws: A ``SafetensorsError`` if the file cannot be written, or an error from the state's
  ///   `encode(to:)`.
  public func write(to path: String) throws {
    let metadata = try ModelFile.metadata(state, Self.kind)
    var writer = SafetensorsWriter(metadata: metadata)
    for (group, tensors) in groups {
      guard !group.contains(".") else {
        fatalError(
          "Checkpoint: the name of a group must not contain a dot, but is "
            + group.debugDescription)
      }
      for (name, tensor) in tensors { writer.add("\(group).\(name)", tensor) }
    }
    try writer.write(to: path)
  }

  /// Stores the parameters and buffers of a model as a group of tensors, which replaces an earlier
  /// one.
  public mutating func store<Model: Module>(_ model: Model, in group: String)
  where Model.Scalar == Scalar {
    groups[group] = Dictionary(model.stateTensors.map { ($0.name, $0.value.detached) }) {
      first, _ in
      fatalError("Checkpoint: two parameters of the model have the same name")
    }
  }

  /// Sets the parameters and buffers of a model to the tensors of a group. Names and shapes must
  /// match.
  ///
  /// - Throws: A ``WeightsError`` that lists all differences, or that names a tensor that is not
  ///   finite. The model then does not change.
  public func restore<Model: Module>(
    _ model: inout Model, from group: String
  ) throws(WeightsError) where Model.Scalar == Scalar {
    let tensors = groups[group] ?? [:]
    let type = SafetensorsType(of: Scalar.self)
    let file = "\(path), \(group)"
    try model.checkParameters(
      against: tensors.mapValues { ($0.shape, type) }, accepting: [], file: file)
    if let (name, _) = tensors.sorted(by: { $0.key < $1.key }).first(where: { !$0.value.isFinite })
    {
      throw WeightsError(file: file, fault: .notFinite(tensor: name))
    }
    model.assignParameters(tensors)
  }

  private static var kind: ModelKind { ModelKind("checkpoint", version: 1) }
}
