import Forecasting
import Inventory
import Scenarios
import Seasons
import Segments
import Tuning

/// A library's error, with advice about the command-line options that resolve it.
struct AdvisedError: Error, CustomStringConvertible {
  let description: String

  /// Runs a closure and adds advice to its errors.
  ///
  /// - Parameters:
  ///   - columns: The source of the column names: options, or a schema file.
  ///   - dates: The option or file that determines the date format.
  ///   - named: The option that names each column, for columns named by options.
  ///   - named: The option that names each column, as far as options do.
  static func advising<Result>(
    columns: String = "--id-column, --time-column, --target-column",
    dates: String = "--date-format", named: [String: String] = [:], _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as TableError {
      let options =
        options(for: error, named: named)
        ?? options(for: error.fault, columns: columns, dates: dates, named: named)
      throw AdvisedError(error.description, options: options)
    } catch let error as PreparationError {
      throw AdvisedError(error.description, options: options(for: error))
    } catch let error as ForecastError {
      throw AdvisedError(error.description, options: options(for: error))
    } catch let error as CovariateError {
      throw AdvisedError(error.description, options: options(for: error))
    } catch let error as HolidayError {
      throw AdvisedError(error.description, options: "--country")
    } catch let error as SplitError {
      throw AdvisedError(error.description, options: "--windows, --step, --horizon")
    } catch let error as SeasonError {
      throw AdvisedError(error.description, options: "--from, --to")
    } catch let error as StockError {
      throw AdvisedError(error.description, options: options(for: error))
    } catch let error as StudyJournalError {
      throw AdvisedError(error.description, options: options(for: error))
    } catch let error as SegmentError {
      throw AdvisedError(error.description, options: options(for: error))
    } catch let error as ReconciliationError {
      throw AdvisedError(error.description, options: options(for: error))
    } catch let error as ScenarioError {
      throw AdvisedError(error.description, options: options(for: error))
    }
  }

  private init(_ message: String, options: String?) {
    description = message + (options.map { " (see \($0))" } ?? "")
  }

  private static func options(
    for fault: TableError.Fault, columns: String, dates: String, named: [String: String]
  ) -> String? {
    switch fault {
    case .missingColumn(let name, let present, let suggestion):
      optionsForMissing(name, present, suggestion, columns: columns, named: named)
    case .sharedColumn, .noValues: columns
    case .schemaLacks("identity", _): option("--id-column", orSchema: columns)
    case .schemaLacks(let property, _): option("--\(property)-column", orSchema: columns)
    case .duplicateWithoutIdentity, .secondRowWithoutIdentity:
      option("--id-column", orSchema: columns)
    case .noRowLeft: "--keep-rows, --drop-rows"
    case .fieldCount(let expected, let found) where expected < found && expected == 1:
      "--skip-lines"
    case .skippedTime, .noTimeZone, .unknownTimeZone: option("--time-zone", orSchema: columns)
    case .noCalendarTimeZone: option("--calendar-time-zone", orSchema: columns)
    case .separatorInIdentity: option("--id-separator", orSchema: columns)
    case .ambiguousDate: dates
    case .ambiguousFrequency, .coarserDates, .singleTime, .timeWithinHour, .weekend:
      "--table-frequency"
    case .unparsableDate(let text, let format)
    where format != .automatic && !DateFormat.reading(text).isEmpty:
      dates
    case .ambiguousNumber: "--decimal-mark"
    case .invalidUTF8: "--encoding"
    case .missingValue: "--faulty-lines of prepare"
    case .missingNumber: "--missing-values"
    case .negativeNumber: "--negative-values"
    default: nil
    }
  }

  /// Returns the option that gives a column of covariates another kind or role, if that is the fault.
  private static func options(for error: TableError, named: [String: String]) -> String? {
    guard let column = error.column, let option = named[column],
      CovariateRoleName.allCases.contains(where: { option == "--\($0.rawValue)" })
    else { return nil }
    switch error.fault {
    case .unparsableNumber, .otherUnit: return "\(option) \(column):categorical"
    case .staticValueChanges: return "--past, --known"
    default: return nil
    }
  }

  private static func options(for error: CovariateError) -> String? {
    switch error {
    case .missing, .beyondReach: "--missing-future, --future, --horizon"
    case .conflict: "--future"
    case .noSuchColumn, .otherRole, .otherKind: "--known, --past, --static"
    case .notYetKnown, .noSuchCategory, .noSuchSeries: nil
    }
  }

  /// Returns the options that name a missing column or that change the columns.
  private static func optionsForMissing(
    _ name: String, _ present: [String], _ suggestion: String?, columns: String,
    named: [String: String]
  ) -> String {
    if present.count == 1 {
      return suggestion?.hasPrefix("the separator") == true
        ? "--separator" : "--skip-lines, " + (named[name] ?? columns)
    }
    return named[name] ?? columns
  }

  /// Returns an option, or the source of the column names, such as a schema file or a preset, in
  /// its place.
  private static func option(_ name: String, orSchema columns: String) -> String {
    columns.hasPrefix("--id-column") ? name : columns
  }

  private static func options(for error: PreparationError) -> String? {
    switch error {
    case .dailyCovariates: "--table-frequency"
    case .coarserTable: "--frequency"
    case .noStepUntil: "--until"
    case .noWholePeriod: "--frequency, --partial-periods"
    case .noLineLeft: nil
    }
  }

  private static func options(for error: StudyJournalError) -> String {
    if case .exists = error { "--resume, --output" } else { "--output" }
  }

  private static func options(for error: SegmentError) -> String? {
    switch error {
    case .noMember, .noComparison, .singleMember: "--segment, --customers, --customer-column"
    case .tooFewWeeks: nil
    case .noCategory: "--least-purchases, --category-column"
    case .training: "--rank"
    }
  }

  private static func options(for error: ReconciliationError) -> String {
    switch error {
    case .noSuchLevel: "--middle-level, --level"
    case .tooFewSteps: "--windows, --horizon, --method"
    }
  }

  private static func options(for error: ScenarioError) -> String {
    switch error {
    case .unreadable, .divisionByZero, .notANumber, .notFinite: "--set"
    case .sharedColumn: "--series"
    case .noChange: "--set, --changes, --from, --to"
    case .priceNotPositive: "--price-column, --future"
    }
  }

  private static func options(for error: StockError) -> String {
    switch error {
    case .noPosition, .invalidStock: "--stock"
    case .historyTooShort: "--backtest, --lead-time, --review"
    case .horizonTooShort, .noSum: "--lead-time, --review"
    case .noTradeOff: "--price, --cost, --salvage"
    case .outOfRange: "--service-level, --fill-rate, --minimum-order, --pack-size"
    }
  }

  private static func options(for error: ForecastError) -> String? {
    switch error {
    case .nothingObserved: "--short-series"
    case .negativeValue, .notSampled: nil
    case .noWindow: "--horizon, --input-length"
    case .historyTooShort, .horizonTooLong: "--horizon"
    case .otherFrequency, .otherTarget: "--model"
    case .otherSeason: "--season-length"
    case .notFinite, .outOfRange, .diverged: "--learning-rate"
    }
  }
}
