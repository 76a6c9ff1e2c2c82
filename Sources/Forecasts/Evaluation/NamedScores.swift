/// The scores of a group of series, or of a level of a hierarchy.
public struct NamedScores: Sendable, Equatable {
  /// The name of the group or the level.
  public let name: String
  /// The scores.
  public let scores: Scores
}

extension [Evaluation.SeriesScores] {
  /// Returns the pooled scores of the series of each category, in the order of the vocabulary.
  /// Series without a category come last, as `(unknown)`.
  ///
  /// - Parameter column: A static column of the same series. Stops the program otherwise.
  /// - Throws: `CovariateError` if the column contains numbers.
  public func groups(by column: StaticCovariate) throws(CovariateError) -> [NamedScores] {
    let (codes, vocabulary) = try column.categories()
    guard codes.count == count else {
      fatalError(
        "groups(by:): expected categories of \(count) series in \(column.name), got \(codes.count)")
    }
    var groups: [Int32: Scores] = [:]
    for (code, series) in zip(codes, self) { groups[code, default: Scores()].add(series.scores) }
    let order = Swift.stride(from: 1, to: Int32(vocabulary.count), by: 1) + [Vocabulary.unknown]
    return order.compactMap { code in
      groups[code].map { NamedScores(name: vocabulary.name(of: code) ?? "(unknown)", scores: $0) }
    }
  }
}
