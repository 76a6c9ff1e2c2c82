/// A mean that is accumulated value by value, and can be added to another one.
struct WeightedMean: Equatable, Sendable {
  private var sum = 0.0
  private var weight = 0.0

  /// Adds a value, unless it is nil.
  mutating func add(_ value: Double?, weight: Double = 1) {
    guard let value else { return }
    sum += weight * value
    self.weight += weight
  }

  /// Adds all values of another mean.
  mutating func add(_ other: WeightedMean) {
    sum += other.sum
    weight += other.weight
  }

  /// The mean, or nil if no value with a positive weight was added.
  var value: Double? { weight > 0 ? sum / weight : nil }
}

extension [WeightedMean] {
  /// Adds the means of another list one by one. An empty list has no values.
  mutating func add(_ other: [WeightedMean]) {
    if isEmpty {
      self = other
    } else {
      for (place, mean) in other.enumerated() { self[place].add(mean) }
    }
  }
}
