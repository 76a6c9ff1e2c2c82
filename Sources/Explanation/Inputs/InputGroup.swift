import Forecasting

/// A group of inputs that belong together, such as all that tell the price.
public enum InputGroup: String, Sendable, Codable, CaseIterable {
  /// The sales before the forecast, and what is computed from them.
  case pastSales = "past sales"
  /// The day of the week, the time of the year, and other parts of the date.
  case calendar
  /// Public holidays and events.
  case holidays
  /// Prices, and prices compared with others.
  case prices
  /// Promotions, discounts, and campaigns.
  case promotions
  /// Columns that are only known in the past, such as visits.
  case pastColumns = "past columns"
  /// Properties of the series, such as its category.
  case series
  /// Columns whose name tells none of these.
  case others = "other columns"
}

extension InputGroup {
  /// The group of a feature.
  ///
  /// It follows from the type of the feature, and for a column of the panel from its name: `price`
  /// belongs to the prices, `markdown1` to the promotions, and `holiday` to the holidays.
  public init(of feature: any Feature) {
    switch feature {
    case is CalendarFeature, is FourierTerms: self = .calendar
    case is EventFeature: self = .holidays
    case is PriceAgainstHistory, is PriceAgainstCategory, is PriceLevel: self = .prices
    case is DiscountDepth, is TimeSincePromotion: self = .promotions
    case let column as Column: self = InputGroup(of: column.source)
    case let lag as Lag: self = InputGroup(of: lag.source)
    case let lead as Lead: self = InputGroup(ofColumn: lead.column)
    case let rolling as Rolling: self = InputGroup(of: rolling.source)
    case let flag as CategoryFlag: self = InputGroup(of: flag.source)
    case is StockOutFlag: self = .pastSales
    default: self = feature.role == .static ? .series : .others
    }
  }

  private init(of source: FeatureSource) {
    switch source {
    case .target: self = .pastSales
    case .past: self = .pastColumns
    case .known(let name): self = InputGroup(ofColumn: name)
    }
  }

  /// The group of a column that is known ahead, by the words in its name.
  init(ofColumn name: String) {
    let name = name.lowercased()
    let words: [(InputGroup, [String])] = [
      (.promotions, ["promo", "markdown", "discount", "coupon", "campaign", "deal", "display"]),
      (.prices, ["price", "cost"]),
      (.holidays, ["holiday", "event", "snap", "season"]),
      (.calendar, ["weekday", "month", "week_of", "day_of"]),
    ]
    self = words.first { $0.1.contains(where: name.contains) }?.0 ?? .others
  }
}

/// An input of a model, as it appears in explanations.
public struct ExplainedInput: Sendable, Hashable {
  /// The name, such as `price`.
  public let name: String
  /// The group of the input.
  public let group: InputGroup

  /// Creates an input.
  public init(name: String, group: InputGroup = .others) {
    self.name = name
    self.group = group
  }
}
