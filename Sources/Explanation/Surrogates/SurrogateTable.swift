import Forecasting

/// The forecasts of a network as rows of a table that people can read: one for each window and future
/// step.
///
/// A forecast is in units of the usual sales, which are the mean size of the past sales of its window.
/// The columns are the known columns of the panel at the step, the day of the week, the month, the
/// holidays, the recent sales in the same units, and the properties of the series. Categories have a
/// column of 0 and 1 each.
struct SurrogateTable: Sendable {
  /// The names of the columns, [F].
  let names: [String]
  /// The columns, [N, F].
  let columns: Tensor<Double>
  /// The forecasts in units of the usual sales, [N].
  let targets: Tensor<Double>
  /// The usual sales of each row, [N].
  let usualSales: [Double]
  /// The series and the end of history of each row, [N].
  let series, ends: [Int]

  /// Creates the table of all windows whose past sales aren't all 0.
  init(_ windows: ExplainedWindows) {
    let source = SurrogateColumns(windows)
    let horizon = windows.forecasts.shape[1]
    let forecasts = windows.forecasts.scalars
    let recents = RecentSales.ofAll(windows)
    var (columns, targets, usual): ([Double], [Double], [Double]) = ([], [], [])
    var (series, ends): ([Int], [Int]) = ([], [])
    for window in 0..<windows.count {
      let recent = recents[window]
      guard recent.usual > 0 else { continue }
      for step in 0..<horizon {
        columns += source.row(window, step, recent)
        targets.append(Double(forecasts[window * horizon + step]) / recent.usual)
        usual.append(recent.usual)
        series.append(windows.columns.series[window])
        ends.append(windows.columns.ends[window])
      }
    }
    let varying = Self.varyingColumns(columns, width: source.names.count)
    names = varying.map { source.names[$0] }
    let width = source.names.count
    self.columns = Tensor(
      shape: [targets.count, varying.count],
      scalars: targets.indices.flatMap { row in varying.map { columns[row * width + $0] } })
    self.targets = Tensor(targets)
    usualSales = usual
    (self.series, self.ends) = (series, ends)
  }

  /// The columns that only have the values 0 and 1.
  var flags: Set<Int> {
    let scalars = columns.scalars
    return Set(
      names.indices.filter { column in
        stride(from: column, to: scalars.count, by: names.count)
          .allSatisfy { scalars[$0] == 0 || scalars[$0] == 1 }
      })
  }

  /// Returns the columns that have more than one value, without those that repeat an earlier one.
  private static func varyingColumns(_ columns: [Double], width: Int) -> [Int] {
    var kept: [(place: Int, values: [Double])] = []
    for place in 0..<width {
      let values = stride(from: place, to: columns.count, by: width).map { columns[$0] }
      if values.contains(where: { $0 != values[0] }), !kept.contains(where: { $0.values == values })
      {
        kept.append((place, values))
      }
    }
    return kept.map(\.place)
  }

  /// Returns the rows that a surrogate is fitted to and those that its fidelity is measured on: a
  /// fifth of the series or, with fewer than five series, the last fifth of the ends of history.
  func split(using generator: inout Xoshiro256) -> (fitted: [Int], heldOut: [Int]) {
    let all = Array(Set(series)).sorted().shuffled(using: &generator)
    if all.count >= 5 {
      let chosen = Set(all.prefix(max(1, all.count / 5)))
      return targets.scalars.indices.split { chosen.contains(series[$0]) }
    }
    let steps = Array(Set(ends)).sorted()
    let first = steps.isEmpty ? 0 : steps[steps.count - max(1, steps.count / 5)]
    return targets.scalars.indices.split { ends[$0] >= first }
  }
}

extension Range<Int> {
  /// Returns the elements that aren't held out, and those that are.
  fileprivate func split(_ isHeldOut: (Int) -> Bool) -> (fitted: [Int], heldOut: [Int]) {
    (filter { !isHeldOut($0) }, filter(isHeldOut))
  }
}

/// The past sales of a window, in units of their mean size.
struct RecentSales {
  /// The mean size of the observed values, in units of the target.
  let usual: Double
  /// The last observed value, and the mean of the last season, in units of the usual sales.
  let last, lastSeason: Double
  /// The value one season before each future step, in units of the usual sales.
  let seasonBefore: [Double]
  /// The mean of the values at the same position in the season as each future step.
  let profile: [Double]
  /// The share of observed values that are 0.
  let zeroShare: Double

  /// Returns the past sales of all windows.
  static func ofAll(_ windows: ExplainedWindows) -> [RecentSales] {
    let length = windows.windows.layout.inputLength
    let values = windows.columns.targetHistory.scalars
    let mask = windows.columns.targetHistoryMask.scalars
    return (0..<windows.count).map { window in
      let cells = window * length..<(window + 1) * length
      return RecentSales(
        zip(values[cells], mask[cells]).map { $1 != 0 ? Double($0) : nil },
        windows.windows.layout)
    }
  }

  /// Creates the past sales of a window from T values, nil where not observed.
  private init(_ values: [Double?], _ layout: WindowLayout) {
    let (length, season, horizon) = (layout.inputLength, layout.seasonLength, layout.horizon)
    let observed = values.compactMap { $0 }
    func mean(_ numbers: some Collection<Double>) -> Double? {
      numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
    }
    let size = mean(observed.map(abs)) ?? 0
    let unit = size > 0 ? size : 1
    let level = (mean(observed) ?? 0) / unit
    usual = size
    last = (observed.last ?? 0) / unit
    lastSeason = (mean(values.suffix(season).compactMap { $0 }) ?? level * unit) / unit
    zeroShare = mean(observed.map { $0 == 0 ? 1 : 0 }) ?? 0
    seasonBefore = (0..<horizon).map { step in
      let place = length - season + step % season
      return values.indices.contains(place) ? (values[place] ?? level * unit) / unit : level
    }
    profile = (0..<horizon).map { step in
      let places = stride(from: length - season + step % season, through: 0, by: -season)
      let same = places.compactMap { values[$0] }
      return mean(same).map { $0 / unit } ?? level
    }
  }
}
