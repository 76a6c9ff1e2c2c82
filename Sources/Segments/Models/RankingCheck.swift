/// The AUC of several predictions of the same rows, and the uncertainty of their differences by the
/// jackknife over customers.
package struct RankingCheck {
  private let classes: [Bool]
  private let customers: [Int]
  private let customerCount: Int

  /// Creates a check.
  ///
  /// - Parameters:
  ///   - classes: Whether each row has a purchase, [N].
  ///   - customers: The index of each row's customer, [N], from 0.
  package init(classes: [Bool], customers: [Int]) {
    self.classes = classes
    self.customers = customers
    customerCount = (customers.max() ?? -1) + 1
  }

  /// Returns the AUC, and that without each customer, or `nil` if there is only one class.
  package func auc(of predictions: [Double]) -> (value: Double, without: [Double?])? {
    let order = predictions.indices.sorted { predictions[$0] > predictions[$1] }
    guard let value = auc(predictions, order, without: -1) else { return nil }
    return (value, (0..<customerCount).map { auc(predictions, order, without: $0) })
  }

  /// Returns the difference of two AUCs.
  package static func difference(
    _ left: (value: Double, without: [Double?]), _ right: (value: Double, without: [Double?])
  ) -> EffectEstimate? {
    let parts = zip(left.without, right.without).compactMap { left, right in
      if let left, let right { left - right } else { nil }
    }
    guard parts.count >= 2 else { return nil }
    let count = Double(parts.count)
    let mean = parts.reduce(0, +) / count
    let squares = parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return EffectEstimate(
      value: left.value - right.value, standardError: (squares * (count - 1) / count).squareRoot(),
      degreesOfFreedom: parts.count - 1)
  }

  /// Returns the AUC of the rows of all customers but one. Equal predictions count as half.
  private func auc(_ predictions: [Double], _ order: [Int], without customer: Int) -> Double? {
    var (positives, negatives, area) = (0.0, 0.0, 0.0)
    var start = 0
    while start < order.count {
      var (positivesHere, negativesHere) = (0.0, 0.0)
      let prediction = predictions[order[start]]
      while start < order.count, predictions[order[start]] == prediction {
        let row = order[start]
        if customers[row] != customer {
          if classes[row] { positivesHere += 1 } else { negativesHere += 1 }
        }
        start += 1
      }
      area += negativesHere * (positives + positivesHere / 2)
      positives += positivesHere
      negatives += negativesHere
    }
    return positives > 0 && negatives > 0 ? area / positives / negatives : nil
  }
}
