/// A detector of whether a table whose dates have times of day has one row an hour or one row a
/// day.
///
/// A table has hours if successive times of its series are an hour apart, at least some of the
/// time. A time of day that is the same in all rows is ignored, and steps are days or longer.
struct HourFinder {
  /// The result of the detection.
  enum Finding: Equatable {
    /// Hours, with the evidence for them.
    case hours(evidence: String)
    /// Days or longer steps, because every row has the same hour.
    case days(hour: Int)
    /// No result, because all rows have the same day and hour.
    case single
    /// More than one length is possible.
    case ambiguous([Frequency], reason: String)
  }

  /// The series and the hour of each row, in hours since 1970-01-01.
  private let series: [Int32]
  private let hours: [Int32]

  init(series: [Int32], hours: [Int32]) {
    self.series = series
    self.hours = hours
  }

  /// The length of the steps, or a result that excludes hours.
  var finding: Finding {
    let all = Distances(of: hours)
    guard all.shortest > 0 else { return .single }
    if all.common % 24 == 0 {
      return .days(hour: Int(hours[0]) - Int(hours[0]).floorDivided(by: 24) * 24)
    }
    let own = Distances(of: hours, series: series)
    // Series with one row each have no distances of their own.
    let distances = own.shortest > 0 ? own : all
    if distances.shortest > 12 {
      return .ambiguous(
        [.day, .hour],
        reason:
          "no two times of a series are less than \(distances.shortest) hours apart, and the hours "
          + "differ")
    }
    if distances.common > 1 {
      return .ambiguous(
        [.hour],
        reason:
          "the times of a series are \(distances.common) hours apart or a multiple of that, which is "
          + "no length of a step")
    }
    return .hours(evidence: "the dates have times of day, which are full hours")
  }

  /// The distances between successive hours of a table.
  private struct Distances {
    /// The shortest distance above 0, or 0 if there is none.
    private(set) var shortest = 0
    /// The greatest common divisor of all distances.
    private(set) var common = 0

    init(of hours: [Int32]) {
      for (hour, next) in zip(hours, hours.dropFirst()) { add(Int(next) - Int(hour)) }
    }

    init(of hours: [Int32], series: [Int32]) {
      var latest = [Int32?](repeating: nil, count: Int(series.max() ?? -1) + 1)
      for (series, hour) in zip(series, hours) {
        if let before = latest[Int(series)] { add(Int(hour) - Int(before)) }
        latest[Int(series)] = hour
      }
    }

    private mutating func add(_ difference: Int) {
      let distance = abs(difference)
      if distance == 0 { return }
      shortest = shortest == 0 ? distance : min(shortest, distance)
      common = greatestCommonDivisor(common, distance)
    }
  }
}
