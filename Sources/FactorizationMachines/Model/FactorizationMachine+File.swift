import Tensor

extension ModelKind {
  /// The kind of files of factorization machines.
  public static let factorizationMachine = ModelKind("factorization-machine", version: 1)
}

extension FactorizationMachine {
  /// The metadata of a model file.
  private struct Configuration: Codable, Sendable {
    let loss: FactorizationLoss
    let features: FeatureIndex?
  }

  /// Writes a safetensors file with the tensors `bias`, `linear`, and `factors`.
  ///
  /// - Parameters:
  ///   - path: The path of the file, which appears complete or not at all.
  ///   - features: The names of the columns, which the file can hold, too.
  /// - Throws: A `SafetensorsError` if the file cannot be written.
  public func save(to path: String, features: FeatureIndex? = nil) throws {
    var writer = SafetensorsWriter(
      metadata: try ModelFile.metadata(
        Configuration(loss: loss, features: features), .factorizationMachine))
    writer.add("bias", Tensor<Float>([bias]))
    writer.add("linear", linear)
    writer.add("factors", factors)
    try writer.write(to: path)
  }

  /// Reads a file written by ``save(to:features:)``.
  ///
  /// - Throws: A `SafetensorsError` if the file cannot be read, or a `WeightsError` if it holds
  ///   another kind of model, or if its tensors do not match.
  public init(contentsOf path: String) throws {
    self = try Self.read(path).model
  }

  /// Reads a file written by ``save(to:features:)``, with the names of the columns, if it has them.
  ///
  /// - Throws: See ``init(contentsOf:)``.
  public static func read(
    _ path: String
  ) throws -> (model: FactorizationMachine, features: FeatureIndex?) {
    let file = try ModelFile<Configuration>(path: path, as: .factorizationMachine)
    let weights = file.weights
    let bias = try weights.tensor("bias", as: Float.self)
    let linear = try weights.tensor("linear", as: Float.self)
    let factors = try weights.tensor("factors", as: Float.self)
    var differences: [WeightDifference] = []
    if bias.shape != [1] { differences.append(.shape("bias", expected: [1], found: bias.shape)) }
    if linear.rank != 1 {
      differences.append(
        .shape("linear", expected: [linear.elementCount], found: linear.shape))
    }
    if !(2...3 ~= factors.rank && factors.shape[0] == linear.elementCount) {
      let expected = Shape([linear.elementCount] + factors.shape.dimensions.suffix(1))
      differences.append(.shape("factors", expected: expected, found: factors.shape))
    }
    guard differences.isEmpty else {
      throw WeightsError(file: path, fault: .mismatch(differences))
    }
    for (name, tensor) in [("bias", bias), ("linear", linear), ("factors", factors)] {
      guard tensor.scalars.allSatisfy(\.isFinite) else {
        throw WeightsError(file: path, fault: .notFinite(tensor: name))
      }
    }
    let model = FactorizationMachine(
      loss: file.configuration.loss, bias: bias.scalars[0], linear: linear, factors: factors)
    return (model, file.configuration.features)
  }
}
