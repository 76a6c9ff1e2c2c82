/// The types of features and of calendars that a decoder can create.
package struct KnownFeatures: Sendable {
  /// The types of features.
  package let features: [any Feature.Type]
  /// The types of calendars that an ``EventFeature`` may have.
  package let calendars: [any EventCalendar.Type]

  package init(features: [any Feature.Type], calendars: [any EventCalendar.Type]) {
    self.features = features
    self.calendars = calendars
  }

  /// The types of this package.
  package static let builtIn = KnownFeatures(
    features: [
      CalendarFeature.self, CategoryFlag.self, Column.self, DiscountDepth.self, EventFeature.self,
      FourierTerms.self, HashedNGrams.self, Lag.self, Lead.self, PriceAgainstCategory.self,
      PriceAgainstHistory.self, PriceLevel.self, PurchaseBehavior.self, PurchaseSummary.self,
      Rolling.self, StaticColumn.self, StockOutFlag.self, TimeSincePromotion.self,
    ],
    calendars: [HolidayCalendar.self, PaydayCalendar.self, ShopCalendar.self])
}

extension CodingUserInfoKey {
  /// The ``KnownFeatures`` that a decoder uses. By default, the built-in ones.
  package static let knownFeatures = CodingUserInfoKey(rawValue: "foresight.knownFeatures")!
}

extension Decoder {
  /// The types of features and calendars that may be decoded.
  var knownFeatures: KnownFeatures { userInfo[.knownFeatures] as? KnownFeatures ?? .builtIn }
}
