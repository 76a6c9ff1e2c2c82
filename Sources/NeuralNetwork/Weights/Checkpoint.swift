/// A point in training from which it can go on: named tensors in groups, and a state.
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
/// It is a model file of the kind `checkpoint` with the state as its configuration, so PyTorch can
/// read the tensors, as `model.weight` and so on. What is read is what was written, to the last bit
/// (save for the payload of a NaN in the state).
public struct Checkpoint<Scalar: TensorScalar, State: Codable & Sendable>: Sendable {
  /// What training goes on from beside the tensors: epoch, step, random numbers, history.
  public var state: State
  /// Tensors by group and by name, as in `groups["model"]?["hidden.weight"]`.
  public var groups: [String: [String: Tensor<Scalar>]] = [:]
  /// What errors call the checkpoint: the path that it was read from.
  private var path = "checkpoint"

  /// A checkpoint without tensors.
  public init(state: State) {
    self.state = state
  }

  /// Reads a checkpoint, with all of its tensors.
  ///
  /// - Throws: A ``SafetensorsError`` if the file cannot be read, or a ``WeightsError`` if it is no
  ///   checkpoint, if its tensors are not of `Scalar`, or the state cannot be decoded.
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

  /// Writes the checkpoint as one file: whole, or not at all. What stood there before stays until
  /// then.
  ///
  /// Stops the program if the name of a group has a dot in it.
  ///
  /// - Throws: A ``SafetensorsError`` if the file cannot be written, or what the state's
  ///   `encode(to:)` throws.
  public func write(to path: String) throws {
    let metadata = try ModelFile.metadata(state, Self.kind)
    var writer = SafetensorsWriter(metadata: metadata)
    for (group, tensors) in groups {
      guard !group.contains(".") else {
        fatalError("Checkpoint: the name of a group has no dot, but is \(group.debugDescription)")
      }
      for (name, tensor) in tensors { writer.add("\(group).\(name)", tensor) }
    }
    try writer.write(to: path)
  }

  /// Makes the parameters of a model the tensors of a group.
  public mutating func store<Model: Module>(_ model: Model, in group: String)
  where Model.Scalar == Scalar {
    groups[group] = Dictionary(model.stateTensors.map { ($0.name, $0.value.detached) }) {
      first, _ in
      fatalError("Checkpoint: two parameters of the model have the same name")
    }
  }

  /// Sets the parameters of a model to the tensors of a group; names and shapes must be the same.
  /// Either all is restored, or the model stays as it is.
  ///
  /// - Throws: An error with all differences, or the name of a tensor that is not finite.
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
