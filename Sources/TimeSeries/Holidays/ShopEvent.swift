/// An event of a shop or of its market that moves sales: a sale, a day of gifts, a campaign.
///
/// Diwali and Eid are among the public holidays of India and of the United Arab Emirates: an
/// ``EventFeature`` takes them out of a ``HolidayCalendar`` by their names.
public struct ShopEvent: Hashable, Sendable, Codable {
  /// The event's name.
  public let name: String
  /// The days on which it begins.
  public let rule: DateRule
  /// The number of days that it lasts.
  public let dayCount: Int

  /// An event that begins on the days of a rule. A `dayCount` below 1 stops the program.
  public init(_ name: String, _ rule: DateRule, dayCount: Int = 1) {
    guard dayCount >= 1 else {
      fatalError("ShopEvent: expected a dayCount of at least 1, got \(dayCount)")
    }
    self.name = name
    self.rule = rule
    self.dayCount = dayCount
  }

  /// The Friday after Thanksgiving Day of the United States.
  public static let blackFriday = ShopEvent(
    "Black Friday", .shifted(.weekday(.thursday, nth: 4, month: 11), days: 1))
  /// The Monday after Thanksgiving Day of the United States.
  public static let cyberMonday = ShopEvent(
    "Cyber Monday", .shifted(.weekday(.thursday, nth: 4, month: 11), days: 4))
  /// The sale of 11 November, 11-11.
  public static let singlesDay = ShopEvent("Singles' Day", .fixed(month: 11, day: 11))
  /// The sale of 12 December, 12-12.
  public static let doubleTwelve = ShopEvent("Double Twelve", .fixed(month: 12, day: 12))
  /// The Chinese sale of 18 June, 618.
  public static let sixEighteen = ShopEvent("618", .fixed(month: 6, day: 18))
  /// The first day of the Chinese year, between 21 January and 20 February.
  public static let chineseNewYear = ShopEvent("Chinese New Year", .chinese(month: 1, day: 1))
  /// The festival of the full moon, on the fifteenth day of the eighth Chinese month.
  public static let midAutumn = ShopEvent("Mid-Autumn Festival", .chinese(month: 8, day: 15))
  /// The Chinese day of lovers, on the seventh day of the seventh month.
  public static let qixi = ShopEvent("Qixi", .chinese(month: 7, day: 7))
  /// 14 February.
  public static let valentinesDay = ShopEvent("Valentine's Day", .fixed(month: 2, day: 14))
  /// International Women's Day, 8 March.
  public static let womensDay = ShopEvent("Women's Day", .fixed(month: 3, day: 8))
  /// The second Sunday of May, as in the Americas, Australia, China, Germany, Italy and Japan.
  public static let mothersDay = ShopEvent(
    "Mother's Day", .weekday(.sunday, nth: 2, month: 5))
  /// The fourth Sunday of Lent, as in the United Kingdom.
  public static let motheringSunday = ShopEvent("Mothering Sunday", .easter(-21))
  /// The third Sunday of June.
  public static let fathersDay = ShopEvent(
    "Father's Day", .weekday(.sunday, nth: 3, month: 6))
  /// 31 October.
  public static let halloween = ShopEvent("Halloween", .fixed(month: 10, day: 31))
  /// 24 December.
  public static let christmasEve = ShopEvent("Christmas Eve", .fixed(month: 12, day: 24))
}
