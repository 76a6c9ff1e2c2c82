/// The target or a column of the panel, unchanged: visits, stock, a price, a promotion flag.
///
/// Numbers stay numbers. Categories become their codes in the column's vocabulary, for an
/// embedding. No memory is copied.
public struct Column: Feature {
  /// The target or the column.
  public let source: FeatureSource
  /// The categories that a model was trained with, or nil to use the panel's.
  public let vocabulary: Vocabulary?
  public let name: String

  /// Creates a feature from the target or a column.
  ///
  /// - Parameters:
  ///   - source: The target or the column.
  ///   - vocabulary: For categories, the vocabulary of the panel that the model was trained on. The
  ///     panel's categories are matched by name, and those not in the vocabulary become unknown.
  ///   - name: The name of the feature. By default, that of the source.
  public init(_ source: FeatureSource, vocabulary: Vocabulary? = nil, name: String? = nil) {
    self.source = source
    self.vocabulary = vocabulary
    self.name = name ?? source.name
  }

  public var role: FeatureRole { source.role }
  public var isInTargetUnits: Bool { source == .target }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    [try source.column(of: panel).translated(to: vocabulary).renamed(name)]
  }
}

/// A static column of the panel, unchanged: a number, or a category for an embedding.
public struct StaticColumn: Feature {
  /// The name of the panel's column.
  public let column: String
  /// The categories that a model was trained with, or nil to use the panel's.
  public let vocabulary: Vocabulary?

  /// Creates a feature from a static column. For `vocabulary`, see ``Column``.
  public init(_ column: String, vocabulary: Vocabulary? = nil) {
    self.column = column
    self.vocabulary = vocabulary
  }

  public var name: String { column }
  public var role: FeatureRole { .static }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let values = try panel.staticCovariate(column).values
    return [try FeatureColumn(name: name, static: values).translated(to: vocabulary)]
  }
}

extension FeatureColumn {
  /// Returns the column with its categories numbered by another vocabulary, if one is given.
  ///
  /// - Throws: `CovariateError` if the column contains numbers.
  fileprivate func translated(
    to vocabulary: Vocabulary?
  ) throws(CovariateError) -> FeatureColumn {
    guard let vocabulary else { return self }
    guard case .categories(let codes, let own) = cells else {
      throw .otherKind(column: name, asked: .categorical)
    }
    guard own != vocabulary else { return self }
    let translation = [Vocabulary.unknown] + own.names.map(vocabulary.code)
    return FeatureColumn(
      name: name, cells: .categories(codes.map { translation[Int($0)] }, vocabulary),
      layout: layout, scope: scope)
  }
}
