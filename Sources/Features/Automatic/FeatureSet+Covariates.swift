extension FeatureSet {
  /// Returns the features that a network uses for a panel: those of its frequency, and the panel's
  /// columns.
  ///
  /// Categories of the series, such as a department or a store, are left out if there are more than
  /// 256, or if they have fewer than two series on average: on M5, the vectors of 3,049 items fit
  /// the noise of the training part. For a number that differs between series and is always
  /// positive, such as a price, its ratios to its mean over the season before and over half a year
  /// are added. A column that is known ahead and changes for the first time in the last season, after at
  /// least one without a change, is left out, since its effect can't be told from the season's. For a
  /// column that marks events, such as holidays, future steps also show its values on the two steps
  /// after and the step before (of weeks, one step after and one before), if the longest series has
  /// three years. The time of the year is left out unless it has a year and one and a half seasons.
  ///
  /// - Parameters:
  ///   - panel: The training part.
  ///   - seasonLength: The season length of the window's features, in steps.
  public static func automatic(for panel: Panel, seasonLength: Int) -> FeatureSet {
    let basic = automatic(
      for: panel.calendar.frequency, seasonLength: seasonLength,
      showsYear: panel.showsYear(seasonLength: seasonLength))
    let columns = panel.knownCovariates.filter {
      !$0.isRecent(in: panel, seasonLength: seasonLength)
    }
    let known = columns.flatMap { column -> [any Feature] in
      let source = FeatureSource.known(column.name)
      let itself: any Feature = Column(source)
      return column.isPriceLike(in: panel)
        ? [itself]
          + panel.calendar.frequency.priceWindows.map {
            PriceAgainstHistory(of: source, window: $0)
          } : [itself]
    }
    return FeatureSet(
      static: panel.staticCovariates.filter { $0.groupsSeries(of: panel) }.map {
        StaticColumn($0.name)
      },
      past: panel.pastCovariates.map { Column(.past($0.name)) },
      known: known + basic.known, ahead: panel.leadsAndLags(ofEventsIn: columns),
      window: basic.window)
  }
}

extension StaticCovariate {
  /// Returns a Boolean value that indicates whether a network can learn from the column: a number,
  /// or categories with enough series.
  fileprivate func groupsSeries(of panel: Panel) -> Bool {
    guard case .categories(let column) = values else { return true }
    let count = column.vocabulary.names.count
    return count <= 256 && count * 2 <= panel.seriesCount
  }
}

extension KnownCovariate {
  /// Returns a Boolean value that indicates whether the column has a positive number for each
  /// series and step.
  fileprivate func isPriceLike(in panel: Panel) -> Bool {
    guard kind == .numeric, !isShared else { return false }
    return panel.ids.indices.allSatisfy { index in
      let (numbers, missing) = numbers(row: index)
      return zip(numbers, missing).allSatisfy { $1 || $0 > 0 }
    }
  }
}

extension Frequency {
  /// The numbers of past steps that a price is compared with.
  fileprivate var priceWindows: [Int] {
    switch self {
    case .hour: [168, 1_344]
    case .day: [28, 182]
    case .businessDay: [20, 130]
    case .week: [4, 26]
    case .month: [3, 12]
    case .quarter: [2, 4]
    case .year: [1, 3]
    }
  }
}
