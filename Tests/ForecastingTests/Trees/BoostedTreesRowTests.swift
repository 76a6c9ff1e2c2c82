import Forecasting
import Foundation
import GradientBoosting
import NeuralNetwork
import SalesTestSupport
import TestSupport
import Testing

/// The numbers that boosted trees see, against plain loops over the values.
@Suite struct BoostedTreesRowTests {
  private static let (dayCount, inputLength, horizon) = (60, 21, 9)
  private let model: FittedBoostedTreesForecaster
  private let panel: Panel
  private let values: [[Double]]
  private let promotions: [[Double]]

  init() throws {
    let (dayCount, horizon) = (Self.dayCount, Self.horizon)
    let promotions = (0..<2).map { index in
      (0..<dayCount + horizon).map { ($0 * (5 + index)) % 11 < 4 ? 1.0 : 0 }
    }
    let values = promotions.enumerated().map { index, marks in
      (0..<dayCount).map { Double($0 * 7 % 13 + 20 * (index + 1)) * (1 + marks[$0]) }
    }
    panel = Panel(
      calendar: RegularCalendar(start: date(2024, 3, 5), count: dayCount),
      series: values.enumerated().map { index, values in
        Series(
          id: "s\(index)", values: values,
          states: (0..<dayCount).map { index == 1 && $0 % 10 == 7 ? .gap : .observed })
      }
    )
    .adding(static: "size", .numbers([3, 8]))
    .adding(known: "promotion", .numbers(promotions.flatMap(\.self)), futureSteps: horizon)
    self.promotions = promotions
    self.values = values
    var boosting = BoostingOptions()
    boosting.treeCount = 1
    model = try BoostedTreesForecaster(
      windows: WindowSpecification(horizon: horizon, inputLength: Self.inputLength),
      boosting: boosting
    ).fit(panel)
  }

  /// Returns a column of the rows, [N][H].
  private func column(_ name: String) throws -> [[Float]] {
    let place = try #require(model.columnNames.firstIndex(of: name), "\(model.columnNames)")
    let rows = try model.rows(from: panel, horizon: Self.horizon)
    #expect(rows.shape == [2 * Self.horizon, model.columnNames.count])
    let width = model.columnNames.count
    let numbers = rows.scalars
    return (0..<2).map { index in
      (0..<Self.horizon).map { numbers[(index * Self.horizon + $0) * width + place] }
    }
  }

  private func isObserved(_ index: Int, _ day: Int) -> Bool { index == 0 || day % 10 != 7 }

  /// The days of the window whose values are observed.
  private func days(_ index: Int) -> [Int] {
    (Self.dayCount - Self.inputLength..<Self.dayCount).filter { isObserved(index, $0) }
  }

  private func mean(_ index: Int, _ days: [Int]) -> Double {
    days.map { values[index][$0] }.reduce(0, +) / Double(days.count)
  }

  /// Expects a column to have the means of the days for which a condition holds, in units of the mean of the
  /// window, and NaN where there is none.
  private func expectMeans(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ isIncluded: (_ index: Int, _ day: Int, _ step: Int) -> Bool
  ) throws {
    let found = try column(name)
    for index in 0..<2 {
      let scale = mean(index, days(index))
      for step in 0..<Self.horizon {
        let included = days(index).filter { isIncluded(index, $0, step) }
        let expected = included.isEmpty ? .nan : Float(mean(index, included) / scale)
        let isClose =
          expected.isNaN ? found[index][step].isNaN : abs(found[index][step] - expected) < 1e-5
        #expect(
          isClose,
          "\(name) of series \(index), step \(step): \(found[index][step]), not \(expected)",
          sourceLocation: sourceLocation)
      }
    }
  }

  private func isSamePosition(_ day: Int, _ step: Int) -> Bool {
    (Self.dayCount + step - day) % 7 == 0
  }

  @Test func columnsOfThePanel() throws {
    #expect(
      try column("promotion")
        == promotions.map { $0.suffix(Self.horizon).map { Float($0) } })
    #expect(try column("size") == [3, 8].map { Array(repeating: $0, count: Self.horizon) })
    #expect(try column("step")[1] == (0..<Self.horizon).map { Float($0) })
    let scale = try column("scale")[0][0]
    #expect(abs(exp(Double(scale)) - 1 - mean(0, days(0))) < 1e-3)
    #expect(try column("share of zeros").allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test func meansOfTheLastSteps() throws {
    for length in [1, 7, 14] {
      try expectMeans("mean of the last \(length)") { _, day, _ in day >= Self.dayCount - length }
    }
  }

  @Test func meansOfAPositionInTheSeason() throws {
    try expectMeans("season of 7, all") { _, day, step in isSamePosition(day, step) }
    try expectMeans("season of 7, last 4") { _, day, step in
      isSamePosition(day, step) && day >= Self.dayCount - 28
    }
    try expectMeans("season of 7, last") { _, day, step in
      isSamePosition(day, step) && day >= Self.dayCount - 7
    }
  }

  @Test func meansOfStepsWithTheSameMarks() throws {
    func isSame(_ index: Int, _ day: Int, _ step: Int) -> Bool {
      promotions[index][day] == promotions[index][Self.dayCount + step]
    }
    try expectMeans("same promotion and position") { index, day, step in
      isSame(index, day, step) && isSamePosition(day, step)
    }
    try expectMeans("same marks") { index, day, step in isSame(index, day, step) }
    try expectMeans("same marks and position") { index, day, step in
      isSame(index, day, step) && isSamePosition(day, step)
    }
  }

  @Test func importancesAreSharesByName() throws {
    let importances = model.importances
    #expect(Set(importances.map(\.name)) == Set(model.columnNames))
    #expect(abs(importances.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    #expect(importances.map(\.share) == importances.map(\.share).sorted(by: >))
    #expect(importances.first?.share ?? 0 > 0)
  }
}
