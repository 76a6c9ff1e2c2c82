extension Series {
  /// Returns the mean absolute value of the observed values before a step, or 0 if there are none.
  func meanSize(before end: Int) -> Float {
    var sum = 0.0
    var count = 0
    let known = max(0, min(end, steps.upperBound) - steps.lowerBound)
    for cell in values.indices.prefix(known) where observed[cell] {
      sum += abs(values[cell])
      count += 1
    }
    return count == 0 ? 0 : Float(sum / Double(count))
  }
}
