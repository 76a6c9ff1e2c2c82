/// The meaning of order lines beyond their columns: which are returns, which are not goods, and
/// which are repeated.
///
/// ```swift
/// var rules = OrderRules()
/// rules.cancellations = ["C*"]
/// rules.exclusions = [.init("postage", items: "POST", "DOT"), .init("tests", items: "TEST*")]
/// rules.doubledLines = .setAsideRepeatedRuns
/// ```
///
/// Patterns match whole texts, ignoring letter case: `*` matches any characters, `?` matches one,
/// and `#` matches a digit.
public struct OrderRules: Codable, Equatable, Sendable {
  /// Patterns for the ids of orders that cancel earlier ones. Their lines are returns with negative
  /// quantities.
  public var cancellations: [String] = []
  /// The lines to set aside by item or description. The first matching exclusion provides the
  /// reason.
  public var exclusions: [Exclusion] = []
  /// The meaning of a negative quantity in an order that is not a cancellation.
  public var negativeQuantities = NegativeQuantities.returns
  /// How to handle lines whose price is 0 or less.
  public var linesWithoutPrice = Disposal.keep
  /// How to handle lines that are equal in every column.
  public var doubledLines = DoubledLines.keep
  /// How to handle lines with a wrong number of fields, or with a field that cannot be read.
  public var faultyLines = FaultyLines.reject

  /// Creates rules that set nothing aside.
  public init() {}

  /// Lines that are set aside for the same reason.
  public struct Exclusion: Codable, Equatable, Sendable {
    /// The reason that the report shows.
    public var reason: String
    /// Patterns for the identities of items.
    public var items: [String]
    /// Patterns for the descriptions of lines.
    public var descriptions: [String]

    /// Creates an exclusion.
    public init(_ reason: String, items: String..., descriptions: [String] = []) {
      self.reason = reason
      self.items = items
      self.descriptions = descriptions
    }
  }

  /// The meaning of a negative quantity in an order that is not a cancellation.
  public enum NegativeQuantities: String, Codable, Sendable, CaseIterable {
    /// A return.
    case returns
    /// A stock correction without a customer, which is set aside.
    case setAside
  }

  /// An action for certain lines.
  public enum Disposal: String, Codable, Sendable, CaseIterable {
    case keep
    case setAside
  }

  /// An action for lines that are equal in every column.
  public enum DoubledLines: String, Codable, Sendable, CaseIterable {
    /// Keep all, because an order can contain two equal lines.
    case keep
    /// Keep repetitions within a run of the file, and set aside lines that also occur in an earlier
    /// run. A run ends where the time goes back, and at the end of its file. Concatenated exports
    /// contain the days that both cover twice.
    case setAsideRepeatedRuns
    /// Set aside all but the first.
    case setAsideAll
  }

  /// An action for lines that cannot be read.
  public enum FaultyLines: String, Codable, Sendable, CaseIterable {
    /// Throw an error.
    case reject
    /// Set the line aside and count it by its fault. Text that cannot be split into fields is still
    /// an error.
    case setAside
  }

  /// The rules for *Online Retail II*, whose two sheets overlap by nine days.
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
  /// Creates rules by decoding. Properties that are left out have the values of ``init()``.
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
  /// Creates an exclusion by decoding a reason and patterns for items, descriptions, or both.
  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try values.decode(String.self, forKey: .reason))
    try values.update(&items, .items)
    try values.update(&descriptions, .descriptions)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable { case reason, items, descriptions }
}
