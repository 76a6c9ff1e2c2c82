/// A model of the probability that a customer buys something of a category in a week: a factorization
/// machine, or with a rank of 0 a logistic regression.
///
/// The features of a row are the customer, whether it is in the segment, the category, the depth of
/// the discount, whether the customer holds a coupon for the category, and the types of the
/// campaigns that are active for it. The week is not among them, since later weeks are unknown.
struct PurchaseModel {
  private let model: FactorizationMachine
  private let features: PurchaseFeatures

  /// The levers of a row.
  struct Levers {
    var depth: Double
    var hasCoupon: Bool
    var campaignTypes: [Int]
  }

  /// Trains a model on the training weeks of a frame. The last fifth of them are the validation set.
  ///
  /// All rows of members count, and of others all purchases and a sample of the rows without one,
  /// with weights, so that probabilities are those of all rows.
  init(
    _ frame: SegmentFrame, _ trainer: FactorizationTrainer, seed: UInt64
  ) throws(SegmentError) {
    var generator = Xoshiro256(seed: seed)
    features = PurchaseFeatures(frame)
    let weeks = frame.training
    let split = weeks.upperBound - max(1, weeks.count / 5)
    let training = features.rows(frame, weeks.lowerBound..<split, using: &generator)
    let validation = features.rows(frame, split..<weeks.upperBound, using: &generator)
    do {
      model = try trainer.fit(training, validation: validation, using: &generator).model
    } catch {
      throw .training(error)
    }
  }

  /// Returns the probabilities of purchases, for each customer all categories and weeks, in this
  /// order.
  ///
  /// - Parameter levers: A closure that returns the levers of a row, given the actual ones, which are
  ///   the default.
  func probabilities(
    _ frame: SegmentFrame, _ customers: [Int], _ weeks: Range<Int>,
    levers: (_ actual: Levers) -> Levers = { $0 }
  ) -> [Double] {
    var rows = features.emptyRows()
    for customer in customers {
      for category in 0..<frame.categoryCount {
        for week in weeks {
          let actual = features.levers(frame, customer, category, week)
          rows.append(features.entries(frame, customer, category, levers(actual)))
        }
      }
    }
    return Tensor<Double>(model.predictions(for: rows)).scalars
  }
}
