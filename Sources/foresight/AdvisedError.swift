import Forecasting

/// An error of the libraries with the options of the command that deal with it.
struct AdvisedError: Error, CustomStringConvertible {
  let description: String

  /// Adds advice to the errors of a closure.
  static func advising<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TableError {
      throw AdvisedError(error.description, options: options(for: error.fault))
    } catch let error as ForecastError {
      throw AdvisedError(error.description, options: options(for: error))
    }
  }

  private init(_ message: String, options: String?) {
    description = message + (options.map { " (see \($0))" } ?? "")
  }

  private static func options(for fault: TableError.Fault) -> String? {
    switch fault {
    case .missingColumn(_, let present, _):
      (present.count == 1 ? "--separator, " : "") + "--id-column, --time-column, --target-column"
    case .sharedColumn, .noValues: "--id-column, --time-column, --target-column"
    case .unparsableDate: "--date-format"
    case .missingNumber: "--missing-values"
    case .negativeNumber: "--negative-values"
    default: nil
    }
  }

  private static func options(for error: ForecastError) -> String? {
    switch error {
    case .seriesTooShort: "--short-series, --horizon, --input-length"
    case .nothingObserved: "--short-series"
    case .noWindow: "--horizon, --input-length"
    case .historyTooShort, .horizonTooLong: "--horizon"
    case .notFinite: "--learning-rate"
    }
  }
}
