/// The target or a column of the panel as it is: visits, stock, a price, a flag of promotions.
///
/// Numbers stay numbers; categories become their numbers in the column's vocabulary, for an
/// embedding. No memory is copied.
public struct Column: Feature {
  /// What it shows.
  public let source: FeatureSource
  /// The categories that a model was trained with; nil for those of the panel.
  public let vocabulary: Vocabulary?
  public let name: String

  /// The target, or a column.
  ///
  /// - Parameters:
  ///   - source: What it shows.
  ///   - vocabulary: For categories, those of the panel that the model was trained on: the panel's
  ///     are translated by name, and those that are not among them become unknown.
  ///   - name: If not given, the source's.
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

/// A static column of the panel as it is: a number, or a category for an embedding.
public struct StaticColumn: Feature {
  /// The panel's column.
  public let column: String
  /// The categories that a model was trained with; nil for those of the panel.
  public let vocabulary: Vocabulary?

  /// A static column; `vocabulary` as in ``Column``.
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
  /// The column with its categories numbered by another vocabulary, if one is given.
  ///
  /// - Throws: `CovariateError` where the column holds numbers.
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
