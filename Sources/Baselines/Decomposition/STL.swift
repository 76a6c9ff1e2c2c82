internal import RealModule

/// The seasonal and trend decomposition by loess, without robustness weights, with 5 inner
/// iterations.
///
/// The seasonal smoother has degree 0. The trend smoother and the low-pass filter have degree 1.
/// These are the settings with which statsforecast calls statsmodels.
///
/// Source: Cleveland, Cleveland, McRae & Terpenning 1990, STL: a seasonal-trend decomposition procedure based on
/// loess.
struct STL {
  let trend: [Double]
  let seasonal: [Double]

  /// Decomposes a series of at least two seasons.
  ///
  /// - Parameters:
  ///   - period: The season length in steps, at least 2.
  ///   - window: The number of seasons that the seasonal smoother spans, which must be odd.
  init(_ values: [Double], period: Int, window: Int) {
    let count = values.count
    let trendSmoother = Loess(
      window: odd(Int((1.5 * Double(period) / (1 - 1.5 / Double(window))).rounded(.up))),
      degree: 1, count: count)
    let lowPassSmoother = Loess(window: odd(period + 1), degree: 1, count: count)
    var trend = [Double](repeating: 0, count: count)
    var seasonal = trend
    for _ in 0..<5 {
      let detrended = zip(values, trend).map { $0 - $1 }
      let cycles = Self.smoothCycles(detrended, period: period, window: window)
      let averaged = movingAverage(
        movingAverage(movingAverage(cycles, over: period), over: period), over: 3)
      let lowPass = lowPassSmoother.smooth(averaged)
      seasonal = (0..<count).map { cycles[period + $0] - lowPass[$0] }
      trend = trendSmoother.smooth(zip(values, seasonal).map { $0 - $1 })
    }
    self.trend = trend
    self.seasonal = seasonal
  }

  /// Smooths the values at each position in the season, and extends them by a season before and
  /// after.
  private static func smoothCycles(_ values: [Double], period: Int, window: Int) -> [Double] {
    var result = [Double](repeating: 0, count: values.count + 2 * period)
    var smoothers: [Int: Loess] = [:]
    for place in 0..<period {
      let cycle = stride(from: place, to: values.count, by: period).map { values[$0] }
      let smoother =
        smoothers[cycle.count] ?? Loess(window: window, degree: 0, count: cycle.count)
      smoothers[cycle.count] = smoother
      result[place] = smoother.value(of: cycle, before: true)
      for (season, value) in smoother.smooth(cycle).enumerated() {
        result[(season + 1) * period + place] = value
      }
      result[(cycle.count + 1) * period + place] = smoother.value(of: cycle, before: false)
    }
    return result
  }
}

/// Returns the means of all runs of `length` consecutive values.
private func movingAverage(_ values: [Double], over length: Int) -> [Double] {
  var sum = values[..<length].reduce(0, +)
  var result = [sum / Double(length)]
  result.reserveCapacity(values.count - length + 1)
  for next in length..<values.count {
    sum += values[next] - values[next - length]
    result.append(sum / Double(length))
  }
  return result
}

/// Returns the number, or the next one if it is even.
private func odd(_ number: Int) -> Int { number % 2 == 0 ? number + 1 : number }
