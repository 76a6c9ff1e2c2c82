import Safetensors

/// An error that explains why a panel can't be read from or written to a file, and how to fix it.
public struct PanelFileError: Error, Equatable {
  /// The path of the file, as the caller passed it.
  public let file: String
  /// The cause of the error.
  public let fault: Fault

  public init(file: String, fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// A cause of an error.
  public enum Fault: Equatable, Sendable {
    /// The file isn't a valid safetensors file, or can't be read or written.
    case container(SafetensorsError)
    /// The file contains something else: a model of the given kind, or nothing that names its kind.
    case otherKind(found: String?)
    /// The version isn't a whole number of 1 or more.
    case invalidVersion(String?)
    /// The file was written by a newer version of the program.
    case newerVersion(supported: Int, found: Int)
    /// The description of the calendar and the columns can't be read, or contradicts itself.
    case invalidSchema(reason: String)
    /// An array from the description is missing.
    case missingArray(String)
    /// An array isn't in the description.
    case unexpectedArray(String)
    /// An array has elements of an unexpected type.
    case otherType(array: String, expected: SafetensorsType, found: SafetensorsType)
    /// An array has an unexpected number of elements or axes.
    case otherCount(array: String, expected: Int, found: Shape)
    /// An element of an array is invalid.
    case invalidElement(array: String, index: Int, reason: String)
    /// A value of a series is invalid.
    case invalidValue(
      array: String, id: String, date: CalendarDate, hour: Int? = nil, reason: String)
  }
}

extension PanelFileError: CustomStringConvertible {
  public var description: String {
    if case .container(let error) = fault { return error.description }
    return "\(file): \(fault.explanation)"
  }
}

extension PanelFileError.Fault {
  fileprivate var explanation: String {
    switch self {
    case .container(let error): error.description
    case .otherKind(let found):
      (found.map { "contains a \($0.debugDescription), not a panel" }
        ?? "does not state that it contains a panel") + "; name a file that Panel.write(to:) wrote"
    case .invalidVersion(let text):
      "its \(ModelFileKey.version) is \(text?.debugDescription ?? "missing"), but must be a whole "
        + "number of at least 1"
    case .newerVersion(let supported, let found):
      "is a panel in version \(found) of the format, but this program only reads versions up to "
        + "\(supported); update the program"
    case .invalidSchema(let reason):
      "its \(ModelFileKey.configuration) cannot be read: \(reason)"
    case .missingArray(let name): "has no array \(name.debugDescription); write it again"
    case .unexpectedArray(let name):
      "has an array \(name.debugDescription) that is not part of the panel; remove it"
    case .otherType(let array, let expected, let found):
      "array \(array.debugDescription) holds \(found.rawValue), but must hold \(expected.rawValue)"
    case .otherCount(let array, let expected, let found):
      "array \(array.debugDescription) has the shape \(found), but must have [\(expected)]"
    case .invalidElement(let array, let index, let reason):
      "array \(array.debugDescription) \(reason), at \(index)"
    case .invalidValue(let array, let id, let date, let hour, let reason):
      "array \(array.debugDescription) \(reason), for series \(id.debugDescription) on "
        + date.text(hour: hour)
    }
  }
}
