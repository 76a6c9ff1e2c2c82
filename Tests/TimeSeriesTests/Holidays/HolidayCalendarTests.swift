import SalesTestSupport
import Testing
import TimeSeries

@Suite struct HolidayCalendarTests {
  @Test(arguments: Country.allCases) func agreesWithThePythonPackage(country: Country) throws {
    let calendar = HolidayCalendar(country)
    var year = 0
    var expected: [Int: Set<String>] = [:]
    for token in try #require(HolidayFixture.days[country.rawValue]).split(
      whereSeparator: \.isWhitespace)
    {
      if token.hasSuffix(":") {
        year = try #require(Int(token.dropLast()))
      } else {
        expected[year, default: []].insert("\(year)-\(token.prefix(2))-\(token.suffix(2))")
      }
    }
    #expect(expected.keys.sorted() == Array(2015...2030))
    for (year, dates) in expected {
      let found = Set(try calendar.holidays(in: year).map(\.date.description))
      #expect(found == dates, "\(country) \(year)")
    }
  }

  /// The digests are those that `scripts/holiday-dates.py --digests` prints.
  @Test(arguments: [
    (Country.australia, 0xB900_2988_85EF_AF05 as UInt64), (.brazil, 0xFE53_5A24_59F1_E3CA),
    (.canada, 0x974E_DC2C_9930_46F6), (.france, 0x702B_2C26_98DB_4394),
    (.germany, 0xA2CB_3B2C_219C_D386), (.greece, 0x6697_F0C1_54ED_1BF6),
    (.italy, 0xFDD0_BAC8_5392_7226), (.japan, 0x2EBA_8169_0CF2_810A),
    (.mexico, 0x6E61_DE2F_7555_E0E3), (.netherlands, 0xF860_307A_DE19_C7E4),
    (.poland, 0x3972_DFEA_9D30_4059), (.spain, 0xFF07_9EA1_0BC4_4E0B),
    (.unitedKingdom, 0xB30A_EB97_40D0_EB9C), (.unitedStates, 0x70CC_53DA_8A9F_A45C),
  ]) func ruledCountriesAgreeUntil2050(country: Country, digest: UInt64) throws {
    let calendar = HolidayCalendar(country)
    #expect(calendar.years.upperBound == 2050)
    let dates = try calendar.years.flatMap { try calendar.holidays(in: $0).map(\.date) }
    let text = Set(dates).sorted().map(\.description).joined(separator: " ")
    #expect(FNV1a.hash(text.utf8) == digest)
  }

  @Test func daysHaveNames() throws {
    let unitedStates = HolidayCalendar(.unitedStates)
    let december = try unitedStates.holidays(in: 2021).filter { $0.date.month == 12 }
    #expect(
      december == [
        Holiday(date: date(2021, 12, 24), name: "Christmas Day", isObserved: true),
        Holiday(date: date(2021, 12, 25), name: "Christmas Day"),
        // 1 January 2022 is a Saturday.
        Holiday(date: date(2021, 12, 31), name: "New Year's Day", isObserved: true),
      ])
    let japan = try HolidayCalendar(.japan).holidays(in: 2026)
    #expect(
      japan.filter { $0.name == "National Holiday" }.map(\.date) == [date(2026, 9, 22)])
    let india = try HolidayCalendar(.india).holidays(in: 2024)
    #expect(india.first { $0.name == "Diwali" }?.date == date(2024, 10, 31))
  }

  @Test func yearsThatAreNotKnownAreAnError() throws {
    let error = HolidayError.yearNotCovered(calendar: "IN", year: 2031, covered: 2015...2030)
    #expect(throws: error) { try HolidayCalendar(.india).holidays(in: 2031) }
    #expect(error.description.contains("the events of IN are known for 2015 to 2030, not for 2031"))
  }
}
