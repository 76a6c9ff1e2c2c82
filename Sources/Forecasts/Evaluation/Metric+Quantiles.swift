/// Metrics of quantiles, which tables show if a forecast has them.
extension Metric {
  /// Returns the metrics of the quantiles in some scores, in display order: those over all levels,
  /// those of each central interval, and those of each level.
  public static func quantiles(for scores: [Scores]) -> [Metric] {
    let levels = Set(scores.flatMap(\.levels)).sorted()
    // The same interval of two models may differ in its last digit.
    let intervals = QuantileGrid(levels).intervals.map(\.coverage)
    return [.weightedQuantileLoss, .meanPinball, .crps, .scaledPinball]
      + intervals.map(coverage) + intervals.map(width) + intervals.map(msis)
      + levels.map(pinball)
  }

  /// ``Scores/weightedQuantileLoss``.
  public static let weightedQuantileLoss = Metric(
    "WQL", .percentage, formula: { $0.weightedQuantileLoss }
  ) { _, _ in
    "weighted quantile loss: twice the sum of the pinball losses over the sum of actual values; the mean "
      + "of all levels"
  }

  /// ``Scores/meanPinball``.
  public static let meanPinball = Metric(
    "Pinball", .number(decimals: 3), detail: .page, formula: { $0.meanPinball }
  ) { unit, _ in
    "mean pinball loss of all levels, in \(unit)"
  }

  /// ``Scores/crps``.
  public static let crps = Metric(
    "CRPS", .number(decimals: 3), detail: .file, formula: { $0.crps }
  ) { unit, _ in
    "continuous ranked probability score as twice the mean pinball loss, in \(unit)"
  }

  /// ``Scores/scaledPinball``.
  public static let scaledPinball = Metric(
    "SPL", .number(decimals: 4), detail: .page, formula: { $0.scaledPinball }
  ) { _, _ in
    "mean pinball loss over the mean absolute change from step to step in the history; the mean of all "
      + "series"
  }

  /// ``Scores/weightedScaledPinball``.
  public static let weightedScaledPinball = Metric(
    "WSPL", .number(decimals: 4), formula: { $0.weightedScaledPinball }
  ) { _, _ in
    "the SPL as a mean over series by weight and over the levels of the hierarchy that have quantiles"
  }

  /// Returns the metric for ``Scores/coverage(of:)`` of a nominal coverage.
  public static func coverage(of nominal: Double) -> Metric {
    Metric(
      "Coverage \(nominal.percentText)", .percentage, direction: .nearer(to: nominal),
      formula: { $0.coverage(of: nominal) }
    ) { _, _ in
      "share of actual values within the central \(nominal.percentText) % interval"
    }
  }

  /// Returns the metric for ``Scores/width(of:)`` of a nominal coverage.
  public static func width(of nominal: Double) -> Metric {
    Metric(
      "Width \(nominal.percentText)", .number(decimals: 3), detail: .page,
      formula: { $0.width(of: nominal) }
    ) { unit, _ in
      "mean width of the central \(nominal.percentText) % interval, in \(unit)"
    }
  }

  /// Returns the metric for ``Scores/msis(of:)`` of a nominal coverage.
  public static func msis(of nominal: Double) -> Metric {
    Metric(
      "MSIS \(nominal.percentText)", .number(decimals: 4), detail: .page,
      formula: { $0.msis(of: nominal) }
    ) { _, _ in
      "mean scaled interval score of the central \(nominal.percentText) % interval: its width and a "
        + "penalty for values outside, over the scale of the MASE; the mean of all series"
    }
  }

  /// Returns the metric for ``Scores/pinball(at:)`` of a level.
  public static func pinball(at level: Double) -> Metric {
    Metric(
      "Pinball q\(level.percentText)", .number(decimals: 3), detail: .file,
      formula: { $0.pinball(at: level) }
    ) { unit, _ in
      "mean pinball loss of the \(level.percentText) % quantile, in \(unit)"
    }
  }
}
