import TimeSeries

/// The value of a dimension of a ``SearchSpace``.
public enum ParameterValue: Hashable, Sendable {
  /// A category, by its name.
  case category(String)
  /// A number. That of an integer dimension is whole.
  case number(Double)
}

extension ParameterValue: CustomStringConvertible {
  /// The category, or the number with up to four significant digits.
  public var description: String {
    switch self {
    case .category(let name): name
    case .number(let number) where number == number.rounded() && abs(number) < 1e15:
      "\(Int(number))"
    case .number(let number): number.fixed(3, leastDigits: 3)
    }
  }
}

extension ParameterValue: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self =
      if let number = try? container.decode(Double.self) { .number(number) } else {
        .category(try container.decode(String.self))
      }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .category(let name): try container.encode(name)
    case .number(let number): try container.encode(number)
    }
  }
}

extension ParameterValue: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .category(value) }
}

extension ParameterValue: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
}

extension ParameterValue: ExpressibleByFloatLiteral {
  public init(floatLiteral value: Double) { self = .number(value) }
}

/// The values of a trial, by the names of their dimensions.
///
/// A dimension whose condition does not hold has no value.
public struct TrialValues: Hashable, Sendable {
  /// The values.
  public private(set) var values: [String: ParameterValue]

  /// Creates the values of a trial.
  public init(_ values: [String: ParameterValue] = [:]) { self.values = values }

  /// The value of a dimension, or nil if the dimension has none.
  public subscript(name: String) -> ParameterValue? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// Returns the number of a dimension, or nil if the dimension has none.
  public func number(_ name: String) -> Double? {
    guard case .number(let number) = values[name] else { return nil }
    return number
  }

  /// Returns the number of an integer dimension, or nil if the dimension has none.
  public func integer(_ name: String) -> Int? { number(name).map { Int($0) } }

  /// Returns the category of a dimension, or nil if the dimension has none.
  public func category(_ name: String) -> String? {
    guard case .category(let category) = values[name] else { return nil }
    return category
  }
}

extension TrialValues: CustomStringConvertible {
  /// The values in the order of the names, such as `layers 2, network lstm`.
  public var description: String {
    values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}

extension TrialValues: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, ParameterValue)...) {
    self.init(Dictionary(elements) { _, last in last })
  }
}

extension TrialValues: Codable {
  public init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: ParameterValue].self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}
