/// The interpretation of a long or wide table of values: its steps, and its missing and negative
/// values.
///
/// The following descriptions refer to days but apply to all steps.
public struct ReadingPolicy: Sendable, Equatable {
  /// The length of a step, or `nil` to detect it from the dates. Numbered columns of a wide table
  /// are then days. A date belongs to the step that contains it, whether it is the step's first
  /// day, its last, or any other.
  public var frequency: Frequency?
  /// A Boolean value that indicates whether detected days can be business days.
  ///
  /// They are if the dates span at least six weekends, none is a Saturday or a Sunday, and each of
  /// the other weekdays is missing at most a quarter of the time. The columns of a wide table must
  /// have every other weekday.
  public var findsBusinessDays = true
  /// The weekday on which detected weeks start, or `nil` for Monday or, in a long table, a weekday
  /// that keeps the dates of each series in separate weeks.
  public var weekStart: Weekday?
  /// The meaning of a day without a row in a long table.
  public var missingDays = MissingDays.automatic
  /// The action for negative values.
  public var negativeValues = NegativeValues.reject
  /// The action for rows without a value in a long table.
  public var missingValues = MissingValues.reject

  /// The meaning of a day without a row after the first row of a series.
  public enum MissingDays: String, Sendable, CaseIterable {
    /// Unknown between two rows of a series if the table has rows for days without a sale: if at least
    /// a twentieth of its values are 0. Otherwise, and after the last row of a series, no sale.
    case automatic
    /// No sale: the value is an observed 0, up to the last date of the table.
    case zero
    /// Unknown: the day is a gap, and the series ends with its last row.
    case gap
  }

  /// An action for negative values.
  public enum NegativeValues: String, Sendable, CaseIterable {
    /// Throw an error. Negative sales are mostly returns that should be netted first.
    case reject
    /// Replace the value by 0 and count it.
    case clip
    /// Keep the value and count it.
    case keep
  }

  /// An action for rows whose value is empty, NaN, NA, null, or none.
  public enum MissingValues: String, Sendable, CaseIterable {
    /// Throw an error. The meaning, no sale or unknown, must be specified.
    case reject
    /// Treat the day as a gap, and count the row.
    case gap
  }

  /// Creates a policy that rejects negative and missing values and detects everything else.
  public init() {}

  /// A policy that accepts every readable value and regards nothing as a sale that the table
  /// doesn't state: missing days and values are gaps, and negative values are kept.
  public static var tolerant: ReadingPolicy {
    var policy = ReadingPolicy()
    policy.missingDays = .gap
    policy.negativeValues = .keep
    policy.missingValues = .gap
    return policy
  }

  /// Returns the policy for steps that are aggregated to those of a frequency, or for `nil`, to
  /// steps of their own. Detected steps then fit into longer ones where possible.
  func aggregating(to frequency: Frequency?) -> ReadingPolicy {
    var policy = self
    policy.weekStart = weekStart ?? frequency?.weekStart
    policy.findsBusinessDays = findsBusinessDays && frequency != .day
    return policy
  }
}
