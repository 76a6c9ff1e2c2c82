import Explanation
import Testing

@Suite struct InputGroupTests {
  @Test(arguments: [
    ("price", InputGroup.prices), ("unit_cost", .prices), ("Promotion", .promotions),
    ("MarkDown3", .promotions), ("on_display", .promotions), ("is_holiday", .holidays),
    ("event_name_1", .holidays), ("temperature", .others),
  ])
  func aColumnBelongsToAGroupByItsName(_ name: String, _ group: InputGroup) {
    #expect(InputGroup(of: Column(.known(name))) == group)
    #expect(InputGroup(of: Lag(of: .known(name), by: 7)) == group)
    #expect(InputGroup(of: Column(.past(name))) == .pastColumns)
  }

  @Test func aFeatureBelongsToAGroupByItsType() {
    let features: [(any Feature, InputGroup)] = [
      (CalendarFeature(.month), .calendar), (EventFeature(HolidayCalendar(.germany)), .holidays),
      (PriceAgainstHistory(of: .known("x"), window: 28), .prices),
      (Lead(of: "event_name", by: 2), .holidays),
      (TimeSincePromotion(of: .known("x"), limit: 9), .promotions),
      (Lag(of: .target, by: 7), .pastSales), (StockOutFlag(), .pastSales),
      (Rolling(.mean, of: .target, window: 7), .pastSales), (StaticColumn("category"), .series),
    ]
    for (feature, group) in features {
      #expect(InputGroup(of: feature) == group, "\(feature.name)")
    }
  }
}
