extension Scores {
  /// The scores by the names of their metrics, without those that are undefined, and the number of scored
  /// steps.
  package var byName: [String: Double] {
    var values = ["steps": Double(count)]
    for metric in Metric.all(for: [self], detail: .file) {
      values[metric.name] = metric.value(of: self)
    }
    return values
  }
}
