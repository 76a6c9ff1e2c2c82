/// What a model file holds, and the version of its configuration's format.
///
/// ```swift
/// extension ModelKind {
///   static let salesNetwork = ModelKind("sales-network", version: 1)
/// }
/// ```
public struct ModelKind: Sendable, Hashable {
  /// The kind of model.
  public let name: String
  /// The newest version of the configuration that the program knows, from 1.
  public let version: Int

  /// Stops the program if the version is less than 1.
  public init(_ name: String, version: Int) {
    guard version >= 1 else {
      fatalError("ModelKind: a version must be at least 1, but is \(version)")
    }
    self.name = name
    self.version = version
  }
}

/// The keys under which a model file carries what it is.
public enum ModelFileKey {
  /// The name of the ``ModelKind``.
  public static let kind = "foresight.kind"
  /// The version of the configuration, a whole number from 1.
  public static let version = "foresight.version"
  /// The model's configuration, as JSON.
  public static let configuration = "foresight.configuration"
}

/// A safetensors file that says what model its weights belong to, so that the model can be made
/// anew from the file alone.
///
/// ```swift
/// try network.save(to: path, as: .salesNetwork, configuration: settings)
///
/// let file = try ModelFile<Settings>(path: path, as: .salesNetwork)
/// var loaded = Network(file.configuration)
/// try loaded.loadWeights(from: file.weights)
/// ```
public struct ModelFile<Configuration: Codable & Sendable>: Sendable {
  /// What the model was made from.
  public let configuration: Configuration
  /// The version that the configuration was written in, at most that of the kind asked for.
  public let version: Int
  /// The tensors, and all metadata.
  public let weights: SafetensorsFile

  /// Opens a model file, and reads all but its weights.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - kind: What it must hold, and the newest version that can be read.
  /// - Throws: A ``SafetensorsError`` if the file cannot be read, or a ``WeightsError`` if it is no
  ///   model file, of another kind or a newer version, or its configuration cannot be decoded.
  public init(path: String, as kind: ModelKind) throws {
    try self.init(SafetensorsFile(path: path), as: kind)
  }

  /// Takes a file that is open already as a model file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - kind: As in ``init(path:as:)``.
  ///   - userInfo: What the configuration's `init(from:)` finds in its decoder.
  /// - Throws: As ``init(path:as:)``.
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

  /// The metadata of a model file.
  ///
  /// - Throws: What the configuration's `encode(to:)` throws.
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
