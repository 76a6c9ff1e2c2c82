/// What order lines mean beyond their columns: which are returns, which are no goods, which are double.
///
/// ```swift
/// var rules = OrderRules()
/// rules.cancellations = ["C*"]
/// rules.exclusions = [.init("postage", items: "POST", "DOT"), .init("tests", items: "TEST*")]
/// rules.doubledLines = .setAsideRepeatedRuns
/// ```
///
/// Patterns are compared with the whole of a text, and letter case does not matter: `*` stands for any
/// characters, `?` for one, `#` for a digit.
public struct OrderRules: Codable, Equatable, Sendable {
  /// Patterns of the ids of orders that cancel earlier ones. Their lines are returns, and their
  /// quantities are negative.
  public var cancellations: [String] = []
  /// What is set aside for its item or its description; the first exclusion that fits is the reason.
  public var exclusions: [Exclusion] = []
  /// What a negative quantity means in an order that is no cancellation.
  public var negativeQuantities = NegativeQuantities.returns
  /// What becomes of a line whose price is 0 or less.
  public var linesWithoutPrice = Disposal.keep
  /// What becomes of lines that are the same in every column.
  public var doubledLines = DoubledLines.keep
  /// What becomes of a line with too few or too many fields, or with one that cannot be read.
  public var faultyLines = FaultyLines.reject

  /// Rules that set nothing aside.
  public init() {}

  /// Lines that are set aside for one reason.
  public struct Exclusion: Codable, Equatable, Sendable {
    /// What the report calls them.
    public var reason: String
    /// Patterns of the items' identities.
    public var items: [String]
    /// Patterns of the lines' descriptions.
    public var descriptions: [String]

    public init(_ reason: String, items: String..., descriptions: [String] = []) {
      self.reason = reason
      self.items = items
      self.descriptions = descriptions
    }
  }

  /// What a negative quantity means in an order that is no cancellation.
  public enum NegativeQuantities: String, Codable, Sendable, CaseIterable {
    /// A return.
    case returns
    /// A correction of the stock, which no customer asked for: it is set aside.
    case setAside
  }

  /// Whether lines of a kind stay.
  public enum Disposal: String, Codable, Sendable, CaseIterable {
    case keep
    case setAside
  }

  /// What becomes of lines that are the same in every column.
  public enum DoubledLines: String, Codable, Sendable, CaseIterable {
    /// All stay: one order may hold two lines that are alike.
    case keep
    /// Those stay that stand in one run of the file; a line that an earlier run has, too, is set
    /// aside. A run ends where the time goes back, and with its file: where one export was put behind
    /// another, the days that both cover are there twice.
    case setAsideRepeatedRuns
    /// All but the first are set aside.
    case setAsideAll
  }

  /// What becomes of a line that cannot be read.
  public enum FaultyLines: String, Codable, Sendable, CaseIterable {
    /// It is an error.
    case reject
    /// It is set aside, and counted by what is wrong with it. A text whose fields cannot be told apart
    /// any more is still an error.
    case setAside
  }

  /// The rules that fit *Online Retail II*, whose two sheets overlap by nine days.
  public static let onlineRetail: OrderRules = {
    var rules = OrderRules()
    rules.cancellations = ["C*"]
    rules.exclusions = [
      Exclusion("postage and carriage", items: "POST", "DOT", "C2", "C3"),
      Exclusion("manual entries", items: "M"),
      Exclusion("discounts", items: "D"),
      Exclusion("fees and charges", items: "BANK CHARGES", "AMAZONFEE", "CRUK", "B"),
      Exclusion("adjustments", items: "ADJUST*"),
      Exclusion("samples", items: "S"),
      Exclusion("gift vouchers", items: "GIFT*"),
      Exclusion("test articles", items: "TEST*"),
    ]
    rules.negativeQuantities = .setAside
    rules.linesWithoutPrice = .setAside
    rules.doubledLines = .setAsideRepeatedRuns
    return rules
  }()
}

extension OrderRules {
  /// Reads rules of which all but those that differ from ``init()`` may be left out.
  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    try values.update(&cancellations, .cancellations)
    try values.update(&exclusions, .exclusions)
    try values.update(&negativeQuantities, .negativeQuantities)
    try values.update(&linesWithoutPrice, .linesWithoutPrice)
    try values.update(&doubledLines, .doubledLines)
    try values.update(&faultyLines, .faultyLines)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case cancellations, exclusions, negativeQuantities, linesWithoutPrice, doubledLines, faultyLines
  }
}

extension OrderRules.Exclusion {
  /// Reads an exclusion of a reason and of patterns of items, of descriptions or of both.
  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try values.decode(String.self, forKey: .reason))
    try values.update(&items, .items)
    try values.update(&descriptions, .descriptions)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable { case reason, items, descriptions }
}
