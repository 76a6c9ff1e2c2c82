extension WindowSpecification {
  /// Returns the layout for a panel and a head.
  ///
  /// Heads for values of at least 0 start from seasonal means, and others from the base that is
  /// nearest to the data.
  func layout(for panel: Panel, _ head: any ForecastHead) -> WindowLayout {
    guard base == nil, !head.isForNonnegativeValues else { return layout(for: panel) }
    let (base, seasonLength) = WindowBase.nearest(
      to: panel, inputLength: inputLength(for: panel), horizon: horizon,
      seasonLengths: seasonLengths(for: panel))
    return layout(for: panel, base: base, baseSeasonLength: seasonLength)
  }
}
