/// The result of a segment analysis. All rates and effects are shares of a customer's categories and
/// weeks, so that 0.01 is one percentage point.
public struct SegmentReport: Sendable {
  /// The name of the segment, such as `age = 19-24`.
  public let segment: String
  /// The numbers of members, and of the other customers that they are compared with.
  public let memberCount, otherCount: Int
  /// The first day, the first of the later weeks, and the day after the last week.
  public let start, split, end: CalendarDate
  /// The number of categories that are analyzed, and of all categories.
  public let categoryCount, allCategoryCount: Int
  /// The purchase rate in the weeks before the split.
  public let memberRate, otherRate: Double
  /// The purchase rates of the categories, from the one that the segment prefers most.
  public let rates: [CategoryRate]
  /// The effects of the levers.
  public let levers: [LeverEffect]
  /// The strategies, from the one with the highest lower bound of the predicted uplift.
  public let strategies: [Strategy]
  /// The check of the models on the later weeks.
  public let check: LaterCheck
  /// Warnings about effects that the data cannot separate.
  public let warnings: [String]

  /// The purchase rates of a category, before the split.
  public struct CategoryRate: Sendable, Encodable {
    /// The name of the category.
    public let category: String
    /// The purchase rate of members.
    public let members: Double
    /// The purchase rate of others.
    public let others: Double
    /// The difference of the two.
    public let difference: EffectEstimate
  }

  /// The effect of a lever on the purchase rate.
  public struct LeverEffect: Sendable, Encodable {
    /// A lever.
    public enum Lever: Sendable, Hashable {
      /// A deeper discount, by a share of the list price.
      case discount(depth: Double)
      /// Holding a coupon for the category.
      case coupon
      /// An active campaign of a type.
      case campaign(String)
    }

    /// The lever.
    public let lever: Lever
    /// The effect on members.
    public let members: EffectEstimate
    /// The effect on others, or `nil` if it cannot be estimated.
    public let others: EffectEstimate?
    /// The effect on members, less that on others.
    public let difference: EffectEstimate?
    /// The difference between members' purchase rates with and without the lever, without any
    /// correction for habit, or `nil` for discounts.
    public let plainDifference: Double?
    /// The apparent effect of the lever before it was active: in the weeks before a campaign, or of
    /// the discount of the week after. A clear one shows that the lever is not the cause, or not
    /// the only one.
    public let before: EffectEstimate?
    /// The effect on members in the later weeks, or `nil` if it cannot be estimated.
    public let later: EffectEstimate?
  }

  /// A discount on a category, for the segment.
  public struct Strategy: Sendable, Encodable {
    /// The name of the category.
    public let category: String
    /// The purchase rate of members before the split.
    public let rate: Double
    /// The predicted uplift from the weeks before the split, shrunken towards that of all categories.
    public let predicted: EffectEstimate
    /// The uplift that the factorization machine predicts.
    public let model: Double
    /// The uplift in the later weeks, or `nil` if the discounts did not vary.
    public let realized: EffectEstimate?
  }

  /// The check of the models on the later weeks.
  public struct LaterCheck: Sendable, Encodable {
    /// The number of rows, and of those with a purchase.
    public let rowCount, purchaseCount: Int
    /// The models, in the order of the table.
    public let models: [ModelCheck]
    /// The mean predicted and realized uplift of the strategies at the top of the table.
    public let top: TopCheck?
    /// The realized uplift of discounts for a predicted one of 1, over all strategies, or `nil` if there
    /// are none.
    public let strategies: EffectEstimate?
  }

  /// The scores of a model on the members' rows of the later weeks.
  public struct ModelCheck: Sendable {
    /// The name of the model.
    public let name: String
    /// The area under the ROC curve.
    public let auc: Double
    /// The AUC of the first model, less that of this one, or `nil` for the first model.
    public let lead: EffectEstimate?
    /// The log loss.
    public let logLoss: Double
    /// The realized uplift for a predicted uplift of 1, by lever: 1 if the predictions are right,
    /// and 0 if there is no difference. It is empty for a model without levers.
    public let slopes: [(lever: String, estimate: EffectEstimate)]
  }

  /// The mean uplift of the strategies at the top of the table, weighted by the precision of the
  /// realized uplifts.
  public struct TopCheck: Sendable, Encodable {
    /// The number of strategies.
    public let count: Int
    /// The mean of the predicted uplifts.
    public let predicted: Double
    /// The mean of the realized uplifts.
    public let realized: EffectEstimate
    /// The number of strategies whose realized uplift is above 0.
    public let positiveCount: Int
  }
}

extension SegmentReport.LeverEffect.Lever {
  /// A text such as `discount +10 points`.
  public var name: String {
    switch self {
    case .discount(let depth): "discount +\((depth * 100).fixed(0)) points"
    case .coupon: "coupon held"
    case .campaign(let type): "campaign \(type.isEmpty ? "without a type" : type)"
    }
  }
}
