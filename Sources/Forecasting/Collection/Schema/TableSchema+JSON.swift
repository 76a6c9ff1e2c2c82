import Foundation

extension TableSchema: Decodable {
  /// Reads a schema from a JSON file.
  ///
  /// - Throws: A `TableError` where the file cannot be read, is no JSON, or has a property that no
  ///   schema has, or one of a wrong type.
  public init(contentsOf path: String) throws(TableError) {
    let source = PeekingByteSource(try FileByteSource(path: path))
    let bytes = try source.peek(Self.fileLimit)
    do {
      self = try JSONDecoder().decode(TableSchema.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw TableError(file: path, fault: .badSchema(reason: error.reason))
    } catch {
      throw TableError(file: path, fault: .badSchema(reason: "\(error)"))
    }
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case identity, identitySeparator, time, timeFormat, timeZone, calendarTimeZone, target
    case quantity, price, amount, order, customer, description, covariates
  }

  public init(from decoder: any Decoder) throws {
    try Self.checkNames(decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let identity: [String]
    if let column = try? values.decode(String.self, forKey: .identity) {
      identity = [column]
    } else {
      identity = try values.decode([String].self, forKey: .identity)
    }
    guard !identity.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .identity, in: values, debugDescription: "names no column")
    }
    self.init(identity: identity, time: try values.decode(String.self, forKey: .time))
    let text = { try values.decodeIfPresent(String.self, forKey: $0) }
    identitySeparator = try text(.identitySeparator) ?? identitySeparator
    timeFormat = try values.decodeIfPresent(DateFormat.self, forKey: .timeFormat) ?? timeFormat
    timeZone = try text(.timeZone)
    calendarTimeZone = try text(.calendarTimeZone)
    target = try text(.target)
    quantity = try text(.quantity)
    price = try text(.price)
    amount = try text(.amount)
    order = try text(.order)
    customer = try text(.customer)
    description = try text(.description)
    covariates =
      try values.decodeIfPresent([CovariateColumn].self, forKey: .covariates) ?? covariates
  }

  /// A misspelt property would else be passed over, and a column not be read.
  private static func checkNames(_ decoder: any Decoder) throws {
    let names = CodingKeys.allCases.map(\.rawValue)
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys.sorted(by: { $0.name < $1.name })
    where !names.contains(key.name) {
      let hint = nearest(to: key.name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: [],
          debugDescription: "there is no property \(key.name.debugDescription)\(hint)"))
    }
  }

  private struct AnyKey: CodingKey {
    let name: String
    var stringValue: String { name }
    var intValue: Int? { nil }
    init(stringValue: String) { name = stringValue }
    init?(intValue: Int) { nil }
  }

  /// No schema is longer: a table given in its place is not read to its end.
  private static let fileLimit = 1 << 20
}

extension DecodingError {
  /// What is wrong, and at which property.
  fileprivate var reason: String {
    switch self {
    case .keyNotFound(let key, _):
      "there is no property \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(path(context)) has a value of a wrong type: \(context.debugDescription)"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? context.debugDescription : "\(path(context)): \(context.debugDescription)"
    @unknown default:
      "\(self)"
    }
  }

  private func path(_ context: Context) -> String {
    context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
      .joined(separator: ".").debugDescription
  }
}
