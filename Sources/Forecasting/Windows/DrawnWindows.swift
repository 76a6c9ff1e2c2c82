import NeuralNetwork

/// Windows that were drawn from others. A window may occur several times.
public struct DrawnWindows: Dataset {
  /// The windows that were drawn from.
  public let windows: FeatureWindows
  /// The indices of the drawn windows, in their order.
  public let numbers: [Int]

  public var count: Int { numbers.count }

  public func batch(_ numbers: ArraySlice<Int>) -> FeatureBatch {
    windows.batch(numbers.map { self.numbers[$0] }[...])
  }
}

extension FeatureWindows {
  /// Draws windows at random, with replacement: first a series by its weight, and then one of its
  /// windows uniformly.
  ///
  /// The same generator draws the same windows. Series without a window are never drawn.
  ///
  /// - Parameters:
  ///   - count: The number of windows. Stops the program if it is negative.
  ///   - weights: The weight of each of N series. By default, all windows are equally likely, so
  ///     that a series counts by the number of its windows. Stops the program unless there is a
  ///     finite weight of at least 0 for each series, a positive one for a series that has a
  ///     window, and a finite sum.
  ///   - generator: The source of random numbers.
  public func drawing(
    _ count: Int, seriesWeights weights: [Double]? = nil,
    using generator: inout some RandomNumberGenerator
  ) -> DrawnWindows {
    guard count >= 0 else {
      fatalError("FeatureWindows.drawing: expected a count of at least 0, got \(count)")
    }
    let weights = weights ?? table.panel.ids.indices.map { Double(numbers(ofSeries: $0).count) }
    guard weights.count == table.panel.seriesCount, weights.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
      fatalError(
        "FeatureWindows.drawing: expected a finite weight of at least 0 for each of "
          + "\(table.panel.seriesCount) series, got \(weights)")
    }
    var total = 0.0
    let bounds = weights.indices.map { index in
      if !numbers(ofSeries: index).isEmpty { total += weights[index] }
      return total
    }
    guard count == 0 || (total > 0 && total.isFinite) else {
      fatalError(
        "FeatureWindows.drawing: expected a weight above 0 for a series that has a window, and a "
          + "finite sum of weights, got \(total)")
    }
    let drawn = (0..<count).map { _ in
      let place = Double.random(in: 0..<total, using: &generator)
      let series = bounds.partitionPoint { $0 > place }
      return Int.random(in: numbers(ofSeries: series), using: &generator)
    }
    return DrawnWindows(windows: self, numbers: drawn)
  }
}
