/// An event that affects the sales of a shop or its market, such as a sale, a gift-giving day, or a
/// campaign.
///
/// Diwali and Eid are public holidays of India and the United Arab Emirates. To use them, select
/// them by name from a ``HolidayCalendar`` with an ``EventFeature``.
public struct ShopEvent: Hashable, Sendable, Codable {
  /// The event's name.
  public let name: String
  /// The days on which the event begins.
  public let rule: DateRule
  /// The duration of the event, in days.
  public let dayCount: Int

  /// Creates an event that begins on the days of a rule. Stops the program if `dayCount` is below
  /// 1.
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
  /// The sale on November 11 (11.11).
  public static let singlesDay = ShopEvent("Singles' Day", .fixed(month: 11, day: 11))
  /// The sale on December 12 (12.12).
  public static let doubleTwelve = ShopEvent("Double Twelve", .fixed(month: 12, day: 12))
  /// The Chinese sale on June 18 (618).
  public static let sixEighteen = ShopEvent("618", .fixed(month: 6, day: 18))
  /// The first day of the Chinese year, between January 21 and February 20.
  public static let chineseNewYear = ShopEvent("Chinese New Year", .chinese(month: 1, day: 1))
  /// The Mid-Autumn Festival, on the fifteenth day of the eighth Chinese month.
  public static let midAutumn = ShopEvent("Mid-Autumn Festival", .chinese(month: 8, day: 15))
  /// The Chinese Valentine's Day, on the seventh day of the seventh Chinese month.
  public static let qixi = ShopEvent("Qixi", .chinese(month: 7, day: 7))
  /// Valentine's Day, February 14.
  public static let valentinesDay = ShopEvent("Valentine's Day", .fixed(month: 2, day: 14))
  /// International Women's Day, March 8.
  public static let womensDay = ShopEvent("Women's Day", .fixed(month: 3, day: 8))
  /// Mother's Day on the second Sunday of May, as in the Americas, Australia, China, Germany,
  /// Italy, and Japan.
  public static let mothersDay = ShopEvent(
    "Mother's Day", .weekday(.sunday, nth: 2, month: 5))
  /// Mother's Day on the fourth Sunday of Lent, as in the United Kingdom.
  public static let motheringSunday = ShopEvent("Mothering Sunday", .easter(-21))
  /// Father's Day on the third Sunday of June.
  public static let fathersDay = ShopEvent(
    "Father's Day", .weekday(.sunday, nth: 3, month: 6))
  /// Halloween, October 31.
  public static let halloween = ShopEvent("Halloween", .fixed(month: 10, day: 31))
  /// Christmas Eve, December 24.
  public static let christmasEve = ShopEvent("Christmas Eve", .fixed(month: 12, day: 24))
}
