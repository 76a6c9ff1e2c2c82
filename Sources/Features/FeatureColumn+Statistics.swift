/// Statistics of the numbers of a column that aren't missing.
package struct NumberStatistics: Sendable {
  /// The largest magnitude; 0 if there is no number.
  package let largestMagnitude: Float
  /// The mean and the standard deviation, with a divisor of N.
  package let mean, deviation: Float
}

extension FeatureColumn {
  /// Returns statistics of the numbers up to the end of the panel. Future values don't affect them.
  package func statistics(within panel: Panel) -> NumberStatistics {
    let numbers = knownNumbers(within: panel)
    var count = 0.0
    var sum = 0.0
    var largest: Float = 0
    for number in numbers {
      count += 1
      sum += Double(number)
      largest = max(largest, abs(number))
    }
    let mean = sum / count
    let squares = numbers.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return NumberStatistics(
      largestMagnitude: largest, mean: Float(mean), deviation: Float((squares / count).squareRoot())
    )
  }

  private func knownNumbers(within panel: Panel) -> some Sequence<Float> {
    layout.rows.indices.lazy.flatMap { index in
      let steps = panel.calendar.count - layout[index].steps.lowerBound
      return numbers(row: index).prefix(max(0, steps)).lazy.filter { !$0.isNaN }
    }
  }

  /// Returns a Boolean value that indicates whether a number is missing at a step that a series
  /// covers.
  package func hasMissingNumbers(within panel: Panel) -> Bool {
    panel.ids.indices.contains { index in
      let row = numbers(row: scope == .shared ? 0 : index)
      guard scope != .static else { return row.contains(where: \.isNaN) }
      let first = self.row(of: index).steps.lowerBound
      return panel.steps(at: index).contains { step in
        !row.indices.contains(step - first) || row[step - first].isNaN
      }
    }
  }
}
