extension FeatureBatch {
  /// Returns the past target of each window.
  ///
  /// - Parameters:
  ///   - layout: The layout of the windows.
  ///   - panel: The panel that they are cut from.
  func pastTargets(_ layout: WindowLayout, of panel: Panel) -> [WindowTarget] {
    let inputLength = targetHistory.shape[1]
    let (values, mask) = (targetHistory.scalars, targetHistoryMask.scalars)
    return series.indices.map { window in
      let cells = window * inputLength..<(window + 1) * inputLength
      return WindowTarget(
        values[cells], mask: mask[cells], base: layout.base,
        seasonLength: layout.baseSeasonLength,
        seriesMean: panel.series(at: series[window]).meanSize(before: ends[window]))
    }
  }
}
