import Safetensors

/// Why a panel cannot be read from a file or written to it, and how to mend it.
public struct PanelFileError: Error, Equatable {
  /// The path of the file, as it was given.
  public let file: String
  /// What is wrong.
  public let fault: Fault

  public init(file: String, fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// What can be wrong.
  public enum Fault: Equatable, Sendable {
    /// The file is no sound safetensors file, or cannot be read or written.
    case container(SafetensorsError)
    /// It holds something else: a model of that kind, or nothing that says what it is.
    case otherKind(found: String?)
    /// Its version is no whole number from 1.
    case invalidVersion(String?)
    /// It was written by a newer version of the program.
    case newerVersion(supported: Int, found: Int)
    /// The description of calendar and columns cannot be read, or contradicts itself.
    case invalidSchema(reason: String)
    /// An array that the description promises is not there.
    case missingArray(String)
    /// There is an array that the description does not know of.
    case unexpectedArray(String)
    /// An array has elements of another type.
    case otherType(array: String, expected: SafetensorsType, found: SafetensorsType)
    /// An array has another number of elements, or of axes.
    case otherCount(array: String, expected: Int, found: Shape)
    /// An element of an array is not what may stand there.
    case invalidElement(array: String, index: Int, reason: String)
    /// A value of a series is not what may stand there.
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
      (found.map { "holds a \($0.debugDescription), and no panel" }
        ?? "does not say that it holds a panel") + "; name a file that Panel.write(to:) wrote"
    case .invalidVersion(let text):
      "its \(ModelFileKey.version) is \(text?.debugDescription ?? "missing"), but must be a whole "
        + "number from 1"
    case .newerVersion(let supported, let found):
      "is a panel in version \(found) of the format, but this program reads up to version "
        + "\(supported); update the program"
    case .invalidSchema(let reason):
      "its \(ModelFileKey.configuration) cannot be read: \(reason)"
    case .missingArray(let name): "has no array \(name.debugDescription); write it again"
    case .unexpectedArray(let name):
      "has an array \(name.debugDescription) that is not of the panel; leave it out"
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
