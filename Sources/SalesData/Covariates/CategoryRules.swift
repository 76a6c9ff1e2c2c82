/// Categories of items that are found by patterns of their names, for a shop whose data have none.
///
/// ```swift
/// let rules = CategoryRules(["Christmas": ["*CHRISTMAS*", "*ADVENT*"], "Bags": ["*BAG*"]])
/// let panel = try rules.categorizing(panel)
/// ```
///
/// Patterns match whole texts, ignoring letter case: `*` matches any characters, `?` matches one,
/// and `#` matches a digit.
public struct CategoryRules: Hashable, Sendable {
  /// A category and the patterns of its items.
  public struct Category: Hashable, Sendable {
    /// The name of the category.
    public let name: String
    /// The patterns, of which one must match the description or the id of an item.
    public let patterns: [String]

    /// Creates a category.
    public init(_ name: String, patterns: [String]) {
      self.name = name
      self.patterns = patterns
    }
  }

  /// The categories. An item belongs to the first one that matches.
  public var categories: [Category]
  /// The name of the category of all other items.
  public var otherName = "Other"

  /// Creates rules.
  public init(_ categories: [Category]) { self.categories = categories }

  /// Creates rules of names and patterns.
  public init(_ categories: KeyValuePairs<String, [String]>) {
    self.init(categories.map { Category($0.key, patterns: $0.value) })
  }

  /// Returns a panel with the categories of its series as a level.
  ///
  /// - Parameters:
  ///   - panel: The panel. Stops the program if it has a column of the same name.
  ///   - column: The name of the new column.
  /// - Throws: `CovariateError` if the column `description` doesn't contain texts.
  public func categorizing(
    _ panel: Panel, column: String = "category"
  ) throws(CovariateError) -> Panel {
    var texts = panel.ids.map { [$0] }
    if panel.role(of: "description") == .static {
      let (codes, vocabulary) = try panel.staticCovariate("description").categories()
      for (place, code) in codes.enumerated() {
        if let description = vocabulary.name(of: code) { texts[place].append(description) }
      }
    }
    let patterns = categories.map { $0.patterns.map(TextPattern.init) }
    let names = texts.map { texts in
      let place = patterns.firstIndex { patterns in
        patterns.contains { pattern in texts.contains { pattern.matches($0) } }
      }
      return place.map { categories[$0].name } ?? otherName
    }
    let vocabulary = Vocabulary(of: names)
    return panel.adding(
      level: column, CategoryColumn(names.map(vocabulary.code), vocabulary: vocabulary))
  }
}
