import Forecasting
import Foundation
import Testing

@Suite struct FeatureCodingTests {
  /// Every feature that there is computes the same columns after it was stored.
  @Test func storedFeaturesComputeTheSameColumns() throws {
    let features = FeatureCausalityTests.features
    let read = try JSONDecoder().decode(FeatureSet.self, from: JSONEncoder().encode(features))
    let panel = RandomShop(seed: 3).panel
    let (before, after) = (
      try FeatureTable(features, of: panel), try FeatureTable(read, of: panel)
    )
    #expect(before.staticColumns.map(\.name) == after.staticColumns.map(\.name))
    #expect(before.historyColumns.map(\.name) == after.historyColumns.map(\.name))
    #expect(before.futureColumns.map(\.name) == after.futureColumns.map(\.name))
    let steps = 0..<panel.calendar.count
    for column in before.staticColumns + before.historyColumns {
      for index in panel.ids.indices {
        if column.kind == .numeric {
          #expect(
            try before.numbers(column.name, of: index, over: steps)
              == after.numbers(column.name, of: index, over: steps), "\(column.name)")
        } else {
          #expect(
            try before.codes(column.name, of: index, over: steps)
              == after.codes(column.name, of: index, over: steps), "\(column.name)")
        }
      }
    }
  }

  @Test func windowFeaturesAreStored() throws {
    let features = FeatureSet(
      window: [.seasonBefore(seasonLength: 7), .seasonalProfile(seasonLength: 5), .zeroShare])
    let read = try JSONDecoder().decode(FeatureSet.self, from: JSONEncoder().encode(features))
    #expect(read.window == features.window)
  }

  @Test func featuresOfFutureStepsAreStored() throws {
    let features = FeatureSet(
      known: [Column(.known("campaign"))], ahead: [Lead(of: "campaign", by: 2)])
    let text = try JSONEncoder().encode(features)
    let read = try JSONDecoder().decode(FeatureSet.self, from: text)
    #expect((read.ahead.first as? Lead)?.column == "campaign")
    #expect((read.ahead.first as? Lead)?.steps == 2)
    var fields = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
    fields["ahead"] = nil
    let earlier = try JSONDecoder().decode(
      FeatureSet.self, from: JSONSerialization.data(withJSONObject: fields))
    #expect(earlier.ahead.isEmpty && earlier.known.count == 1)
  }

  @Test func anUnknownTypeIsNamedWithTheKnownOnes() throws {
    let text = """
      {"static":[],"past":[],"window":[],"known":[{"type":"MoonPhase","value":{}}]}
      """
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FeatureSet.self, from: Data(text.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("expected corrupted data, got \(String(describing: error))")
      return
    }
    #expect(context.debugDescription.contains("\"MoonPhase\""))
    #expect(context.debugDescription.contains("CalendarFeature"))
  }

  /// Files of earlier versions spell the feature of purchases in British English.
  @Test func typesAreReadUnderTheirEarlierNames() throws {
    let features = FeatureSet(past: [PurchaseBehavior(window: 3, lag: 2)])
    let current = String(decoding: try JSONEncoder().encode(features), as: UTF8.self)
    #expect(current.contains("\"PurchaseBehavior\""))
    let earlier = current.replacing("PurchaseBehavior", with: "PurchaseBehaviour")
    let read = try JSONDecoder().decode(FeatureSet.self, from: Data(earlier.utf8))
    #expect((read.past.first as? PurchaseBehavior)?.window == 3)
    #expect((read.past.first as? PurchaseBehavior)?.lag == 2)
  }

  @Test func numbersOutOfRangeAreErrorsAndNoTraps() {
    let text = """
      {"static":[],"past":[],"window":[],"known":[{"type":"Lag","value":{"source":{"target":{}},\
      "steps":0}}]}
      """
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FeatureSet.self, from: Data(text.utf8))
    }
  }
}
