import ArgumentParser
import Forecasting

/// Options for what is known ahead of the steps to forecast.
struct KnownAheadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The countries whose public holidays the network sees: \(Country.allCodes).
      """, valueName: "codes"),
    completion: .list(of: Country.allCases.map(\.rawValue)))
  var country: [String] = []

  @Option(
    help: """
      How to handle a known column without a value for a step of the forecast: reject, last (repeat the \
      last known value), or drop (leave the column out).
      """)
  var missingFuture = MissingFuture.reject

  func validate() throws {
    for code in codes where Country(rawValue: code.uppercased()) == nil {
      throw ValidationError(
        "--country \(code) is not known; there are \(Country.allCodes).")
    }
  }

  /// The countries whose holidays the network sees.
  var countries: [Country] { codes.compactMap { Country(rawValue: $0.uppercased()) }.uniqued }

  private var codes: [String] {
    country.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// Returns the holidays of all countries between two days, in the order of time.
  func holidays(from first: CalendarDate, to last: CalendarDate) throws(HolidayError) -> [Holiday] {
    var found: [Holiday] = []
    for country in countries {
      for year in first.year...last.year {
        found += try HolidayCalendar(country).holidays(in: year)
      }
    }
    return found.filter { (first...last).contains($0.date) }.sorted { $0.date < $1.date }
  }

  /// Returns a panel whose known columns have values for the steps to forecast, and prints what was done for
  /// those that had none.
  func completing(
    _ panel: Panel, horizon: Int, for model: (any FittedNetwork)? = nil
  ) throws -> Panel {
    let columns = (model?.layout.features.panelColumns).map { columns in
      Set(columns.filter { $0.role == .known }.map(\.column))
    }
    let completed = try panel.completingFuture(horizon, of: columns, missingFuture)
    for (name, count) in completed.repeated {
      print(
        count > 0
          ? "\(name): \(count.counted("missing value")) ahead repeated from the last known one"
          : "\(name): often empty, and taken as empty where it ends before the forecast does")
    }
    for name in completed.dropped {
      print("\(name): left out, since values ahead are missing")
    }
    for holidays in countries.map(HolidayCalendar.init) {
      // Unknown years are found before the training.
      _ = try EventFeature(holidays).columns(of: completed.panel, futureSteps: horizon)
    }
    // A model computes all steps that it was trained for, also those beyond the horizon.
    guard let length = model?.layout.horizon, length > horizon else { return completed.panel }
    return try completed.panel.completingFuture(length, of: columns, .last).panel
  }
}

extension Country {
  /// The codes of all countries, in the order of the alphabet.
  fileprivate static var allCodes: String {
    allCases.map(\.rawValue).sorted().joined(separator: ", ")
  }
}

extension MissingFuture: ExpressibleByArgument {}
