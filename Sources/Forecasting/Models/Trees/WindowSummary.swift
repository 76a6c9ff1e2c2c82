/// The statistics of the past values of one window that boosted trees see.
///
/// Values are differences from the level of the window, in units of its scale. A mean of no observed value is
/// NaN.
struct WindowSummary: Sendable {
  /// Means of past values at the positions of the future steps in a season.
  private struct Season {
    /// The means of all seasons of the window, of the last four, and of the last one.
    let all, recent, last: [Float]
    /// The change of the last half of a season from the one a season before.
    let change: Float
  }

  let level, scale: Float
  /// The forecast for each future step that needs no model.
  let profile: [Float]
  /// The past values, or nil where they aren't observed.
  let values: [Float?]
  private let zeroShare, deviation: Float
  /// The means of the last steps.
  private let means: [Float]
  private let seasons: [Season]

  /// Summarizes a window of T past steps.
  init(_ target: WindowTarget, _ encoding: StepEncoding) {
    let layout = encoding.layout
    let values = (0..<layout.inputLength).map {
      target.isObserved($0) ? target.difference($0) : nil
    }
    level = target.level
    scale = target.scale
    zeroShare = target.zeroShare
    profile = target.profile(horizon: layout.horizon)
    self.values = values
    let mean = values.mean
    deviation = values.map { $0.map { ($0 - mean) * ($0 - mean) } }.mean.squareRoot()
    means = encoding.spans.map { values.suffix($0).mean }
    seasons = encoding.seasons.map { length in
      let positions = (0..<min(length, layout.horizon)).map { position in
        stride(from: layout.inputLength - length + position, through: 0, by: -length)
          .map { values[$0] }
      }
      func means(_ count: Int) -> [Float] {
        let means = positions.map { $0.prefix(count).mean }
        return (0..<layout.horizon).map { means[$0 % length] }
      }
      let half = max(length / 2, 1)
      let before = values.dropLast(length).suffix(half).mean
      return Season(
        all: means(.max), recent: means(4), last: means(1),
        change: values.suffix(half).mean - before)
    }
  }

  /// Returns the names of the statistics in their order.
  static func names(_ encoding: StepEncoding) -> [String] {
    ["step", "scale", "share of zeros", "deviation", "profile"]
      + encoding.spans.map { "mean of the last \($0)" }
      + encoding.seasons.flatMap { length in
        ["all", "last 4", "last", "last and change"].map { "season of \(length), \($0)" }
      }
  }

  /// Passes the statistics for a future step to a function, one after the other.
  func write(_ step: Int, to add: (Float) -> Void) {
    add(Float(step))
    add(signedLog(scale))
    add(zeroShare)
    add(deviation)
    add(profile[step])
    means.forEach(add)
    for season in seasons {
      add(season.all[step])
      add(season.recent[step])
      add(season.last[step])
      add(season.last[step] + season.change)
    }
  }
}

extension Collection<Float?> {
  /// The mean of the observed values, or NaN if there are none.
  fileprivate var mean: Float {
    var (sum, count): (Float, Float) = (0, 0)
    for case let value? in self {
      sum += value
      count += 1
    }
    return count > 0 ? sum / count : .nan
  }
}
