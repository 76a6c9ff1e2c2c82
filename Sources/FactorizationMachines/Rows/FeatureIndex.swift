/// An index of named features: each combination of a field and a category, such as "customer" and
/// "1029", has a column.
///
/// ```swift
/// var index = FeatureIndex(fields: ["customer", "item"])
/// let anna = index.entry("customer", "anna")             // column 0, field 0
/// let tea = index.entry("item", "tea")                   // column 1, field 1
/// ```
public struct FeatureIndex: Sendable, Equatable, Codable {
  /// A column of the index.
  public struct Feature: Sendable, Hashable, Codable {
    /// The index of the field.
    public let field: Int
    /// The category.
    public let category: String
  }

  /// The names of the fields, [F].
  public let fields: [String]
  /// The field and category of each column, [D].
  public private(set) var features: [Feature] = []
  private var columns: [[String: Int]]

  /// Creates an index without columns. Stops the program if there are no fields, or two with one
  /// name.
  public init(fields: [String]) {
    guard !fields.isEmpty, Set(fields).count == fields.count else {
      fatalError("FeatureIndex: expected distinct fields, got \(fields)")
    }
    self.fields = fields
    columns = fields.map { _ in [:] }
  }

  /// The number of columns, D.
  public var columnCount: Int { features.count }

  /// Returns the column of a category, or `nil` if it is unknown. Stops the program if there is no
  /// such field.
  public func column(_ field: String, _ category: String) -> Int? {
    columns[place(of: field)][category]
  }

  /// Returns the column of a category, and adds a column for a new one. Stops the program if there is
  /// no such field.
  public mutating func addColumn(_ field: String, _ category: String) -> Int {
    let place = place(of: field)
    if let column = columns[place][category] { return column }
    columns[place][category] = features.count
    features.append(Feature(field: place, category: category))
    return features.count - 1
  }

  /// Returns the entry of a category with a value, and adds a column for a new one.
  public mutating func entry(
    _ field: String, _ category: String, value: Float = 1
  ) -> SparseRows.Entry {
    SparseRows.Entry(column: addColumn(field, category), value: value, field: place(of: field))
  }

  /// Returns an empty table for rows of the columns so far.
  public func emptyRows() -> SparseRows {
    SparseRows(columnCount: columnCount, fieldCount: fields.count)
  }

  private func place(of field: String) -> Int {
    guard let place = fields.firstIndex(of: field) else {
      fatalError(
        "FeatureIndex: expected one of the fields \(fields), got \(field.debugDescription)")
    }
    return place
  }
}
