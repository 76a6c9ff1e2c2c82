/// The demand of series from forecasts.
extension LeadTimeDemand {
  /// Returns the demand of each series from sample paths that start with the step of the review.
  ///
  /// - Throws: `StockError.horizonTooShort` if the paths have fewer than L + R steps.
  public static func demands(
    of paths: ForecastPaths, policy: ReplenishmentPolicy
  ) throws(StockError) -> [LeadTimeDemand] {
    guard paths.horizon >= policy.coveredSteps else {
      throw .horizonTooShort(
        paths.horizon, leadTime: policy.leadTime, reviewPeriod: policy.reviewPeriod)
    }
    return paths.ids.indices.map { series in
      func demand(over steps: Int) -> DemandDistribution {
        DemandDistribution(
          (0..<paths.count).map { paths.values(of: series, path: $0).prefix(steps).reduce(0, +) })
      }
      return LeadTimeDemand(
        lead: policy.leadTime > 0 ? demand(over: policy.leadTime) : nil,
        covered: demand(over: policy.coveredSteps))
    }
  }

  /// Returns the demand of each series from the quantiles of sums, which must be at ``levels``.
  ///
  /// The first sum of each length counts, which starts with the step of the review. Stops the program
  /// if the quantiles are at other levels.
  ///
  /// - Throws: `StockError.noSum` if there is no sum over L or L + R steps.
  public static func demands(
    of sums: [SumForecast], policy: ReplenishmentPolicy
  ) throws(StockError) -> [LeadTimeDemand] {
    let covered = try firstSums(over: policy.coveredSteps, of: sums)
    guard policy.leadTime > 0 else { return covered.map { LeadTimeDemand(lead: nil, covered: $0) } }
    return zip(try firstSums(over: policy.leadTime, of: sums), covered).map {
      LeadTimeDemand(lead: $0, covered: $1)
    }
  }

  private static func firstSums(
    over length: Int, of sums: [SumForecast]
  ) throws(StockError) -> [DemandDistribution] {
    guard let found = sums.first(where: { $0.length == length }) else {
      throw .noSum(length: length, known: sums.map(\.length))
    }
    guard found.quantiles.levels == levels else {
      fatalError(
        "LeadTimeDemand.demands: expected quantiles at LeadTimeDemand.levels, got "
          + "\(found.quantiles.levels.count) other levels")
    }
    let width = found.blockCount * levels.count
    return found.ids.indices.map { series in
      DemandDistribution(
        Array(found.quantiles.values[series * width..<series * width + levels.count]))
    }
  }
}

extension ReplenishmentPolicy {
  /// The numbers of steps of the sums that the policy needs.
  public var sumLengths: [Int] { leadTime > 0 ? [leadTime, coveredSteps] : [coveredSteps] }
}
