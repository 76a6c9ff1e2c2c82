/// An error for a valid safetensors file that does not match a model.
public struct WeightsError: Error, Hashable {
  /// The path of the file, as the caller gave it.
  public let file: String
  /// The cause of the error.
  public let fault: Fault

  /// Creates an error for a file.
  public init(file: String, fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// A cause of the error.
  public enum Fault: Hashable, Sendable {
    /// Names, shapes, or types differ from the model's. All differences are listed, sorted by kind
    /// and name.
    case mismatch([WeightDifference])
    /// Renaming gives several tensors of the file the same name.
    case ambiguous(parameter: String, tensors: [String])
    /// The tensor of a parameter has an infinite or NaN element.
    case notFinite(tensor: String)
    /// The file's metadata lacks this key, so the file is not a model file.
    case missingMetadata(key: String)
    /// The file contains a model of another kind.
    case otherKind(expected: String, found: String)
    /// The file's version is not an integer from 1.
    case invalidVersion(String)
    /// The file was written by a newer version of the program.
    case newerVersion(supported: Int, found: Int)
    /// The configuration of the model cannot be decoded.
    case invalidConfiguration(reason: String)
    /// A tensor of a checkpoint has a name without a group before its first dot.
    case noGroup(tensor: String)
    /// A checkpoint has tensors of another type.
    case otherType(tensor: String, expected: SafetensorsType, found: SafetensorsType)
  }
}

/// A difference between a model's parameters and the tensors of a file.
public enum WeightDifference: Hashable, Sendable {
  /// A parameter that the file does not have.
  case missing(String)
  /// A tensor that the model does not have.
  case unexpected(String)
  /// A tensor whose shape differs from the parameter's.
  case shape(String, expected: Shape, found: Shape)
  /// A tensor whose elements cannot be read as floating-point numbers.
  case type(String, SafetensorsType)
}

extension WeightsError: CustomStringConvertible {
  public var description: String { "\(file): \(fault.explanation)" }
}

extension WeightsError.Fault {
  fileprivate var explanation: String {
    switch self {
    case .mismatch(let differences):
      "the weights do not fit the model:" + differences.map { "\n  \($0)" }.joined()
        + "\n  (give the model the file's configuration, rename tensors, or accept the difference)"
    case .ambiguous(let parameter, let tensors):
      "the tensors \(tensors.joined(separator: ", ")) are all renamed to \(parameter); "
        + "rename all but one to something else, or leave them out"
    case .notFinite(let tensor):
      "tensor \(tensor.debugDescription) has elements that are NaN, infinite, or too large for the model: "
        + "training had diverged when it was saved; train the model again with a lower learning rate"
    case .missingMetadata(let key):
      "has no \(key) in its metadata, so it is not a model file; load its weights alone, or write it "
        + "with save(to:as:configuration:)"
    case .otherKind(let expected, let found):
      "holds a model of the kind \(found.debugDescription), but \(expected.debugDescription) is "
        + "expected; name a file of that kind"
    case .invalidVersion(let text):
      "its \(ModelFileKey.version) is \(text.debugDescription), but must be a whole number of at least 1"
    case .newerVersion(let supported, let found):
      "was written in version \(found) of its format, but this program reads up to version "
        + "\(supported); update the program"
    case .invalidConfiguration(let reason):
      "its \(ModelFileKey.configuration) cannot be read: \(reason)"
    case .noGroup(let tensor):
      "tensor \(tensor.debugDescription) belongs to no group, so it is not a checkpoint; tensors of a "
        + "checkpoint are named group.name"
    case .otherType(let tensor, let expected, let found):
      "tensor \(tensor.debugDescription) holds \(found.rawValue), but this checkpoint is read as "
        + "\(expected.rawValue); resume with the type that it was trained with"
    }
  }
}

extension WeightDifference: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let name): "missing: \(name)"
    case .unexpected(let name): "unexpected: \(name)"
    case .shape(let name, let expected, let found):
      "shape: \(name) is \(found) in the file, but \(expected) in the model"
    case .type(let name, let type):
      "type: \(name) holds \(type.rawValue), which cannot be read as floating-point numbers"
    }
  }
}
