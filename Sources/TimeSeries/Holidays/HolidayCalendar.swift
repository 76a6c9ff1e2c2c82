/// The public holidays of a country, including substitute days off.
///
/// ```swift
/// let holidays = HolidayCalendar(.unitedStates)
/// for holiday in try holidays.holidays(in: 2026) { print(holiday.date, holiday.name) }
/// ```
///
/// Only national holidays are included. They agree with version 0.109 of the Python package
/// [holidays](https://github.com/vacanza/holidays) for all of ``years``.
public struct HolidayCalendar: EventCalendar {
  /// The country.
  public let country: Country
  private let table: HolidayTable

  /// Creates the calendar of public holidays of a country.
  public init(_ country: Country) {
    self.country = country
    table = country.holidayTable
  }

  /// The country's code, such as `US`.
  public var name: String { country.rawValue }

  /// The years whose holidays are known. The range is short for countries that announce many
  /// holidays year by year, such as China and India, and its future years are partly estimated.
  public var years: ClosedRange<Int> { table.years }

  public func holidays(in year: Int) throws(HolidayError) -> [Holiday] {
    guard years.contains(year) else {
      throw .yearNotCovered(calendar: name, year: year, covered: years)
    }
    return table.holidays(in: year)
  }
}

/// A country whose public holidays are known. The raw values are ISO 3166-1 codes.
public enum Country: String, Sendable, Codable, CaseIterable {
  case australia = "AU"
  case brazil = "BR"
  case canada = "CA"
  case china = "CN"
  /// The United Kingdom, with the holidays of England.
  case unitedKingdom = "GB"
  case france = "FR"
  case germany = "DE"
  case greece = "GR"
  case india = "IN"
  case italy = "IT"
  case japan = "JP"
  case mexico = "MX"
  case netherlands = "NL"
  case poland = "PL"
  case southKorea = "KR"
  case spain = "ES"
  case unitedArabEmirates = "AE"
  case unitedStates = "US"
}

extension Country {
  fileprivate var holidayTable: HolidayTable {
    switch self {
    case .australia: .australia
    case .brazil: .brazil
    case .canada: .canada
    case .china: .china
    case .unitedKingdom: .unitedKingdom
    case .france: .france
    case .germany: .germany
    case .greece: .greece
    case .india: .india
    case .italy: .italy
    case .japan: .japan
    case .mexico: .mexico
    case .netherlands: .netherlands
    case .poland: .poland
    case .southKorea: .southKorea
    case .spain: .spain
    case .unitedArabEmirates: .unitedArabEmirates
    case .unitedStates: .unitedStates
    }
  }
}
