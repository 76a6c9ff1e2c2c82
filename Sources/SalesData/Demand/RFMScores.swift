/// The recency, frequency, and monetary value (RFM) of a customer, each with a score from 1, the
/// worst, to the number of groups.
public struct RFMScore: Equatable, Sendable {
  /// The index in ``CustomerBehavior/customers``.
  public let customer: Int
  /// The number of days since the last sale.
  public let recency: Int
  /// The number of orders with a sale.
  public let frequency: Int
  /// The total price of the sales.
  public let monetary: Double
  /// The group by recency. Recent buyers have high scores.
  public let recencyScore: Int
  /// The group by frequency.
  public let frequencyScore: Int
  /// The group by monetary value.
  public let monetaryScore: Int
}

extension CustomerBehavior {
  /// Returns the recency, frequency, and monetary value of each customer at a date, and their
  /// groups.
  ///
  /// Of n customers, a customer with k worse ones is in group ⌊k · groups / n⌋ + 1. Equal customers
  /// are in the same group, and groups have equal sizes if no customers are equal. (Bult & Wansbeek
  /// 1995 describe the method. Keeping equal customers together is a choice.) Stops the program if
  /// `groups` is below 1.
  public func rfmScores(at date: CalendarDate, groups: Int = 5) -> [RFMScore] {
    guard groups >= 1 else {
      fatalError("CustomerBehavior.rfmScores: expected at least 1 group, got \(groups)")
    }
    let recencies = customers.map { $0.recency(at: date) }
    let recencyScores = scores(recencies.map { -Double($0) }, groups)
    let frequencyScores = scores(customers.map { Double($0.orders) }, groups)
    let monetaryScores = scores(customers.map(\.revenue), groups)
    return customers.indices.map { place in
      RFMScore(
        customer: place, recency: recencies[place], frequency: customers[place].orders,
        monetary: customers[place].revenue, recencyScore: recencyScores[place],
        frequencyScore: frequencyScores[place], monetaryScore: monetaryScores[place])
    }
  }

  private func scores(_ values: [Double], _ groups: Int) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var scores = [Int](repeating: 0, count: values.count)
    var worse = 0
    for (rank, place) in order.enumerated() {
      if rank > 0, values[order[rank - 1]] < values[place] { worse = rank }
      scores[place] = worse * groups / values.count + 1
    }
    return scores
  }
}
