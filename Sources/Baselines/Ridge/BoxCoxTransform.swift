internal import RealModule

/// The transform (xᵖ − 1) / p of positive values, or log x if the power p is 0.
///
/// Source: Box & Cox 1964, An analysis of transformations.
struct BoxCoxTransform {
  /// The power, between 0 and 1.
  let power: Double

  /// Chooses the power with the largest likelihood under normal errors, or 1 for fewer than 10
  /// values or for equal ones.
  init(_ values: [Double]) {
    guard values.count >= 10, values.contains(where: { $0 != values[0] }) else {
      power = 1
      return
    }
    let logs = values.map { Double.log($0) }
    let center = logs.reduce(0, +) / Double(logs.count)
    power = Self.root { Self.slope(logs, center: center, power: $0) }
  }

  func callAsFunction(_ value: Double) -> Double {
    power == 0 ? .log(value) : (.pow(value, power) - 1) / power
  }

  /// Returns the value whose transform is given, at most e³⁰.
  func inverse(_ value: Double) -> Double {
    if power == 0 { return .exp(min(max(value, -30), 30)) }
    let base = min(max(value * power + 1, 1e-10), .exp(30 * power))
    return power == 1 ? base : .pow(base, 1 / power)
  }

  /// Returns a number with the opposite sign of the derivative of the log-likelihood: the covariance
  /// of the transformed values with their derivatives, relative to the geometric mean.
  private static func slope(_ logs: [Double], center: Double, power: Double) -> Double {
    var (sum, derivatives, products) = (0.0, 0.0, 0.0)
    for log in logs {
      let l = log - center
      let value = power == 0 ? l : .expMinusOne(power * l) / power
      let derivative = power == 0 ? l * l / 2 : (l * (power * value + 1) - value) / power
      sum += value
      derivatives += derivative
      products += value * derivative
    }
    return products - sum * derivatives / Double(logs.count)
  }

  /// Returns the root between 0 and 1 of a function that rises, or the nearer end, by the Illinois
  /// method.
  private static func root(of slope: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 1.0)
    var (atLow, atHigh) = (slope(low), slope(high))
    if !(atLow < 0) { return 0 }
    if !(atHigh > 0) { return 1 }
    var side = 0
    for _ in 0..<60 {
      let middle = (low * atHigh - high * atLow) / (atHigh - atLow)
      let value = slope(middle)
      if value == 0 || high - low < 1e-12 { return middle }
      if value < 0 {
        if abs(middle - low) < 1e-10 { return middle }
        (low, atLow) = (middle, value)
        if side == -1 { atHigh /= 2 }
        side = -1
      } else {
        if abs(high - middle) < 1e-10 { return middle }
        (high, atHigh) = (middle, value)
        if side == 1 { atLow /= 2 }
        side = 1
      }
    }
    return (low + high) / 2
  }
}
