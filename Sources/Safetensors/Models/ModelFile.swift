/// The kind of model in a model file, and the version of its configuration's format.
///
/// ```swift
/// extension ModelKind {
///   static let salesNetwork = ModelKind("sales-network", version: 1)
/// }
/// ```
public struct ModelKind: Sendable, Hashable {
  /// The name of the kind.
  public let name: String
  /// The newest version of the configuration that the program can read, from 1.
  public let version: Int

  /// Creates a kind.
  ///
  /// Stops the program if the version is less than 1.
  public init(_ name: String, version: Int) {
    guard version >= 1 else {
      fatalError("ModelKind: a version must be at least 1, but is \(version)")
    }
    self.name = name
    self.version = version
  }
}

/// The metadata keys of a model file.
public enum ModelFileKey {
  /// The name of the ``ModelKind``.
  public static let kind = "foresight.kind"
  /// The version of the configuration, an integer from 1.
  public static let version = "foresight.version"
  /// The model's configuration, as JSON.
  public static let configuration = "foresight.configuration"
}

/// A safetensors file that also describes the model, so that the model can be created from the file
/// alone.
///
/// ```swift
/// try network.save(to: path, as: .salesNetwork, configuration: settings)
///
/// let file = try ModelFile<Settings>(path: path, as: .salesNetwork)
/// var loaded = Network(file.configuration)
/// try loaded.loadWeights(from: file.weights)
/// ```
public struct ModelFile<Configuration: Codable & Sendable>: Sendable {
  /// The configuration from which the model can be created.
  public let configuration: Configuration
  /// The version in which the configuration was written, at most that of the requested kind.
  public let version: Int
  /// The tensors and all metadata.
  public let weights: SafetensorsFile

  /// Opens a model file and reads everything but its weights.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - kind: The expected kind, and the newest version that can be read.
  /// - Throws: A ``SafetensorsError`` if the file cannot be read, or a ``WeightsError`` if it is
  ///   not a model file, if it has another kind or a newer version, or if its configuration cannot
  ///   be decoded.
  public init(path: String, as kind: ModelKind) throws {
    try self.init(SafetensorsFile(path: path), as: kind)
  }

  /// Reads an open file as a model file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - kind: The expected kind, and the newest version that can be read.
  ///   - userInfo: The user info of the decoder that the configuration's `init(from:)` gets.
  /// - Throws: See ``init(path:as:)``.
  public init(
    _ file: SafetensorsFile, as kind: ModelKind,
    userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws(WeightsError) {
    weights = file
    let name = try file.text(ModelFileKey.kind)
    guard name == kind.name else {
      throw WeightsError(file: file.path, fault: .otherKind(expected: kind.name, found: name))
    }
    version = try Self.version(of: file, atMost: kind.version)
    let text = try file.text(ModelFileKey.configuration)
    do {
      configuration = try MetadataJSON.decode(Configuration.self, from: text, userInfo: userInfo)
    } catch {
      throw WeightsError(
        file: file.path, fault: .invalidConfiguration(reason: MetadataJSON.reason(of: error)))
    }
  }

  /// Returns the metadata of a model file.
  ///
  /// - Throws: An error from the configuration's `encode(to:)`.
  package static func metadata(_ configuration: Configuration, _ kind: ModelKind) throws -> [String:
    String]
  {
    [
      ModelFileKey.kind: kind.name, ModelFileKey.version: "\(kind.version)",
      ModelFileKey.configuration: try MetadataJSON.encode(configuration),
    ]
  }

  private static func version(
    of file: SafetensorsFile, atMost supported: Int
  ) throws(WeightsError) -> Int {
    let text = try file.text(ModelFileKey.version)
    guard let version = Int(text), version >= 1 else {
      throw WeightsError(file: file.path, fault: .invalidVersion(text))
    }
    guard version <= supported else {
      throw WeightsError(
        file: file.path, fault: .newerVersion(supported: supported, found: version))
    }
    return version
  }
}

extension SafetensorsFile {
  fileprivate func text(_ key: String) throws(WeightsError) -> String {
    guard let text = metadata[key] else {
      throw WeightsError(file: path, fault: .missingMetadata(key: key))
    }
    return text
  }
}
