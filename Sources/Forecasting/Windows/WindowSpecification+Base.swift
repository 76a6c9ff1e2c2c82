extension WindowSpecification {
  /// Returns the layout for a panel and a model.
  ///
  /// Models for values of at least 0 start from seasonal means, and others from the base that is nearest to
  /// the data.
  func layout(for panel: Panel, isForNonnegativeValues: Bool) -> WindowLayout {
    guard base == nil, !isForNonnegativeValues else { return layout(for: panel) }
    let (base, seasonLength) = WindowBase.nearest(
      to: panel, inputLength: inputLength(for: panel), horizon: horizon,
      seasonLengths: seasonLengths(for: panel))
    return layout(for: panel, base: base, baseSeasonLength: seasonLength)
  }
}
