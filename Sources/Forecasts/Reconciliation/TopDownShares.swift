/// The shares by which a top-down reconciliation divides the forecasts of some sums among their series.
///
/// Each series must occur once in the sums: the sum of all series for top-down, or those of a level
/// below it for middle-out.
///
/// With crossed levels, such as states and departments, a series has more than one path down. Only a
/// chain of nested levels can be passed to ``ofForecasts(_:through:)``; see
/// ``SeriesSums/nestedLevels(_:)``.
public struct TopDownShares: Sendable {
  /// The sums that stay as they are.
  let top: Range<Int>
  let kind: Kind

  enum Kind: Sendable {
    /// The shares of the forecasts, level by level.
    case ofForecasts(through: [Range<Int>])
    /// The share of each series in its sum, [N].
    case fixed([Double])
  }

  /// Shares that are those of the forecasts (Athanasopoulos, Ahmed & Hyndman 2009).
  ///
  /// A sum is divided among the sums of the next level in proportion to their forecasts, and so on
  /// down to the series. Without levels in between, it is divided among its series at once. Equal
  /// shares replace those of parts whose forecasts add up to 0.
  ///
  /// - Parameters:
  ///   - top: The sums that stay as they are.
  ///   - levels: The levels between these sums and the series, from the highest to the lowest. Each is
  ///     a refinement of the one before it.
  public static func ofForecasts(
    _ top: Range<Int>, through levels: [Range<Int>] = []
  ) -> TopDownShares {
    TopDownShares(top: top, kind: .ofForecasts(through: levels))
  }

  /// Shares that are means over time of the shares in past values: the average historical proportions
  /// of Gross & Sohl (1990), method A.
  ///
  /// Steps at which a sum is 0 have no shares. Shares are divided by their total, which differs from 1
  /// only if values are missing. A sum whose values are all 0 is divided equally.
  ///
  /// - Parameters:
  ///   - top: The sums that stay as they are.
  ///   - sums: The sums.
  ///   - history: Past values of the series, row-major [N, T], with NaN where nothing was observed.
  public static func averageProportions(
    _ top: Range<Int>, of sums: SeriesSums, history: [Double]
  ) -> TopDownShares {
    TopDownShares(top, of: sums, history) { rows, width in
      let totals = (0..<width).map { step in
        rows.reduce(0) { $1[$1.startIndex + step].isNaN ? $0 : $0 + $1[$1.startIndex + step] }
      }
      return rows.map { row in
        zip(row, totals).compactMap { $0.isNaN || $1 == 0 ? nil : $0 / $1 }.mean
      }
    }
  }

  /// Shares that are those of the means of past values: the proportions of historical averages of
  /// Gross & Sohl (1990), method F.
  ///
  /// Shares are divided by their total, which differs from 1 only if values are missing. A sum whose
  /// values are all 0 is divided equally.
  ///
  /// - Parameters:
  ///   - top: The sums that stay as they are.
  ///   - sums: The sums.
  ///   - history: Past values of the series, row-major [N, T], with NaN where nothing was observed.
  public static func proportionsOfAverages(
    _ top: Range<Int>, of sums: SeriesSums, history: [Double]
  ) -> TopDownShares {
    TopDownShares(top, of: sums, history) { rows, _ in
      rows.map { row in row.filter { !$0.isNaN }.mean }
    }
  }

  private init(top: Range<Int>, kind: Kind) {
    (self.top, self.kind) = (top, kind)
  }

  private init(
    _ top: Range<Int>, of sums: SeriesSums, _ history: [Double],
    _ parts: (_ rows: [ArraySlice<Double>], _ width: Int) -> [Double]
  ) {
    guard sums.seriesCount > 0, history.count % sums.seriesCount == 0 else {
      fatalError(
        "TopDownShares: expected values of \(sums.seriesCount) series, got \(history.count) numbers"
      )
    }
    let width = history.count / sums.seriesCount
    var shares = [Double](repeating: 0, count: sums.seriesCount)
    for sum in top {
      let members = sums.members[sum]
      let found = parts(members.map { history[$0 * width..<($0 + 1) * width] }, width)
      let total = found.reduce(0, +)
      for (member, part) in zip(members, found) {
        shares[member] = total == 0 ? 1 / Double(members.count) : part / total
      }
    }
    self.init(top: top, kind: .fixed(shares))
  }
}

extension [Double] {
  /// The mean, or 0 if there is no element.
  fileprivate var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}

/// A top-down or middle-out reconciliation.
struct TopDown: Sendable {
  private let sums: SeriesSums
  private let top: Range<Int>
  private let division: Division

  private enum Division: Sendable {
    /// For each level, the parts of each node of the level above. Nodes are numbered with sums before
    /// series.
    case chain([[(node: Int, parts: [Int])]])
    case fixed([Double])
  }

  /// Stops the program if the top doesn't contain each series once, or a level isn't a refinement of the
  /// one above it.
  init(_ sums: SeriesSums, _ shares: TopDownShares) {
    self.sums = sums
    top = shares.top
    guard shares.top.flatMap({ sums.members[$0] }).sorted() == Array(0..<sums.seriesCount) else {
      fatalError(
        "Reconciliation: expected each of \(sums.seriesCount) series once in the sums \(shares.top), "
          + "got \(shares.top.reduce(0) { $0 + sums.members[$1].count }) members")
    }
    switch shares.kind {
    case .fixed(let shares): division = .fixed(shares)
    case .ofForecasts(let levels):
      var chain: [[(node: Int, parts: [Int])]] = []
      var above = shares.top
      for level in levels {
        guard let owners = sums.owners(of: level, in: above) else {
          fatalError(
            "Reconciliation: expected sums of \(level) that are parts of those of \(above)")
        }
        chain.append(
          zip(above, owners.groups(above.count)).map { ($0, $1.map { level.lowerBound + $0 }) })
        above = level
      }
      chain.append(above.map { ($0, sums.members[$0].map { sums.count + $0 }) })
      division = .chain(chain)
    }
  }

  /// A Boolean value that indicates whether the shares don't depend on the forecasts.
  var isLinear: Bool { if case .fixed = division { true } else { false } }

  /// Returns the reconciled values of the series, [A] and [N] → [N].
  func reconciled(sums values: [Double], series: [Double]) -> [Double] {
    switch division {
    case .fixed(var shares):
      for sum in top { for member in sums.members[sum] { shares[member] *= values[sum] } }
      return shares
    case .chain(let levels):
      let base = values + series
      var result = base
      for level in levels {
        for (node, parts) in level {
          let total = parts.reduce(0) { $0 + base[$1] }
          for part in parts {
            result[part] =
              total == 0
              ? result[node] / Double(parts.count) : base[part] * (result[node] / total)
          }
        }
      }
      return Array(result[sums.count...])
    }
  }
}

extension [Int] {
  /// Returns the places of the elements of each of a number of values, from 0 on.
  fileprivate func groups(_ count: Int) -> [[Int]] {
    var groups = [[Int]](repeating: [], count: count)
    for (place, value) in enumerated() { groups[value].append(place) }
    return groups
  }
}
