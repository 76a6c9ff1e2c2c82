import ArgumentParser
import Forecasting

/// The frequency of a panel or a table, by name.
enum FrequencyName: String, ExpressibleByArgument, CaseIterable {
  case hour, day
  case businessDay = "business-day"
  case week, month, quarter, year

  func frequency(_ weekStart: Weekday) -> Frequency {
    switch self {
    case .hour: .hour
    case .day: .day
    case .businessDay: .businessDay
    case .week: .week(startingOn: weekStart)
    case .month: .month
    case .quarter: .quarter
    case .year: .year
    }
  }
}

extension Weekday: ExpressibleByArgument {
  public init?(argument: String) {
    guard let found = Weekday.allCases.first(where: { "\($0)" == argument }) else { return nil }
    self = found
  }

  public static var allValueStrings: [String] { allCases.map { "\($0)" } }
}
