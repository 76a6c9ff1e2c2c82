import Benchmarks
import Testing

@Suite struct CaseFilterTests {
  private static let path = "lstm/training step B32 T28 D8 H32"

  @Test(arguments: [
    "lstm", "B32 T28", "step B32", "/training", "lstm/training step B32 T28 D8 H32",
  ])
  func partsOfThePathMatch(_ pattern: String) throws {
    #expect(try CaseFilter(pattern).matches(Self.path))
  }

  @Test(arguments: ["^lstm/", "H32$", "B(32|256) ", "training.*H[0-9]+"])
  func regularExpressionsMatch(_ pattern: String) throws {
    #expect(try CaseFilter(pattern).matches(Self.path))
  }

  @Test(arguments: ["LSTM", "^training", "H3$", "B(31|256) ", "gru"])
  func othersDoNot(_ pattern: String) throws {
    #expect(try !CaseFilter(pattern).matches(Self.path))
  }

  /// A plus is part of a name, and not only of a pattern.
  @Test func partsAreTakenWordForWord() throws {
    #expect(try CaseFilter("3x + 2").matches("elementwise/3x + 2 16384"))
  }

  @Test func whatIsNoRegularExpressionIsAnError() {
    #expect(throws: (any Error).self) { try CaseFilter("(lstm") }
  }

  @Test func oneOfSeveralIsEnough() throws {
    let filters = try [CaseFilter("mlp"), CaseFilter("H32")]
    #expect(filters.matches(Self.path))
    #expect(!filters.matches("lstm/training step B32 T28 D8 H64"))
    #expect([CaseFilter]().matches(Self.path))
  }
}

@Suite struct ThreadCountsTests {
  @Test(arguments: [("1", [1]), ("8,1,2", [1, 2, 8]), ("1024", [1024])])
  func readsNumbers(_ text: String, _ values: [Int]) {
    #expect(ThreadCounts(argument: text)?.values == values)
  }

  @Test(arguments: ["", ",", "1,", "0", "-1", "1025", "two", "1 2", "1,1", "1.5"])
  func refusesOthers(_ text: String) {
    #expect(ThreadCounts(argument: text) == nil)
  }

  @Test func defaultsFollowFromTheProcessors() {
    #expect(ThreadCounts.oneAndAll(of: 1).values == [1])
    #expect(ThreadCounts.oneAndAll(of: 6).values == [1, 6])
    #expect(ThreadCounts.doubling(to: 1).values == [1])
    #expect(ThreadCounts.doubling(to: 2).values == [1, 2])
    #expect(ThreadCounts.doubling(to: 12).values == [1, 2, 4, 8, 12])
  }
}
