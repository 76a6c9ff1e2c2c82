/// How good a customer is by recency, frequency and monetary value (RFM): each is a score from 1, the
/// worst, to the number of groups.
public struct RFMScore: Equatable, Sendable {
  /// The place in ``CustomerBehaviour/customers``.
  public let customer: Int
  /// Days since the last sale.
  public let recency: Int
  /// Orders with a sale.
  public let frequency: Int
  /// What the sales cost together.
  public let monetary: Double
  /// The group by recency; who bought lately has a high one.
  public let recencyScore: Int
  /// The group by frequency.
  public let frequencyScore: Int
  /// The group by monetary value.
  public let monetaryScore: Int
}

extension CustomerBehaviour {
  /// Each customer's recency, frequency and monetary value at a date, and the groups that they are in.
  ///
  /// Of n customers, one with k worse ones is in group ⌊k · groups / n⌋ + 1: equals are in one group,
  /// and the groups are of one size as far as there are no equals. (Bult & Wansbeek 1995 describe the
  /// method; that equals stay together is a choice.) Fewer than one group stops the program.
  public func rfmScores(at date: CalendarDate, groups: Int = 5) -> [RFMScore] {
    guard groups >= 1 else {
      fatalError("CustomerBehaviour.rfmScores: expected at least 1 group, got \(groups)")
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
