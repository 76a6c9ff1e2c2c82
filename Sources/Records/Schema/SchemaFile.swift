import Foundation

/// A reader of small JSON files with declarations.
package enum SchemaFile {
  /// Reads a declaration.
  ///
  /// - Throws: A `TableError` if the file cannot be read, is not JSON, or contains a different kind
  ///   of declaration.
  package static func decode<Declaration: Decodable>(
    _ type: Declaration.Type, path: String
  ) throws(TableError) -> Declaration {
    let source = PeekingByteSource(try FileByteSource(path: path))
    let data = Data(try source.peek(limit))
    if let reason = syntaxFault(of: data) {
      throw TableError(file: path, fault: .badSchema(reason: reason))
    }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw TableError(file: path, fault: .badSchema(reason: error.reason))
    } catch {
      throw TableError(file: path, fault: .badSchema(reason: "\(error)"))
    }
  }

  /// Returns the syntax error of a text and its line, or `nil` if it is valid JSON. The decoder
  /// itself would only report that it is invalid.
  private static func syntaxFault(of data: Data) -> String? {
    do {
      _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      return nil
    } catch {
      let reason = (error as NSError).userInfo["NSDebugDescription"] as? String ?? "\(error)"
      let place = reason.firstMatch(of: /character (\d+)/).flatMap { Int($0.1) }
      let line = place.map { "line \(data.prefix($0).count { $0 == .lineFeed } + 1), " } ?? ""
      return "The given data was not valid JSON: \(line)\(reason)"
    }
  }

  /// The maximum length of a schema. It keeps a table given by mistake from being read to its end.
  private static let limit = 1 << 20
}

extension Decoder {
  /// Throws an error if there is a property with another name. Otherwise a misspelled property
  /// would be ignored.
  package func rejectProperties(otherThan names: [String]) throws {
    for key in try container(keyedBy: AnyKey.self).allKeys.sorted(by: { $0.name < $1.name })
    where !names.contains(key.name) {
      let hint = nearest(to: key.name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath,
          debugDescription: "there is no property \(key.name.debugDescription)\(hint)"))
    }
  }
}

private struct AnyKey: CodingKey {
  let name: String
  var stringValue: String { name }
  var intValue: Int? { nil }
  init(stringValue: String) { name = stringValue }
  init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer {
  /// Returns column names, from a text or a list of texts.
  package func names(_ key: Key) throws -> [String] {
    if let name = try? decode(String.self, forKey: key) { return [name] }
    let names = try decode([String].self, forKey: key)
    guard !names.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "contains no column names")
    }
    return names
  }

  /// Updates `value` if the property is present.
  package func update<Value: Decodable>(_ value: inout Value, _ key: Key) throws {
    if let given = try decodeIfPresent(Value.self, forKey: key) { value = given }
  }

  /// Updates a choice among names if the property is present. Errors list the names.
  func update<Choice: Decodable & RawRepresentable<String> & CaseIterable>(
    _ value: inout Choice, _ key: Key
  ) throws {
    if let given: Choice = try choiceIfPresent(key) { value = given }
  }

  /// Returns a choice among names, or `nil` if the property is missing.
  func choiceIfPresent<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: Key
  ) throws -> Choice? {
    guard let name = try decodeIfPresent(String.self, forKey: key) else { return nil }
    guard let choice = Choice(rawValue: name) else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self,
        debugDescription:
          "\(excerpt(name)) is not one of \(listed(Choice.allCases.map(\.rawValue)))")
    }
    return choice
  }

  /// Returns a required choice among names.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: Key) throws -> Choice {
    guard let choice: Choice = try choiceIfPresent(key) else {
      throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: ""))
    }
    return choice
  }
}

extension DecodingError {
  /// A description of the problem and its property.
  fileprivate var reason: String {
    switch self {
    case .keyNotFound(let key, let context):
      "the property \"\(key.stringValue)\" is missing"
        + (context.codingPath.isEmpty ? "" : " in \(path(context))")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(context.codingPath.isEmpty ? "it" : path(context)) has a value of the wrong type: \(context.debugDescription)"
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
